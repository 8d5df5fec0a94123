"""The incidents as they stand: found by defender or watched assembly, kept as frozen values with their revision."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, bindparam, delete, select

from monitor.model import Incident
from monitor.store import codec
from monitor.store.conflict import insert
from monitor.store.tables import incident_watch, incidents

LONGEST = timedelta(days=31)  #: of a date that is not known to the day; bounds what is looked through
ASSEMBLY_WINDOW = timedelta(days=30)  #: how far back an act on a watched assembly looks for its incident

_ALL = select(incidents.c.incident).order_by(incidents.c.opened, incidents.c.id)
_OF_DEFENDER = _ALL.where(
    incidents.c.id.in_(select(incident_watch.c.incident_id).where(incident_watch.c.watch == bindparam("watch")))
)
_OF_ASSEMBLY = _ALL.where(incidents.c.assembly == bindparam("assembly"), incidents.c.updated >= bindparam("since"))


def candidates(connection: Connection, watch: str | None, assembly: str | None, now: datetime) -> list[Incident]:
    """The incidents a report may belong to, oldest first: all of the same defender, or the recent ones of the same watched assembly."""
    if watch is not None:
        return _loaded(connection, _OF_DEFENDER, watch=watch)
    return _loaded(connection, _OF_ASSEMBLY, assembly=assembly, since=now - ASSEMBLY_WINDOW)


def get(connection: Connection, incident_id: str) -> Incident | None:
    """One incident, or None."""
    text = connection.scalar(select(incidents.c.incident).where(incidents.c.id == incident_id))
    return None if text is None else codec.load(Incident, text)


def listing(
    connection: Connection,
    limit: int,
    *,
    watch: str | None = None,
    country: str | None = None,
    since: datetime | None = None,
) -> list[Incident]:
    """The incidents that moved last, newest first; only one defender's, one country's (ISO 3166-1 alpha-2), or those moved since."""
    query = select(incidents.c.incident).order_by(incidents.c.updated.desc(), incidents.c.id).limit(limit)
    if watch is not None:
        query = query.join(incident_watch).where(incident_watch.c.watch == watch)
    if country is not None:
        query = query.where(incidents.c.country.contains(f" {country} ", autoescape=True))
    if since is not None:
        query = query.where(incidents.c.updated >= since)
    return _loaded(connection, query)


def happened(connection: Connection, first: date, last: date) -> list[Incident]:
    """The incidents that happened, as far as is known, on one of these days (both included), in the order they were opened."""
    return _loaded(connection, _ALL.where(incidents.c.first_day <= last, incidents.c.last_day >= first))


def gatherings(connection: Connection, country: str, first: date, last: date) -> list[Incident]:
    """The incidents of watched assemblies in a country on one of these days, in the order they were opened."""
    query = _ALL.where(
        incidents.c.assembly.is_not(None),
        incidents.c.country.contains(f" {country} ", autoescape=True),
        incidents.c.first_day <= last,
        incidents.c.first_day >= first - LONGEST,
        incidents.c.last_day >= first,
    )
    return _loaded(connection, query)


def every(connection: Connection) -> Iterator[Incident]:
    """All incidents in the order they were opened; to be walked through before the transaction ends."""
    for text in connection.scalars(_ALL, execution_options={"yield_per": 500}):
        yield codec.load(Incident, text)


def save(connection: Connection, incident: Incident) -> None:
    """Keep an incident as it stands now."""
    row = _row(incident)
    statement = insert(connection, incidents)
    again = {name: statement.excluded[name] for name in row if name != "id"}
    connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=again), row)
    mine = incident_watch.c.incident_id == incident.id
    known = set(connection.scalars(select(incident_watch.c.watch).where(mine)))
    fresh = [{"watch": w, "incident_id": incident.id} for w in sorted({*incident.watch} - known)]
    if fresh:
        connection.execute(incident_watch.insert(), fresh)
    gone = known - {*incident.watch}
    if gone:
        connection.execute(delete(incident_watch).where(mine, incident_watch.c.watch.in_(gone)))


def _row(incident: Incident) -> dict[str, Any]:
    return {
        "id": incident.id,
        "key": incident.key,
        "act": incident.act.value,
        "assembly": incident.assembly,
        "country": "".join(f" {c} " for c in incident.country),
        "severity": incident.severity.value,
        "first_day": incident.occurrence.first if incident.occurrence else None,
        "last_day": incident.occurrence.last if incident.occurrence else None,
        "opened": incident.opened,
        "updated": incident.updated,
        "revision": incident.revision,
        "alerted": incident.alerted,
        "incident": codec.dump(incident),
    }


def _loaded(connection: Connection, query: Select[str], **terms: Any) -> list[Incident]:
    return [codec.load(Incident, text) for text in connection.scalars(query, terms)]
