"""What is remembered of a source comes back as it was, and only what should be visited is due."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from monitor.errors import StoreError
from monitor.model import SourceState
from monitor.store import sources
from monitor.store.database import Database
from tests.fakes.stored import HOSTILE, NOW, STORABLE

SECRET = b"s" * 32
HOUR = timedelta(hours=1)


def test_a_new_source_is_due_at_once_and_remembers_nothing(database: Database) -> None:
    database.transact_now(lambda c: sources.ensure(c, ["a", "b", "a"], NOW))
    assert database.read_now(lambda c: sources.due(c, NOW, 10)) == [
        SourceState(source_id="a", next_visit=NOW),
        SourceState(source_id="b", next_visit=NOW),
    ]


def test_a_source_comes_back_as_it_was_saved(database: Database) -> None:
    state = SourceState(
        source_id="a",
        etag=f'W/"{HOSTILE}"',
        last_modified="Sat, 14 Mar 2026 09:26:53 GMT",
        body_digest=bytes(range(32)),
        item_hashes=bytes(range(256)) * 40,
        next_visit=NOW + HOUR,
        visited=NOW,
        heard=NOW - HOUR,
        unconditional=NOW - 2 * HOUR,
        failures=1.75,
        greeted=True,
        moved_to="https://elsewhere.example/feed" + "x" * 10_000,
        moved_since=NOW - 3 * HOUR,
        verdict="moved",
        why=HOSTILE,
        renewed=NOW - 4 * HOUR,
        gap_s=1234.5,
        pace=0.5,
    )
    database.transact_now(lambda c: sources.ensure(c, ["a", "b"], NOW))
    database.transact_now(lambda c: sources.save(c, [state]))
    assert database.read_now(sources.states) == {
        "a": replace(state, etag=f'W/"{STORABLE}"', why=STORABLE),
        "b": SourceState(source_id="b", next_visit=NOW),
    }


def test_a_source_that_is_known_keeps_its_memory_when_the_configuration_is_read_again(database: Database) -> None:
    later = SourceState(source_id="a", next_visit=NOW + HOUR, greeted=True)
    database.transact_now(lambda c: sources.ensure(c, ["a"], NOW))
    database.transact_now(lambda c: sources.save(c, [later]))
    database.transact_now(lambda c: sources.ensure(c, ["a", "b"], NOW))
    assert database.read_now(sources.states)["a"] == later


def test_the_longest_overdue_sources_come_first_and_no_more_than_asked(database: Database) -> None:
    ages = {"a": 1, "b": 3, "c": 2, "d": -1}
    database.transact_now(lambda c: sources.ensure(c, ages, NOW))
    database.transact_now(
        lambda c: sources.save(c, [SourceState(source_id=i, next_visit=NOW - n * HOUR) for i, n in ages.items()])
    )
    assert _due(database, 10) == ["b", "c", "a"]
    assert _due(database, 2) == ["b", "c"]
    assert _due(database, 0) == []


def test_sources_that_are_being_visited_do_not_hide_the_others(database: Database) -> None:
    database.transact_now(lambda c: sources.ensure(c, [f"s{i}" for i in range(5)], NOW))
    assert _due(database, 2, {"s0", "s1", "s3"}) == ["s2", "s4"]


def test_a_source_that_is_configured_no_more_is_never_due_and_hides_nobody(database: Database) -> None:
    database.transact_now(lambda c: sources.ensure(c, ["a", "b", "c"], NOW))
    database.transact_now(lambda c: sources.ensure(c, ["c"], NOW + HOUR))
    assert _due(database, 1) == ["c"]
    assert list(database.read_now(sources.states)) == ["c"]


def test_a_source_that_comes_back_has_not_forgotten(database: Database) -> None:
    greeted = SourceState(source_id="a", next_visit=NOW, greeted=True, etag='"7"')
    database.transact_now(lambda c: sources.ensure(c, ["a"], NOW))
    database.transact_now(lambda c: sources.save(c, [greeted]))
    for configured in ([], ["a"]):
        database.transact_now(lambda c, ids=configured: sources.ensure(c, ids, NOW))
    assert database.read_now(lambda c: sources.due(c, NOW, 1)) == [greeted]


def test_a_visit_that_ends_after_its_source_was_removed_does_not_bring_it_back(database: Database) -> None:
    database.transact_now(lambda c: sources.ensure(c, ["a"], NOW))
    database.transact_now(lambda c: sources.ensure(c, [], NOW))
    database.transact_now(lambda c: sources.save(c, [SourceState(source_id="a", next_visit=NOW)]))
    assert _due(database, 1) == []


@pytest.mark.parametrize(
    "state",
    [
        SourceState(source_id="a", next_visit=datetime(2038, 1, 19, 3, 14, 7, tzinfo=UTC)),
        SourceState(source_id="a", next_visit=NOW + HOUR, visited=NOW + HOUR - timedelta(minutes=10)),
    ],
    ids=["planned in another age", "visited in the future"],
)
def test_a_clock_that_ran_ahead_silences_no_source(database: Database, state: SourceState) -> None:
    database.transact_now(lambda c: sources.ensure(c, ["a"], NOW))
    database.transact_now(lambda c: sources.save(c, [state]))
    assert database.transact_now(lambda c: sources.mend(c, NOW)) == 1
    assert _due(database, 1) == ["a"]
    assert database.transact_now(lambda c: sources.mend(c, NOW)) == 0


def test_a_time_without_a_zone_is_refused(database: Database) -> None:
    with pytest.raises(StoreError, match="a time without a zone cannot be stored"):
        database.transact_now(lambda c: sources.ensure(c, ["a"], datetime(2026, 3, 14)))


def _due(database: Database, limit: int, busy: set[str] | None = None) -> list[str]:
    return [s.source_id for s in database.read_now(lambda c: sources.due(c, NOW, limit, busy or set()))]
