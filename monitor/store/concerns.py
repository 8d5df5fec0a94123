"""Which concerns the operator has been told of: each is told once, again after a week, and once more when it is over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select

from alerts import outbox
from alerts.model import Alert, Routing
from alerts.notices import concern as notice
from alerts.routing import Destination, Target, targets
from monitor.concerns import Concern
from monitor.store.conflict import insert
from monitor.store.tables import concerns as table

AGAIN = timedelta(days=7)  #: after which a concern that still stands is told again


def standing(connection: Connection) -> dict[str, datetime]:
    """The concerns the operator knows of, by key, and since when."""
    return {row.key: row.since for row in connection.execute(select(table.c.key, table.c.since))}


def tell(
    connection: Connection,
    found: Iterable[Concern],
    routing: Routing,
    destinations: Mapping[str, Destination],
    secret: bytes,
    now: datetime,
) -> tuple[str, ...]:
    """Put into the outbox what is new, what still stands after a week, and what is over; the keys told. All in the caller's transaction."""
    known = {row.key: row for row in connection.execute(select(table))}
    present = {c.key: c for c in found}
    told: list[str] = []
    for key, concern in present.items():
        row = known.get(key)
        if row is not None and now - row.told < AGAIN:
            continue
        since, revision = (row.since, row.revision + 1) if row else (now, 1)
        alert = notice(key, since, revision, concern.title, concern.what, concern.todo, now)
        _keep(connection, key, concern.title, since, revision, now)
        outbox.enqueue(connection, alert, _operators(alert, routing, destinations, now), secret, now)
        told.append(key)
    for key, row in known.items():
        if key in present:
            continue
        connection.execute(delete(table).where(table.c.key == key))
        over = notice(key, row.since, row.revision + 1, f"Over: {row.title}", "this is no longer so", "", now)
        outbox.enqueue(connection, over, _operators(over, routing, destinations, now), secret, now)
        told.append(key)
    return tuple(told)


def _operators(
    alert: Alert, routing: Routing, destinations: Mapping[str, Destination], now: datetime
) -> tuple[Target, ...]:
    """Whom an operator's notice reaches: never the trial's channels alone, because what is broken is no trial."""
    return targets(alert, replace(routing, trial=None), destinations, now)


def _keep(connection: Connection, key: str, title: str, since: datetime, revision: int, now: datetime) -> None:
    row = {"key": key, "title": title, "since": since, "told": now, "revision": revision}
    statement = insert(connection, table).values(row)
    connection.execute(
        statement.on_conflict_do_update(index_elements=["key"], set_={"told": now, "revision": revision})
    )
