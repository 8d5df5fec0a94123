"""Alert × routes × channels × now → targets and the reasons for them; pure.

A first report never vanishes: where no route takes it, it goes to the operator's channels and the reasons say so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from alerts.model import Alert, AlertKind, Match, Mute, Receipt, Routing, Severity

_FIRST = frozenset({AlertKind.NEW, AlertKind.SUMMARY})
_FOLLOWS = frozenset({AlertKind.UPDATE, AlertKind.CANCEL})
_SERVICE = frozenset({AlertKind.OPERATOR, AlertKind.TEST})
_URGENT = frozenset({Severity.CRITICAL, Severity.HIGH})
_LONGEST_MUTE = timedelta(
    hours=49
)  #: a daily window ends within a day of any moment, over a change of clocks and a second window too
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """What routing knows of a channel: the addresses behind it, the parts that each kind of alert becomes there, whether it is mail."""

    addresses: tuple[str, ...]
    parts: Mapping[AlertKind, tuple[str, ...]]
    mail: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One address that an alert goes to, in which parts, not before when (a mute ends then), and whether only on trial.

    unless_taken: needless once somebody took the alert: a reminder, or the next people to ask.
    """

    channel: str
    address: str
    parts: tuple[str, ...]
    not_before: datetime
    trial: bool = False
    unless_taken: bool = False


def targets(
    alert: Alert, routing: Routing, channels: Mapping[str, Destination], now: datetime, told: Iterable[Receipt] = ()
) -> tuple[Target, ...]:
    """Everybody an alert goes to. told: the receipts of its thread: who was told of it hears how it goes on, whatever the routes say now."""
    return _decide(alert, routing, channels, now, tuple(told))[0]


def instead(
    alert: Alert, failed: str, routing: Routing, channels: Mapping[str, Destination], now: datetime
) -> tuple[Target, ...]:
    """Everybody who is told in place of a channel that cannot take an alert: the others of its routes, and mail.

    A silent alert stays among those it names. Only the operator's own mail stands in for others: another team's never learns of a case.
    """
    if routing.trial is not None:
        names = [*routing.trial, *routing.operator]
    elif alert.only_to is not None:
        names = list(alert.only_to)
    else:
        names = [n for route in routing.routes if matches(route.match, alert) and failed in route.to for n in route.to]
        others = [n for n in names if n != failed and n in channels]
        if not any(channels[n].mail for n in others):
            names += [n for n in routing.operator if n in channels and (channels[n].mail or not others)]
    return tuple(
        Target(
            channel=n, address=a, parts=channels[n].parts[alert.kind], not_before=now, trial=routing.trial is not None
        )
        for n in dict.fromkeys(names)
        if n != failed and n in channels
        for a in channels[n].addresses
    )


def explain(
    alert: Alert, routing: Routing, channels: Mapping[str, Destination], now: datetime, told: Iterable[Receipt] = ()
) -> tuple[str, ...]:
    """Why an alert reaches whom it reaches, one sentence a step: routes that took it, the trial, mutes, channels that are missing."""
    return _decide(alert, routing, channels, now, tuple(told))[1]


def matches(match: Match, alert: Alert) -> bool:
    """Whether an alert has what a route or mute asks: every key given, by any of its values, upper and lower case alike."""
    asked_and_held = (
        (match.country, (*alert.country, *alert.routed)),
        (match.act, (alert.act,)),
        (match.severity, (alert.severity,)),
        (match.watch, alert.watch),
        (match.organisation, alert.organisation),
        (match.tag, alert.tag),
        (match.sensitivity, (alert.sensitivity,)),
        (match.kind, (alert.kind,)),
    )
    return all(
        not asked or {a.casefold() for a in asked} & {h.casefold() for h in held} for asked, held in asked_and_held
    )


