"""What is old enough to be forgotten: texts that led to nothing, and evidence of incidents closed long ago.

The keyed hashes by which entries are known again stay for ever, so that forgetting never makes old news new.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection, delete, exists, select, update

from monitor.incidents.rulings import Verb, care
from monitor.store import rulings
from monitor.store.tables import articles, reports, sketches
from monitor.store.tables import rulings as ruled

_Step = Callable[[str], None]


def forget_texts(connection: Connection, before: datetime, limit: int, passing: _Step = lambda _name: None) -> int:
    """How many articles first seen before a moment were deleted with what was read in them; none that stands behind an incident."""
    behind = exists().where(reports.c.article_id == articles.c.id, reports.c.incident_id.is_not(None))
    old = select(articles.c.id).where(articles.c.seen < before, ~behind).order_by(articles.c.seen).limit(limit)
    ids = list(connection.scalars(old))
    if not ids:
        return 0
    connection.execute(delete(reports).where(reports.c.article_id.in_(ids)))
    connection.execute(delete(sketches).where(sketches.c.article_id.in_(ids)))
    passing("in_janitor")
    connection.execute(delete(articles).where(articles.c.id.in_(ids)))
    return len(ids)


def forget_evidence(connection: Connection, before: datetime, limit: int, passing: _Step = lambda _name: None) -> int:
    """How many texts behind incidents that were closed before a moment were emptied; their hash and when they were fetched stay."""
    closed = _closed(connection, before)
    if not closed:
        return 0
    still = exists().where(
        reports.c.article_id == articles.c.id, reports.c.incident_id.is_not(None), reports.c.incident_id.not_in(closed)
    )
    mine = exists().where(reports.c.article_id == articles.c.id, reports.c.incident_id.in_(closed))
    held = (articles.c.text != "") | (articles.c.title != "")
    ids = list(connection.scalars(select(articles.c.id).where(held, mine, ~still).limit(limit)))
    if ids:
        passing("in_janitor")
        connection.execute(update(articles).where(articles.c.id.in_(ids)).values(title="", text=""))
    return len(ids)


def _closed(connection: Connection, before: datetime) -> list[str]:
    """The incidents that somebody closed before a moment and nobody opened again."""
    asked = select(ruled.c.incident_id).where(ruled.c.verb == Verb.CLOSE.value, ruled.c.at < before).distinct()
    found = []
    for incident in connection.scalars(asked).all():
        stands = care(rulings.of_incident(connection, incident)).closed
        if stands is not None and stands.at < before:
            found.append(incident)
    return found
