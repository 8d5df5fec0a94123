"""Files encrypted to a key of which only the public half is on this machine (age), and opened with the other half.

Source: https://age-encryption.org/v1.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from monitor.errors import StoreError

_HEADER = b"age-encryption.org/"
_HOW = "write the public key that `hrd-monitor backup --new-key FILE` printed; it begins with age1"


def new_key() -> tuple[str, str]:
    """A fresh key: the secret half, which opens, and the public half, which closes. Raises StoreError without the extra."""
    made = _age().x25519.Identity.generate()
    return str(made), str(made.to_public())


def sealed(path: Path) -> bool:
    """Whether a file is encrypted in this way. Raises StoreError when it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(len(_HEADER)) == _HEADER
    except OSError as error:
        raise StoreError(f"{path}: cannot be read ({error.strerror})") from None


def seal(plain: Path, into: Path, key: str) -> Any:
    """Encrypt a file to a public key and answer an opener that can open this one file as long as this process lives, to prove it whole.

    Raises StoreError for a text that is no public key, or without the extra.
    """
    age = _age()
    try:
        recipient = age.x25519.Recipient.from_str(key.strip())
    except age.RecipientError:
        raise StoreError(f"HRD_MONITOR_BACKUP_KEY is no public key; {_HOW}") from None
    once = age.x25519.Identity.generate()
    with plain.open("rb") as reader, into.open("wb") as writer:
        age.encrypt_io(reader, writer, [recipient, once.to_public()])
    return once


def unseal(closed: Path, into: Path, opener: Any) -> None:
    """Decrypt a file. Raises StoreError when the key does not fit or the file is damaged."""
    age = _age()
    try:
        with closed.open("rb") as reader, into.open("wb") as writer:
            age.decrypt_io(reader, writer, [opener])
    except (age.DecryptError, OSError):
        raise StoreError(f"{closed}: cannot be opened: another key closed it, or the file is damaged") from None


def opener_of(path: Path) -> Any:
    """The secret half of a key, from the file that holds it. Raises StoreError."""
    age = _age()
    try:
        lines = [x.strip() for x in path.read_text("utf-8").splitlines()]
        return age.x25519.Identity.from_str(next(x for x in lines if x and not x.startswith("#")))
    except OSError as error:
        raise StoreError(f"{path}: the key cannot be read ({error.strerror})") from None
    except (UnicodeDecodeError, StopIteration, age.IdentityError):
        raise StoreError(f"{path}: holds no secret key; it begins with AGE-SECRET-KEY-1") from None


def _age() -> Any:
    try:
        import pyrage  # noqa: PLC0415 - an extra: only who encrypts backups has it
    except ImportError:
        raise StoreError("encrypted backups need the extra: pip install 'hrd-monitor[backup]'") from None
    return pyrage
