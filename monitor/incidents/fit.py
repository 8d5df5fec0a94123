"""A report and one incident → what speaks against their being one happening, and how well they fit where nothing does."""

from __future__ import annotations

from datetime import date, timedelta

from rapidfuzz import fuzz

from monitor.incidents.families import TAKING, Family, family
from monitor.model import Act, Incident, Liberty, Occurrence, Report

SAME_HAPPENING = timedelta(days=3)  #: around the fixed first date; a sliding one would chain re-arrests into one
SAME_STEP = timedelta(
    days=10
)  #: between two reports of one step of a case; outlets come late, and hearings go on for days
FOLLOW_UP = timedelta(days=900)  #: a sentence may come two years after the arrest
SAME_CHARGE = 70.0  #: percent of likeness from which two charges, as written, are the same case

_OVER = frozenset({Liberty.FREED, Liberty.REPORTED_DEAD, Liberty.EXILED, Liberty.FORCIBLY_RETURNED})
_ENDS = frozenset({Act.RELEASE, Act.ACQUITTAL})
_CASE = ("charge", "law", "court")  #: the facts that tell one case from another


def veto(report: Report, when: Occurrence, incident: Incident) -> str | None:
    """Why this report cannot belong to this incident; None when nothing speaks against it."""
    if report.watch is None and report.country and incident.country and not set(report.country) & set(incident.country):
        return "another country"
    if report.relation is not incident.relation:
        return f"it befell a {report.relation.value}"
    mine, theirs = family(report.act), standing_family(incident)
    if report.act in TAKING:
        return _taken(report, when, incident, theirs)
    if mine is Family.COURSE:
        return _went_on(when, incident, theirs)
    if report.act is Act.RAID and theirs is Family.CUSTODY:
        return _apart(when, anchor(incident))
    if mine is not theirs or (report.act not in incident.acts and not _one_gathering(report, incident)):
        return "another kind of act"
    if report.place and incident.place and not same_place(report.place, incident.place):
        return "another place"
    return _apart(when, anchor(incident))


def score(report: Report, when: Occurrence, incident: Incident) -> tuple[bool, bool, bool, bool, int, str]:
    """How well they fit, the best one largest: same kind of act, a step still awaited, same case, still open, near in time; ids settle the rest."""
    same = family(report.act) is standing_family(incident)
    course = family(report.act) is Family.COURSE
    return (
        same or course,
        _awaits(report, when, incident),
        _same_case(report, incident),
        incident.liberty not in _OVER,
        -distance(when, anchor(incident)).days,
        incident.id,
    )


def _awaits(report: Report, when: Occurrence, incident: Incident) -> bool:
    """Whether a step of the case is one that has not been told yet, or was told in these very days: nobody is charged twice for nothing."""
    told = [(c.published or c.seen).date() for c in incident.citations if c.act is report.act]
    return not told or any(distance(when, Occurrence(d, d)) <= SAME_STEP for d in told)


def standing_family(incident: Incident) -> Family:
    """The family an incident belongs to as it stands: a search of the house that ended in an arrest is one of custody."""
    return Family.CUSTODY if TAKING & set(incident.acts) else family(incident.act)


def anchor(incident: Incident) -> Occurrence:
    """The fixed date of an incident."""
    if incident.occurrence is not None:
        return incident.occurrence
    return Occurrence(incident.opened.date(), incident.opened.date())


def distance(one: Occurrence, other: Occurrence) -> timedelta:
    """Days between two stretches of time, zero where they meet."""
    if one.first > other.last:
        return one.first - other.last
    if other.first > one.last:
        return other.first - one.last
    return timedelta(0)


def _apart(when: Occurrence, fixed: Occurrence) -> str | None:
    return None if distance(when, fixed) <= SAME_HAPPENING else "the dates are too far apart"


def _taken(report: Report, when: Occurrence, incident: Incident, theirs: Family) -> str | None:
    """What speaks against an arrest being the one already known."""
    fixed = anchor(incident)
    if theirs not in {Family.CUSTODY, Family.COURSE} and incident.act is not Act.RAID:
        return "another kind of act"
    echo = report.occurrence is None and distance(when, fixed) <= SAME_HAPPENING
    if (freed := _freed(incident)) is not None and when.first > fixed.last and when.first >= freed and not echo:
        return "taken again after a release"
    if incident.liberty in _OVER and report.occurrence is not None and when.first > fixed.last + SAME_HAPPENING:
        return "taken again after it had ended"
    if (
        theirs is Family.CUSTODY
        and report.occurrence is not None
        and incident.dated
        and distance(when, fixed) > timedelta(0)
    ):
        if report.place and incident.place and not same_place(report.place, incident.place):
            return "another day and another place"
        if report.by and incident.by and fuzz.ratio(report.by.casefold(), incident.by.casefold()) < SAME_CHARGE:
            return "another day and another authority"
    return _apart(when, fixed)


def _went_on(when: Occurrence, incident: Incident, theirs: Family) -> str | None:
    """What speaks against a step of a case belonging to the case already known."""
    fixed = anchor(incident)
    if theirs not in {Family.CUSTODY, Family.COURSE}:
        return "another kind of act"
    if when.last < fixed.first - SAME_HAPPENING:
        return "it happened before"
    return None if when.first <= fixed.last + FOLLOW_UP else "too long ago"


def _freed(incident: Incident) -> date | None:
    """The first day on which a release was told; None when none was."""
    days = [(c.published or c.seen).date() for c in incident.citations if c.act in _ENDS]
    return min(days, default=None)


def _one_gathering(report: Report, incident: Incident) -> bool:
    """Whether both are acts on one watched gathering: a dispersal, the force used and the arrests are one crackdown."""
    return report.assembly is not None and report.assembly == incident.assembly


def same_place(one: str, other: str) -> bool:
    """Whether two places may be one; names in different scripts cannot be compared, and speak against nothing."""
    if one.isascii() != other.isascii():
        return True
    a, b = one.casefold(), other.casefold()
    return a in b or b in a or fuzz.ratio(a, b) >= SAME_CHARGE


def _same_case(report: Report, incident: Incident) -> bool:
    """Whether what is charged, or the court, is said alike."""
    known = {f.key: f.value.casefold() for f in incident.facts}
    return any(
        f.key in _CASE and f.key in known and fuzz.partial_ratio(f.value.casefold(), known[f.key]) >= SAME_CHARGE
        for f in report.facts
    )
