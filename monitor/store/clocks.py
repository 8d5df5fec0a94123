"""When each custody clock is next looked at, and which of its alarms have sounded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, select

from monitor.store.conflict import insert
from monitor.store.tables import alarms, clocks

_DUE = select(clocks.c.incident_id).where(clocks.c.due <= bindparam("now")).order_by(clocks.c.due, clocks.c.incident_id)


def due(connection: Connection, now: datetime, limit: int) -> list[str]:
    """The incidents whose clock is to be looked at now, the longest due first."""
    return list(connection.scalars(_DUE.limit(limit), {"now": now}))


def soonest(connection: Connection) -> datetime | None:
    """When the next clock is to be looked at; None when none runs."""
    at: datetime | None = connection.scalar(select(func.min(clocks.c.due)))
    return at


def wind(connection: Connection, incident_id: str, at: datetime | None) -> None:
    """Look at an incident's clock again at a moment; None stops it."""
    if at is None:
        connection.execute(delete(clocks).where(clocks.c.incident_id == incident_id))
        return
    statement = insert(connection, clocks)
    again = {"due": statement.excluded["due"]}
    connection.execute(
        statement.on_conflict_do_update(index_elements=["incident_id"], set_=again),
        {"incident_id": incident_id, "due": at},
    )


def sounded(connection: Connection, incident_id: str) -> set[str]:
    """The marks of the alarms that have sounded for an incident."""
    return set(connection.scalars(select(alarms.c.mark).where(alarms.c.incident_id == incident_id)))


def sound(connection: Connection, incident_id: str, marks: Iterable[str], now: datetime) -> None:
    """Keep that these alarms sounded. Raises an integrity error for one that has: an alarm never sounds twice."""
    rows = [{"incident_id": incident_id, "mark": m, "at": now} for m in marks]
    if rows:
        connection.execute(alarms.insert(), rows)
