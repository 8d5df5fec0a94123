"""What is looked at again after a sending: messages that came late, channels that stand still, alerts that others must hear instead.

Every function works on the caller's own transaction, as the outbox does.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, exists, func, select, update

from alerts import codec
from alerts.errors import AlertsError
from alerts.model import AlertKind, Delivery, DeliveryState, Outcome, Verdict
from alerts.outbox import root_of
from alerts.retry import FALL_OVER_AFTER_S, HEAL_STEPS_S, TELL_AFTER_S
from alerts.tables import deliveries, healings, receipts

LOOK_AGAIN_S = 60.0  #: seconds until a healing look-up that failed is tried again
MAX_OVERDUE = 50  #: alerts that fall over in one transaction

_QUEUED, _UNKNOWN = DeliveryState.QUEUED.value, DeliveryState.UNKNOWN.value
_WAITING = (_QUEUED, DeliveryState.SENDING.value, _UNKNOWN)


def watch_for_late(conn: Connection, haste: float) -> int:
    """How many deliveries began to be watched: each that is of unknown fate is looked at again after it was settled."""
    fresh = (deliveries.c.state == _UNKNOWN) & ~exists().where(healings.c.delivery == deliveries.c.id)
    rows = conn.execute(
        select(deliveries.c.id, deliveries.c.channel, deliveries.c.begun, deliveries.c.not_before).where(fresh)
    ).all()
    for row in rows:
        due = (row.begun or row.not_before) + timedelta(seconds=HEAL_STEPS_S[0] / haste)
        conn.execute(healings.insert().values(delivery=row.id, channel=row.channel, step=0, due=due))
    return len(rows)


def to_heal(conn: Connection, channel: str, now: datetime) -> Delivery | None:
    """The next delivery of a channel that was once of unknown fate, is settled, and is due to be looked at again."""
    h, d = healings.c, deliveries.c
    query = (
        select(deliveries)
        .join(healings, h.delivery == d.id)
        .where((h.channel == channel) & (h.due <= now) & d.state.not_in(_WAITING))
        .order_by(h.due)
        .limit(1)
    )
    row = conn.execute(query).first()
    if row is None:
        return None
    try:
        return codec.delivery(row, root_of(conn, row))
    except AlertsError:
        conn.execute(delete(healings).where(h.delivery == row.id))
        return None


def healed(conn: Connection, looked: Delivery, outcome: Outcome | None, now: datetime, haste: float) -> None:
    """Keep what a second look found: the message that stays, and when to look again; a failed look-up is repeated."""
    h = healings.c
    mine = h.delivery == looked.id
    if outcome is None or (outcome.verdict is Verdict.REFUSED):
        conn.execute(delete(healings).where(mine))
        return
    if outcome.verdict is Verdict.UNKNOWN:
        later = now + timedelta(seconds=outcome.retry_after_s or LOOK_AGAIN_S / haste)
        conn.execute(update(healings).where(mine).values(due=later))
        return
    if outcome.receipt is not None:
        handle = codec.dump_handle(outcome.receipt.handle)
        conn.execute(update(deliveries).where(deliveries.c.id == looked.id).values(receipt=handle))
        if looked.root is None:
            r = receipts.c
            known = (r.thread == looked.alert.thread) & (r.channel == looked.channel) & (r.address == looked.address)
            if not conn.execute(select(r.thread).where(known)).first():
                conn.execute(
                    receipts.insert().values(
                        thread=looked.alert.thread,
                        channel=looked.channel,
                        address=looked.address,
                        handle=handle,
                        trial=looked.trial,
                        at=now,
                    )
                )
    step = (conn.scalar(select(h.step).where(mine)) or 0) + 1
    if step >= len(HEAL_STEPS_S):
        conn.execute(delete(healings).where(mine))
    else:
        gap = HEAL_STEPS_S[step] - HEAL_STEPS_S[step - 1]
        conn.execute(update(healings).where(mine).values(step=step, due=now + timedelta(seconds=gap / haste)))


def stuck(conn: Connection, now: datetime, haste: float = 1.0) -> Mapping[str, datetime]:
    """The channels on which something has been due for longer than five minutes, and since when; what a mute holds is not due."""
    d = deliveries.c
    since = now - timedelta(seconds=TELL_AFTER_S / haste)
    query = select(d.channel, func.min(d.due)).where(d.state.in_(_WAITING) & (d.due <= since)).group_by(d.channel)
    return {row[0]: row[1] for row in conn.execute(query).all()}


def to_fall_over(conn: Connection, now: datetime, haste: float = 1.0) -> tuple[Delivery, ...]:
    """Alerts that waited a quarter of an hour for a channel that takes nothing, each handed out once: others are told in its place.

    A long queue that drains is no reason; one failed attempt of its own is, or a channel that sent nothing all that time.
    """
    d = deliveries.c
    since = now - timedelta(seconds=FALL_OVER_AFTER_S / haste)
    other = deliveries.alias("other")
    speaks = exists().where(
        (other.c.channel == d.channel) & (other.c.state == DeliveryState.SENT.value) & (other.c.settled > since)
    )
    service = (AlertKind.OPERATOR.value, AlertKind.TEST.value)
    mine = d.state.in_((_QUEUED, _UNKNOWN)) & (d.due <= since) & d.fell_over.is_(False) & d.kind.not_in(service)
    rows = conn.execute(
        select(deliveries)
        .where(mine & d.unless_taken.is_(False) & ((d.attempt > 0) | ~speaks))
        .order_by(d.priority, d.id)
        .limit(MAX_OVERDUE)
    ).all()
    found: list[Delivery] = []
    for row in rows:
        conn.execute(update(deliveries).where(d.id == row.id).values(fell_over=True))
        try:
            found.append(codec.delivery(row, None))
        except AlertsError:
            continue
    return tuple(found)
