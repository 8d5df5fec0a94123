"""Email: a delivery in, one SMTP transaction for one recipient, Outcome out by the stage that failed; there is no look-up.

Source: RFC 5321 §4.2.1 (4yz may succeed later, 5yz will not), RFC 1047 (after the final dot a lost reply proves nothing).
"""

from __future__ import annotations

import re
import ssl
from dataclasses import dataclass
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.utils import parseaddr
from urllib.parse import unquote, urlsplit
from zoneinfo import ZoneInfo

from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPException,
    SMTPRecipientRefused,
    SMTPResponseException,
    SMTPSenderRefused,
)  # fmt: skip

from alerts.channels import mail_layout, mail_pgp
from alerts.channels.protocol import Payload, Secrets, Wrong
from alerts.channels.words import wrong_timezone
from alerts.errors import ChannelError
from alerts.model import AlertKind, Delivery, Outcome, Receipt, Verdict

QUIET_S = (
    600.0  #: seconds before the one flagged re-send; what a slow server may still take for a message it has in hand
)
STEP_TIMEOUT_S = 60.0  #: seconds for connecting and for each command before the message itself
FINAL_TIMEOUT_S = 600.0  #: seconds for the reply to the final dot. Source: RFC 5321 §4.5.3.2.6, 10 minutes at least
PACE_S = 0.2  #: seconds between two mails, five a second; providers count bursts

_AUTH_CODES = frozenset({454, 530, 534, 535, 538})
_CONTENT_CODES = frozenset({552, 554})
_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,250}[A-Za-z0-9])?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """An email channel in alerts.yaml. to: the recipients, each with a mail of their own. timezone: of times shown.

    pgp: a file with their OpenPGP certificates; with it nothing readable is ever sent there.
    """

    to: tuple[str, ...]
    timezone: str = "UTC"
    pgp: str | None = None


@dataclass(frozen=True, slots=True)
class Server:
    """Where mail is handed in. start_tls: True demands it, None takes it where offered, False never asks."""

    host: str
    port: int
    use_tls: bool
    start_tls: bool | None
    user: str | None
    password: str | None


class Email:
    """A list of recipients reached through one mail server."""

    pace_s = PACE_S

    def __init__(self, name: str, settings: Settings, server: Server, sender: Address, patience: float = 1.0) -> None:
        self.name = name
        self.quiet_s = QUIET_S / patience
        self._zone = ZoneInfo(settings.timezone)
        self._server = server
        self._sender = sender
        self._certificates = mail_pgp.certificates(settings.pgp, settings.to) if settings.pgp else None
        self._step_s = STEP_TIMEOUT_S / patience
        self._final_s = FINAL_TIMEOUT_S / patience

    def render(self, delivery: Delivery) -> Payload:
        """The mail as bytes, with the envelope it travels in."""
        made = mail_layout.message(delivery, self._sender, self._zone)
        if self._certificates is not None:
            made = mail_pgp.sealed(made, delivery.address, self._certificates)
        return {"from": self._sender.addr_spec, "to": delivery.address, "message": made, "key": delivery.key}

    async def send(self, payload: Payload) -> Outcome:
        """One transaction. Before the final dot nothing can have arrived; after it only the server's own words prove anything."""
        server = self._server
        client = SMTP(
            hostname=server.host,
            port=server.port,
            use_tls=server.use_tls,
            start_tls=server.start_tls,
            username=server.user,
            password=server.password,
            timeout=self._step_s,
            local_hostname=self._sender.domain,  # never the machine's own name
            tls_context=ssl.create_default_context() if server.use_tls or server.start_tls is not False else None,
        )
        writes = 0
        try:
            await client.connect()
            await client.mail(payload["from"])
            await client.rcpt(payload["to"])
            if client.protocol is None:
                return Outcome(verdict=Verdict.NOT_SENT, refused="channel", why="disconnected")
            write = client.protocol.write

            def counted(data: bytes) -> None:
                """Write, and remember how often."""
                nonlocal writes
                writes += 1
                write(data)

            client.protocol.write = counted  # type: ignore[method-assign]  # tells a fault before "354 go on" from one after the final dot
            await client.data(payload["message"], timeout=self._final_s)
        except (SMTPException, OSError) as error:
            return _failed(error, dotted=writes > 1)
        finally:
            client.close()
        handle = {"message_id": f"<{payload['key']}@{self._sender.domain}>"}
        return Outcome(verdict=Verdict.SENT, receipt=Receipt(channel=self.name, address=payload["to"], handle=handle))

    async def find(self, delivery: Delivery) -> Outcome | None:
        """None: nothing can be asked of a mailbox that is not ours."""
        del delivery
        return None

    async def heal(self, delivery: Delivery) -> Outcome | None:
        """None: what was sent here cannot be looked at or changed."""
        del delivery
        return None


