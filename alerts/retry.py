"""Outcome × history × now → where a delivery stands next and when it may go again; pure.

Nothing here sends twice by itself: an unknown outcome first waits and is looked up; only what is proven not sent, or what a second
sending flags as a possible duplicate, is queued again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import assert_never

from alerts.model import Delivery, DeliveryState, Outcome, Receipt, Verdict

#: Seconds until the next try after the n-th that was proven not sent; the last value repeats. The first steps bridge a restart of the
#: other side; one, five, fifteen, thirty and sixty minutes is what greylisting servers let through. Source: RFC 5321 §4.5.4.1.
NOT_SENT_STEPS_S = (2.0, 10.0, 30.0, 60.0, 300.0, 900.0, 1_800.0, 3_600.0)
UNREACHED_STEPS_S = (
    1.0,
    2.0,
    5.0,
    10.0,
    20.0,
    30.0,
)  #: seconds for the whole channel when its server cannot be reached or is busy
AUTH_PROBE_S = 60.0  #: seconds between two tries with credentials that were refused; a refused try changes nothing at the other end
LOOK_AGAIN_STEPS_S = (10.0, 30.0, 60.0)  #: seconds between look-ups that failed
RESEND_STEPS_S = (0.0, 60.0, 300.0, 900.0)  #: seconds before the n-th flagged re-send, on top of the quiet period
LOOK_REFUSED_S = 900.0  #: seconds after which a message whose look-up is forbidden is sent again, flagged
HEAL_STEPS_S = (120.0, 900.0)  #: seconds after a message became unknown at which it is looked at again
FALL_OVER_AFTER_S = (
    900.0  #: seconds a message may wait for a channel that takes nothing before others are told in its place
)
MAX_BLIND_SENDS = 5  #: sends of one message without look-up and without any clear answer before it is given up, aloud
TELL_AFTER_S = 300.0  #: seconds an alert may be late before the operator hears of it on another channel
LAYOUTS = ("full", "plain", "bare")  #: each refused layout is answered with the next one


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What the channel and the installation ask for. quiet_s: before a look-up or blind re-send; haste: divides our own waits (tests)."""

    pace_s: float = 0.0
    quiet_s: float = 60.0
    haste: float = 1.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """Where a delivery goes from here.

    not_before: of this delivery. gate: before when nothing goes out on the whole channel. trouble: what the operator must hear, as a
    short opaque word ("auth", "dead", "late", "metadata") or None.
    """

    state: DeliveryState
    not_before: datetime
    gate: datetime
    why: str = ""
    receipt: Receipt | None = None
    layout: str = "full"
    alone: bool = False
    flagged: bool = False
    trouble: str | None = None


def after_send(delivery: Delivery, outcome: Outcome, now: datetime, terms: Terms) -> Step:
    """What follows from one attempt to send."""
    base = _base(delivery, outcome, now, terms)
    match outcome.verdict:
        case Verdict.SENT:
            return replace(
                base,
                state=DeliveryState.SENT,
                receipt=outcome.receipt,
                trouble="metadata" if outcome.warnings else None,
            )
        case Verdict.NOT_SENT:
            return _not_sent(delivery, outcome, base, now, terms)
        case Verdict.REFUSED:
            return _refused(delivery, outcome, base, now, terms)
        case Verdict.UNKNOWN:
            return replace(base, state=DeliveryState.UNKNOWN, not_before=now + timedelta(seconds=terms.quiet_s))
    assert_never(outcome.verdict)


