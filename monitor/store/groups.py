"""Happenings with several listed people, and surges, each told in one message."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from sqlalchemy import Connection, func, or_, select

from monitor.incidents.families import TAKING
from monitor.incidents.groups import Group, GroupKind
from monitor.model import Incident
from monitor.store import codec
from monitor.store.conflict import insert
from monitor.store.incidents import LONGEST
from monitor.store.tables import groups, incident_watch, incidents

_TAKEN = [a.value for a in TAKING]


def around(connection: Connection, country: str, first: date, last: date) -> list[Group]:
    """The happenings of a country that lie within these days, in the order they were opened."""
    query = select(groups.c.value).where(
        groups.c.kind == GroupKind.HAPPENING.value,
        or_(groups.c.country == country, groups.c.country == ""),
        groups.c.first_day <= last,
        groups.c.first_day >= first - LONGEST,
        groups.c.last_day >= first,
    )
    return [codec.load(Group, text) for text in connection.scalars(query.order_by(groups.c.opened, groups.c.id))]


def surge_since(connection: Connection, country: str, since: datetime) -> Group | None:
    """The surge of a country that somebody was added to since then; None when there is none."""
    query = select(groups.c.value).where(
        groups.c.kind == GroupKind.SURGE.value, groups.c.country == country, groups.c.updated >= since
    )
    text = connection.scalar(query.order_by(groups.c.updated.desc()).limit(1))
    return None if text is None else codec.load(Group, text)


def save(connection: Connection, group: Group) -> None:
    """Keep a group as it stands now."""
    row = {
        "id": group.id,
        "kind": group.kind.value,
        "country": group.country,
        "first_day": group.occurrence.first,
        "last_day": group.occurrence.last,
        "opened": group.opened,
        "updated": group.updated,
        "value": codec.dump(group),
    }
    statement = insert(connection, groups)
    again = {name: statement.excluded[name] for name in row if name != "id"}
    connection.execute(statement.on_conflict_do_update(index_elements=["id"], set_=again), row)


def get(connection: Connection, group_id: str) -> Group | None:
    """One happening with several people, or None."""
    text = connection.scalar(select(groups.c.value).where(groups.c.id == group_id))
    return None if text is None else codec.load(Group, text)


def members(connection: Connection, ids: Collection[str]) -> list[Incident]:
    """These incidents, in the order of the ids given."""
    found = connection.execute(select(incidents.c.id, incidents.c.incident).where(incidents.c.id.in_(ids)))
    by_id = {r.id: codec.load(Incident, r.incident) for r in found}
    return [by_id[i] for i in ids if i in by_id]


def taken(connection: Connection, country: str, first: date, last: date) -> list[Incident]:
    """The incidents in which a listed person was taken in a country on one of these days, in the order they were opened."""
    query = (
        select(incidents.c.incident)
        .where(
            incidents.c.first_day >= first,
            incidents.c.first_day <= last,
            incidents.c.act.in_(_TAKEN),
            incidents.c.country.contains(f" {country} ", autoescape=True),
            incidents.c.id.in_(select(incident_watch.c.incident_id)),
        )
        .order_by(incidents.c.opened, incidents.c.id)
    )
    return [codec.load(Incident, text) for text in connection.scalars(query)]


def how_many_taken(
    connection: Connection, country: str, first: date, before: date, *, opened: datetime | None = None
) -> int:
    """In how many incidents a listed person was taken in a country from one day on and before another; opened: only those opened after it."""
    query = select(func.count()).where(
        incidents.c.first_day >= first,
        incidents.c.first_day < before,
        incidents.c.act.in_(_TAKEN),
        incidents.c.country.contains(f" {country} ", autoescape=True),
    )
    if opened is not None:
        query = query.where(incidents.c.opened > opened)
    return connection.scalar(query) or 0
