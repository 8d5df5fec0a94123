"""One running daemon per database: a lock that the operating system or the server drops when its holder dies, and whose name it bears."""

from __future__ import annotations

import fcntl
import os
import socket
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, delete, select, text, update
from sqlalchemy.exc import DBAPIError

from monitor.errors import StoreError
from monitor.store.database import Database
from monitor.store.refusal import told_plainly
from monitor.store.tables import holders

DAEMON_LOCK = 0x48524D30  #: PostgreSQL advisory lock of the running daemon ("HRM0")
#: Seconds until the server notices that the holder's machine is gone and frees the lock; its own default is over two hours.
_NOTICE = "SET tcp_keepalives_idle = 10", "SET tcp_keepalives_interval = 5", "SET tcp_keepalives_count = 4"
_ROW = 1  #: there is one holder; several hosts that share the work would be several rows


class HeldElsewhereError(StoreError):
    """Another daemon has the database: whoever meets this at the start or later must stop, not try again."""


class Hold:
    """Holds the database for one daemon, from `take` to `release`; commands that only look need none."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._file: int | None = None  #: an open file descriptor: the lock lives as long as it does
        self._session: Connection | None = None
        self._held = False

    def take(self, now: datetime) -> Self:
        """Become the one daemon of this database. Raises HeldElsewhereError saying which host and process hold it, and since when."""
        if not (self._lock_file() if self._database.embedded else self._lock_server()):
            self._let_go()
            raise HeldElsewhereError(
                f"another hrd-monitor runs on this database: {self._holder()}; stop it first, or give this one a database of its own"
            )
        try:
            self._database.transact_now(lambda c: self._sign(c, now))
        except StoreError:
            self._let_go()
            raise
        self._held = True
        return self

    def renew(self, now: datetime) -> None:
        """Say that the holder is alive; take the lock anew where the server has dropped it.

        Raises HeldElsewhereError when another daemon has taken it meanwhile; any other StoreError may pass, ask again later.
        """
        if not self._database.embedded and not self._alive():
            self._let_go()
            self.take(now)
            return
        self._database.transact_now(lambda c: c.execute(update(holders).values(renewed=now)))

    def release(self) -> None:
        """Let go; a process that dies lets go by dying."""
        if self._held:
            with suppress(StoreError):  # the row only says who; the lock is what holds
                self._database.transact_now(lambda c: c.execute(delete(holders)))
        self._let_go()

    def _let_go(self) -> None:
        self._held = False
        if self._file is not None:
            os.close(self._file)
            self._file = None
        if self._session is not None:
            self._session.invalidate()  # closes the session itself, and with it the lock; the pool would keep both
            self._session.close()
            self._session = None

    def _lock_file(self) -> bool:
        if self._database.in_memory:
            return True
        path = Path(f"{self._database.engine.url.database}.lock")
        try:
            self._file = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
        except OSError as error:
            raise StoreError(f"{path}: cannot be made ({error.strerror}): let this user write there") from None
        try:
            fcntl.flock(self._file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _lock_server(self) -> bool:
        with told_plainly():
            self._session = self._database.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            for setting in _NOTICE:
                self._session.exec_driver_sql(setting)
            return bool(self._session.scalar(text("SELECT pg_try_advisory_lock(:lock)"), {"lock": DAEMON_LOCK}))

    def _alive(self) -> bool:
        try:
            return self._session is not None and self._session.scalar(text("SELECT 1")) == 1
        except DBAPIError:
            return False

    def _sign(self, connection: Connection, now: datetime) -> None:
        connection.execute(delete(holders))
        row = {"id": _ROW, "host": socket.gethostname(), "pid": os.getpid(), "since": now, "renewed": now}
        connection.execute(holders.insert(), row)

    def _holder(self) -> str:
        row = self._database.read_now(lambda c: c.execute(select(holders)).first())
        return (
            f"process {row.pid} on {row.host}, since {row.since:%Y-%m-%d %H:%M} UTC" if row else "it is just starting"
        )
