"""Alerts and targets → delivery rows, claimed one by one and settled; every function works on the caller's own transaction.

A delivery is committed as *sending* before anything is sent, so that a crash leaves a trace of what may have arrived. Per thread,
channel and address deliveries go in the order of revisions, never past one that is sending or unknown.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, delete, exists, func, or_, select, update

from alerts import codec
from alerts.errors import AlertsError
from alerts.model import Alert, AlertKind, Delivery, DeliveryState, Receipt
from alerts.order import plan
from alerts.retry import Step
from alerts.routing import Target
from alerts.tables import deliveries, gates, healings, receipts, taken

#: No wait of ours is longer: a row or gate further off was written under a clock that ran ahead, and is taken as due.
LONGEST_HOLD = timedelta(hours=50)
LONGEST_GATE = timedelta(hours=2)
AFTER_CRASH = timedelta(seconds=1)  #: before a channel speaks again; when the last message went out is not known then
CANDIDATES = 50  #: rows looked at for one claim; each that is passed over is settled, so the next claim sees others

_OPEN = (DeliveryState.SENDING.value, DeliveryState.UNKNOWN.value)  #: may have arrived already
_WAITING = (DeliveryState.QUEUED.value, *_OPEN)
_PRIORITY = {
    AlertKind.NEW: 0,
    AlertKind.SUMMARY: 0,
    AlertKind.TEST: 0,
    AlertKind.CANCEL: 1,
    AlertKind.UPDATE: 1,
    AlertKind.DIGEST: 2,
    AlertKind.OPERATOR: 3,
}


def enqueue(conn: Connection, alert: Alert, targets: Iterable[Target], secret: bytes, now: datetime) -> int:
    """How many new deliveries these targets made; an alert enqueued before makes none, since its keys are there."""
    heard = {(r.channel, r.address) for r in told(conn, alert.thread)}
    frozen = codec.dump(alert)
    rows = {}
    for target in targets:
        known = (target.channel, target.address) in heard
        for part in target.parts:
            key = _key(secret, alert, target, part)
            rows[key] = {
                "key": key,
                "thread": alert.thread,
                "revision": alert.revision,
                "kind": alert.kind.value,
                "channel": target.channel,
                "address": target.address,
                "part": part,
                # a development that nobody there heard the beginning of is as urgent as a beginning
                "priority": _PRIORITY[alert.kind]
                if known or alert.kind is not AlertKind.UPDATE
                else _PRIORITY[AlertKind.NEW],
                "state": DeliveryState.QUEUED.value,
                "attempt": 0,
                "made": now,
                "due": max(now, target.not_before),
                "not_before": max(now, target.not_before),
                "layout": "full",
                "alone": False,
                "flagged": False,
                "trial": target.trial,
                "unless_taken": target.unless_taken,
                "why": "",
                "alert": frozen,
            }
    there = set(conn.scalars(select(deliveries.c.key).where(deliveries.c.key.in_(rows))))
    fresh = [row for key, row in rows.items() if key not in there]
    if fresh:
        conn.execute(deliveries.insert(), fresh)
    return len(fresh)


def claim(conn: Connection, channel: str, now: datetime, pace_s: float = 0.0) -> Delivery | None:
    """The next delivery of a channel, marked *sending* in this transaction; None when nothing may go out now.

    New alerts first, then developments, then notes to the operator. Older queued revisions of the same thread collapse into the newest.
    """
    if _closed(conn, channel, now):
        return None
    _forget_what_is_taken(conn, channel, now)
    for row in _candidates(conn, channel, now):
        chosen = _choose(conn, row, now)
        if chosen is None:
            continue
        made = replace(chosen, state=DeliveryState.SENDING, attempt=chosen.attempt + 1, started=chosen.started or now)
        begun = {"state": made.state.value, "attempt": made.attempt, "started": made.started, "begun": now}
        conn.execute(update(deliveries).where(deliveries.c.id == made.id).values(**begun))
        _shut(conn, channel, now + timedelta(seconds=pace_s), "paced", now)
        return made
    return None


def _forget_what_is_taken(conn: Connection, channel: str, now: datetime) -> None:
    """Settle the reminders and escalations of alerts that somebody has in hand by now."""
    d = deliveries.c
    values = {"state": DeliveryState.SUPERSEDED.value, "settled": now, "why": "somebody took it"}
    held = exists().where(taken.c.thread == d.thread)
    mine = (d.channel == channel) & (d.state == DeliveryState.QUEUED.value) & d.unless_taken.is_(True) & held
    conn.execute(update(deliveries).where(mine & _due(now)).values(**values))


def unknown(conn: Connection, channel: str, now: datetime) -> Delivery | None:
    """The next delivery whose fate is unknown and whose quiet period is over; None when there is none to look for."""
    if _closed(conn, channel, now):
        return None
    mine = (deliveries.c.channel == channel) & (deliveries.c.state == DeliveryState.UNKNOWN.value) & _due(now)
    row = conn.execute(
        select(deliveries).where(mine).order_by(deliveries.c.not_before, deliveries.c.id).limit(1)
    ).first()
    return None if row is None else codec.delivery(row, root_of(conn, row))


def record(conn: Connection, sent: Delivery, step: Step, now: datetime) -> None:
    """Keep what an attempt or a look-up led to: the state, the receipt, the next moment; and the channel's gate."""
    done = step.state.value not in _WAITING
    values: dict[str, Any] = {
        "state": step.state.value,
        "not_before": step.not_before,
        "layout": step.layout,
        "alone": step.alone,
        "flagged": step.flagged,
        "why": step.why,
        "settled": now if done else None,
    }
    if step.receipt is not None:
        values["receipt"] = codec.dump_handle(step.receipt.handle)
        if sent.root is None:
            _keep(conn, sent, step.receipt, now)
    ours = (deliveries.c.id == sent.id) & (
        deliveries.c.attempt == sent.attempt
    )  # or somebody else has begun a later one
    conn.execute(update(deliveries).where(ours).values(**values))
    _shut(conn, sent.channel, step.gate, step.why, now)


