"""Clocks, rulings, silences, groups and names come back as they were, on every database."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection

from monitor.errors import StoreError
from monitor.incidents.groups import Count, Group, GroupKind
from monitor.incidents.rulings import Ruling, Verb
from monitor.incidents.silence import Silence
from monitor.model import Occurrence
from monitor.store import articles, clocks, groups, incidents, people, reports, rulings, searched, sketches
from monitor.store.database import Database
from tests.fakes import stored
from tests.fakes.stored import DAY, HOSTILE, NOW

HOUR = timedelta(hours=1)


@pytest.fixture
def kept(database: Database) -> Database:
    def write(connection: Connection) -> None:
        articles.add(connection, [stored.reading()])
        incidents.save(connection, stored.incident())

    database.transact_now(write)
    return database


def test_a_clock_is_due_when_it_was_wound_to_and_not_after_it_was_stopped(kept: Database) -> None:
    kept.transact_now(lambda c: clocks.wind(c, "i-1", NOW + HOUR))
    kept.transact_now(lambda c: clocks.wind(c, "i-1", NOW + 2 * HOUR))
    assert kept.read_now(clocks.soonest) == NOW + 2 * HOUR
    assert kept.read_now(lambda c: clocks.due(c, NOW + HOUR, 9)) == []
    assert kept.read_now(lambda c: clocks.due(c, NOW + 2 * HOUR, 9)) == ["i-1"]
    kept.transact_now(lambda c: clocks.wind(c, "i-1", None))
    assert kept.read_now(clocks.soonest) is None


def test_an_alarm_never_sounds_twice(kept: Database) -> None:
    kept.transact_now(lambda c: clocks.sound(c, "i-1", ["lawyer|1"], NOW))
    with pytest.raises(StoreError):
        kept.transact_now(lambda c: clocks.sound(c, "i-1", ["lawyer|1"], NOW))
    assert kept.read_now(lambda c: clocks.sounded(c, "i-1")) == {"lawyer|1"}


def test_rulings_come_back_in_order_with_their_numbers(kept: Database) -> None:
    first = Ruling(incident="i-1", verb=Verb.NOTE, by=HOSTILE, at=NOW, text=HOSTILE, articles=("a1",), reports=(1, 2))
    merge = Ruling(incident="i-1", verb=Verb.MERGE, by="mara", at=NOW, other="i-2")
    one = kept.transact_now(lambda c: rulings.add(c, first))
    two = kept.transact_now(lambda c: rulings.add(c, merge))
    assert one == replace(first, id=one.id)
    assert two.id > one.id
    assert kept.read_now(lambda c: rulings.of_incident(c, "i-1")) == [one, two]


def test_a_silence_is_in_force_until_it_ends_or_is_ended(kept: Database) -> None:
    asked = Silence(by="mara", made=NOW, until=NOW + HOUR, reason=HOSTILE, hold=True, to=("duty",))
    made = kept.transact_now(lambda c: rulings.silence(c, asked))
    assert kept.read_now(lambda c: rulings.silences_at(c, NOW)) == [made]
    assert kept.read_now(lambda c: rulings.silences_at(c, NOW + HOUR)) == []
    assert kept.transact_now(lambda c: rulings.end_silence(c, made.id, NOW))
    assert not kept.transact_now(lambda c: rulings.end_silence(c, made.id, NOW))
    assert kept.read_now(lambda c: rulings.silences_at(c, NOW + HOUR, past=True)) == [replace(made, ended=NOW)]


def test_groups_are_found_by_country_and_day_and_members_in_the_order_asked(kept: Database) -> None:
    made = Group(
        id="g-1", kind=GroupKind.HAPPENING, country="KH", place=HOSTILE.replace("\x00", ""), occurrence=DAY, opened=NOW, updated=NOW,
        members=("i-1",), counts=(Count(publisher="A", number=4),),
    )  # fmt: skip
    kept.transact_now(lambda c: groups.save(c, made))
    assert kept.read_now(lambda c: groups.around(c, "KH", DAY.first, DAY.last)) == [made]
    assert kept.read_now(lambda c: groups.around(c, "TH", DAY.first, DAY.last)) == []
    surge = replace(made, id="u-1", kind=GroupKind.SURGE)
    kept.transact_now(lambda c: groups.save(c, surge))
    assert kept.read_now(lambda c: groups.surge_since(c, "KH", NOW)) == surge
    assert [i.id for i in kept.read_now(lambda c: groups.members(c, ("i-2", "i-1")))] == ["i-1"]
    taken = stored.incident(
        "i-3", occurrence=Occurrence(DAY.first - timedelta(days=40), DAY.first - timedelta(days=40))
    )
    kept.transact_now(lambda c: incidents.save(c, taken))
    day = DAY.first
    assert kept.read_now(lambda c: groups.how_many_taken(c, "KH", day, day + timedelta(days=1))) == 1
    assert len(kept.read_now(lambda c: groups.taken(c, "KH", day - timedelta(days=60), day))) == 2


def test_reports_move_and_are_told_with_their_source_and_hour(kept: Database) -> None:
    kept.transact_now(lambda c: incidents.save(c, stored.incident("i-2")))
    kept.transact_now(lambda c: reports.add(c, [(stored.report(), "i-1")]))
    ((number, report),) = kept.read_now(lambda c: reports.numbered(c, "i-1"))
    kept.transact_now(lambda c: reports.move(c, [number], "i-2"))
    assert kept.read_now(lambda c: reports.told(c, "i-1")) == []
    assert kept.read_now(lambda c: reports.told(c, "i-2")) == [(report, "a-paper", NOW)]


def test_sketches_names_and_what_was_searched_for_are_kept_once(kept: Database) -> None:
    for _ in range(2):
        kept.transact_now(lambda c: sketches.add(c, "a1", b"\x00\xff" * 9))
        kept.transact_now(lambda c: people.add(c, HOSTILE, "i-1", "a1", NOW))
        kept.transact_now(lambda c: searched.done(c, {"kh-0001": "digest"}, NOW))
    assert kept.read_now(lambda c: sketches.of(c, ["a1", "a2"])) == {"a1": b"\x00\xff" * 9}
    assert len(kept.read_now(lambda c: people.listing(c, 9))) == 1
    assert kept.read_now(searched.digests) == {"kh-0001": "digest"}
    assert kept.transact_now(lambda c: people.delete_before(c, NOW + HOUR)) == 1


def test_articles_are_paged_through_from_a_moment_on(kept: Database) -> None:
    kept.transact_now(lambda c: articles.add(c, [stored.reading("a2"), stored.reading("a3", seen=NOW - HOUR)]))
    assert [a.id for a in kept.read_now(lambda c: articles.since(c, NOW, "", 9))] == ["a1", "a2"]
    assert [a.id for a in kept.read_now(lambda c: articles.since(c, NOW, "a1", 9))] == ["a2"]
