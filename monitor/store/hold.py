"""One running daemon per database: a lock that the operating system or the server drops when its holder dies, and whose name it bears."""

from __future__ import annotations

import fcntl
import os
import socket
from datetime import datetime
from pathlib import Path
from typing import IO, Self

from sqlalchemy import Connection, delete, select, text

from monitor.errors import StoreError
from monitor.store.database import Database
from monitor.store.tables import holders

DAEMON_LOCK = 0x48524D30  #: PostgreSQL advisory lock of the running daemon ("HRM0")


class Hold:
    """Holds the database for one daemon, from `take` to `release`."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._file: IO[bytes] | None = None
        self._session: Connection | None = None

    def take(self, now: datetime) -> Self:
        """Become the one daemon of this database. Raises StoreError saying which host and process hold it, and since when."""
        if not (self._lock_file() if self._database.embedded else self._lock_server()):
            self.release()
            raise StoreError(
                f"another hrd-monitor runs on this database: {self._holder()}; stop it first, or give this one a database of its own"
            )
        self._database.transact_now(lambda c: self._sign(c, now))
        return self

    def release(self) -> None:
        """Let go; a process that dies lets go by dying."""
        if self._file is not None:
            self._file.close()
            self._file = None
        if self._session is not None:
            self._session.close()
            self._session = None

    def _lock_file(self) -> bool:
        path = self._database.engine.url.database
        if path in {None, "", ":memory:"}:
            return True
        self._file = Path(f"{path}.lock").open("ab")  # noqa: SIM115 - the open file is the lock; release() closes it
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _lock_server(self) -> bool:
        self._session = self._database.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        return bool(self._session.execute(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": DAEMON_LOCK}).scalar())

    def _sign(self, connection: Connection, now: datetime) -> None:
        connection.execute(delete(holders))
        connection.execute(holders.insert(), {"id": 1, "host": socket.gethostname(), "pid": os.getpid(), "since": now})

    def _holder(self) -> str:
        row = self._database.read_now(lambda c: c.execute(select(holders)).first())
        return (
            f"process {row.pid} on {row.host}, since {row.since:%Y-%m-%d %H:%M} UTC" if row else "it is just starting"
        )
