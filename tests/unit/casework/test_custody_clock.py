"""The clock sounds when an answer is missing, once, and only an answer to its own question ends it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest

from monitor.casework.clock import ring
from monitor.casework.terms import Told
from monitor.config.clocks import read_clocks
from monitor.incidents.clock import Clocks, Limits
from monitor.incidents.rulings import Verb
from monitor.model import Act, Aspect, Liberty, Severity, Source
from tests.unit.casework.desk import Desk
from tests.unit.incidents.made import DAY, fact, report

HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)
STATE = Source(id="state-news", name="State News", url="https://state.example/", publisher="state", group="state-news")
DENIAL = report(aspect=Aspect.NEGATED, alerts=False, by="Police", quote="Police denied that they held anybody.")


def whys(told: Iterable[Told]) -> list[str]:
    return [line.text for one in told for line in one.alert.changes]


def test_no_whereabouts_after_18_hours_and_no_lawyer_after_48_are_raised_once_each() -> None:
    desk = Desk()
    desk.read(report())
    first = desk.wait(20 * HOUR)
    assert [t.alert.reason for t in first] == ["overdue"]
    assert "where the person is, 18 hours" in whys(first)[0]
    second = desk.wait(40 * HOUR)
    assert "lawyer" in whys(second)[0]
    assert desk.wait(300 * A_DAY) == []


def test_an_alarm_about_whereabouts_makes_the_incident_critical() -> None:
    desk = Desk()
    desk.read(report())
    assert desk.incidents()[0].severity is Severity.HIGH
    desk.wait(A_DAY)
    assert desk.incidents()[0].severity is Severity.CRITICAL


def test_where_only_the_day_is_known_the_clock_runs_from_the_end_of_that_day_there() -> None:
    desk = Desk(clocks=Clocks(zones={"KH": ZoneInfo("Asia/Phnom_Penh")}))
    desk.read(report(day=DAY + A_DAY))  # published at 09:00 UTC of that day; it ends at 17:00 UTC in Phnom Penh
    assert desk.wait(25 * HOUR) == []
    assert len(desk.wait(2 * HOUR)) == 1


def test_a_place_that_is_reported_ends_the_question_of_whereabouts_and_not_that_of_the_lawyer() -> None:
    desk = Desk()
    desk.read(report())
    desk.read(report(facts=(fact("held_at", "Prison One"),)), source="news")
    assert ["lawyer" in w for w in whys(desk.wait(60 * A_DAY))] == [True]


@pytest.mark.parametrize("said", ["denied access to a lawyer", "without a lawyer"])
def test_a_lawyer_who_was_refused_is_no_answer(said: str) -> None:
    desk = Desk()
    desk.read(report(facts=(fact("held_at", "Prison One"), fact("lawyer_contact", said))))
    assert len(desk.wait(60 * A_DAY)) == 1


def test_a_denial_by_those_in_office_and_three_copies_leave_the_question_standing() -> None:
    desk = Desk()
    desk.read(report())
    told = desk.read(DENIAL, source="news")
    assert [t.alert.reason for t in told] == ["state_changed"]
    for outlet in ("wire", "wire-two", "wire-three"):
        desk.read(report(), source=outlet)
    found = whys(desk.wait(20 * HOUR))
    assert len(found) == 1
    assert "where the person is" in found[0]


def test_what_the_state_claims_answers_nothing() -> None:
    desk = Desk(sources=[STATE])
    desk.read(report())
    desk.read(
        report(facts=(fact("held_at", "Prison One"), fact("lawyer_contact", "met her lawyer"))), source="state-news"
    )
    assert len(desk.wait(60 * A_DAY)) == 2


def test_custody_that_is_denied_is_raised_after_3_7_and_30_days_and_then_monthly_without_end() -> None:
    desk = Desk()
    desk.read(report())
    desk.read(DENIAL, source="news")
    denied = [w for w in whys(desk.wait(400 * A_DAY)) if "denied" in w]
    assert [w.split("after ")[1].split(",")[0] for w in denied[:4]] == ["3 days", "7 days", "30 days", "60 days"]
    assert len(denied) == 15


def test_a_denial_ends_with_a_place_that_somebody_outside_reports() -> None:
    desk = Desk()
    desk.read(report(facts=(fact("lawyer_contact", "no news"),)))
    desk.read(DENIAL, source="news")
    desk.wait(A_DAY * 4)
    desk.read(report(facts=(fact("held_at", "Prison One"),)), source="family-group")
    assert [w for w in whys(desk.wait(90 * A_DAY)) if "denied" in w] == []


def test_a_responders_entry_answers_like_a_report_and_undoing_it_asks_again() -> None:
    desk = Desk()
    desk.read(report(facts=(fact("held_at", "Prison One"),)))
    (made,) = desk.incidents()
    desk.rule(Verb.FACT, made.id, about="lawyer", text="saw her at noon")
    assert desk.wait(10 * A_DAY) == []
    desk.rule(Verb.UNDO, made.id)
    assert len(desk.wait(10 * A_DAY)) == 1


def test_a_deadline_past_at_the_opening_stands_in_the_first_alert_and_sounds_one_interval_later() -> None:
    desk = Desk()
    (told,) = desk.read(report(day=DAY - 9 * A_DAY))
    assert "already past: no public report of where the person is" in repr(told.alert.lines)
    assert desk.wait(17 * HOUR) == []
    assert len(desk.wait(2 * HOUR)) == 1


def test_a_reported_death_pauses_the_clocks_and_says_first_that_it_is_not_verified() -> None:
    desk = Desk()
    desk.read(report())
    (told,) = desk.read(report(Act.DEATH_IN_CUSTODY, day=DAY + A_DAY), source="news")
    assert "NOT VERIFIED" in told.alert.lines[0].text
    assert "family may not know" in told.alert.lines[0].text
    assert desk.wait(100 * A_DAY) == []
    (verified,) = desk.rule(Verb.VERIFY, told.incident.id)
    assert "NOT VERIFIED" not in repr(verified.alert.lines)


def test_a_release_ends_the_clocks_and_a_hearing_still_ahead_keeps_its_own() -> None:
    desk = Desk()
    desk.read(report())
    hearing = (fact("conditions", "on bail"), fact("next_day", str(DAY + 10 * A_DAY)))
    desk.read(report(Act.RELEASE, day=DAY + A_DAY, facts=hearing), source="news")
    found = whys(desk.wait(100 * A_DAY))
    assert found == ["the date that was set has passed, and nothing is reported of it"]


def test_what_is_told_of_the_court_after_the_hearing_answers_for_it() -> None:
    desk = Desk()
    desk.read(
        report(
            facts=(
                fact("held_at", "Prison One"),
                fact("lawyer_contact", "met her lawyer"),
                fact("next_day", str(DAY + 5 * A_DAY)),
            )
        )
    )
    desk.wait(5 * A_DAY)
    desk.read(report(Act.SENTENCE, day=DAY + 5 * A_DAY), source="news")
    assert desk.wait(100 * A_DAY) == []


@pytest.mark.parametrize("verb", [Verb.CLOSE, Verb.WRONG_PERSON, Verb.OLD_NEWS])
def test_a_case_that_is_closed_or_taken_back_is_asked_about_no_more(verb: Verb) -> None:
    desk = Desk()
    desk.read(report())
    desk.rule(verb, desk.incidents()[0].id)
    assert desk.wait(100 * A_DAY) == []


def test_whereabouts_that_are_lost_again_are_asked_for_from_that_moment() -> None:
    desk = Desk()
    contact = fact("lawyer_contact", "met her lawyer")
    desk.read(report(facts=(fact("held_at", "Prison One"), contact)))
    desk.wait(10 * A_DAY)
    desk.read(report(day=DAY, facts=(fact("held_at", "an unknown place"),)), source="news")
    assert desk.wait(17 * HOUR) == []
    assert len(desk.wait(2 * HOUR)) == 1


def test_a_daemon_that_was_away_for_months_raises_one_alarm_a_question_and_not_one_for_each_it_missed() -> None:
    desk = Desk()
    desk.read(report())
    desk.read(DENIAL, source="news")
    desk.now += 200 * A_DAY
    told = desk.database.transact_now(lambda c: ring(c, desk.terms, desk.now))
    assert len(told) == 1
    assert len(whys(list(told))[0].split(";")) == 3


def test_limits_are_read_for_all_and_for_a_country_and_mistakes_are_named() -> None:
    clocks = read_clocks("whereabouts=24h denied=1d,2d; EG: lawyer=12h")
    assert clocks.of(("KH",))[0] == Limits(whereabouts=timedelta(hours=24), denied=(A_DAY, 2 * A_DAY))
    assert clocks.of(("EG",))[0] == replace(clocks.usual, lawyer=timedelta(hours=12))
    assert str(clocks.of(("KH",))[1]) == "Asia/Phnom_Penh"
    mistakes = {
        "whereabout=1h": "whereabout",
        "lawyer=soon": "soon",
        "egypt: lawyer=1h": "egypt",
        "lawyer=1h,2h": "one span",
    }
    for wrong, said in mistakes.items():
        with pytest.raises(ValueError, match=said):
            read_clocks(wrong)


def test_liberty_is_what_the_team_knows_once_it_says_that_the_person_is_free() -> None:
    desk = Desk()
    desk.read(report())
    (told,) = desk.rule(Verb.FACT, desk.incidents()[0].id, about="freed", text="came home")
    assert told.alert.broadcast
    assert desk.incidents()[0].liberty is Liberty.FREED
    assert desk.wait(100 * A_DAY) == []
    desk.rule(Verb.UNDO, told.incident.id)
    assert desk.incidents()[0].liberty is Liberty.HELD
