"""Mail over real TLS on loopback, and mail that only its recipient can read."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Iterator
from email import message_from_bytes, policy
from pathlib import Path

import pytest
import trustme
from aiosmtpd.controller import Controller

from alerts.channels import Secrets, email, mail_pgp
from alerts.errors import ChannelError
from alerts.model import Verdict
from tests.contract.test_channels import delivery
from tests.fakes.smtp import FakeSmtp

pysequoia = pytest.importorskip("pysequoia", reason="the extra pgp is not installed")


class Kept:
    """aiosmtpd's handler: keeps what came and whether the line was encrypted."""

    def __init__(self) -> None:
        self.mails: list[tuple[bytes, bool]] = []

    async def handle_DATA(self, _server: object, session: object, envelope: object) -> str:
        self.mails.append((envelope.content, bool(session.ssl)))  # type: ignore[attr-defined]  # aiosmtpd's own types
        return "250 kept"


@pytest.fixture
def authority(monkeypatch: pytest.MonkeyPatch) -> Iterator[trustme.CA]:
    made = trustme.CA()
    with made.cert_pem.tempfile() as file:
        monkeypatch.setenv("SSL_CERT_FILE", file)
        yield made


def server_context(authority: trustme.CA, host: str = "127.0.0.1") -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(host).configure_cert(context)
    return context


def free_port() -> int:
    import socket

    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


async def sent(url: str) -> Verdict:
    settings = email.Settings(to=("duty@ngo.example",))
    channel = email.build("duty", settings, Secrets(smtp_url=url, mail_from="alerts@ngo.example", patience=30))
    return (await channel.send(channel.render(delivery("email")))).verdict


async def run(controller: Controller, url: str) -> Verdict:
    await asyncio.to_thread(controller.start)
    try:
        return await sent(url)
    finally:
        await asyncio.to_thread(controller.stop)


async def test_starttls_is_demanded_and_the_certificate_is_looked_at(authority: trustme.CA) -> None:
    kept, port = Kept(), free_port()
    controller = Controller(
        kept, hostname="127.0.0.1", port=port, tls_context=server_context(authority), require_starttls=True
    )
    assert await run(controller, f"smtp+starttls://127.0.0.1:{port}") is Verdict.SENT
    assert [safe for _, safe in kept.mails] == [True]


async def test_tls_from_the_first_byte_takes_the_mail(authority: trustme.CA) -> None:
    kept, port = Kept(), free_port()
    controller = Controller(kept, hostname="127.0.0.1", port=port, ssl_context=server_context(authority))
    assert await run(controller, f"smtps://127.0.0.1:{port}") is Verdict.SENT
    assert len(kept.mails) == 1, "the server speaks nothing but TLS there"


async def test_a_server_without_starttls_gets_nothing(authority: trustme.CA) -> None:
    del authority
    with FakeSmtp() as plain:
        url = plain.url.replace("smtp://", "smtp+starttls://")
        assert await sent(url) is Verdict.NOT_SENT
        assert plain.mails == []


async def test_a_certificate_of_somebody_else_gets_nothing(authority: trustme.CA) -> None:
    kept, port = Kept(), free_port()
    context = server_context(authority, "mail.other.example")
    controller = Controller(kept, hostname="127.0.0.1", port=port, tls_context=context, require_starttls=True)
    assert await run(controller, f"smtp+starttls://127.0.0.1:{port}") is Verdict.NOT_SENT
    assert kept.mails == []


def certificate(folder: Path, *users: str) -> str:
    """A file with a certificate for each user."""
    file = folder / "keys.asc"
    file.write_bytes(b"".join(bytes(pysequoia.Tsk.generate(user).extract_certificate()) for user in users))
    return str(file)


def test_mail_to_a_recipient_with_a_key_shows_nothing_to_others(tmp_path: Path) -> None:
    file = certificate(tmp_path, "Duty <duty@ngo.example>", "Other <other@ngo.example>")
    settings = email.Settings(to=("duty@ngo.example",), pgp=file)
    secrets = Secrets(smtp_url="smtp://127.0.0.1", mail_from="alerts@ngo.example")
    raw = email.build("duty", settings, secrets).render(delivery("email"))["message"]
    assert b"Sok Dara" not in raw
    assert b"BEGIN PGP MESSAGE" in raw
    mail = message_from_bytes(raw, policy=policy.default)
    assert mail.get_content_type() == "multipart/encrypted"
    assert [part.get_content_type() for part in mail.iter_parts()] == [
        "application/pgp-encrypted",
        "application/octet-stream",
    ]  # type: ignore[attr-defined]  # EmailMessage
    assert str(mail["Message-ID"]) == f"<{'k' * 32}@ngo.example>"


def test_a_mail_that_cannot_be_encrypted_says_nothing_at_all() -> None:
    secrets = Secrets(smtp_url="smtp://127.0.0.1", mail_from="alerts@ngo.example")
    raw = email.build("duty", email.Settings(to=("duty@ngo.example",)), secrets).render(delivery("email"))["message"]
    closed = mail_pgp.sealed(raw, "duty@ngo.example", {})
    mail = message_from_bytes(closed, policy=policy.default)
    assert mail.get_content().strip() == mail_pgp.NOTICE  # type: ignore[attr-defined]  # EmailMessage
    assert b"Phnom Penh" not in closed


@pytest.mark.parametrize("text", [b"", b"no key", b"-----BEGIN PGP PUBLIC KEY BLOCK-----\n\nxx\n"])
def test_a_file_without_keys_refuses_the_channel(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "keys.asc").write_bytes(text)
    with pytest.raises(ChannelError):
        mail_pgp.certificates(str(tmp_path / "keys.asc"), ("duty@ngo.example",))


def test_a_recipient_without_a_key_refuses_the_channel(tmp_path: Path) -> None:
    file = certificate(tmp_path, "Other <other@ngo.example>", "Third <third@ngo.example>")
    with pytest.raises(ChannelError):
        mail_pgp.certificates(file, ("duty@ngo.example",))