def _failed(error: SMTPException | OSError, *, dotted: bool) -> Outcome:
    """What a failure proves. dotted: the message with its final dot was on its way. A server's words are never quoted, only its code."""
    if not isinstance(error, SMTPResponseException):
        if dotted:
            return Outcome(verdict=Verdict.UNKNOWN, why=f"no reply to the final dot: {type(error).__name__}")
        return Outcome(
            verdict=Verdict.NOT_SENT,
            refused="channel",
            why=f"the mail server could not be reached: {type(error).__name__}",
        )
    code = error.code
    why = f"the mail server answered {code}"
    if isinstance(error, SMTPAuthenticationError) or code in _AUTH_CODES:
        return Outcome(verdict=Verdict.REFUSED, refused="auth", why=why)
    if isinstance(error, SMTPConnectError):  # 5yz in the greeting is reputation or an outage: it passes
        return Outcome(verdict=Verdict.NOT_SENT, refused="channel", why=why)
    if 500 <= code <= 599:
        recipient = isinstance(error, SMTPRecipientRefused | SMTPSenderRefused) or code not in _CONTENT_CODES
        return Outcome(verdict=Verdict.REFUSED, refused="channel" if recipient else "message", why=why)
    if 400 <= code <= 499:
        return Outcome(verdict=Verdict.NOT_SENT, refused="channel" if code == 421 else None, why=why)
    return Outcome(
        verdict=Verdict.UNKNOWN if dotted else Verdict.NOT_SENT, refused=None if dotted else "channel", why=why
    )


def server(url: str, password: str | None = None) -> Server:
    """The mail server behind one line. Raises ChannelError saying what is wrong with it, never repeating it."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise ChannelError(
            "HRD_MONITOR_SMTP_URL is no address; write smtp+starttls://user@mail.example.org:587"
        ) from error
    if parts.scheme not in _PORTS or not host:
        raise ChannelError("HRD_MONITOR_SMTP_URL must begin with smtp://, smtp+starttls:// or smtps:// and name a host")
    user = unquote(parts.username) if parts.username else None
    secret = password or (unquote(parts.password) if parts.password else None)
    local = host in _LOOPBACK
    if user and parts.scheme == "smtp" and not local:
        raise ChannelError("HRD_MONITOR_SMTP_URL would send the password in clear; write smtp+starttls:// or smtps://")
    if user and not secret:
        raise ChannelError(
            "the mail server needs a password; write it in HRD_MONITOR_SMTP_URL after the user, or set the password"
        )
    start_tls = {"smtp": False if local else None, "smtp+starttls": True, "smtps": False}[parts.scheme]
    return Server(host, port or _PORTS[parts.scheme], parts.scheme == "smtps", start_tls, user, secret)


def sender(mail_from: str) -> Address:
    """The address alerts come from. Raises ChannelError when it is none."""
    name, spec = parseaddr(mail_from)
    if not _ADDRESS.fullmatch(spec):
        raise ChannelError("HRD_MONITOR_MAIL_FROM is no address; write one like alerts@ngo.example")
    try:
        return Address(display_name=name, addr_spec=spec)
    except (ValueError, HeaderParseError) as error:
        raise ChannelError("HRD_MONITOR_MAIL_FROM is no address; write one like alerts@ngo.example") from error


def build(name: str, settings: Settings, secrets: Secrets) -> Email:
    """An email channel. Raises ChannelError when the server or the sender is missing or cannot work."""
    if not secrets.smtp_url or not secrets.mail_from:
        raise ChannelError(f"channel {name}: set HRD_MONITOR_SMTP_URL and HRD_MONITOR_MAIL_FROM")
    return Email(
        name, settings, server(secrets.smtp_url, secrets.smtp_password), sender(secrets.mail_from), secrets.patience
    )


def addresses(settings: Settings) -> tuple[str, ...]:
    """The recipients, each once."""
    return tuple(dict.fromkeys(settings.to))


def parts(kind: AlertKind) -> tuple[str, ...]:
    """One mail for every alert; developments share a thread with it."""
    del kind
    return ("post",)


def wrong(settings: Settings) -> tuple[Wrong, ...]:
    """The settings that cannot work, with what to write instead."""
    found = list(wrong_timezone(settings.timezone))
    if not settings.to:
        found.append(Wrong(key="to", what="nobody is named", fix="write at least one address"))
    found += [
        Wrong(key="to", what=f"{to!r} is no mail address", fix="write one like duty@ngo.example, in ASCII")
        for to in settings.to
        if not _ADDRESS.fullmatch(to)
    ]
    return tuple(found)


def check(secrets: Secrets) -> tuple[Wrong, ...]:
    """The secrets that are missing or cannot work."""
    found = []
    for value, name, example, parse in (
        (
            secrets.smtp_url,
            "HRD_MONITOR_SMTP_URL",
            "smtp+starttls://user@mail.example.org:587",
            lambda v: server(v, secrets.smtp_password),
        ),
        (secrets.mail_from, "HRD_MONITOR_MAIL_FROM", "alerts@ngo.example", sender),
    ):
        if not value:
            found.append(Wrong(key="", what=f"no {name}", fix=f"set it to something like {example}"))
            continue
        try:
            parse(value)
        except ChannelError as error:
            found.append(Wrong(key="", what=str(error), fix=f"write something like {example}"))
    return tuple(found)
