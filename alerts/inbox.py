"""What people do with an alert → presses, each kept once, in the order they came; the records follow them in a transaction of their own.

`put` is called where a press arrives (a Slack button, a command, a form). Whoever keeps the records calls `take`, applies what it gets
and says `done`, all in one transaction. Every function works on the caller's own transaction.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from alerts import codec, outbox
from alerts.errors import AlertsError
from alerts.model import AlertKind, Line, LineStyle
from alerts.routing import Destination, Target
from alerts.tables import deliveries, presses, taken

#: What can be done with an alert, as stored → as a button says it.
ACTIONS = {
    "take": "On it",
    "more": "We know more",
    "right": "Right",
    "wrong-person": "Wrong person",
    "old-news": "Old news",
    "known": "Already known",
    "mute": "Mute",
}
_IN_HAND = frozenset(ACTIONS) - {"right", "more"}  #: after these nobody is reminded and nobody else is asked
_JUDGED = ("right", "wrong-person", "old-news")
MAX_ACTOR_CHARS = 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Press:
    """One human action on an alert. thread: opaque, the incident's. actor: who, as their tool names them. at: aware UTC."""

    id: int
    thread: str
    action: str
    actor: str
    at: datetime


def put(conn: Connection, press: str, thread: str, action: str, actor: str, at: datetime) -> bool:
    """Keep one press; False when it was handed over before. press: the sender's own id of it. Raises ValueError for an unknown action."""
    if action not in ACTIONS:
        raise ValueError(f"there is no action {action!r}; one of {', '.join(ACTIONS)}")
    if conn.execute(select(presses.c.id).where(presses.c.press == press)).first():
        return False
    actor = actor[:MAX_ACTOR_CHARS]
    conn.execute(presses.insert().values(press=press, thread=thread, action=action, actor=actor, at=at))
    if action in _IN_HAND:
        conn.execute(delete(taken).where(taken.c.thread == thread))
        conn.execute(taken.insert().values(thread=thread, actor=actor, at=at))
    return True


def take(conn: Connection, limit: int = 100) -> tuple[Press, ...]:
    """The presses that the records have not followed yet, oldest first; they stay until `done` is said."""
    p = presses.c
    rows = conn.execute(select(presses).where(p.applied.is_(None)).order_by(p.id).limit(limit))
    return tuple(Press(id=r.id, thread=r.thread, action=r.action, actor=r.actor, at=r.at) for r in rows)


def done(conn: Connection, press_id: int, now: datetime) -> None:
    """The records follow this press now."""
    conn.execute(update(presses).where(presses.c.id == press_id).values(applied=now))


def assigned(conn: Connection, thread: str) -> str | None:
    """Who has a thread in hand; None when nobody does."""
    return conn.scalar(select(taken.c.actor).where(taken.c.thread == thread))


def judged(conn: Connection, since: datetime) -> list[tuple[str, str]]:
    """The threads whose alerts people called right, of somebody else, or old since a moment, each with what they said, once."""
    p = presses.c
    asked = select(p.thread, p.action).where((p.at > since) & p.action.in_(_JUDGED)).distinct()
    return [(r.thread, r.action) for r in conn.execute(asked.order_by(p.thread, p.action))]


def feedback(conn: Connection, since: datetime) -> Mapping[str, Counter[str]]:
    """How often people said what of the alerts about each listed id since a moment; each case's last word of a kind counts once."""
    d = deliveries.c
    found: dict[str, Counter[str]] = {}
    for thread, action in judged(conn, since):
        frozen = conn.scalar(select(d.alert).where(d.thread == thread).order_by(d.revision.desc()).limit(1))
        try:
            ids = codec.load(frozen).watch if frozen else ()
        except AlertsError:
            continue
        for one in ids:
            found.setdefault(one, Counter())[action] += 1
    return dict(sorted(found.items()))


def show(
    conn: Connection, thread: str, what: str, channels: Mapping[str, Destination], secret: bytes, now: datetime
) -> int:
    """How many messages will say to all what somebody did: the thread's first message, wherever it can be edited.

    what: one line with who and what. It stands above the present state until the next development.
    """
    d = deliveries.c
    made = 0
    for receipt in outbox.told(conn, thread):
        where = channels.get(receipt.channel)
        mine = (d.thread == thread) & (d.channel == receipt.channel)
        frozen = conn.scalar(select(d.alert).where(mine).order_by(d.revision.desc(), d.id.desc()).limit(1))
        if where is None or "edit" not in where.parts[AlertKind.UPDATE] or frozen is None:
            continue
        try:
            alert = codec.load(frozen)
        except AlertsError:
            continue
        lines = (
            Line(text=what, style=LineStyle.NOTE),
            *(x for x in alert.lines if x.label or x.style is not LineStyle.NOTE or x.url),
        )
        shown = replace(alert, id=f"{alert.id}:{len(what)}:{now.isoformat()}", lines=lines)
        for address in where.addresses:
            target = Target(channel=receipt.channel, address=address, parts=("edit",), not_before=now)
            made += outbox.enqueue(conn, shown, [target], secret, now)
    return made
