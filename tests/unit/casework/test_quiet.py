"""What a silence, a hold or a mute kept back is told once when it is over, and nothing is dropped."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from alerts import inbox, outbox
from monitor.incidents.rulings import Verb
from monitor.incidents.silence import Silence
from monitor.model import Liberty, Watchlist
from monitor.store import rulings
from monitor.terms import Act
from tests.unit.casework.desk import Desk
from tests.unit.incidents.made import DARA, DAY, fact, report

A_DAY = timedelta(days=1)


def ask(desk: Desk, **said: object) -> Silence:
    asked = Silence(by="mara", made=desk.now, until=desk.now + 2 * A_DAY, reason="the family asked", **said)  # type: ignore[arg-type]
    return desk.database.transact_now(lambda c: rulings.silence(c, asked))


def test_an_arrest_under_a_hold_is_told_when_the_hold_ends_by_itself() -> None:
    desk = Desk()
    ask(desk, watch="kh-0001", hold=True)
    assert desk.read(report()) == []
    desk.read(report(), source="news")
    told = [t for t in desk.wait(3 * A_DAY) if t.alert.reason == "first_report"]
    assert len(told) == 1
    assert "kept back since" in " ".join(line.text for line in told[0].alert.lines)


def test_a_release_under_a_hold_is_told_as_it_stands_when_the_hold_is_ended_by_hand() -> None:
    desk = Desk()
    (first,) = desk.read(report())
    hold = ask(desk, incident=first.incident.id, hold=True)
    assert desk.read(report(Act.RELEASE, day=DAY + A_DAY), source="news") == []
    assert desk.look() == []
    desk.database.transact_now(lambda c: rulings.end_silence(c, hold.id, desk.now))
    (told,) = desk.look()
    assert told.incident.liberty is Liberty.FREED
    assert told.alert.thread == first.alert.thread
    assert desk.look() == []


def test_what_a_mute_kept_back_is_told_once_and_never_what_the_team_knows_already() -> None:
    for verb, after in ((Verb.MUTE, 1), (Verb.KNOWN, 0)):
        desk = Desk()
        (first,) = desk.read(report())
        desk.rule(verb, first.incident.id, until=desk.now + timedelta(hours=2))
        assert desk.read(report(facts=(fact("charge"),)), source="news") == []
        told = desk.wait(timedelta(hours=3))
        assert len([t for t in told if t.alert.reason == "material_fact"]) == after


def test_the_operator_hears_that_a_silence_is_over_once() -> None:
    desk = Desk()
    ask(desk, country="KH")
    desk.read(report(Act.SMEAR))
    before = desk.queued()
    desk.wait(3 * A_DAY)
    waiting = desk.queued()
    assert waiting > before
    desk.look()
    assert desk.queued() == waiting


def test_a_press_is_recorded_once_and_takes_the_alert_back() -> None:
    desk = Desk()
    (first,) = desk.read(report())
    for _ in range(2):
        desk.database.transact_now(
            lambda c: inbox.put(c, "press-1", first.alert.thread, "wrong-person", "Mara", desk.now)
        )
    (told,) = desk.look()
    assert told.alert.reason == "withdrawn"
    (kept,) = desk.database.read_now(lambda c: rulings.of_incident(c, first.incident.id))
    assert (kept.verb, kept.by) == (Verb.WRONG_PERSON, "Mara")
    assert desk.look() == []


def test_a_press_under_a_message_about_several_people_counts_for_each_and_never_takes_one_of_them_back() -> None:
    three = tuple(
        replace(DARA, id=f"kh-{n}", name=name) for n, name in enumerate(("Sok Dara", "Chan Bopha", "Keo Vanna"))
    )
    desk = Desk(Watchlist(defenders=three))
    (told,) = desk.read(*(report(watch=d.id) for d in three))
    assert len({i.id for i in desk.incidents()}) == 3
    for number, action in enumerate(("take", "wrong-person")):
        desk.database.transact_now(
            lambda c, n=number, a=action: inbox.put(c, f"press-{n}", told.alert.thread, a, "Mara", desk.now)
        )
    assert desk.look() == []
    for one in desk.incidents():
        assert [r.verb for r in desk.database.read_now(lambda c, i=one: rulings.of_incident(c, i.id))] == [Verb.TAKE]


def test_a_press_on_a_thread_that_nobody_knows_holds_nothing_up() -> None:
    desk = Desk()
    desk.database.transact_now(lambda c: inbox.put(c, "press-1", "i-none", "take", "Mara", desk.now))
    assert desk.look() == []
    assert desk.database.read_now(inbox.take) == ()
    assert desk.database.read_now(lambda c: outbox.pressing(c, desk.now)) == 0
