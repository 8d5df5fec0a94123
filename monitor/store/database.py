"""An address → an open database, safe to write: one writer, whole transactions, reads that see only what is committed."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine, event

from monitor.errors import StoreError
from monitor.store.engine import default_url, embedded, engine, in_memory
from monitor.store.refusal import DAMAGED, told_plainly

T = TypeVar("T")

SETTLE_LOCK = 0x48524D31  #: PostgreSQL advisory lock of the one writer ("HRM1")
LOCK_WAIT_MS = 30_000  #: milliseconds a PostgreSQL transaction waits for the writer before it
IDLE_MS = (
    20_000  #: milliseconds a writer may do nothing: a host that is paused in a transaction would hold up all others
)
FAULTS = 5  #: how many faults a check looks for before it stops; one is enough to know

#: One round trip. A server set up to confirm commits before they are on disk would forget alerts when its power goes.
_BEGIN_POSTGRESQL = (
    f"SET LOCAL lock_timeout = {LOCK_WAIT_MS}; SET LOCAL idle_in_transaction_session_timeout = {IDLE_MS};"
    " SELECT set_config('synchronous_commit', 'on', true) WHERE current_setting('synchronous_commit') = 'off';"
    f" SELECT pg_advisory_xact_lock({SETTLE_LOCK})"
)


class Database:
    """An open database. Writes go through one thread and one transaction each; reads see only what is committed."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self.embedded = engine.dialect.name == "sqlite"
        self.in_memory = in_memory(engine.url)
        self._looking = _looker(engine) if self.embedded and not self.in_memory else engine
        self._turn = threading.Lock()  #: SQLite has one writer; a database in memory has one connection as well
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="store-writer")
        self._reader = self._writer if self.in_memory else ThreadPoolExecutor(1, thread_name_prefix="store-reader")

    @classmethod
    def open(cls, url: str | None = None, data: Path | None = None, *, make: bool = True) -> Database:
        """Open `sqlite:///path`, `sqlite://` (in memory) or `postgresql://…`; without an address the file in the data folder.

        make: False refuses a missing file instead of making it, for commands that only look. Nothing is migrated here.
        Raises StoreError naming the setting to change.
        """
        return cls(engine(url or default_url(data or Path("data")), make=make))

    @property
    def file(self) -> Path:
        """Where an embedded database lies."""
        return Path(str(self.engine.url.database))

    async def transact(self, work: Callable[[Connection], T]) -> T:
        """Run `work` in one write transaction on the writer thread; whatever it raises undoes all of it.

        A caller that is cancelled while it waits cannot know whether the transaction was made.
        """
        return await asyncio.get_running_loop().run_in_executor(self._writer, self.transact_now, work)

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Run `work` on the reader thread; it sees one moment of what is committed and cannot write."""
        return await asyncio.get_running_loop().run_in_executor(self._reader, self.read_now, work)

    def transact_now(self, work: Callable[[Connection], T]) -> T:
        """As `transact`, on this thread. Raises StoreError when the database refuses: full disk, damage, a lock held too long."""
        if not self.embedded:
            with told_plainly(), self.engine.connect() as connection, connection.begin():
                connection.exec_driver_sql(_BEGIN_POSTGRESQL)
                return work(connection)
        with self._turn, told_plainly(), self.engine.connect() as connection, connection.begin():
            connection.exec_driver_sql("BEGIN IMMEDIATE")
            return work(connection)

    def read_now(self, work: Callable[[Connection], T]) -> T:
        """As `read`, on this thread."""
        if self.in_memory:
            with self._turn:
                return self._look(work)
        return self._look(work)

    def _look(self, work: Callable[[Connection], T]) -> T:
        with told_plainly(), self._looking.connect() as connection:
            if not self.embedded:
                with connection.begin():
                    connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                    return work(connection)
            if self.in_memory:
                connection.exec_driver_sql("PRAGMA query_only=ON")
            try:
                connection.exec_driver_sql("BEGIN")
                return work(connection)
            finally:
                connection.rollback()
                if self.in_memory:
                    connection.exec_driver_sql("PRAGMA query_only=OFF")

    def check(self) -> str | None:
        """What is wrong with the database file and what to do; None when nothing is found. PostgreSQL looks after its own files.

        Reads the whole file: about a second for each few hundred megabytes.
        """
        if not self.embedded:
            return None
        try:
            found = self.read_now(lambda c: list(c.exec_driver_sql(f"PRAGMA quick_check({FAULTS})").scalars()))
        except StoreError as error:
            return str(error)
        return None if found == ["ok"] else DAMAGED

    def close(self) -> None:
        """Finish what is being written and let go of the file or server."""
        self._writer.shutdown(wait=True)
        self._reader.shutdown(wait=True)
        self.engine.dispose()
        self._looking.dispose()


def _looker(engine: Engine) -> Engine:
    """Connections of their own for reading, which cannot write whatever is asked of them."""
    made = embedded(engine.url)
    event.listen(made, "connect", lambda connection, _record: connection.execute("PRAGMA query_only=ON"))
    return made
