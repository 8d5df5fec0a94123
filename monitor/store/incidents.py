"""The incidents as they stand: found by defender or watched assembly, kept as frozen values with their revision."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Connection, select, update

from monitor.model import Incident
from monitor.store import codec
from monitor.store.tables import incident_watch, incidents

ASSEMBLY_WINDOW = timedelta(days=30)  #: how far back an act on a watched assembly looks for its incident


def candidates(connection: Connection, watch: str | None, assembly: str | None, now: datetime) -> list[Incident]:
    """The incidents a report may belong to, oldest first: all of the same defender, or the recent ones of the same watched assembly."""
    if watch is not None:
        mine = select(incident_watch.c.incident_id).where(incident_watch.c.watch == watch)
        query = select(incidents.c.incident).where(incidents.c.id.in_(mine))
    else:
        recent = incidents.c.updated >= now - ASSEMBLY_WINDOW
        query = select(incidents.c.incident).where(incidents.c.assembly == assembly, recent)
    return [
        codec.load(Incident, text) for text in connection.scalars(query.order_by(incidents.c.opened, incidents.c.id))
    ]


def get(connection: Connection, incident_id: str) -> Incident | None:
    """One incident, or None."""
    text = connection.scalar(select(incidents.c.incident).where(incidents.c.id == incident_id))
    return codec.load(Incident, text) if text else None


def listing(connection: Connection, limit: int) -> list[Incident]:
    """The incidents that moved last, newest first."""
    return [
        codec.load(Incident, t)
        for t in connection.scalars(select(incidents.c.incident).order_by(incidents.c.updated.desc()).limit(limit))
    ]


def every(connection: Connection) -> Iterable[Incident]:
    """All incidents in the order they were opened."""
    for text in connection.scalars(select(incidents.c.incident).order_by(incidents.c.opened, incidents.c.id)):
        yield codec.load(Incident, text)


def save(connection: Connection, incident: Incident) -> None:
    """Keep an incident as it stands now."""
    row = {
        "key": incident.key,
        "act": incident.act.value,
        "assembly": incident.assembly,
        "severity": incident.severity.value,
        "first_day": incident.occurrence.first if incident.occurrence else None,
        "last_day": incident.occurrence.last if incident.occurrence else None,
        "opened": incident.opened,
        "updated": incident.updated,
        "revision": incident.revision,
        "alerted": incident.alerted,
        "incident": codec.dump(incident),
    }
    done = connection.execute(update(incidents).where(incidents.c.id == incident.id).values(**row))
    if done.rowcount == 0:
        connection.execute(incidents.insert(), {"id": incident.id, **row})
    known = set(connection.scalars(select(incident_watch.c.watch).where(incident_watch.c.incident_id == incident.id)))
    fresh = [{"watch": w, "incident_id": incident.id} for w in incident.watch if w not in known]
    if fresh:
        connection.execute(incident_watch.insert(), fresh)
