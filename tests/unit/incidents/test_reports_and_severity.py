"""To whom an event happened, whether it is news, and how soon somebody must act."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from monitor.incidents.reports import join
from monitor.incidents.severity import severity
from monitor.model import (
    Act,
    Article,
    Aspect,
    Assembly,
    Custody,
    Defender,
    Event,
    Mention,
    Occurrence,
    Priority,
    Relation,
    Relevance,
    Severity,
    Span,
    Strength,
    Watchlist,
)  # fmt: skip
from tests.unit.incidents.made import DARA, DAY, LIST, fact, report, told

TEXT = "Police arrested Sok Dara on Friday. His lawyer is Chan Bopha."
ARTICLE = Article(
    id="a", title="", text=TEXT, language="en", published=datetime(2026, 3, 14, tzinfo=UTC), country=("KH",)
)
DARA_AT, BOPHA_AT = Span("text", 16, 24), Span("text", 50, 60)


def mention(span: Span = DARA_AT, watch: str = "kh-0001", strength: Strength = Strength.STRONG) -> Mention:
    return Mention(watch=watch, span=span, surface="x", score=0.9, strength=strength, reasons=("named in full",))


def event(**said: object) -> Event:
    made = Event(
        act=Act.ARREST, aspect=Aspect.ACTUAL, relevance=Relevance.CIVIC, span=Span("text", 7, 15), trigger="arrested",
        clause=Span("text", 0, 35), victims=(DARA_AT,), by="police",
    )  # fmt: skip
    return replace(made, **said)  # type: ignore[arg-type]


def test_the_person_it_befell_is_reported_and_the_lawyer_is_not() -> None:
    bopha = Defender(id="kh-0002", name="Chan Bopha", country=("KH",))
    found = join(ARTICLE, [event()], [mention(), mention(BOPHA_AT, "kh-0002")], Watchlist(defenders=(DARA, bopha)))
    assert [(r.watch, r.alerts) for r in found] == [("kh-0001", True)]
    assert found[0].quote == "Police arrested Sok Dara on Friday."


@pytest.mark.parametrize("aspect", [a for a in Aspect if a is not Aspect.ACTUAL])
def test_only_what_really_happened_alerts(aspect: Aspect) -> None:
    (made,) = join(ARTICLE, [event(aspect=aspect)], [mention()], LIST)
    assert not made.alerts
    assert aspect.value in made.reasons[-1]


@pytest.mark.parametrize("strength", [Strength.WEAK, Strength.AMBIGUOUS])
def test_an_unsure_name_is_kept_with_its_reason_and_alerts_nobody(strength: Strength) -> None:
    (made,) = join(ARTICLE, [event()], [mention(strength=strength)], LIST)
    assert not made.alerts
    assert strength.value in made.reasons[-1]


def test_an_arrest_dated_long_before_publication_is_history() -> None:
    old = Occurrence(date(2026, 1, 2), date(2026, 1, 2))
    (made,) = join(ARTICLE, [event(occurrence=old)], [mention()], LIST)
    assert not made.alerts


def test_a_crime_word_never_silences_what_befell_somebody_on_the_list() -> None:
    (made,) = join(ARTICLE, [event(relevance=Relevance.OTHER)], [mention()], LIST)
    assert made.alerts


def test_several_tellings_of_one_act_are_one_report_with_the_facts_of_all() -> None:
    first = event(facts=(fact("charge", "incitement"),))
    second = event(clause=Span("text", 36, 61), facts=(fact("held_at", "Prison One"),))
    (made,) = join(ARTICLE, [first, second], [mention()], LIST)
    assert {f.key for f in made.facts} == {"charge", "held_at"}
    assert len(made.evidence) == 2


def test_an_act_on_an_assembly_in_a_watched_country_is_reported_with_nobody_named() -> None:
    watched = Watchlist(assemblies=(Assembly(id="kh", country=("KH",), acts=(Act.ASSEMBLY_DISPERSAL,)),))
    dispersal = event(act=Act.ASSEMBLY_DISPERSAL, victims=())
    (made,) = join(ARTICLE, [dispersal], [], watched)
    assert made.watch is None
    assert made.assembly == "kh"
    assert made.alerts
    assert join(replace(ARTICLE, country=("TH",)), [dispersal], [], watched) == ()
    assert join(ARTICLE, [event(act=Act.CURFEW, victims=())], [], watched) == ()


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        *[
            (a, Severity.CRITICAL)
            for a in (
                Act.KILLING,
                Act.DISAPPEARANCE,
                Act.TORTURE,
                Act.ABDUCTION,
                Act.FORCED_RETURN,
                Act.SEXUAL_VIOLENCE,
            )
        ],
        *[
            (a, Severity.HIGH)
            for a in (
                Act.ARREST,
                Act.DETENTION,
                Act.RAID,
                Act.ATTACK,
                Act.SENTENCE,
                Act.EXCESSIVE_FORCE,
                Act.DEPORTATION,
            )
        ],
        *[
            (a, Severity.MEDIUM)
            for a in (
                Act.CHARGE,
                Act.TRIAL,
                Act.SUMMONS,
                Act.HOUSE_ARREST,
                Act.MASS_ARREST,
                Act.ASSEMBLY_DISPERSAL,
                Act.THREAT,
            )
        ],
        *[
            (a, Severity.LOW)
            for a in (Act.SMEAR, Act.SURVEILLANCE, Act.ASSEMBLY_BAN, Act.CURFEW, Act.INTERNET_SHUTDOWN)
        ],
    ],
)
def test_severity_follows_the_table(act: Act, expected: Severity) -> None:
    assert severity(act, None, (), DARA, ("KH",), Relation.SELF)[0] is expected


def test_every_act_has_a_severity() -> None:
    for act in Act:
        assert severity(act, None, (), None, (), Relation.SELF)[1]


def test_whereabouts_denied_or_stated_unknown_are_critical_and_unmentioned_are_high() -> None:
    assert severity(Act.ARREST, Custody.DENIED, (), DARA, ("KH",), Relation.SELF)[0] is Severity.CRITICAL
    assert (
        severity(Act.ARREST, None, (fact("held_at", "an unknown place"),), DARA, ("KH",), Relation.SELF)[0]
        is Severity.CRITICAL
    )
    assert severity(Act.ARREST, None, (), DARA, ("KH",), Relation.SELF)[0] is Severity.HIGH


def test_raises_are_one_step_each_and_never_more_than_two() -> None:
    exile = replace(DARA, priority=Priority.URGENT, lives_in=("TH",))
    assert severity(Act.SMEAR, None, (), exile, ("KH",), Relation.SELF)[0] is Severity.MEDIUM
    assert severity(Act.SMEAR, None, (), exile, ("TH",), Relation.SELF)[0] is Severity.HIGH
    assert "abroad" in " ".join(severity(Act.SMEAR, None, (), exile, ("TH",), Relation.SELF)[1])


def test_a_first_report_that_comes_weeks_late_alerts_and_the_same_date_beside_newer_news_is_background() -> None:
    weeks_ago = Occurrence(date(2026, 2, 22), date(2026, 2, 22))
    (late,) = join(ARTICLE, [event(occurrence=weeks_ago)], [mention()], LIST)
    assert late.alerts
    found = join(
        ARTICLE,
        [event(occurrence=weeks_ago), event(act=Act.TRIAL, clause=Span("text", 36, 61))],
        [mention()],
        LIST,
    )
    assert [(r.act, r.alerts) for r in found] == [(Act.ARREST, False), (Act.TRIAL, True)]


def test_what_follows_a_threat_or_summons_is_one_step_more_urgent() -> None:
    steps = told((report(Act.SUMMONS, DAY - timedelta(days=20)), "ngo"), (report(), "news"))
    last = steps[-1][0].after
    assert last
    assert last.severity is Severity.CRITICAL
    assert severity(Act.ARREST, None, (), DARA, ("KH",), Relation.SELF, warned=True)[0] is Severity.CRITICAL


@pytest.mark.parametrize(
    ("source", "stated", "expected"),
    [
        (("KH",), None, ("KH",)),
        ((), None, ("KH",)),
        (("US",), None, ("KH",)),
        (("TH", "US"), None, ("TH",)),
        (("KH",), "MY", ("MY",)),
    ],
)
def test_the_country_is_where_the_person_is_and_not_where_the_newspaper_is(
    source: tuple[str, ...], stated: str | None, expected: tuple[str, ...]
) -> None:
    exile = replace(DARA, lives_in=("TH",))
    article = replace(ARTICLE, country=source)
    (made,) = join(article, [event(country=stated)], [mention()], Watchlist(defenders=(exile,)))
    assert made.country == expected