def pierces(alert: Alert) -> bool:
    """Whether nobody may miss this: a first report at critical or high, a withdrawal or correction, what is worth the whole channel."""
    first = alert.kind in _FIRST and alert.severity in _URGENT
    return first or alert.kind is AlertKind.CANCEL or alert.broadcast or alert.reason in {"withdrawn", "corrected"}


def muted_until(alert: Alert, mutes: Iterable[Mute], now: datetime) -> datetime | None:
    """When the mutes that hold this alert end, in UTC; None when none holds it now.

    Never held by time: a first report at critical or high; a withdrawal or correction; what is worth the whole channel (a change of
    liberty, a death, torture); and messages about the service itself, unless a mute names their kind.
    """
    if pierces(alert):
        return None
    holding = [m for m in mutes if matches(m.match, alert) and (alert.kind not in _SERVICE or m.match.kind)]
    if not any(_covers(m, now) for m in holding):
        return None
    at = now.astimezone(UTC).replace(second=0, microsecond=0) + _MINUTE
    while any(_covers(m, at) for m in holding):
        at += _MINUTE
        if at - now > _LONGEST_MUTE:  # windows that leave no minute of the day free would hold an alert for ever
            return None
    return at


def _covers(mute: Mute, at: datetime) -> bool:
    """Whether a moment lies in the window on the wall clock of its zone. Minutes that a clock skips or repeats need no rule of their own."""
    local = at.astimezone(ZoneInfo(mute.timezone)).time()
    if mute.start <= mute.end:
        return mute.start <= local < mute.end
    return local >= mute.start or local < mute.end


def _decide(
    alert: Alert, routing: Routing, channels: Mapping[str, Destination], now: datetime, told: tuple[Receipt, ...]
) -> tuple[tuple[Target, ...], tuple[str, ...]]:
    names, reasons = _names(alert, routing, told)
    trial = routing.trial is not None
    held = muted_until(alert, routing.mute, now)
    if held is not None and names:
        reasons.append(f"muted: held until {held:%Y-%m-%d %H:%M} UTC")
    found: list[Target] = []
    for name in dict.fromkeys(names):
        where = channels.get(name)
        if where is None:
            reasons.append(f"channel {name} is not configured")
            continue
        found += [
            Target(channel=name, address=address, parts=where.parts[alert.kind], not_before=held or now, trial=trial)
            for address in where.addresses
        ]
    if not found:
        reasons.append("nobody is told: see routes and operator in alerts.yaml")
    return tuple(found), tuple(reasons)


def _names(alert: Alert, routing: Routing, told: tuple[Receipt, ...]) -> tuple[list[str], list[str]]:
    """The channels by name, before anything is known of them, and why."""
    if routing.trial is not None:
        return list(routing.trial), [f"trial mode: everything goes to {_list(routing.trial)}, headed TRIAL"]
    if alert.only_to is not None:
        return list(alert.only_to), [f"this alert is for {_list(alert.only_to)} only, whatever the routes say"]
    if alert.kind is AlertKind.OPERATOR:
        return list(routing.operator), [f"about the service itself: to the operator, {_list(routing.operator)}"]
    names, reasons = _routed(alert, routing)
    if alert.kind in _FOLLOWS:
        followed = list(dict.fromkeys(r.channel for r in told))
        names += followed
        reasons += [f"{_list(followed)} heard of it before and hear how it goes on"] if followed else []
    if not names:
        names = list(routing.operator)
        reasons.append(
            f"no route takes this alert: so that it does not vanish, it goes to the operator, {_list(names)}"
        )
    return names, reasons


def _routed(alert: Alert, routing: Routing) -> tuple[list[str], list[str]]:
    names: list[str] = []
    reasons: list[str] = []
    for number, route in enumerate(routing.routes, 1):
        if not matches(route.match, alert):
            continue
        names += route.to
        reasons.append(f"route {number} takes it: {_list(route.to)}" + (", and it goes on" if route.further else ""))
        if not route.further:
            break
    return names, reasons


def _list(names: Iterable[str]) -> str:
    return ", ".join(names) or "nobody"
