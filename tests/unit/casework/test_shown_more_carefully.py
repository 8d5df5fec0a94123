"""When a person is to be shown more carefully, what was told before is rewritten, also in messages with others."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from alerts.model import AlertKind
from monitor.casework.stricter import tighten
from monitor.casework.terms import Told
from monitor.model import Sensitivity, Watchlist
from tests.unit.casework.desk import Desk
from tests.unit.casework.test_people_taken_together import EVERYBODY, MANY, taken
from tests.unit.incidents.made import DARA, LIST, report


def tightened(desk: Desk, watchlist: Watchlist) -> tuple[Told, ...]:
    desk.terms = replace(desk.terms, watchlist=watchlist)
    desk.now += timedelta(minutes=1)
    return desk.database.transact_now(lambda c: tighten(c, desk.terms, desk.now))


def test_a_code_name_takes_the_place_of_the_name_in_the_message_that_went_out() -> None:
    desk = Desk()
    assert tightened(desk, LIST) == ()
    (first,) = desk.read(report())
    hidden = replace(DARA, sensitivity=Sensitivity.CODENAME, codename="MEKONG-7")
    (again,) = tightened(desk, Watchlist(defenders=(hidden,)))
    assert again.alert.thread == first.alert.thread
    assert again.alert.revision > first.alert.revision
    assert "MEKONG-7" in again.alert.title
    assert "Dara" not in repr(again.alert)
    assert tightened(desk, Watchlist(defenders=(hidden,))) == ()


def test_a_silent_case_is_taken_back_where_it_was_told() -> None:
    desk = Desk()
    tightened(desk, LIST)
    desk.read(report())
    silent = replace(DARA, sensitivity=Sensitivity.SILENT, silent_to=("duty",))
    (back,) = tightened(desk, Watchlist(defenders=(silent,)))
    assert back.alert.kind is AlertKind.CANCEL
    assert back.alert.only_to is None, "it goes where the first message went"
    assert "Dara" not in repr(back.alert)


def test_being_shown_more_openly_rewrites_nothing() -> None:
    hidden = Watchlist(defenders=(replace(DARA, sensitivity=Sensitivity.CODENAME),))
    desk = Desk(hidden)
    tightened(desk, hidden)
    desk.read(report())
    assert tightened(desk, LIST) == ()


def test_a_message_about_several_people_is_told_again_without_the_one() -> None:
    desk = Desk(EVERYBODY)
    tightened(desk, EVERYBODY)
    (first,) = desk.read(taken(0), taken(1), taken(2), taken(3))
    hidden = replace(MANY[1], sensitivity=Sensitivity.CODENAME, codename="MEKONG-7")
    told = tightened(desk, Watchlist(defenders=(MANY[0], hidden, *MANY[2:])))
    shared = next(t.alert for t in told if t.alert.thread == first.alert.thread)
    assert "Chan Bopha" not in repr(shared)
    assert "Sok Dara" in repr(shared)
