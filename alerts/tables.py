"""The tables of the outbox: deliveries, receipts and gates, in a MetaData of their own that the store's migrations create.

Texts that can hold anything (alerts, reasons, handles) are ASCII JSON or words of ours, so that NUL and lone surrogates never reach a
database. Times are stored as UTC without a zone and come back aware.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    DateTime,
    Dialect,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    TypeDecorator,
    false,
)  # fmt: skip

metadata = MetaData()

_Id = BigInteger().with_variant(Integer, "sqlite")  #: SQLite numbers rows by itself only in a column of type INTEGER


class Moment(TypeDecorator[datetime]):
    """A moment in UTC: aware in Python, without a zone in the database; SQLite and PostgreSQL then sort and compare it alike."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """An aware time as the database keeps it. Raises ValueError for a time without a zone."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """A stored time, aware again."""
        del dialect
        return value.replace(tzinfo=UTC) if isinstance(value, datetime) else None


#: One alert on its way to one address of one channel; a row is never deleted by delivery itself.
#: priority: lower goes first. made: when it was enqueued. due: when it was first allowed to go out (the end of a mute).
#: started: when the first send began, begun: when the last one did. alone: never in a thread. layout: full | plain | bare.
#: unless_taken: needless once somebody took the alert (a reminder, an escalation). fell_over: others were told in its place.
deliveries = Table(
    "deliveries",
    metadata,
    Column("id", _Id, primary_key=True, autoincrement=True),
    Column("key", String(32), nullable=False, unique=True),
    Column("thread", String(200), nullable=False),
    Column("revision", Integer, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("channel", String(100), nullable=False),
    Column("address", String(320), nullable=False),
    Column("part", String(10), nullable=False),
    Column("priority", SmallInteger, nullable=False),
    Column("state", String(20), nullable=False),
    Column("attempt", Integer, nullable=False),
    Column("made", Moment, nullable=False),
    Column("due", Moment, nullable=False),
    Column("not_before", Moment, nullable=False),
    Column("started", Moment, nullable=True),
    Column("begun", Moment, nullable=True),
    Column("settled", Moment, nullable=True),
    Column("layout", String(10), nullable=False),
    Column("alone", Boolean, nullable=False),
    Column("flagged", Boolean, nullable=False),
    Column("trial", Boolean, nullable=False),
    Column("why", Text, nullable=False),
    Column("receipt", Text, nullable=True),
    Column("alert", Text, nullable=False),
    Column("unless_taken", Boolean, nullable=False, server_default=false()),
    Column("fell_over", Boolean, nullable=False, server_default=false()),
    Index("deliveries_to_claim", "channel", "state", "priority", "not_before"),
    Index("deliveries_by_state", "state", "channel", "settled"),
    Index("deliveries_of_thread", "thread", "channel", "address", "state"),
)

#: The first message of a thread on each channel and address: what later messages edit and thread under.
receipts = Table(
    "receipts",
    metadata,
    Column("thread", String(200), primary_key=True),
    Column("channel", String(100), primary_key=True),
    Column("address", String(320), primary_key=True),
    Column("handle", Text, nullable=False),
    Column("trial", Boolean, nullable=False),
    Column("at", Moment, nullable=False),
)

#: Before when nothing may be sent on a channel: pacing and the destination's own "retry after"; kept over restarts.
gates = Table(
    "gates",
    metadata,
    Column("channel", String(100), primary_key=True),
    Column("not_before", Moment, nullable=False),
    Column("why", Text, nullable=False),
)

#: Deliveries that were once of unknown fate: looked at again later, since a message may be kept long after the connection broke.
healings = Table(
    "healings",
    metadata,
    Column("delivery", _Id, primary_key=True, autoincrement=False),
    Column("channel", String(100), nullable=False),
    Column("step", SmallInteger, nullable=False),
    Column("due", Moment, nullable=False),
)

#: What people did with an alert, in the order it came. applied: when the records followed it; None while it waits.
#: press: the sender's own id of the press, so that one that is handed over twice is kept once.
presses = Table(
    "presses",
    metadata,
    Column("id", _Id, primary_key=True, autoincrement=True),
    Column("press", String(200), nullable=False, unique=True),
    Column("thread", String(200), nullable=False),
    Column("action", String(40), nullable=False),
    Column("actor", String(200), nullable=False),
    Column("at", Moment, nullable=False),
    Column("applied", Moment, nullable=True),
    Index("presses_waiting", "applied", "id"),
)

#: Threads that somebody has in hand: no reminder and no escalation goes out for them.
taken = Table(
    "taken",
    metadata,
    Column("thread", String(200), primary_key=True),
    Column("actor", String(200), nullable=False),
    Column("at", Moment, nullable=False),
)

#: When something that happens by the calendar was done last (a digest), by an opaque name.
rhythms = Table(
    "rhythms",
    metadata,
    Column("name", String(200), primary_key=True),
    Column("at", Moment, nullable=False),
)
