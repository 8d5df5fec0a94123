"""Silences and holds: who asked for quiet about what, why, and until when; what they keep back is sent when they end, never dropped.

A silence lets through what nobody may miss; a hold lets nothing through. Every function works on the caller's own transaction.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, select, update

from alerts.model import Alert, DeliveryState, Match
from alerts.routing import matches, pierces
from alerts.tables import deliveries, silences

AGAIN = timedelta(hours=24)  #: after which what is kept back is looked at again; rows much further off count as due
_KEPT = "kept back by silence "


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """One wish for quiet. hold: nothing pierces it. until: when it ends by itself. ended: when it did, or was ended by hand."""

    id: int
    match: Match
    hold: bool
    author: str
    reason: str
    made: datetime
    until: datetime
    ended: datetime | None = None


def add(conn: Connection, match: Match, *, hold: bool, author: str, reason: str, until: datetime, now: datetime) -> int:
    """The number of a new silence. Raises ValueError without an author, a reason, a match or a moment ahead."""
    if not author.strip() or not reason.strip():
        raise ValueError("a silence needs an author and a reason")
    if until <= now:
        raise ValueError("a silence must end later than now")
    if match == Match():
        raise ValueError("a silence of everything would hide every arrest; name what it is about")
    row = {
        "match": json.dumps(asdict(match)),
        "hold": hold,
        "author": author,
        "reason": reason,
        "made": now,
        "until": until,
    }
    made = conn.execute(silences.insert().values(**row)).inserted_primary_key
    return int(made[0]) if made is not None else 0


def listed(conn: Connection) -> tuple[Silence, ...]:
    """Every silence, the newest first."""
    rows = conn.execute(select(silences).order_by(silences.c.id.desc()))
    return tuple(
        Silence(
            id=r.id, match=_match(r.match), hold=r.hold, author=r.author, reason=r.reason, made=r.made, until=r.until, ended=r.ended
        )
        for r in rows
    )  # fmt: skip


def active(conn: Connection, now: datetime) -> tuple[Silence, ...]:
    """The silences in force."""
    return tuple(s for s in listed(conn) if s.ended is None and s.until > now)


def keeps(found: tuple[Silence, ...], alert: Alert, now: datetime) -> tuple[datetime, str] | None:
    """Until when an alert is kept back, and why; None when nothing keeps it."""
    mine = [s for s in found if matches(s.match, alert) and (s.hold or not pierces(alert))]
    if not mine:
        return None
    last = max(mine, key=lambda s: s.until)
    return min(last.until, now + AGAIN), f"{_KEPT}{last.id}"


def end(conn: Connection, number: int, now: datetime) -> int | None:
    """How many deliveries a silence kept back, which are due again now; None when there is no such silence in force."""
    known = conn.execute(select(silences.c.id).where((silences.c.id == number) & silences.c.ended.is_(None))).first()
    if known is None:
        return None
    conn.execute(update(silences).where(silences.c.id == number).values(ended=now))
    d = deliveries.c
    mine = (d.why == f"{_KEPT}{number}") & (d.state == DeliveryState.QUEUED.value)
    return conn.execute(update(deliveries).where(mine).values(not_before=now, due=now)).rowcount


def over(conn: Connection, now: datetime) -> tuple[tuple[Silence, int], ...]:
    """The silences whose time is over, each handed out once and ended, with how many deliveries are due again."""
    gone = [s for s in listed(conn) if s.ended is None and s.until <= now]
    return tuple((s, end(conn, s.id, now) or 0) for s in gone)


def _match(text: str) -> Match:
    return Match(**{k: tuple(v) for k, v in json.loads(text).items()})
