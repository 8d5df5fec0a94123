"""A mail as bytes × the recipient's OpenPGP certificate → the mail encrypted (RFC 3156); failing closed with a notice that says nothing.

Subjects, senders and dates stay readable, as with every encrypted mail; ours carry no names.
"""

from __future__ import annotations

from collections.abc import Mapping
from email import message_from_bytes
from email.message import EmailMessage
from email.mime.application import MIMEApplication
from email.mime.multipart import MIMEMultipart
from email.policy import SMTP
from pathlib import Path
from typing import Any

from alerts.errors import ChannelError

NOTICE = (
    "An alert for you could not be encrypted and is not shown here. Open the desk, and see that your key is in order."
)
_CONTENT = ("content-type", "content-transfer-encoding", "mime-version", "content-disposition")


def certificates(file: str, recipients: tuple[str, ...]) -> dict[str, Any]:
    """Each recipient's certificate from a file of one or several, matched by address; the only one of a file serves the only recipient.

    Raises ChannelError when the extra is not installed, the file cannot be read, or a recipient has none.
    """
    try:
        from pysequoia import Cert  # noqa: PLC0415 - an extra: only teams that encrypt have it
    except ImportError as error:
        raise ChannelError("encryption needs the extra: pip install 'hrd-monitor[pgp]'") from error
    try:
        known = Cert.split_bytes(Path(file).read_bytes())
    except Exception as error:
        raise ChannelError(f"the OpenPGP file cannot be read ({type(error).__name__})") from error
    found: dict[str, Any] = {}
    for to in recipients:
        mine = [
            c for c in known if any(f"<{to.lower()}>" in f"<{str(u).lower()}>".replace("<<", "<") for u in c.user_ids)
        ]
        if not mine and len(known) == 1 and len(recipients) == 1:
            mine = list(known)
        if not mine:
            raise ChannelError("the OpenPGP file holds no certificate for a recipient")
        found[to] = mine[0]
    return found


def sealed(mail: bytes, to: str, known: Mapping[str, Any]) -> bytes:
    """The mail encrypted for its recipient; where that fails, a mail with the same envelope and no content at all."""
    whole = message_from_bytes(mail, policy=SMTP)
    inner = EmailMessage(policy=SMTP)
    for name in _CONTENT:
        if name in whole:
            inner[name] = str(whole[name])
    body = mail.partition(b"\r\n\r\n")[2]
    head = b"".join(f"{k}: {v}\r\n".encode() for k, v in inner.items())
    try:
        from pysequoia import encrypt  # noqa: PLC0415 - an extra

        closed = bytes(encrypt(bytes=head + b"\r\n" + body, recipients=[known[to]]))
    except Exception:  # noqa: BLE001 - failing closed: whatever goes wrong, nothing readable leaves
        return _notice(whole)
    made = MIMEMultipart("encrypted", protocol="application/pgp-encrypted", policy=SMTP)
    version = MIMEApplication(b"Version: 1\r\n", "pgp-encrypted", lambda part: part.set_payload("Version: 1\r\n"))
    sealed_part = MIMEApplication(closed, "octet-stream", lambda part: part.set_payload(closed.decode("ascii")))
    sealed_part.add_header("Content-Disposition", "inline", filename="encrypted.asc")
    made.attach(version)
    made.attach(sealed_part)
    return _enveloped(whole, made)


def _notice(whole: Any) -> bytes:
    made = EmailMessage(policy=SMTP)
    made.set_content(NOTICE + "\r\n")
    return _enveloped(whole, made)


def _enveloped(whole: Any, made: Any) -> bytes:
    for name, value in whole.items():
        if name.lower() not in _CONTENT:
            made[name] = str(value)
    return bytes(made.as_bytes())
