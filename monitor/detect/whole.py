"""The events of one article, seen together → the facts they share, and the attack that was a killing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from monitor.languages.pack import FactRule
from monitor.model import Act, Article, Aspect, Event, Fact, Relation

_TOLD: Final = frozenset({Aspect.ACTUAL, Aspect.HISTORICAL})
FATAL: Final = "the article says that they died of it"


def attach(earlier: list[Event], found: list[Event], stated: Sequence[tuple[FactRule, Fact]]) -> None:
    """Gives the facts of a sentence to its own events, else to the last event told before it."""
    into = found or earlier
    for n in range(len(into)) if found else range(max(0, len(into) - 1), len(into)):
        into[n] = _with_facts(into[n], [fact for rule, fact in stated if not rule.acts or into[n].act in rule.acts])


def _with_facts(event: Event, new: Sequence[Fact]) -> Event:
    """The event with the facts it does not have yet, one a key."""
    held = {f.key: f for f in reversed(new)}
    held.update({f.key: f for f in event.facts})
    return replace(event, facts=tuple(sorted(held.values(), key=lambda f: (f.key, f.span)))) if new else event


def shared(article: Article, events: list[Event]) -> list[Event]:
    """Facts, and a state told as such ("is held at …"), go to the present events of the same people."""

    def who(event: Event) -> set[str]:
        return (
            {article.field(v.field)[v.start : v.end] for v in event.victims}
            if event.relation is Relation.SELF
            else set()
        )

    told: dict[str, list[Event]] = {}
    for event in events:
        for name in who(event):
            told.setdefault(name, []).append(event)
    out = []
    for event in events:
        same = {id(other): other for name in who(event) for other in told[name] if other is not event}
        own = event.aspect is Aspect.ACTUAL and same
        out.append(_with_facts(event, [f for other in same.values() for f in other.facts]) if own else event)
    return out


def fatal(article: Article, events: Sequence[Event]) -> list[Event]:
    """An attack on somebody whom the same article says was killed tells of the killing ("he was shot … the killed lawyer")."""
    killed = [
        e for e in events if e.act is Act.KILLING and e.aspect in _TOLD and e.relation is Relation.SELF and e.victims
    ]

    def died(event: Event) -> bool:
        told = event.act is Act.ATTACK and event.aspect in _TOLD and event.relation is Relation.SELF
        return told and any(_one_happening(article, event, other) for other in killed)

    return [replace(e, act=Act.KILLING, reasons=(*e.reasons, FATAL)) if died(e) else e for e in events]


def _one_happening(article: Article, one: Event, other: Event) -> bool:
    """Whether two events name the same people and no other days."""
    a, b = one.occurrence, other.occurrence
    if a is not None and b is not None and (a.last < b.first or b.last < a.first):
        return False
    names = {article.field(v.field)[v.start : v.end] for v in other.victims}
    return bool(one.victims) and any(article.field(v.field)[v.start : v.end] in names for v in one.victims)
