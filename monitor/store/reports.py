"""The claims articles made, each with the incident it was judged to belong to."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, select

from monitor.model import Report
from monitor.store import codec
from monitor.store.tables import reports


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


def of_article(connection: Connection, article_id: str) -> list[Report]:
    """The reports an article made, also those that did not alert."""
    return _load(connection, reports.c.article_id == article_id)


def _load(connection: Connection, where: ColumnElement[bool]) -> list[Report]:
    rows = connection.scalars(select(reports.c.report).where(where).order_by(reports.c.id))
    return [codec.load(Report, text) for text in rows]
