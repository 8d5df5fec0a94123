"""An incident, what is stated of it and the hour → the custody alarms that are due: they sound when an answer is missing.

An alarm ends only with a report or a responder's entry that answers its own question; another article, a copy or a denial by those who
hold the person does not. Source of the 18 hours: E/CN.4/2003/68 §26(g), a relative is to be told within 18 hours; of the 48 hours: access
to a lawyer within 48 hours of arrest, Basic Principles on the Role of Lawyers, principle 7.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from monitor.incidents.answers import Question, Statement
from monitor.incidents.rulings import FREED, Care
from monitor.model import Custody, Incident, Liberty


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long an answer may be missing. denied: after the denial; then every `again`. hearing: after the end of the day it was set for."""

    whereabouts: timedelta = timedelta(hours=18)
    lawyer: timedelta = timedelta(hours=48)
    hearing: timedelta = timedelta(hours=12)
    denied: tuple[timedelta, ...] = (timedelta(days=3), timedelta(days=7), timedelta(days=30))
    again: timedelta = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clocks:
    """The limits and the zone of each country (ISO 3166-1 alpha-2); `usual` and UTC where a country has none of its own."""

    usual: Limits = field(default_factory=Limits)
    limits: Mapping[str, Limits] = field(default_factory=dict)
    zones: Mapping[str, tzinfo] = field(default_factory=dict)

    def of(self, country: Sequence[str]) -> tuple[Limits, tzinfo]:
        """The limits and zone for an incident in these countries: of the first that has any."""
        limits = next((self.limits[c] for c in country if c in self.limits), self.usual)
        return limits, next((self.zones[c] for c in country if c in self.zones), UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Alarm:
    """One question that has gone unanswered too long. since: when it began to run. number: 1 for the first alarm of this run."""

    question: Question
    since: datetime
    number: int
    due: datetime
    text: str

    @property
    def mark(self) -> str:
        """What tells this alarm from every other of its incident, so that it sounds once."""
        return f"{self.question.value}|{self.since.astimezone(UTC).isoformat()}|{self.number}"


@dataclass(frozen=True, slots=True)
class _Run:
    """A question that stands open: since when, and the times after it at which an alarm sounds."""

    question: Question
    since: datetime
    after: tuple[timedelta, ...]
    again: timedelta | None = None


def due(
    incident: Incident,
    statements: Sequence[Statement],
    care: Care,
    sounded: Collection[str],
    limits: Limits,
    zone: tzinfo,
    now: datetime,
) -> tuple[Alarm, ...]:
    """The alarms that are due now and have not sounded, at most the newest of each question. zone: of the place, for dates without an hour."""
    found: list[Alarm] = []
    for run in _runs(incident, statements, care, limits, zone):
        passed = [a for a in _alarms(run, incident, now) if a.due <= now]
        if passed and passed[-1].mark not in sounded:
            found.append(passed[-1])
    return tuple(found)


def next_look(
    incident: Incident, statements: Sequence[Statement], care: Care, limits: Limits, zone: tzinfo, now: datetime
) -> datetime | None:
    """When the next alarm would be due if nothing were answered until then; None when no clock runs."""
    ahead = [
        a.due
        for run in _runs(incident, statements, care, limits, zone)
        for a in _alarms(run, incident, now + limits.again + timedelta(days=3660))[:64]
        if a.due > now
    ]
    return min(ahead, default=None)


def past_at_opening(
    incident: Incident, statements: Sequence[Statement], limits: Limits, zone: tzinfo
) -> tuple[str, ...]:
    """What was overdue already when the incident was opened, in plain words, for its first alert."""
    return tuple(
        _text(run.question, run.after[0])
        for run in _runs(incident, statements, Care(), limits, zone)
        if run.since + run.after[0] <= incident.opened
    )


def end_of_day(day: date, zone: tzinfo) -> datetime:
    """The end of a day where it happened, in UTC."""
    return datetime.combine(day + timedelta(days=1), time(), zone).astimezone(UTC)


def _runs(incident: Incident, statements: Sequence[Statement], care: Care, limits: Limits, zone: tzinfo) -> list[_Run]:
    """The questions that stand open."""
    if care.over or incident.liberty is Liberty.REPORTED_DEAD or not incident.watch:
        return []
    began = end_of_day(incident.occurrence.last, zone) if incident.occurrence else incident.opened
    runs = [_hearing(statements, limits, zone)]
    if incident.liberty is Liberty.HELD and not any(f.about == FREED for f in care.facts):
        told = [s for s in statements if not s.claim]
        runs.append(_unanswered(Question.WHEREABOUTS, told, began, (limits.whereabouts,)))
        runs.append(_unanswered(Question.LAWYER, told, began, (limits.lawyer,)))
        if incident.custody is Custody.DENIED:
            runs.append(_denied(statements, limits))
    return [r for r in runs if r is not None]


def _unanswered(
    question: Question, told: Sequence[Statement], began: datetime, after: tuple[timedelta, ...]
) -> _Run | None:
    """A question that nobody answered, or whose answer was lost: asked again from the moment it was."""
    mine = [s for s in told if s.question is question]
    if mine and mine[-1].answers:
        return None
    answered = [n for n, s in enumerate(mine) if s.answers]
    since = max(began, mine[answered[-1] + 1].at) if answered else began
    return _Run(question, since, after)


def _denied(statements: Sequence[Statement], limits: Limits) -> _Run | None:
    """Custody that is denied: asked again and again until somebody outside tells where the person is."""
    denials = [s for s in statements if s.question is Question.CUSTODY and not s.answers]
    told = [
        s for s in statements if not s.claim and s.question in {Question.WHEREABOUTS, Question.LAWYER, Question.FAMILY}
    ]
    open_ones = [d for d in denials if not any(s.answers and s.at > d.at for s in told)]
    return _Run(Question.CUSTODY, open_ones[0].at, limits.denied, limits.again) if open_ones else None


def _hearing(statements: Sequence[Statement], limits: Limits, zone: tzinfo) -> _Run | None:
    """The next date in the case, once it has passed and nobody told what became of it."""
    mine = [s for s in statements if s.question is Question.NEXT_DATE]
    dated = [s for s in mine if s.day is not None]
    if not dated:
        return None
    day = max(s.day for s in dated if s.day is not None)
    over = end_of_day(day, zone)
    if any(s.day is None and s.at >= over - timedelta(days=1) for s in mine if not s.claim):
        return None
    return _Run(Question.NEXT_DATE, over, (limits.hearing,))


def _alarms(run: _Run, incident: Incident, until: datetime) -> list[Alarm]:
    """The alarms of one open question up to a moment; one that was past when the incident opened sounds one interval after that."""
    base = run.since
    if base + run.after[0] <= incident.opened:
        base = incident.opened
    found = [
        Alarm(question=run.question, since=run.since, number=n, due=base + after, text=_text(run.question, after))
        for n, after in enumerate(run.after, 1)
    ]
    while run.again is not None and found[-1].due + run.again <= until:
        at = found[-1].due + run.again
        found.append(
            Alarm(
                question=run.question,
                since=run.since,
                number=found[-1].number + 1,
                due=at,
                text=_text(run.question, at - base),
            )
        )
    return found


def _text(question: Question, after: timedelta) -> str:
    hours = round(after.total_seconds() / 3600)
    span = f"{hours} hours" if hours < 72 else f"{round(hours / 24)} days"
    return {
        Question.WHEREABOUTS: f"no public report of where the person is, {span} after the arrest",
        Question.LAWYER: f"no report that a lawyer has reached the person, {span} after the arrest",
        Question.CUSTODY: f"custody is still denied after {span}, and nobody outside has said where the person is",
        Question.NEXT_DATE: "the date that was set has passed, and nothing is reported of it",
    }.get(question, f"{question.value}: no answer after {span}")
