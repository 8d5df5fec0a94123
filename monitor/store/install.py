"""What is drawn once for each installation and stays: the secret behind the keys of entries and deliveries."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import Connection, select

from monitor.store.tables import install

SECRET_BYTES = 32  #: of the key; as long as the SHA-256 it is used with


def secret(connection: Connection) -> bytes:
    """The key of this installation's hashes; it never changes, or everything read would count as unseen and be told again."""
    return bytes(connection.execute(select(install.c.secret)).scalar_one())


def ensure(connection: Connection, now: datetime) -> None:
    """Draw the secret of a new database; an existing one is left as it is."""
    if connection.execute(select(install.c.id)).first() is None:
        connection.execute(install.insert(), {"id": 1, "secret": secrets.token_bytes(SECRET_BYTES), "made": now})