def after_look(delivery: Delivery, outcome: Outcome | None, now: datetime, terms: Terms) -> Step:
    """What follows from looking for a message of unknown fate; None: this channel has no look-up."""
    if outcome is None:
        if delivery.attempt >= MAX_BLIND_SENDS:
            told = Outcome(
                verdict=Verdict.UNKNOWN, why=f"sent {delivery.attempt} times, never confirmed; it may have arrived"
            )
            return replace(_base(delivery, told, now, terms), state=DeliveryState.DEAD, trouble="dead")
        return _again(delivery, Outcome(verdict=Verdict.UNKNOWN, why="no look-up: sent again, flagged"), now, terms)
    base = _base(delivery, outcome, now, terms)
    match outcome.verdict:
        case Verdict.SENT:
            return replace(base, state=DeliveryState.SENT, receipt=outcome.receipt)
        case Verdict.NOT_SENT:
            return _again(delivery, outcome, now, terms)
        case Verdict.REFUSED:
            if _age_s(delivery, now) * terms.haste >= LOOK_REFUSED_S:
                return _again(delivery, outcome, now, terms)
            return replace(base, not_before=_later(now, AUTH_PROBE_S / terms.haste), trouble=outcome.refused or "auth")
        case Verdict.UNKNOWN:
            wait = outcome.retry_after_s or _nth(LOOK_AGAIN_STEPS_S, delivery.attempt) / terms.haste
            return replace(base, not_before=_later(now, wait), trouble=_late(delivery, now, terms))
    assert_never(outcome.verdict)


def _base(delivery: Delivery, outcome: Outcome, now: datetime, terms: Terms) -> Step:
    """The same state again, paced; `why` is kept."""
    return Step(
        state=DeliveryState.UNKNOWN,
        not_before=now,
        gate=_later(now, terms.pace_s),
        why=outcome.why,
        layout=delivery.layout,
        alone=delivery.alone,
        flagged=delivery.flagged,
    )


def _not_sent(delivery: Delivery, outcome: Outcome, base: Step, now: datetime, terms: Terms) -> Step:
    trouble = _late(delivery, now, terms)
    if outcome.retry_after_s is not None:  # the other side's own words: kept whole, for the whole channel
        until = _later(now, outcome.retry_after_s)
        return replace(base, state=DeliveryState.QUEUED, not_before=until, gate=until, trouble=trouble)
    if outcome.refused == "channel":
        until = _later(now, _nth(UNREACHED_STEPS_S, delivery.attempt) / terms.haste)
        return replace(base, state=DeliveryState.QUEUED, not_before=until, gate=max(until, base.gate), trouble=trouble)
    until = _later(now, _nth(NOT_SENT_STEPS_S, delivery.attempt) / terms.haste)
    return replace(base, state=DeliveryState.QUEUED, not_before=until, trouble=trouble)


def _refused(delivery: Delivery, outcome: Outcome, base: Step, now: datetime, terms: Terms) -> Step:
    match outcome.refused:
        case "message" if delivery.layout != LAYOUTS[-1]:  # no alert is lost to a layout
            plainer = LAYOUTS[LAYOUTS.index(delivery.layout) + 1]
            return replace(base, state=DeliveryState.QUEUED, layout=plainer)
        case "thread" if delivery.part == "edit":  # the reply of the same revision tells it
            return replace(
                base, state=DeliveryState.SUPERSEDED, why=f"the first message cannot be edited: {outcome.why}"
            )
        case "thread" if delivery.root is not None:
            return replace(base, state=DeliveryState.QUEUED, alone=True)
        case "auth":  # the queue is kept; the next try is the probe
            until = _later(now, AUTH_PROBE_S / terms.haste)
            return replace(base, state=DeliveryState.QUEUED, not_before=until, gate=until, trouble="auth")
        case _:
            return replace(base, state=DeliveryState.DEAD, trouble="dead")


def _again(delivery: Delivery, outcome: Outcome, now: datetime, terms: Terms) -> Step:
    """Queued again after an unknown outcome: flagged, unless repeating it cannot be seen (an edit)."""
    base = _base(delivery, outcome, now, terms)
    until = _later(now, _nth(RESEND_STEPS_S, delivery.attempt) / terms.haste)
    return replace(
        base,
        state=DeliveryState.QUEUED,
        not_before=until,
        flagged=delivery.flagged or delivery.part != "edit",
        trouble=_late(delivery, now, terms),
    )


def _late(delivery: Delivery, now: datetime, terms: Terms) -> str | None:
    return "late" if _age_s(delivery, now) * terms.haste >= TELL_AFTER_S else None


def _age_s(delivery: Delivery, now: datetime) -> float:
    return (now - (delivery.due or delivery.started or now)).total_seconds()


def _nth(steps: tuple[float, ...], attempt: int) -> float:
    return steps[min(max(attempt, 1), len(steps)) - 1]


def _later(now: datetime, seconds: float) -> datetime:
    return now + timedelta(seconds=seconds)
