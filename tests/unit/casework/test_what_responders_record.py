"""A responder's word outranks the programme's, is kept with who and when, sticks, and can be undone."""

from __future__ import annotations

from datetime import timedelta

import pytest

from alerts.model import AlertKind
from monitor.casework import verbs
from monitor.cli.incident_shown import patch, plain, whole
from monitor.errors import CaseworkError
from monitor.incidents.rulings import Verb
from monitor.incidents.silence import Silence
from monitor.model import Act, Liberty
from monitor.store import rulings
from tests.unit.casework.desk import Desk
from tests.unit.incidents.made import DAY, fact, report

HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)
WORDS = " ".join(f"word{n}" for n in range(80))


def silence(desk: Desk, **said: object) -> Silence:
    asked = Silence(by="mara", made=desk.now, until=desk.now + 5 * A_DAY, reason="the family asked", **said)  # type: ignore[arg-type]
    return desk.database.transact_now(lambda c: rulings.silence(c, asked))


def test_an_alert_about_the_wrong_person_is_taken_back_without_a_name() -> None:
    desk = Desk()
    (told,) = desk.read(report())
    (back,) = desk.rule(Verb.WRONG_PERSON, told.incident.id)
    assert back.alert.kind is AlertKind.CANCEL
    assert back.alert.thread == told.alert.thread
    assert "not this person" in back.alert.title
    assert "Dara" not in repr(back.alert)


def test_a_copy_of_what_was_taken_back_tells_nobody_and_another_report_is_told_as_its_own() -> None:
    desk = Desk()
    (told,) = desk.read(report(), text=WORDS)
    desk.rule(Verb.WRONG_PERSON, told.incident.id)
    assert desk.read(report(), source="wire", text=WORDS) == []
    (fresh,) = desk.read(report(), source="bar-association", text=WORDS[::-1])
    assert fresh.alert.reason == "first_report"
    assert fresh.incident.id != told.incident.id


def test_a_withdrawal_that_is_undone_is_corrected_in_the_same_thread() -> None:
    desk = Desk()
    (told,) = desk.read(report())
    desk.rule(Verb.OLD_NEWS, told.incident.id)
    (again,) = desk.rule(Verb.UNDO, told.incident.id)
    assert again.alert.reason == "corrected"
    assert again.alert.thread == told.alert.thread


def test_the_wrong_person_suggests_a_rule_for_the_watchlist() -> None:
    desk = Desk()
    (told,) = desk.read(report(quote="Police arrested the club's striker Sok Dara on Friday."))
    assert "striker" in desk.database.read_now(lambda c: patch(c, told.incident.id, desk.terms))


def test_two_incidents_that_are_one_become_one_and_the_old_id_leads_there() -> None:
    desk = Desk()
    (first,) = desk.read(report())
    desk.wait(10 * HOUR)
    (second,) = desk.read(report(day=DAY - 5 * A_DAY), source="news")
    told = desk.rule(Verb.MERGE, second.incident.id, other=first.incident.id)
    assert {t.alert.reason for t in told} == {"merged"}
    assert {t.alert.thread for t in told} == {first.incident.id, second.incident.id}
    assert not any(t.alert.broadcast for t in told)
    found = desk.database.read_now(lambda c: verbs.resolve(c, second.incident.id))
    assert found.id == first.incident.id
    assert len(found.articles) == 2
    desk.read(report(day=DAY - 5 * A_DAY), source="third")
    assert len(desk.incidents()) == 2, "what fits the part goes to the whole"


def test_after_a_merge_nothing_joins_the_part_and_undoing_it_puts_everything_back() -> None:
    desk = Desk()
    (first,) = desk.read(report())
    (second,) = desk.read(report(day=DAY - 5 * A_DAY), source="news")
    before = {i.id: (i.articles, i.liberty, i.acts) for i in desk.incidents()}
    desk.rule(Verb.MERGE, second.incident.id, other=first.incident.id)
    desk.rule(Verb.UNDO, second.incident.id)
    assert {i.id: (i.articles, i.liberty, i.acts) for i in desk.incidents()} == before


def test_an_incident_that_a_split_frees_is_told_as_new_and_its_copies_stay_apart() -> None:
    desk = Desk()
    (told,) = desk.read(report(), article="one")
    desk.read(report(day=DAY + A_DAY), source="news", article="two", text=WORDS)
    assert len(desk.incidents()) == 1
    (fresh,) = desk.rule(Verb.SPLIT, told.incident.id, articles=("two",))
    assert fresh.alert.reason == "first_report"
    assert fresh.incident.articles == ("two",)
    desk.read(report(day=DAY + A_DAY), source="wire", article="three", text=WORDS)
    held = {i.id: i.articles for i in desk.incidents()}
    assert held == {told.incident.id: ("one",), fresh.incident.id: ("two", "three")}