def recover(conn: Connection, channel: str, now: datetime, quiet_s: float) -> int:
    """How many deliveries of a channel were left *sending* by a process or task that ended: each becomes unknown.

    They are looked for once the channel's quiet period since the sending began is over. Only whoever sends on the channel may ask.
    """
    mine = (deliveries.c.channel == channel) & (deliveries.c.state == DeliveryState.SENDING.value)
    left = conn.execute(select(deliveries.c.id, deliveries.c.begun).where(mine)).all()
    for row in left:
        look = max(now, min(row.begun or now, now) + timedelta(seconds=quiet_s))
        values = {"state": DeliveryState.UNKNOWN.value, "not_before": look, "why": "stopped while sending"}
        conn.execute(update(deliveries).where(deliveries.c.id == row.id).values(**values))
        _shut(conn, channel, now + AFTER_CRASH, "paced", now)
    return len(left)


def supersede(conn: Connection, thread: str, now: datetime, why: str = "superseded") -> int:
    """How many unsent deliveries of a thread were taken back: for a stricter sensitivity, a hold, a withdrawal or a merge."""
    values = {"state": DeliveryState.SUPERSEDED.value, "settled": now, "why": why}
    mine = (deliveries.c.thread == thread) & (deliveries.c.state == DeliveryState.QUEUED.value)
    return conn.execute(update(deliveries).where(mine).values(**values)).rowcount


def abandon(conn: Connection, channels: Iterable[str], now: datetime) -> tuple[str, ...]:
    """The channels that are configured no more and still had waiting deliveries: those are dead now, and somebody must be told."""
    lost = (
        (deliveries.c.state != DeliveryState.SENDING.value)
        & deliveries.c.state.in_(_WAITING)
        & deliveries.c.channel.not_in(list(channels))
    )
    names = tuple(sorted(set(conn.scalars(select(deliveries.c.channel).where(lost)))))
    values = {"state": DeliveryState.DEAD.value, "settled": now, "why": "the channel is configured no more"}
    conn.execute(update(deliveries).where(lost).values(**values))
    return names


