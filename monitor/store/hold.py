"""Who works on a database: one daemon on an embedded one, any number of hosts on a server; locks die with their holder, leases run out."""

from __future__ import annotations

import fcntl
import os
import secrets
import socket
import time
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Self

from sqlalchemy import Connection, delete, select, text, update
from sqlalchemy.exc import DBAPIError

from monitor.errors import StoreError
from monitor.store import hosts
from monitor.store.database import Database
from monitor.store.refusal import told_plainly
from monitor.store.tables import holders

DAEMON_LOCK = 0x48524D30  #: PostgreSQL advisory lock of running daemons, shared by all of them ("HRM0"); releases that ran alone hold it exclusively
SURE_S = 20.0  #: seconds after a sign of life during which we may act for all; less than the lease, so that no two do
#: Seconds until the server notices that the holder's machine is gone and frees the lock; its own default is over two hours.
_NOTICE = "SET tcp_keepalives_idle = 10", "SET tcp_keepalives_interval = 5", "SET tcp_keepalives_count = 4"
_ROW = 1  #: of an embedded database: there is one holder; hosts that share a server have rows of their own


class HeldElsewhereError(StoreError):
    """Another daemon has the database: whoever meets this at the start or later must stop, not try again."""


class Hold:
    """Holds the database for one daemon, or a place among the hosts that share it, from `take` to `release`; commands that only look need none.

    name: of this host, as `hosts:` in sources.yaml and `status` say it.
    """

    def __init__(self, database: Database, name: str = "") -> None:
        self._database = database
        self.name = name or socket.gethostname()
        self._id = f"{self.name}:{os.getpid()}:{secrets.token_hex(2)}"
        self._since: datetime | None = None
        self._leads, self._heard = True, time.monotonic()
        self._file: int | None = None  #: an open file descriptor: the lock lives as long as it does
        self._session: Connection | None = None
        self._held = False

    @property
    def leads(self) -> bool:
        """Whether this daemon does now what one does for all: always where it is alone."""
        return self._database.embedded or (self._leads and self.sure)

    @property
    def sure(self) -> bool:
        """Whether this host was heard lately enough to begin anything; after a pause it was not, until the next sign of life."""
        return self._database.embedded or time.monotonic() - self._heard < SURE_S

    def take(self, now: datetime) -> Self:
        """Become the daemon of this database, or one of its hosts. Raises HeldElsewhereError saying who has it for itself, and since when."""
        if not (self._lock_file() if self._database.embedded else self._lock_server()):
            self._let_go()
            raise HeldElsewhereError(
                f"another hrd-monitor runs on this database: {self._holder()}; stop it first, or give this one a database of its own"
            )
        try:
            if self._database.embedded:
                self._database.transact_now(lambda c: self._sign(c, now))
            else:
                self._beat(now, 0)
        except StoreError:
            self._let_go()
            raise
        self._held = True
        return self

    def renew(self, now: datetime, doing: int = 0) -> None:
        """Say that the holder is alive; take the lock anew where the server has dropped it. doing: what it has in hand, for people to see.

        Raises HeldElsewhereError when another daemon has taken it meanwhile; any other StoreError may pass, ask again later.
        """
        if not self._database.embedded and not self._alive():
            self._let_go()
            self.take(now)
            return
        if self._database.embedded:
            self._database.transact_now(lambda c: c.execute(update(holders).values(renewed=now)))
        else:
            self._beat(now, doing)

    def release(self) -> None:
        """Let go; a process that dies lets go by dying."""
        if self._held:
            with suppress(StoreError):  # the row only says who; the lock is what holds
                self._database.transact_now(self._leave)
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
            return bool(self._session.scalar(text("SELECT pg_try_advisory_lock_shared(:lock)"), {"lock": DAEMON_LOCK}))

    def _beat(self, now: datetime, doing: int) -> None:
        """One sign of life among the hosts, and whether we lead by it."""
        began = time.monotonic()
        since = self._since or now
        self._leads = self._database.transact_now(
            lambda c: hosts.beat(c, self._id, self.name, os.getpid(), since, doing)
        )
        self._since, self._heard = since, began

    def _leave(self, connection: Connection) -> None:
        if self._database.embedded:
            connection.execute(delete(holders))
        else:
            hosts.leave(connection, self._id)

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