def test_a_split_that_is_undone_leaves_one_incident_and_both_ids_lead_to_it() -> None:
    desk = Desk()
    (told,) = desk.read(report(), article="one")
    desk.read(report(), source="news", article="two")
    (fresh,) = desk.rule(Verb.SPLIT, told.incident.id, articles=("two",))
    desk.rule(Verb.UNDO, told.incident.id)
    found = desk.database.read_now(lambda c: verbs.resolve(c, fresh.incident.id))
    assert found.id == told.incident.id
    assert found.articles == ("one", "two")


def test_an_article_that_was_moved_never_comes_back_and_takes_its_state_along() -> None:
    desk = Desk()
    (first,) = desk.read(report(), article="one")
    (second,) = desk.read(report(day=DAY - 30 * A_DAY), article="old")
    desk.read(report(Act.RELEASE, day=DAY + A_DAY), source="news", article="free")
    assert {i.id: i.liberty for i in desk.incidents()}[first.incident.id] is Liberty.FREED
    desk.rule(Verb.MOVE, first.incident.id, articles=("free",), other=second.incident.id)
    assert {i.id: i.liberty for i in desk.incidents()} == {
        first.incident.id: Liberty.HELD, second.incident.id: Liberty.FREED,
    }  # fmt: skip


def test_only_what_cannot_wait_comes_through_a_mute_a_silence_and_what_the_team_knows() -> None:
    for how in ("mute", "silence", "known"):
        desk = Desk()
        (told,) = desk.read(report(), article="one")
        if how == "silence":
            silence(desk, watch="kh-0001")
        else:
            desk.rule(Verb(how), told.incident.id, until=desk.now + 5 * A_DAY)
        assert desk.read(report(facts=(fact("charge"),)), source="news") == []
        assert any(w.startswith("kept silent") for w in desk.counted)
        (freed,) = desk.read(report(Act.RELEASE, day=DAY + A_DAY), source="news")
        assert freed.alert.reason == "state_changed"


def test_nothing_comes_through_a_hold_but_to_the_channels_it_names() -> None:
    desk = Desk()
    (told,) = desk.read(report())
    kept = silence(desk, incident=told.incident.id, hold=True)
    assert desk.read(report(Act.RELEASE, day=DAY + A_DAY), source="news") == []
    desk.database.transact_now(lambda c: rulings.end_silence(c, kept.id, desk.now))
    silence(desk, incident=told.incident.id, hold=True, to=("terminal",))
    (heard,) = desk.read(report(Act.DEATH_IN_CUSTODY, day=DAY + A_DAY), source="news")
    assert heard.alert.only_to == ("terminal",)


def test_a_silence_ends_by_itself_and_what_it_kept_back_is_then_told_as_new() -> None:
    desk = Desk()
    silence(desk, country="KH")
    assert desk.read(report(Act.SMEAR)) == []
    (told,) = desk.wait(6 * A_DAY)
    assert told.alert.reason == "first_report"
    assert desk.wait(A_DAY) == []


def test_that_somebody_is_taken_comes_through_a_silence_and_not_through_a_hold() -> None:
    for hold in (False, True):
        desk = Desk()
        silence(desk, watch="kh-0001", hold=hold)
        assert len(desk.read(report())) == (0 if hold else 1)


def test_what_is_known_and_who_is_on_it_stand_in_the_next_message() -> None:
    desk = Desk()
    (told,) = desk.read(report())
    desk.rule(Verb.TAKE, told.incident.id)
    (said,) = desk.rule(Verb.FACT, told.incident.id, about="lawyer", text="saw her at noon")
    text = repr(said.alert.lines)
    assert "saw her at noon" in text
    assert "mara" in text
    missing = next(line.text for line in said.alert.lines if line.label == "Not known yet")
    assert "lawyer contact" not in missing
    assert "who is on it" not in missing


def test_everything_recorded_is_shown_with_who_and_when() -> None:
    desk = Desk()
    (told,) = desk.read(report())
    desk.rule(Verb.NOTE, told.incident.id, text="called the bar association")
    desk.rule(Verb.UNDO, told.incident.id)
    shown = desk.database.read_now(lambda c: whole(c, told.incident.id, desk.terms, desk.now))
    assert [(r["verb"], r["by"], r["in_force"]) for r in shown["recorded"]] == [
        ("note", "mara", False),
        ("undo", "mara", False),
    ]
    assert "called the bar association" in plain(shown)


@pytest.mark.parametrize(
    ("verb", "said", "why"),
    [
        (Verb.UNDO, {}, "nothing of this incident to undo"),
        (Verb.MERGE, {"other": "i-nobody"}, "there is no incident"),
        (Verb.SPLIT, {"articles": ("one",)}, "some, and not all"),
    ],
)
def test_what_makes_no_sense_is_refused_and_changes_nothing(verb: Verb, said: dict[str, object], why: str) -> None:
    desk = Desk()
    (told,) = desk.read(report(), article="one")
    with pytest.raises(CaseworkError, match=why):
        desk.rule(verb, told.incident.id, **said)
    assert desk.database.read_now(lambda c: rulings.of_incident(c, told.incident.id)) == []
