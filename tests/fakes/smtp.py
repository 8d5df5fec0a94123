"""A real SMTP server on loopback that keeps what it is given, with faults at every stage."""

from __future__ import annotations

import email
import email.policy
import socket
from dataclasses import dataclass, field
from email.message import EmailMessage
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


@dataclass
class Mailbox:
    """What arrived, as (recipient, message), and the answers to give instead, one for each stage: {"rcpt": "550 no such user"}."""

    received: list[tuple[str, EmailMessage]] = field(default_factory=list)
    faults: dict[str, str] = field(default_factory=dict)
    times: int = -1

    def _fault(self, stage: str) -> str | None:
        if stage in self.faults and self.times != 0:
            self.times -= 1
            return self.faults[stage]
        return None

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Any
    ) -> str:
        """One recipient."""
        fault = self._fault("rcpt")
        if fault:
            return fault
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        """The message itself: "data" refuses it, "after" keeps it and then drops the connection."""
        fault = self._fault("data")
        if fault:
            return fault
        content = envelope.original_content or b""
        message = email.message_from_bytes(content, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        self.received += [(to, message) for to in envelope.rcpt_tos]
        if self._fault("after"):
            server.transport.abort()
        return "250 OK"


class FakeMail:
    """The server, in a thread of its own."""

    def __init__(self) -> None:
        self.mailbox = Mailbox()
        with socket.socket() as free:  # Controller cannot tell which port it was given when asked for any
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self._controller = Controller(self.mailbox, hostname="127.0.0.1", port=self.port)

    @property
    def url(self) -> str:
        """For HRD_MONITOR_SMTP_URL."""
        return f"smtp://127.0.0.1:{self.port}"

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._controller.stop()
