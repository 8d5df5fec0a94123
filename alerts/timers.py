"""An alert × escalation and reminder rules → what goes out later, unless somebody takes it first; pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from alerts.model import Alert, AlertKind, Routing
from alerts.routing import Destination, Target, matches

_BEGINS = frozenset({AlertKind.NEW, AlertKind.SUMMARY})


def later(
    alert: Alert, reached: Iterable[Target], routing: Routing, channels: Mapping[str, Destination], now: datetime
) -> tuple[Target, ...]:
    """Who is reminded, and who is asked next, when nobody takes an alert in time; nobody on trial or for what only develops quietly.

    reached: who is told now. A silent alert is never carried beyond those it names. A mute that holds the first message moves its reminder.
    """
    told = tuple(reached)
    if routing.trial is not None or not (alert.kind in _BEGINS or (alert.kind is AlertKind.UPDATE and alert.broadcast)):
        return ()
    found: list[Target] = []
    remind_s = routing.remind.get(alert.severity)
    if remind_s and alert.kind in _BEGINS:
        wait = timedelta(seconds=remind_s)
        found += [
            Target(
                channel=t.channel,
                address=t.address,
                parts=("remind",),
                not_before=t.not_before + wait,
                unless_taken=True,
            )
            for t in told
        ]
    asked = {t.channel for t in told}
    for rule in routing.escalate if alert.only_to is None else ():
        if matches(rule.match, alert):
            at = now + timedelta(seconds=rule.after_s)
            names = [n for n in rule.to if n not in asked and n in channels]
            asked |= set(names)
            found += [
                Target(channel=n, address=a, parts=channels[n].parts[AlertKind.NEW], not_before=at, unless_taken=True)
                for n in names
                for a in channels[n].addresses
            ]
    return tuple(found)
