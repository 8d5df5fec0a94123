"""The claims articles made, each with the incident it was judged to belong to."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import UTC, datetime

from sqlalchemy import ColumnElement, Connection, select, update

from monitor.model import Article, Report
from monitor.store import articles, codec
from monitor.store.tables import articles as articles_table
from monitor.store.tables import reports

_BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


def add(connection: Connection, claims: Sequence[tuple[Report, str | None]]) -> None:
    """Keep reports with the id of their incident; None for a report that opened or joined none."""
    rows = [
        {
            "article_id": r.article_id,
            "incident_id": i,
            "watch": r.watch,
            "act": r.act.value,
            "alerts": r.alerts,
            "report": codec.dump(r),
        }
        for r, i in claims
    ]
    if rows:
        connection.execute(reports.insert(), rows)


def of_incident(connection: Connection, incident_id: str) -> list[Report]:
    """The reports behind an incident, in order of arrival."""
    return _load(connection, reports.c.incident_id == incident_id)


def told(connection: Connection, incident_id: str) -> list[tuple[Report, str, datetime]]:
    """The reports behind an incident in order of arrival, each with the id of its source and when it was seen."""
    found = connection.execute(
        select(reports.c.report, articles_table.c.source_id, articles_table.c.seen)
        .join(articles_table, articles_table.c.id == reports.c.article_id)
        .where(reports.c.incident_id == incident_id)
        .order_by(reports.c.id)
    )
    return [(codec.load(Report, r.report), r.source_id or "", r.seen or _BEGINNING) for r in found]


def move(connection: Connection, numbers: Collection[int], to: str) -> None:
    """Give the reports with these numbers to an incident."""
    connection.execute(update(reports).where(reports.c.id.in_(numbers)).values(incident_id=to))


def numbered(connection: Connection, incident_id: str) -> list[tuple[int, Report]]:
    """The reports behind an incident with their stored numbers, in order of arrival."""
    found = connection.execute(
        select(reports.c.id, reports.c.report).where(reports.c.incident_id == incident_id).order_by(reports.c.id)
    )
    return [(r.id, codec.load(Report, r.report)) for r in found]


def of_article(connection: Connection, article_id: str) -> list[Report]:
    """The reports an article made, also those that did not alert."""
    return _load(connection, reports.c.article_id == article_id)


def possible(connection: Connection, since: datetime, limit: int) -> list[tuple[Report, Article]]:
    """Reports about somebody listed that did not alert and belong to no incident, with their articles seen since a moment, newest first."""
    mine = reports.c.alerts.is_(False) & reports.c.incident_id.is_(None) & reports.c.watch.is_not(None)
    query = (
        select(reports.c.report, reports.c.article_id)
        .join(articles_table, articles_table.c.id == reports.c.article_id)
        .where(mine & (articles_table.c.seen > since))
        .order_by(reports.c.id.desc())
        .limit(limit)
    )
    found = []
    for text, article_id in connection.execute(query).all():
        article = articles.get(connection, article_id)
        if article is not None:
            found.append((codec.load(Report, text), article))
    return found


def _load(connection: Connection, where: ColumnElement[bool]) -> list[Report]:
    rows = connection.scalars(select(reports.c.report).where(where).order_by(reports.c.id))
    return [codec.load(Report, text) for text in rows]
