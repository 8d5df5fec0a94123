"""What a database library raised → a StoreError in plain words; parameters (texts, names, passwords) never reach the message."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError

from monitor.errors import StoreError

#: What the operator does about a damaged file; a copy is kept because much of it can usually still be read.
WAY_OUT = (
    "stop hrd-monitor, keep a copy of the file, and put back the last good backup: `hrd-monitor restore FILE --key KEY`"
    " (docs/operating.md, Backup)"
)
DAMAGED = f"the database file is damaged: {WAY_OUT}"

#: A piece of what SQLite or PostgreSQL says → what it means and what to do. Source: https://www.sqlite.org/rescode.html
_MEANINGS = (
    (("malformed", "not a database", "file is encrypted"), DAMAGED),
    (("disk is full", "disk I/O", "No space left"), "the disk refused to store: make room; nothing is half-written, it is tried again"),
    (("is locked", "lock timeout"), "another program has kept the database locked for too long (a backup, a check?): let it finish"),
    (("readonly", "read-only"), "the database may not be written to from here: check who owns the file and its folder"),
    (("unable to open",), "the database file cannot be opened: check that its folder exists and who may use it"),
)  # fmt: skip


#: What psycopg and libpq say of a server that is not there, refuses to let us in, or has gone away.
_UNREACHABLE = (
    "connection is bad",
    "connection failed",
    "connection timeout",
    "connection is lost",
    "server closed",
    "terminating",
)


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn whatever a database refuses into a StoreError that says what to do."""
    try:
        yield
    except (SQLAlchemyError, sqlite3.Error) as error:
        # the first line only: PostgreSQL puts the values of a row into the next ones
        cause = next(iter(str(getattr(error, "orig", None) or error).splitlines()), type(error).__name__)
        if any(sign in cause for sign in _UNREACHABLE):
            raise StoreError(
                f"the database server cannot be reached ({cause}): is it running, and is HRD_MONITOR_DATABASE_URL right?"
            ) from None
        for signs, meaning in _MEANINGS:
            if any(sign in cause for sign in signs):
                raise StoreError(meaning) from None
        raise StoreError(f"the database refused: {type(error).__name__}: {cause}") from None
