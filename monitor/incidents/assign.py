"""A report and the defender's incidents → the one it belongs to, or a new one: veto, then the best fit, each with its reason.

When unsure it opens a new incident and says "possible duplicate of": a doubled alert costs a minute, a swallowed arrest costs hours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.incidents import custody, identity
from monitor.incidents.answers import denies
from monitor.incidents.decide import DISPUTED
from monitor.incidents.families import TAKING, Family, family
from monitor.incidents.fit import SAME_HAPPENING, anchor, distance, score, veto
from monitor.incidents.severity import highest, severity
from monitor.model import (
    Act,
    Aspect,
    Charges,
    Citation,
    Fact,
    Incident,
    Liberty,
    Occurrence,
    Report,
    Severity,
    Span,
    Strength,
    Watchlist,
)  # fmt: skip

FORETOLD = timedelta(days=180)  #: in which a threat or summons is taken to have announced what follows
WARNINGS = frozenset(
    {Act.THREAT, Act.SUMMONS, Act.RAID, Act.SMEAR, Act.TRAVEL_BAN, Act.SURVEILLANCE, Act.ATTEMPTED_KILLING}
)  #: what comes before worse
AHEAD = timedelta(
    days=1
)  #: a day may have begun already where it happened; a date further ahead is none of what has happened


@dataclass(frozen=True, slots=True)
class Assignment:
    """Where a report went. before: the incident as it stood, None when it is new. after: None when the report opens nothing."""

    before: Incident | None
    after: Incident | None
    reasons: tuple[str, ...]


def assign(
    report: Report, citation: Citation, candidates: Sequence[Incident], watchlist: Watchlist, now: datetime
) -> Assignment:
    """Put one report into one incident. A report that would not alert enriches an incident it surely belongs to, and opens none."""
    when = _when(report, citation, now)
    fitting, vetoes = _fitting(report, when, candidates)
    if fitting is not None:
        return Assignment(fitting, joined(fitting, report, citation, watchlist, now), (f"joins {fitting.id}", *vetoes))
    if not report.alerts:
        return Assignment(None, None, ("opens nothing: " + "; ".join(report.reasons[-1:]), *vetoes))
    opened = _opened(report, citation, when, candidates, watchlist, now)
    return Assignment(None, opened, ("a happening not known before", *vetoes))


def _when(report: Report, citation: Citation, now: datetime) -> Occurrence:
    """When it happened as far as can be said: as stated, else when it was published or seen. What has happened lies not ahead."""
    day = min(citation.published or now, now).date()
    if report.occurrence is None or report.occurrence.first > day + AHEAD:
        return Occurrence(day, day)
    return report.occurrence


def _fitting(
    report: Report, when: Occurrence, candidates: Sequence[Incident]
) -> tuple[Incident | None, tuple[str, ...]]:
    """The best of the incidents that nothing speaks against, and what spoke against the others."""
    vetoes: list[str] = []
    fitting: list[Incident] = []
    for incident in candidates:
        why = veto(report, when, incident)
        if why is None:
            fitting.append(incident)
        else:
            vetoes.append(f"not {incident.id}: {why}")
    best = max(fitting, key=lambda i: score(report, when, i), default=None)
    return best, tuple(vetoes)


def _opened(
    report: Report,
    citation: Citation,
    when: Occurrence,
    candidates: Sequence[Incident],
    watchlist: Watchlist,
    now: datetime,
) -> Incident:
    standing = custody.step(custody.Standing(), report.act, report.facts)
    defender = watchlist.by_id().get(report.watch or "")
    warned = any(_warned(report, when, c) for c in candidates)
    level, _ = severity(
        report.act, standing.custody, report.facts, defender, report.country, report.relation, warned=warned
    )
    earlier = (
        [c for c in candidates if family(c.act) in {Family.CUSTODY, Family.COURSE}] if report.act in TAKING else []
    )
    near = [c for c in candidates if c.act is report.act and distance(when, anchor(c)) <= 2 * SAME_HAPPENING]
    return Incident(
        id=identity.name(report, when),
        key=identity.key(report, when),
        watch=(report.watch,) if report.watch else (),
        act=report.act,
        acts=(report.act,),
        liberty=standing.liberty,
        custody=standing.custody,
        charges=standing.charges,
        relation=report.relation,
        country=report.country,
        place=report.place,
        by=report.by,
        occurrence=when,
        dated=when == report.occurrence,
        opened=now,
        updated=now,
        revision=1,
        severity=level,
        citations=(citation,),
        facts=report.facts,
        assembly=report.assembly,
        follows=max(earlier, key=lambda c: c.opened).id if earlier else None,
        possible_duplicate=max(near, key=lambda c: c.opened).id if near else None,
    )


def _warned(report: Report, when: Occurrence, earlier: Incident) -> bool:
    """Whether an earlier incident foretold this one: pressure on the same person, by another act, in the months before."""
    before = anchor(earlier)
    return (
        report.watch is not None
        and earlier.act in WARNINGS
        and report.act not in WARNINGS
        and earlier.relation is report.relation
        and before.last <= when.first <= before.last + FORETOLD
    )


def joined(incident: Incident, report: Report, citation: Citation, watchlist: Watchlist, now: datetime) -> Incident:
    """The incident's next revision with this report in it; told twice by the same article it changes nothing twice."""
    actual = report.aspect is Aspect.ACTUAL
    before = custody.Standing(incident.liberty, incident.custody, incident.charges)
    standing = custody.step(before, report.act, report.facts) if report.alerts else before
    if denies(report):
        standing = custody.denied(before)
    defender = watchlist.by_id().get(report.watch or "")
    level, _ = severity(report.act, standing.custody, report.facts, defender, report.country, report.relation)
    told = any(c.article_id == citation.article_id and c.act is citation.act for c in incident.citations)
    facts = _facts(incident.facts, report.facts) if report.alerts else incident.facts
    if _disputes(report, incident):
        facts = _facts(facts, (Fact(key=DISPUTED, value=report.quote, span=Span("text", 0, 0)),))
    first = report.occurrence is not None and not incident.dated and family(report.act) is family(incident.act)
    return replace(
        incident,
        acts=tuple(dict.fromkeys((*incident.acts, report.act))) if actual else incident.acts,
        liberty=standing.liberty,
        custody=standing.custody,
        charges=standing.charges,
        country=incident.country or report.country,
        place=incident.place or (report.place if family(report.act) is family(incident.act) else None),
        by=incident.by or (report.by if family(report.act) is family(incident.act) else None),
        occurrence=report.occurrence if first else incident.occurrence,
        dated=incident.dated or first,
        updated=now,
        revision=incident.revision + 1,
        severity=highest(incident.severity, level) if report.alerts or denies(report) else incident.severity,
        citations=incident.citations if told or not actual else (*incident.citations, citation),
        facts=facts,
    )


def refold(
    incident: Incident, claims: Sequence[tuple[Report, Citation]], watchlist: Watchlist, now: datetime
) -> Incident:
    """The incident as these reports alone make it, with its own id, key and date: after a responder moved some of them."""
    first = claims[0][0] if claims else None
    bare = replace(
        incident,
        act=first.act if first is not None and incident.act not in {r.act for r, _ in claims} else incident.act,
        acts=(),
        liberty=Liberty.AT_LIBERTY,
        custody=None,
        charges=Charges.NONE_KNOWN,
        place=None,
        by=None,
        severity=Severity.LOW,
        citations=(),
        facts=(),
    )
    for report, citation in claims:
        bare = joined(bare, report, citation, watchlist, now)
    return replace(bare, revision=incident.revision + 1, updated=now)


def _disputes(report: Report, incident: Incident) -> bool:
    """Whether a report says that the very thing did not happen; a denial by those in office disputes nothing."""
    return (
        report.aspect is Aspect.NEGATED
        and report.strength is Strength.STRONG
        and report.by is None
        and report.act in incident.acts
    )


def _facts(old: tuple[Fact, ...], new: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """One fact per key; the newest statement stands."""
    return tuple({f.key: f for f in (*old, *new)}.values())