def told(conn: Connection, thread: str) -> tuple[Receipt, ...]:
    """The receipts of a thread: which channels and addresses have heard of it."""
    rows = conn.execute(
        select(receipts).where((receipts.c.thread == thread) & receipts.c.trial.is_(False)).order_by(receipts.c.channel)
    )
    return tuple(Receipt(channel=r.channel, address=r.address, handle=codec.load_handle(r.handle)) for r in rows)


def depth(conn: Connection) -> Mapping[DeliveryState, int]:
    """How many deliveries are in each state."""
    rows = conn.execute(select(deliveries.c.state, func.count()).group_by(deliveries.c.state)).all()
    found = {DeliveryState(state): int(count) for state, count in rows}
    return {state: found.get(state, 0) for state in DeliveryState}


def calling(conn: Connection, channels: Iterable[str], now: datetime) -> tuple[str, ...]:
    """The channels on which something is due: to send, to look for, or to look at again."""
    d = deliveries.c
    waits = d.state.in_((DeliveryState.QUEUED.value, DeliveryState.UNKNOWN.value)) & _due(now)
    stranded = d.state == DeliveryState.SENDING.value
    found = set(conn.scalars(select(d.channel).where(waits | stranded).distinct()))
    found |= set(conn.scalars(select(healings.c.channel).where(healings.c.due <= now).distinct()))
    return tuple(name for name in channels if name in found and not _closed(conn, name, now))


def made_since(conn: Connection, moment: datetime) -> list[tuple[str, str, str, str]]:
    """What was put into the outbox since a moment, the operator's own notices left out: thread, kind, channel and state, oldest first, each once."""
    d = deliveries.c
    query = (
        select(d.thread, d.kind, d.channel, d.state)
        .where(d.made >= moment, d.kind != AlertKind.OPERATOR.value)
        .order_by(d.id)
    )
    return list(dict.fromkeys((r.thread, r.kind, r.channel, r.state) for r in conn.execute(query)))


def oldest_undelivered(conn: Connection) -> datetime | None:
    """Since when the oldest unsettled delivery has been due (ahead of now while only mutes hold it); None when nothing waits."""
    due: datetime | None = conn.scalar(select(func.min(deliveries.c.due)).where(deliveries.c.state.in_(_WAITING)))
    return due


def unsettled(conn: Connection) -> int:
    """How many deliveries are queued, sending or unknown."""
    return conn.scalar(select(func.count()).select_from(deliveries).where(deliveries.c.state.in_(_WAITING))) or 0


def pressing(conn: Connection, now: datetime) -> int:
    """How many deliveries are due and not settled, whatever became of their first attempts; those held for later are not among them."""
    mine = deliveries.c.state.in_((DeliveryState.QUEUED.value, DeliveryState.SENDING.value)) & (deliveries.c.due <= now)
    return conn.scalar(select(func.count()).select_from(deliveries).where(mine)) or 0


def next_due(conn: Connection, channel: str, now: datetime) -> datetime | None:
    """When, after now, there may next be something to do on a channel; None when nothing is waiting for a moment."""
    gate: datetime | None = conn.scalar(select(gates.c.not_before).where(gates.c.channel == channel))
    mine = (deliveries.c.channel == channel) & deliveries.c.state.in_(
        (DeliveryState.QUEUED.value, DeliveryState.UNKNOWN.value)
    )
    shut = gate is not None and now < gate <= now + LONGEST_GATE
    at: datetime | None = conn.scalar(
        select(func.min(deliveries.c.not_before)).where(mine if shut else mine & (deliveries.c.not_before > now))
    )
    return max(at, gate) if at is not None and gate is not None and shut else at


