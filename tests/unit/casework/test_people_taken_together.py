"""Three listed people taken at once are one message, each with an incident and a clock of their own; a surge is one that grows."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from alerts.model import AlertKind
from monitor.casework.judge import Judged
from monitor.casework.people import forget, offer
from monitor.incidents.decide import Decision
from monitor.incidents.groups import Count, others
from monitor.incidents.rulings import Care, Verb
from monitor.incidents.silence import Silence
from monitor.model import Act, Article, Assembly, Reading, Reason, Report, Sensitivity, Span, Watchlist
from monitor.store import people, rulings
from tests.unit.casework.desk import Desk
from tests.unit.incidents.made import DARA, DAY, fact, report

A_DAY = timedelta(days=1)
NAMES = ["Sok Dara", "Chan Bopha", "Keo Vanna", "Prak Sita", "Long Rith", "Mao Thida", "Ney Kunthea", "Ouk Samnang"]
MANY = tuple(replace(DARA, id=f"kh-{n:04}", name=name) for n, name in enumerate(NAMES))
EVERYBODY = Watchlist(defenders=MANY)


def taken(n: int, **said: object) -> Report:
    return report(watch=f"kh-{n:04}", **said)  # type: ignore[arg-type]


def test_three_listed_people_taken_at_once_are_one_message_and_three_incidents() -> None:
    desk = Desk(EVERYBODY)
    (told,) = desk.read(taken(0), taken(1), taken(2, facts=(fact("number_taken", "10"),)))
    assert told.alert.kind is AlertKind.NEW
    assert told.alert.thread.startswith("g-")
    assert [line.label for line in told.alert.lines[:3]] == NAMES[:3]
    assert any("+7 others" in line.text for line in told.alert.lines)
    assert len(desk.incidents()) == 3
    assert len(desk.wait(A_DAY)) == 3, "each has a clock of their own"


def test_two_people_are_told_one_by_one() -> None:
    desk = Desk(EVERYBODY)
    assert [t.alert.reason for t in desk.read(taken(0), taken(1))] == ["first_report", "first_report"]


def test_a_later_list_adds_to_the_message_with_who_is_new_and_a_range_of_numbers() -> None:
    desk = Desk(EVERYBODY)
    (first,) = desk.read(taken(0), taken(1), taken(2, facts=(fact("number_taken", "10"),)))
    (more,) = desk.read(taken(2), taken(3, facts=(fact("number_taken", "15"),)), source="news")
    assert more.alert.thread == first.alert.thread
    assert more.alert.reason == "new_person"
    assert more.alert.changes[0].text == "also named: Prak Sita"
    assert any("+6 to 11 others" in line.text for line in more.alert.lines)


def test_somebody_with_a_code_name_never_stands_in_a_message_with_others() -> None:
    hidden = replace(MANY[1], sensitivity=Sensitivity.CODENAME, codename="MEKONG-7")
    desk = Desk(Watchlist(defenders=(MANY[0], hidden, *MANY[2:])))
    told = desk.read(taken(0), taken(1), taken(2), taken(3))
    shared = next(t for t in told if t.alert.thread.startswith("g-"))
    assert "Chan Bopha" not in repr(shared.alert)
    assert "MEKONG-7" not in repr(shared.alert)
    assert [t.alert.title for t in told if t is not shared] == ["MEKONG-7 reported arrested"]


def test_who_is_withdrawn_or_on_hold_leaves_the_message_with_others() -> None:
    desk = Desk(EVERYBODY)
    (first,) = desk.read(taken(0), taken(1), taken(2), taken(3))
    second = next(i for i in desk.incidents() if i.watch == ("kh-0001",))
    told = desk.rule(Verb.WRONG_PERSON, second.id)
    shared = next(t.alert for t in told if t.alert.thread == first.alert.thread)
    assert "Chan Bopha" not in repr(shared)
    held = Silence(by="mara", made=desk.now, until=desk.now + A_DAY, reason="r", hold=True, watch="kh-0002")
    desk.database.transact_now(lambda c: rulings.silence(c, held))
    (more,) = desk.read(taken(0), taken(4), source="news")
    assert "Keo Vanna" not in repr(more.alert)
    assert "Long Rith" in repr(more.alert)


def test_people_taken_on_different_days_are_no_one_happening() -> None:
    desk = Desk(EVERYBODY)
    told = desk.read(taken(0), taken(1, day=DAY - 4 * A_DAY), taken(2, day=DAY - 8 * A_DAY))
    assert len(told) == 3


def test_one_article_that_tells_of_arrest_and_charge_is_one_message() -> None:
    desk = Desk()
    (told,) = desk.read(report(), report(Act.CHARGE))
    assert told.alert.reason == "first_report"
    assert "charged" in repr(told.alert.lines)


def test_many_arrests_in_a_week_are_one_surge_that_grows() -> None:
    desk = Desk(EVERYBODY)
    told = []
    for n in range(8):
        desk.now += timedelta(minutes=1)
        told += desk.read(taken(n, day=DAY - (n % 3) * A_DAY, place=f"Town {n}"), source=f"outlet-{n}")
    surges = [t.alert for t in told if t.alert.reason == "surge"]
    assert [a.kind for a in surges] == [AlertKind.NEW, AlertKind.UPDATE]
    assert len({a.thread for a in surges}) == 1
    assert "Surge: 5 listed people" in surges[0].title
    assert "Surge: 8 listed people" in surges[1].title


def test_arrests_at_the_countrys_own_rhythm_are_no_surge() -> None:
    desk = Desk(EVERYBODY)
    told = []
    for n in range(24):
        told += desk.read(taken(n % 8, day=DAY - (92 - 4 * n) * A_DAY, place=f"Town {n}"), source=f"outlet-{n}")
    assert "surge" not in {t.alert.reason for t in told}


def test_numbers_of_others_are_a_range_with_who_says_what() -> None:
    counts = [Count(publisher="A", number=10), Count(publisher="B", number=12)]
    assert others(counts, 3) == "+7 to 9 others (A: 10, B: 12)"
    assert others(counts[:1], 10) == ""


def test_a_name_in_the_same_sentence_is_offered_on_this_machine_and_forgotten_after_a_month() -> None:
    text = "Police arrested Sok Dara and Vann Molika on Friday. Reporter Tep Sary wrote this."
    desk = Desk()
    found = Reading(
        article=Article(id="a0", title="", text=text),
        people=(
            Span("text", text.index("Vann"), text.index(" on Friday")),
            Span("text", text.index("Tep"), text.index(" wrote")),
        ),
    )
    made = report(evidence=(Span("text", 0, 50),))
    desk.read(made, article="a0")
    (incident,) = desk.incidents()
    one = Judged(report=made, incident=incident, decision=Decision(Reason.NONE), care=Care())
    young = replace(one, report=replace(made, facts=(fact("under_18", "yes"),)))
    desk.database.transact_now(lambda c: offer(c, found, [young], desk.now))
    assert desk.database.read_now(lambda c: people.listing(c, 9)) == []
    desk.database.transact_now(lambda c: offer(c, found, [one], desk.now))
    assert [p["name"] for p in desk.database.read_now(lambda c: people.listing(c, 9))] == ["Vann Molika"]
    assert desk.database.transact_now(lambda c: forget(c, desk.now + 31 * A_DAY)) == 1


def test_a_crackdown_and_the_people_taken_there_name_each_others_case() -> None:
    gathering = Assembly(id="kh-assemblies", country=("KH",))
    desk = Desk(Watchlist(defenders=(DARA,), assemblies=(gathering,)))
    broken_up = report(Act.ASSEMBLY_DISPERSAL, watch=None, assembly="kh-assemblies")
    (crackdown,) = desk.read(broken_up)
    assert crackdown.alert.title == "Assembly dispersed reported in Phnom Penh"
    (arrest,) = desk.read(report(), source="news")
    assert f"see also case {crackdown.incident.id}" in repr(arrest.alert.lines)
    desk.read(replace(broken_up, act=Act.EXCESSIVE_FORCE), source="news")
    assert len(desk.incidents()) == 2, "what was done to one gathering is one crackdown"


def test_a_place_in_another_script_speaks_against_nothing() -> None:
    gathering = Assembly(id="kh-assemblies", country=("KH",))
    desk = Desk(Watchlist(assemblies=(gathering,)))
    broken_up = report(Act.ASSEMBLY_DISPERSAL, watch=None, assembly="kh-assemblies")
    desk.read(broken_up)
    desk.read(replace(broken_up, place="ភ្នំពេញ"), source="km-news")
    assert len(desk.incidents()) == 1
    desk.read(replace(broken_up, place="Battambang"), source="third")
    assert len(desk.incidents()) == 2
