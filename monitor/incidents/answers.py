"""Reports and the team's own entries → what is stated about the questions of a custody clock, by whom, and whether it answers them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from monitor.incidents.families import TAKING, Family, family
from monitor.incidents.rulings import Ruling, Verb, in_force
from monitor.model import Act, Aspect, Custody, Fact, Report


class Question(StrEnum):
    """What a custody clock asks, and goes on asking until a report or a responder answers it."""

    WHEREABOUTS = "whereabouts"
    LAWYER = "lawyer"
    FAMILY = "family"
    HEALTH = "health"
    NEXT_DATE = "next_date"
    CUSTODY = "custody"


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """One thing stated about one question. answers: False where it says that it is not known or refused.

    claim: stated by the state's own outlet or official, which is shown and answers nothing. by: source id, or who of the team.
    day: the date that a statement about the next date names.
    """

    question: Question
    at: datetime
    by: str
    text: str
    answers: bool
    claim: bool = False
    day: date | None = None


#: Which fact of a report speaks to which question.
_ASKED = {
    "held_at": Question.WHEREABOUTS,
    "lawyer_contact": Question.LAWYER,
    "family_contact": Question.FAMILY,
    "health": Question.HEALTH,
    "next_day": Question.NEXT_DATE,
}
#: Steps of a case that tell what became of a hearing.
_COURT = frozenset({Act.CHARGE, Act.TRIAL, Act.SENTENCE, Act.RELEASE, Act.ACQUITTAL, Act.DEPORTATION})
#: The words by which a stated fact says that the thing is refused or not known; facts hold short cues of the shipped languages as written.
_REFUSED = re.compile(
    r"\b(?:den(?:ied|y|ies)|without|no|not|never|unknown|undisclosed|incommunicado|refus\w+|prevented|"
    r"sin|ning[uú]n|desconocid\w+|incomunicad\w+|sans|aucun\w*|inconnu\w*|priv[eé]\w*|"
    r"без|не|нет|неизвестн\w+|отказ\w*)\b|دون|بدون|منع|حرم|مجهول|不明|不准|拒絕|拒绝|未能|មិន",
    re.IGNORECASE,
)
_LOST = re.compile(
    r"whereabouts|unknown|undisclosed|incommunicado|paradero|disparu|местонахожд|مجهول|不明", re.IGNORECASE
)


def positive(value: str) -> bool:
    """Whether a stated fact says that the thing is so, rather than refused, absent or not known."""
    return _REFUSED.search(value) is None


def contact(facts: Iterable[Fact]) -> bool:
    """Whether a lawyer or the family is said to have reached the person; a visit that was refused is none."""
    return any(f.key in {"lawyer_contact", "family_contact"} and positive(f.value) for f in facts)


def place(facts: Iterable[Fact]) -> bool:
    """Whether it is said where the person is held."""
    return any(f.key == "held_at" and positive(f.value) for f in facts)


def denies(report: Report) -> bool:
    """Whether somebody in office is told to deny that the person is held; that nobody was arrested is no such denial."""
    return report.act in TAKING and report.aspect is Aspect.NEGATED and report.by is not None


def stated(
    claims: Iterable[tuple[Report, str, datetime]], rulings: Iterable[Ruling], state: Collection[str]
) -> list[Statement]:
    """Everything that is stated about the questions of one incident, in order of time.

    claims: each report with the id of its source and when it was seen. state: ids of the state's own sources.
    """
    found: list[Statement] = []
    for report, source_id, seen in claims:
        found += _of_report(report, source_id, seen, source_id in state)
    for ruling in in_force(rulings):
        found += _of_ruling(ruling)
    return sorted(found, key=lambda s: s.at)


def _of_report(report: Report, by: str, at: datetime, claim: bool) -> Iterable[Statement]:
    if denies(report):
        yield Statement(question=Question.CUSTODY, at=at, by=by, text=report.quote, answers=False, claim=claim)
    if report.aspect is not Aspect.ACTUAL:
        return
    for fact in report.facts:
        question = _ASKED.get(fact.key)
        if question is None:
            continue
        yes = positive(fact.value)
        day = _day(fact.value) if question is Question.NEXT_DATE else None
        if question is not Question.NEXT_DATE or day is not None:
            yield Statement(question=question, at=at, by=by, text=fact.value, answers=yes, claim=claim, day=day)
        if question is Question.FAMILY and not yes and _LOST.search(fact.value):
            yield Statement(question=Question.WHEREABOUTS, at=at, by=by, text=fact.value, answers=False, claim=claim)
    if report.alerts and report.act in _COURT and family(report.act) is Family.COURSE:
        yield Statement(question=Question.NEXT_DATE, at=at, by=by, text=report.quote, answers=True, claim=claim)


def _of_ruling(ruling: Ruling) -> Iterable[Statement]:
    if ruling.verb is not Verb.FACT or ruling.about not in {q.value for q in Question}:
        return
    day = _day(ruling.text) if ruling.about == Question.NEXT_DATE.value else None
    yield Statement(
        question=Question(ruling.about),
        at=ruling.at,
        by=ruling.by,
        text=ruling.text,
        answers=positive(ruling.text),
        day=day,
    )


def _day(text: str) -> date | None:
    found = re.search(r"\d{4}-\d{2}-\d{2}", text)
    try:
        return date.fromisoformat(found[0]) if found else None
    except ValueError:
        return None


def best(statements: Iterable[Statement]) -> Custody | None:
    """What is known of a person who is held, from what is stated and not only claimed; None when nothing is."""
    newest = {s.question: s for s in statements if not s.claim}
    if any(q in newest and newest[q].answers for q in (Question.LAWYER, Question.FAMILY)):
        return Custody.CONTACT_REPORTED
    where = newest.get(Question.WHEREABOUTS)
    return Custody.PLACE_KNOWN if where is not None and where.answers else None
