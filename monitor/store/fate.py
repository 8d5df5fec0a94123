"""What became of one article's report on one entry: where it was filed, whether anything holds it back, and how far its messages got."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, select

from alerts.tables import deliveries
from monitor.store.tables import kept_back, reports


@dataclass(frozen=True, slots=True)
class Fate:
    """filed: whether the article was read for this entry at all. incident: the one it joined. held: a silence or a mute is on it. sent, waiting: channels."""

    filed: bool
    incident: str | None = None
    held: bool = False
    sent: tuple[str, ...] = ()
    waiting: tuple[str, ...] = ()


def fate(connection: Connection, article_id: str, watch: str) -> Fate:
    """Look it up; the incident's messages count as the article's."""
    mine = (reports.c.article_id == article_id) & (reports.c.watch == watch)
    filed = list(connection.scalars(select(reports.c.incident_id).where(mine)))
    incident = next((i for i in filed if i is not None), None)
    if incident is None:
        return Fate(filed=bool(filed))
    held = connection.scalar(select(kept_back.c.incident_id).where(kept_back.c.incident_id == incident)) is not None
    d = deliveries.c
    rows = connection.execute(select(d.channel, d.state, d.why).where(d.thread == incident).order_by(d.id)).all()
    waiting = [f"{r.channel} {r.state}{f' ({r.why})' if r.why else ''}" for r in rows if r.state not in _OVER]
    return Fate(
        filed=True,
        incident=incident,
        held=held,
        sent=tuple(dict.fromkeys(r.channel for r in rows if r.state == "sent")),
        waiting=tuple(dict.fromkeys(waiting)),
    )


_OVER = frozenset({"sent", "superseded"})
