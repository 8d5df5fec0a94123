"""An address → an engine: SQLite set up so that a power cut loses no commit, PostgreSQL so that a dead server is noticed."""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import StaticPool

from monitor.errors import StoreError

BUSY_MS = 30_000  #: milliseconds a transaction waits for another process (a check, a backup) to let go of the lock
CONNECT_S = 10  #: seconds a PostgreSQL server has to answer; without a limit a silent firewall holds us for minutes
#: Seconds until a vanished PostgreSQL server is noticed on a quiet connection, about half a minute in all: the hold depends on it.
KEEPALIVES = {"keepalives_idle": 10, "keepalives_interval": 5, "keepalives_count": 4}
FILE = "monitor.sqlite3"

_HOW = "write sqlite:///path or postgresql://user@host/name"

#: `synchronous=FULL`: NORMAL may forget the last commits when the power goes, and an alert would be sent twice or never.
#: Source: https://www.sqlite.org/pragma.html#pragma_synchronous. `secure_delete`: what is purged is overwritten, not only unlinked.
_PRAGMAS = (
    f"busy_timeout={BUSY_MS}",
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    "temp_store=MEMORY",
)


def default_url(data: Path) -> str:
    """The address of the embedded database of a data folder."""
    return URL.create("sqlite", database=str(data / FILE)).render_as_string()


def engine(url: str, *, make: bool) -> Engine:
    """An engine for an address. make: create a missing file. Raises StoreError naming the setting to change, never a password."""
    try:
        address = make_url(url)
    except ArgumentError:
        raise StoreError(f"HRD_MONITOR_DATABASE_URL is no database address; {_HOW}") from None
    kind = address.get_backend_name()
    if kind == "sqlite":
        return _sqlite(address.set(drivername="sqlite"), make=make)
    if kind in {"postgresql", "postgres"}:
        return _postgresql(address.set(drivername="postgresql+psycopg"))
    raise StoreError(f"HRD_MONITOR_DATABASE_URL: {kind} databases are not supported; {_HOW}")


def in_memory(url: URL) -> bool:
    """Whether an address means a database that lives and dies with this process."""
    return url.get_backend_name() == "sqlite" and url.database in {None, "", ":memory:"}


def _sqlite(url: URL, *, make: bool) -> Engine:
    if not in_memory(url):
        _file(Path(str(url.database)), make=make)
    return embedded(url)


def embedded(url: URL) -> Engine:
    """An engine over an SQLite file that is there, or over memory, every connection set up so that no commit is lost."""
    # both threads of a Database use the pooled connections in turn; SQLite itself is built to be shared
    options: dict[str, Any] = {"connect_args": {"check_same_thread": False}}
    if in_memory(url):
        options["poolclass"] = StaticPool
    made = create_engine(url, **options)
    event.listen(made, "connect", _prepare)
    return made


def _file(path: Path, *, make: bool) -> None:
    """Make the file before SQLite does, so that it and what SQLite puts beside it belong to its owner alone."""
    if path.exists():
        return
    if not make:
        raise StoreError(f"{path}: there is no database here yet; start `hrd-monitor run` first, or name the right one")
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise StoreError(
            f"{path}: the database cannot be made here ({error.strerror}): let this user write there, or name another folder"
        ) from None


def _prepare(connection: sqlite3.Connection, _record: object) -> None:
    # transactions are begun by us: a deferred one that turns to writing fails at once, whatever the busy timeout
    connection.isolation_level = None
    for pragma in _PRAGMAS:
        connection.execute(f"PRAGMA {pragma}")


def _postgresql(url: URL) -> Engine:
    try:
        return create_engine(
            url,
            pool_pre_ping=True,  # a server that was restarted costs a new connection, not a failed transaction
            connect_args={"connect_timeout": CONNECT_S, "application_name": "hrd-monitor", **KEEPALIVES},
        )
    except ImportError:
        raise StoreError("PostgreSQL needs the extra: pip install 'hrd-monitor[postgres]'") from None
