"""What responders recorded about incidents, and the silences they asked for: only ever added, never changed but to be ended."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, delete, or_, select, update

from monitor.incidents.rulings import Ruling, Verb
from monitor.incidents.silence import Silence
from monitor.store import codec
from monitor.store.tables import kept_back, rulings, silences


def add(connection: Connection, ruling: Ruling) -> Ruling:
    """Keep a ruling; it comes back with its id."""
    row = {
        "incident_id": ruling.incident,
        "other": ruling.other,
        "at": ruling.at,
        "by": ruling.by,
        "verb": ruling.verb.value,
        "ruling": codec.dump(ruling),
    }
    key = connection.execute(rulings.insert().values(**row)).inserted_primary_key
    return replace(ruling, id=int(key[0]) if key else 0)


def of_incident(connection: Connection, incident_id: str) -> list[Ruling]:
    """The rulings about an incident in the order they were made, undone ones too."""
    found = connection.execute(
        select(rulings.c.id, rulings.c.ruling).where(rulings.c.incident_id == incident_id).order_by(rulings.c.id)
    )
    return [replace(codec.load(Ruling, r.ruling), id=r.id) for r in found]


def merged_into(connection: Connection, incident_id: str) -> list[Ruling]:
    """The rulings by which other incidents became part of this one, undone ones too."""
    found = connection.execute(
        select(rulings.c.id, rulings.c.ruling)
        .where(rulings.c.other == incident_id, rulings.c.verb == Verb.MERGE.value)
        .order_by(rulings.c.id)
    )
    return [replace(codec.load(Ruling, r.ruling), id=r.id) for r in found]


def silence(connection: Connection, asked: Silence) -> Silence:
    """Keep a silence; it comes back with its id."""
    key = connection.execute(
        silences.insert().values(until=asked.until, ended=None, silence=codec.dump(asked))
    ).inserted_primary_key
    return replace(asked, id=int(key[0]) if key else 0)


def silences_at(connection: Connection, now: datetime, *, past: bool = False) -> list[Silence]:
    """The silences in force now; past: those that have ended too."""
    query = select(silences.c.id, silences.c.ended, silences.c.silence).order_by(silences.c.id)
    if not past:
        query = query.where(silences.c.until > now, or_(silences.c.ended.is_(None), silences.c.ended > now))
    return [replace(codec.load(Silence, r.silence), id=r.id, ended=r.ended) for r in connection.execute(query)]


def end_silence(connection: Connection, silence_id: int, now: datetime) -> bool:
    """End a silence early; False when there is none of this number in force."""
    mine = (silences.c.id == silence_id) & silences.c.ended.is_(None) & (silences.c.until > now)
    return connection.execute(update(silences).where(mine).values(ended=now)).rowcount > 0


def over(connection: Connection, now: datetime) -> list[Silence]:
    """The silences whose time is over by itself, each handed out once."""
    mine = (silences.c.until <= now) & silences.c.ended.is_(None) & silences.c.over_said.is_(None)
    found = connection.execute(select(silences.c.id, silences.c.silence).where(mine).order_by(silences.c.id)).all()
    connection.execute(update(silences).where(mine).values(over_said=now))
    return [replace(codec.load(Silence, r.silence), id=r.id) for r in found]


def keep_back(connection: Connection, incident_id: str, now: datetime, *, pierces: bool) -> None:
    """Remember that something of an incident was not told. pierces: it would have come through all but a hold."""
    before = connection.scalar(select(kept_back.c.pierces).where(kept_back.c.incident_id == incident_id))
    if before is None:
        connection.execute(kept_back.insert().values(incident_id=incident_id, pierces=pierces, at=now))
    elif pierces and not before:
        connection.execute(update(kept_back).where(kept_back.c.incident_id == incident_id).values(pierces=True))


def waiting(connection: Connection) -> list[tuple[str, bool, datetime]]:
    """The ids of the incidents of which something was not told, whether any of it could not wait, and since when; oldest first."""
    found = connection.execute(select(kept_back).order_by(kept_back.c.at, kept_back.c.incident_id))
    return [(r.incident_id, r.pierces, r.at) for r in found]


def give_back(connection: Connection, incident_id: str) -> None:
    """Nothing of this incident is kept back any more."""
    connection.execute(delete(kept_back).where(kept_back.c.incident_id == incident_id))
