"""Names that are not on the list and were found beside somebody who is; they stay on this machine and are deleted after a while."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, delete, select

from monitor.store.conflict import insert
from monitor.store.tables import incidents, people


def add(connection: Connection, name: str, incident_id: str, article_id: str, now: datetime) -> None:
    """Keep a name; one that is known for this incident stays as it was first seen."""
    row = {"name": name, "incident_id": incident_id, "article_id": article_id, "seen": now}
    connection.execute(insert(connection, people).on_conflict_do_nothing(), row)


def listing(connection: Connection, limit: int) -> list[dict[str, Any]]:
    """The names seen last, newest first, each with its incident, country and article."""
    query = (
        select(people.c.name, people.c.incident_id, people.c.article_id, people.c.seen, incidents.c.country)
        .join(incidents, incidents.c.id == people.c.incident_id)
        .order_by(people.c.seen.desc(), people.c.name)
        .limit(limit)
    )
    return [
        {
            "name": r.name,
            "incident": r.incident_id,
            "article": r.article_id,
            "seen": r.seen,
            "country": r.country.split(),
        }
        for r in connection.execute(query)
    ]


def remove(connection: Connection, name: str) -> int:
    """How many rows of a name were deleted: it was taken over, or is of no interest."""
    return connection.execute(delete(people).where(people.c.name == name)).rowcount


def delete_before(connection: Connection, moment: datetime) -> int:
    """How many names first seen before a moment were deleted."""
    return connection.execute(delete(people).where(people.c.seen < moment)).rowcount
