"""Invented reports and people, with only what a test cares about said by the test."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from monitor.incidents.assign import Assignment, assign
from monitor.incidents.decide import Decision, decide
from monitor.model import (
    Act,
    Aspect,
    Citation,
    Defender,
    Fact,
    Incident,
    Occurrence,
    Relation,
    Relevance,
    Report,
    Sensitivity,
    Span,
    Strength,
    Watchlist,
)  # fmt: skip

NOW = datetime(2026, 3, 14, 9, 0, tzinfo=UTC)
DAY = date(2026, 3, 13)
DARA = Defender(
    id="kh-0001",
    name="Sok Dara",
    country=("KH",),
    organisations=("Example League",),
    sensitivity=Sensitivity.OPEN,
    consent="given",
)
LIST = Watchlist(defenders=(DARA,))


def on(day: date) -> Occurrence:
    return Occurrence(day, day)


def fact(key: str, value: str = "said") -> Fact:
    return Fact(key=key, value=value, span=Span("text", 0, 4))


def report(act: Act = Act.ARREST, day: date | None = DAY, **said: Any) -> Report:
    base = Report(
        article_id="a1", watch="kh-0001", act=act, aspect=Aspect.ACTUAL, relevance=Relevance.CIVIC, relation=Relation.SELF,
        strength=Strength.STRONG, occurrence=on(day) if day else None, place="Phnom Penh", country=("KH",), by="police", score=0.9,
        evidence=(Span("text", 0, 10),), quote="Police arrested Sok Dara on Friday.", facts=(), alerts=True, reasons=("a reason",),
    )  # fmt: skip
    return replace(base, **said)


def citation(made: Report, group: str = "ngo", now: datetime = NOW) -> Citation:
    return Citation(
        article_id=made.article_id, source_id=group, group=group, publisher=f"The {group}", url=f"https://{group}.example/{made.article_id}",
        title="A headline", quote=made.quote, act=made.act, published=now, seen=now,
    )  # fmt: skip


def told(
    *steps: tuple[Report, str], watchlist: Watchlist = LIST, now: datetime = NOW
) -> list[tuple[Assignment, Decision]]:
    """Take reports through assign and decide in order, keeping the incidents as the store would."""
    kept: dict[str, Incident] = {}
    out = []
    for number, (made, group) in enumerate(steps):
        made = replace(made, article_id=f"a{number}") if made.article_id == "a1" else made
        at = now + timedelta(hours=number)
        if made.occurrence is not None:  # nothing is reported before it has happened
            at = max(at, datetime.combine(made.occurrence.last, at.timetz()))
        mine = [i for i in kept.values() if i.watch == ((made.watch,) if made.watch else ())]
        assignment = assign(made, citation(made, group, at), mine, watchlist, at)
        if assignment.after is None:
            out.append((assignment, Decision(reason=decide(None, _blank(made), replace(made, alerts=False)).reason)))
            continue
        decision = decide(assignment.before, assignment.after, made)
        after = (
            replace(assignment.after, alerted=assignment.after.revision)
            if decision.reason.value != "none"
            else assignment.after
        )
        kept[after.id] = after
        out.append((replace(assignment, after=after), decision))
    return out


def _blank(made: Report) -> Incident:
    opened = assign(replace(made, alerts=True), citation(made), [], LIST, NOW).after
    assert opened is not None
    return opened
