"""An address → a database that is open, migrated and safe to write: one writer, whole transactions, power-cut proof."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, SQLAlchemyError
from sqlalchemy.pool import StaticPool

from monitor.errors import StoreError

T = TypeVar("T")

BUSY_MS = 30_000  #: milliseconds a writer waits for another process (a check, a backup) to let go of SQLite's lock
SETTLE_LOCK = 0x48524D31  #: PostgreSQL advisory lock of the one writer ("HRM1")
FILE = "monitor.sqlite3"
_WAY_OUT = "stop, keep a copy of the file, and put back the last good backup"


def default_url(data: Path) -> str:
    """The embedded database of a data folder."""
    return f"sqlite:///{data / FILE}"


class Database:
    """An open database. Writes go through one thread and one transaction each; reads see only what is committed."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.embedded = engine.dialect.name == "sqlite"
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="store-writer")
        self._reader = (
            self._writer if _in_memory(engine.url) else ThreadPoolExecutor(1, thread_name_prefix="store-reader")
        )

    @classmethod
    def open(cls, url: str) -> Database:
        """Open `sqlite:///path`, `sqlite://` (in memory) or `postgresql://…`. Raises StoreError naming the setting to change."""
        try:
            address = make_url(url)
        except ArgumentError:
            raise StoreError(
                "HRD_MONITOR_DATABASE_URL is no database address; write sqlite:///path or postgresql://user@host/name"
            ) from None
        kind = address.get_backend_name()
        if kind == "sqlite":
            return cls(_sqlite(address))
        if kind == "postgresql":
            try:
                return cls(create_engine(address.set(drivername="postgresql+psycopg"), pool_pre_ping=True))
            except ImportError:
                raise StoreError("PostgreSQL needs the extra: pip install 'hrd-monitor[postgres]'") from None
        raise StoreError(f"{kind} databases are not supported; write sqlite:///path or postgresql://user@host/name")

    async def transact(self, work: Callable[[Connection], T]) -> T:
        """Run `work` in one write transaction on the writer thread; whatever it raises undoes all of it."""
        return await asyncio.get_running_loop().run_in_executor(self._writer, self.transact_now, work)

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Run `work` on the reader thread; it sees what is committed and must not write."""
        return await asyncio.get_running_loop().run_in_executor(self._reader, self.read_now, work)

    def transact_now(self, work: Callable[[Connection], T]) -> T:
        """As `transact`, on this thread. Raises StoreError when the database refuses: full disk, damage, lock."""
        with _told_plainly(), self.engine.connect() as connection, connection.begin():
            if self.embedded:
                connection.exec_driver_sql("BEGIN IMMEDIATE")
            else:
                connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": SETTLE_LOCK})
            return work(connection)

    def read_now(self, work: Callable[[Connection], T]) -> T:
        """As `read`, on this thread."""
        with _told_plainly(), self.engine.connect() as connection, connection.begin():
            if self.embedded:
                connection.exec_driver_sql("BEGIN")
            return work(connection)

    def check(self) -> str | None:
        """What is wrong with the database file, None when nothing is found. PostgreSQL looks after itself."""
        if not self.embedded:
            return None
        try:
            with self.engine.connect() as connection:
                found = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA quick_check(5)")]
        except DBAPIError as error:
            return f"the database file is damaged ({type(error.orig).__name__}): {_WAY_OUT}"
        return None if found == ["ok"] else f"the database file is damaged: {_WAY_OUT}"

    def close(self) -> None:
        """Finish what is being written and let go of the file or server."""
        self._writer.shutdown(wait=True)
        self._reader.shutdown(wait=True)
        self.engine.dispose()


def _in_memory(url: URL) -> bool:
    return url.get_backend_name() == "sqlite" and url.database in {None, "", ":memory:"}


def _sqlite(url: URL) -> Engine:
    options: dict[str, Any] = {"connect_args": {"check_same_thread": False}}
    if _in_memory(url):
        options["poolclass"] = StaticPool
    else:
        Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    engine = create_engine(url, **options)

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = (
            None  # transactions are begun by us: a deferred one that turns to writing fails at once
        )
        for pragma in (
            f"busy_timeout={BUSY_MS}",
            "journal_mode=WAL",
            "synchronous=FULL",  # NORMAL may forget a commit when the power goes: an alert sent twice or never
            "foreign_keys=ON",
            "secure_delete=ON",
            "temp_store=MEMORY",
        ):
            connection.execute(f"PRAGMA {pragma}")

    return engine


@contextmanager
def _told_plainly() -> Iterator[None]:
    """Turn a refusal of the database into a StoreError that says what to do; parameters (texts, names) never reach the message."""
    try:
        yield
    except SQLAlchemyError as error:
        cause = str(getattr(error, "orig", None) or type(error).__name__).splitlines()[0]
        if "malformed" in cause or "not a database" in cause:
            raise StoreError(f"the database file is damaged: {_WAY_OUT}") from None
        if "full" in cause or "disk I/O" in cause:
            raise StoreError(
                f"the disk refused to store ({cause}): make room; nothing was lost, it is tried again"
            ) from None
        raise StoreError(f"the database refused: {type(error).__name__}: {cause}") from None
