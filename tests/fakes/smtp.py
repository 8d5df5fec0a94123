"""A real SMTP server on loopback (aiosmtpd) that keeps the mail it accepts and breaks at a chosen stage.

In a test: `with FakeSmtp() as smtp: … smtp.url`. As a process: `python -m tests.fakes.smtp --port 0 --control 0`; it prints its
addresses as one JSON line and shows GET /messages /faults; POST /faults.

A fault: {stage: connect|mail|rcpt|data|dot, act: reply|drop|hang, code: 451, keep: false, delay: 60, times: 1 (-1 for ever), match}
where `dot` is after the final dot and `keep` means that the mail was accepted before things went wrong.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import socket
import sys
import threading
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

USER, PASSWORD = "hrd", "not-a-secret"


@dataclass(frozen=True)
class Mail:
    """One accepted mail with its envelope."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes

    @property
    def parsed(self) -> EmailMessage:
        """The mail as a receiving program reads it."""
        return message_from_bytes(self.content, policy=policy.default)  # type: ignore[return-value]  # policy.default makes EmailMessage


@dataclass
class Memory:
    """What the server accepted and how it is to fail."""

    mails: list[Mail] = field(default_factory=list)
    faults: list[dict[str, Any]] = field(default_factory=list)
    open: set[Any] = field(default_factory=set)  #: transports of the connections that are open

    def fault(self, stage: str, said: str = "") -> dict[str, Any] | None:
        """The fault that strikes this stage, counted down."""
        for rule in self.faults:
            if rule["stage"] == stage and rule.get("times", 1) != 0 and rule.get("match", "") in said:
                rule["times"] = rule.get("times", 1) - 1 if rule.get("times", 1) > 0 else -1
                return rule
        return None


class _Breaking(SMTP):
    """The server with its faults; every stage asks the memory first."""

    def __init__(self, memory: Memory, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._memory = memory

    def connection_made(self, transport: Any) -> None:
        self._memory.open.add(transport)
        rule = self._memory.fault("connect")
        if rule is None:
            super().connection_made(transport)
        elif rule["act"] == "reply":
            transport.write(f"{rule.get('code', 554)} no\r\n".encode())
            transport.close()
        elif rule["act"] == "drop":
            transport.abort()

    def connection_lost(self, error: Exception | None) -> None:
        if self.transport is not None:
            super().connection_lost(error)

    def data_received(self, data: bytes) -> None:
        if self.transport is not None:
            super().data_received(data)

    def eof_received(self) -> bool | None:
        return super().eof_received() if self.transport is not None else None

    async def smtp_MAIL(self, arg: str) -> None:
        if not await self._broken("mail", arg):
            await super().smtp_MAIL(arg)

    async def smtp_RCPT(self, arg: str) -> None:
        if not await self._broken("rcpt", arg):
            await super().smtp_RCPT(arg)

    async def smtp_DATA(self, arg: str) -> None:
        if not await self._broken("data", arg or ""):
            await super().smtp_DATA(arg)

    async def _broken(self, stage: str, said: str) -> bool:
        rule = self._memory.fault(stage, said)
        if rule is None:
            return False
        if rule["act"] == "reply":
            await self.push(f"{rule.get('code', 451)} planted")
        elif rule["act"] == "hang":
            await asyncio.sleep(rule.get("delay", 60))
        else:
            self.transport.abort()
        return True


class _Keeping:
    """aiosmtpd's handler: keeps the mail, or fails after the final dot."""

    def __init__(self, memory: Memory) -> None:
        self._memory = memory

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = bytes(envelope.content or b"")
        mail = Mail(envelope.mail_from or "", tuple(envelope.rcpt_tos), content)
        rule = self._memory.fault("dot", content.decode("latin-1"))
        if rule is None or rule.get("keep"):
            self._memory.mails.append(mail)
        if rule is None:
            return "250 kept"
        if rule["act"] == "reply":
            return f"{rule.get('code', 451)} planted"
        if rule["act"] == "hang":
            await asyncio.sleep(rule.get("delay", 60))
        server.transport.abort()
        return "421 gone"


class FakeSmtp:
    """The server in a thread of its own."""

    def __init__(self, port: int = 0, *, auth: bool = False) -> None:
        self.memory = Memory()
        self._auth = auth
        self._port = port or _free_port()
        memory = self.memory

        class _Controller(Controller):
            def factory(self) -> SMTP:
                with _quiet():
                    return _Breaking(memory, self.handler, **self.SMTP_kwargs)

        kept = {"authenticator": _known, "auth_require_tls": False, "auth_required": auth} if auth else {}
        self._controller = _Controller(_Keeping(memory), hostname="127.0.0.1", port=self._port, **kept)

    def __enter__(self) -> Self:
        with _quiet():
            self._controller.start()
        return self

    def __exit__(self, *_error: object) -> None:
        asyncio.run_coroutine_threadsafe(self._hang_up(), self._controller.loop).result(5)
        self._controller.stop()

    async def _hang_up(self) -> None:
        for transport in self.memory.open:
            transport.abort()
        await asyncio.sleep(0.01)  # the transports close at the next turn of the loop

    @property
    def url(self) -> str:
        """The address as HRD_MONITOR_SMTP_URL wants it."""
        return f"smtp://{f'{USER}:{PASSWORD}@' if self._auth else ''}127.0.0.1:{self._port}"

    @property
    def mails(self) -> list[Mail]:
        """The mail that was accepted, oldest first."""
        return self.memory.mails

    def break_(self, **rule: Any) -> None:
        """Plant a fault."""
        self.memory.faults.append(rule)


def _known(_server: SMTP, _session: Session, _envelope: Envelope, _mechanism: str, given: Any) -> AuthResult:
    return AuthResult(success=(given.login, given.password) == (USER.encode(), PASSWORD.encode()), handled=False)


@contextmanager
def _quiet() -> Iterator[None]:
    """Aiosmtpd warns that a password without TLS is unsafe; here it never leaves the machine."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _control(memory: Memory, port: int) -> ThreadingHTTPServer:
    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            mails = [
                {"from": m.sender, "to": m.recipients, "content": m.content.decode("latin-1")} for m in memory.mails
            ]
            self._say(mails if self.path == "/messages" else memory.faults)

        def do_POST(self) -> None:
            given = json.loads(self.rfile.read(int(self.headers.get("Content-Length", "0"))))
            memory.faults += given if isinstance(given, list) else [given]
            self._say({"ok": True})

        def log_message(self, *_args: Any) -> None:
            """Say nothing."""

        def _say(self, made: Any) -> None:
            body = json.dumps(made).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    return ThreadingHTTPServer(("127.0.0.1", port), Pages)


def main() -> None:
    """Run the server as a process until it is ended."""
    asked = argparse.ArgumentParser(description="A real SMTP server that keeps mail and breaks on demand.")
    asked.add_argument("--port", type=int, default=0)
    asked.add_argument("--control", type=int, default=0)
    given = asked.parse_args()
    with FakeSmtp(given.port) as smtp, _control(smtp.memory, given.control) as pages:
        threading.Thread(target=pages.serve_forever, daemon=True).start()
        address = {"url": smtp.url, "control": f"http://127.0.0.1:{pages.server_address[1]}"}
        sys.stdout.write(json.dumps(address) + "\n")
        sys.stdout.flush()
        threading.Event().wait()


if __name__ == "__main__":
    main()