def _key(secret: bytes, alert: Alert, target: Target, part: str) -> str:
    said = f"{alert.id}|{target.channel}|{target.address}|{part}|{alert.revision}"
    return hmac.new(secret, said.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()[:32]


def _due(now: datetime) -> ColumnElement[bool]:
    return or_(deliveries.c.not_before <= now, deliveries.c.not_before > now + LONGEST_HOLD)


def _closed(conn: Connection, channel: str, now: datetime) -> bool:
    gate = conn.scalar(select(gates.c.not_before).where(gates.c.channel == channel))
    return gate is not None and now < gate <= now + LONGEST_GATE


def _shut(conn: Connection, channel: str, until: datetime, why: str, now: datetime) -> None:
    """Let nothing out on a channel before then; a gate is only ever moved further off, unless it was written under a wrong clock."""
    gate = conn.scalar(select(gates.c.not_before).where(gates.c.channel == channel))
    if gate is None:
        conn.execute(gates.insert().values(channel=channel, not_before=until, why=why))
    elif until > gate or gate > now + LONGEST_GATE:
        conn.execute(update(gates).where(gates.c.channel == channel).values(not_before=until, why=why))


def _candidates(conn: Connection, channel: str, now: datetime) -> list[Row[Any]]:
    """The due rows of a channel that stand behind no delivery of the same thread whose fate is open, in the order they should go."""
    other = deliveries.alias("other")
    behind = exists().where(
        and_(
            other.c.thread == deliveries.c.thread,
            other.c.channel == deliveries.c.channel,
            other.c.address == deliveries.c.address,
            other.c.state.in_(_OPEN),
        )
    )
    mine = (deliveries.c.channel == channel) & (deliveries.c.state == DeliveryState.QUEUED.value) & _due(now) & ~behind
    return list(
        conn.execute(select(deliveries).where(mine).order_by(deliveries.c.priority, deliveries.c.id).limit(CANDIDATES))
    )


def _choose(conn: Connection, row: Row[Any], now: datetime) -> Delivery | None:
    """What to send of the thread a candidate belongs to; collapsed and needless deliveries are settled on the way."""
    d = deliveries.c
    same = (
        (d.thread == row.thread)
        & (d.channel == row.channel)
        & (d.address == row.address)
        & (d.state == DeliveryState.QUEUED.value)
    )
    root = root_of(conn, row)
    try:
        waiting = [codec.delivery(r, root) for r in conn.execute(select(deliveries).where(same & _due(now)))]
    except AlertsError:  # frozen by a newer release: it stays queued for that one, and is told as late
        return None
    if not waiting:  # collapsed by an earlier candidate of this very claim
        return None
    made = plan(waiting)
    for one, why in made.drop.items():
        values = {"state": DeliveryState.SUPERSEDED.value, "settled": now, "why": why}
        conn.execute(update(deliveries).where(d.id == one).values(**values))
    for grown in made.rewrite:
        conn.execute(
            update(deliveries).where(d.id == grown.id).values(alert=codec.dump(grown.alert), flagged=grown.flagged)
        )
    return made.send


def root_of(conn: Connection, row: Row[Any]) -> Receipt | None:
    """The thread's first message at this address; a message sent on trial is none for a live one."""
    r = receipts.c
    mine = (r.thread == row.thread) & (r.channel == row.channel) & (r.address == row.address) & (r.trial == row.trial)
    handle = conn.scalar(select(r.handle).where(mine))
    return (
        None if handle is None else Receipt(channel=row.channel, address=row.address, handle=codec.load_handle(handle))
    )


def _keep(conn: Connection, sent: Delivery, receipt: Receipt, now: datetime) -> None:
    r = receipts.c
    thread = sent.alert.thread
    conn.execute(
        delete(receipts).where((r.thread == thread) & (r.channel == sent.channel) & (r.address == sent.address))
    )
    handle = codec.dump_handle(receipt.handle)
    conn.execute(
        receipts.insert().values(
            thread=thread, channel=sent.channel, address=sent.address, handle=handle, trial=sent.trial, at=now
        )
    )
