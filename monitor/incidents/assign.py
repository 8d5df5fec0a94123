"""A report and the defender's incidents → the one it belongs to, or a new one: veto, then the best fit, each with its reason.

When unsure it opens a new incident and says "possible duplicate of": a doubled alert costs a minute, a swallowed arrest costs hours.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.incidents import custody, identity
from monitor.incidents.families import TAKING, Family, family
from monitor.incidents.severity import highest, severity
from monitor.model import Citation, Fact, Incident, Liberty, Occurrence, Report, Watchlist

SAME_HAPPENING = timedelta(days=3)  #: around the fixed first date; a sliding one would chain re-arrests into one
FOLLOW_UP = timedelta(days=900)  #: a sentence may come two years after the arrest

_OVER = frozenset({Liberty.FREED, Liberty.REPORTED_DEAD, Liberty.EXILED, Liberty.FORCIBLY_RETURNED})


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
        return Assignment(fitting, _joined(fitting, report, citation, watchlist, now), (f"joins {fitting.id}", *vetoes))
    if not report.alerts:
        return Assignment(None, None, ("opens nothing: " + "; ".join(report.reasons[-1:]), *vetoes))
    opened = _opened(report, citation, when, candidates, watchlist, now)
    return Assignment(None, opened, ("a happening not known before", *vetoes))


def _when(report: Report, citation: Citation, now: datetime) -> Occurrence:
    """When it happened as far as can be said: as stated, else when it was published or seen."""
    if report.occurrence is not None:
        return report.occurrence
    day = min(citation.published or now, now).date()
    return Occurrence(day, day)


def _fitting(
    report: Report, when: Occurrence, candidates: Sequence[Incident]
) -> tuple[Incident | None, tuple[str, ...]]:
    """The best of the incidents that nothing speaks against, and what spoke against the others."""
    vetoes: list[str] = []
    open_ones: list[tuple[tuple[int, float], Incident]] = []
    for incident in candidates:
        veto = _veto(report, when, incident, bool(report.occurrence))
        if veto is not None:
            vetoes.append(f"not {incident.id}: {veto}")
            continue
        same_family = int(family(report.act) is family(incident.act))
        open_ones.append(((same_family, -_distance(when, _anchor(incident)).days), incident))
    if not open_ones:
        return None, tuple(vetoes)
    return max(open_ones, key=lambda scored: (scored[0], scored[1].opened))[1], tuple(vetoes)


def _veto(report: Report, when: Occurrence, incident: Incident, stated: bool) -> str | None:
    """Why this report cannot belong to this incident; None when nothing speaks against it."""
    mine, theirs = family(report.act), family(incident.act)
    anchor = _anchor(incident)
    if report.country and incident.country and not set(report.country) & set(incident.country):
        return "another country"
    if report.relation is not incident.relation:
        return f"it befell a {report.relation.value}"
    if report.act in TAKING:
        if theirs is Family.COURSE and report.act.value not in {a.value for a in incident.acts}:
            return None if _distance(when, anchor) <= SAME_HAPPENING else "the dates are too far apart"
        if mine is not theirs:
            return "another kind of act"
        if (
            incident.liberty in _OVER
            and stated
            and when.first > anchor.last
            and _distance(when, anchor) > SAME_HAPPENING
        ):
            return "taken again after it had ended"
        return None if _distance(when, anchor) <= SAME_HAPPENING else "the dates are too far apart"
    if mine is Family.COURSE:
        if theirs not in {Family.CUSTODY, Family.COURSE}:
            return "another kind of act"
        if when.last < anchor.first - SAME_HAPPENING:
            return "it happened before"
        return None if when.first <= anchor.last + FOLLOW_UP else "too long ago"
    if mine is not theirs or report.act not in incident.acts:
        return "another kind of act"
    if report.place and incident.place and report.place.casefold() != incident.place.casefold():
        return "another place"
    return None if _distance(when, anchor) <= SAME_HAPPENING else "the dates are too far apart"


def _anchor(incident: Incident) -> Occurrence:
    if incident.occurrence is not None:
        return incident.occurrence
    return Occurrence(incident.opened.date(), incident.opened.date())


def _distance(one: Occurrence, other: Occurrence) -> timedelta:
    """Days between two stretches of time, zero where they meet."""
    if one.first > other.last:
        return one.first - other.last
    if other.first > one.last:
        return other.first - one.last
    return timedelta(0)


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
    level, _ = severity(report.act, standing.custody, report.facts, defender, report.country, report.relation)
    earlier = (
        [c for c in candidates if family(c.act) in {Family.CUSTODY, Family.COURSE}] if report.act in TAKING else []
    )
    near = [c for c in candidates if c.act is report.act and _distance(when, _anchor(c)) <= 2 * SAME_HAPPENING]
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


def _joined(incident: Incident, report: Report, citation: Citation, watchlist: Watchlist, now: datetime) -> Incident:
    """The incident's next revision with this report in it; told twice by the same article it changes nothing twice."""
    actual = report.aspect.value == "actual"
    before = custody.Standing(incident.liberty, incident.custody, incident.charges)
    standing = custody.step(before, report.act, report.facts) if report.alerts else before
    defender = watchlist.by_id().get(report.watch or "")
    level, _ = severity(report.act, standing.custody, report.facts, defender, report.country, report.relation)
    told = any(c.article_id == citation.article_id and c.act is citation.act for c in incident.citations)
    return replace(
        incident,
        acts=tuple(dict.fromkeys((*incident.acts, report.act))) if actual else incident.acts,
        liberty=standing.liberty,
        custody=standing.custody,
        charges=standing.charges,
        country=incident.country or report.country,
        place=incident.place or (report.place if family(report.act) is family(incident.act) else None),
        by=incident.by or (report.by if family(report.act) is family(incident.act) else None),
        updated=now,
        revision=incident.revision + 1,
        severity=highest(incident.severity, level) if report.alerts else incident.severity,
        citations=incident.citations if told or not actual else (*incident.citations, citation),
        facts=_facts(incident.facts, report.facts) if report.alerts else incident.facts,
    )


def _facts(old: tuple[Fact, ...], new: tuple[Fact, ...]) -> tuple[Fact, ...]:
    """One fact per key; the newest statement stands."""
    return tuple({f.key: f for f in (*old, *new)}.values())
