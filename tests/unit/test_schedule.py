"""When a source is visited next."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from monitor.model import FetchFailure, NotModified, Response, Source, SourceState
from monitor.schedule import asked_wait, failures, next_visit, offline, pace, unreached

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
SOURCE = Source(id="s", name="s", url="https://ngo.example/feed", every_s=600)
STATE = SourceState(source_id="s", next_visit=NOW, item_hashes=b"12345678")
FAIL = FetchFailure(kind="soft", why="x")


def response(**headers: str) -> Response:
    return Response(url=SOURCE.url, status=200, headers={k.replace("_", "-"): v for k, v in headers.items()}, body=b"")


def wait(
    outcome: Response | NotModified | FetchFailure,
    state: SourceState = STATE,
    source: Source = SOURCE,
    chance: float = 0.5,
    **more: float | None,
) -> float:
    return (next_visit(source, outcome, state, now=NOW, chance=chance, **more) - NOW).total_seconds()  # type: ignore[arg-type]


def test_a_source_is_visited_at_its_interval() -> None:
    assert wait(response()) == 600.0
    assert wait(NotModified()) == 600.0


def test_visits_are_spread_by_a_tenth() -> None:
    assert [wait(response(), chance=c) for c in (0.0, 0.25, 1.0)] == [540.0, 570.0, 660.0]


@pytest.mark.parametrize(
    ("headers", "ttl_s", "seconds"),
    [
        ({"cache_control": "public, max-age=1200"}, None, 1_200.0),
        ({"cache_control": "max-age=60"}, None, 600.0),
        ({"expires": "Sun, 01 Nov 2026 12:20:00 GMT"}, None, 1_200.0),
        ({"expires": "Sun, 01 Nov 2026 12:20:00 GMT", "date": "Sun, 01 Nov 2026 12:05:00 GMT"}, None, 900.0),
        ({"expires": "Sun, 01 Nov 2026 12:20:00 GMT", "cache_control": "max-age=700"}, None, 700.0),
        ({"expires": "0"}, None, 600.0),
        ({}, 1_800.0, 1_800.0),
        ({"cache_control": "max-age=31536000"}, None, 3_600.0),
        ({}, 604_800.0, 3_600.0),
    ],
)
def test_the_longest_hint_counts_up_to_an_hour(headers: dict[str, str], ttl_s: float | None, seconds: float) -> None:
    assert wait(response(**headers), ttl_s=ttl_s) == seconds


def test_hints_of_a_source_on_our_own_network_do_not_count() -> None:
    own = replace(SOURCE, allow_private=True, every_s=1)
    assert wait(response(cache_control="max-age=600"), source=own) == 1.0


def test_no_public_source_is_visited_more_than_once_a_minute() -> None:
    assert wait(response(), replace(STATE, pace=0.1), replace(SOURCE, every_s=120)) == 60.0


def test_a_document_that_turns_over_too_fast_is_visited_sooner_and_recovers() -> None:
    assert wait(response(cache_control="max-age=3600"), seen_share=0.1) == 300.0
    assert [
        pace(replace(STATE, pace=p), s) for p, s in ((1.0, 0.0), (0.15, 0.0), (0.5, 0.5), (0.5, 1.0), (0.8, 1.0))
    ] == [0.5, 0.1, 0.5, 0.75, 1.0]


def test_a_first_document_says_nothing_about_pace() -> None:
    assert pace(replace(STATE, item_hashes=b""), 0.0) == 1.0
    assert pace(STATE, None) == 1.0


def test_waits_grow_with_the_failures_and_end_at_the_ceiling_of_their_class() -> None:
    grown = [wait(FAIL, replace(STATE, failures=f)) for f in (0.0, 0.5, 2.5, 60.0)]
    assert grown == pytest.approx([848.5, 1_200.0, 4_800.0, 21_600.0], abs=0.1)
    ceilings = {
        k: wait(FetchFailure(kind=k, why=""), replace(STATE, failures=60.0))
        for k in ("temporary", "hard", "hostile", "blocked", "gone")
    }
    assert ceilings == {
        "temporary": 3_600.0,
        "hard": 86_400.0,
        "hostile": 86_400.0,
        "blocked": 43_200.0,
        "gone": 604_800.0,
    }


def test_a_slow_source_is_not_visited_sooner_because_it_fails() -> None:
    assert wait(FAIL, source=replace(SOURCE, every_s=90_000)) == 90_000.0


def test_a_publisher_that_sends_us_away_is_obeyed_for_a_day_at_most() -> None:
    away = FetchFailure(kind="temporary", why="", status=429, retry_after_s=7_200.0)
    assert [wait(away, chance=c) for c in (0.0, 1.0)] == [7_200.0, 7_920.0]
    assert wait(replace(away, retry_after_s=1e12), chance=0.0) == 86_400.0


def test_while_we_are_offline_a_failure_neither_weighs_nor_delays() -> None:
    known = replace(STATE, failures=8.0)
    assert (next_visit(SOURCE, FAIL, known, offline=True, now=NOW, chance=0.5) - NOW) == timedelta(minutes=2)
    assert (failures(known, FAIL, offline=True), failures(known, FAIL), failures(known, NotModified())) == (
        8.0,
        8.5,
        0.0,
    )


@pytest.mark.parametrize(
    ("lost", "answered", "cut_off"),
    [(4, 0, True), (3, 0, False), (3, 2, True), (4, 4, False), (0, 9, False), (0, 0, False)],
)
def test_we_are_offline_when_most_unrelated_publishers_fail_together(lost: int, answered: int, cut_off: bool) -> None:
    assert offline(lost + answered, lost) is cut_off


def test_a_refusal_proves_the_way_is_open() -> None:
    assert not unreached(FetchFailure(kind="soft", why="x", status=500))
    assert not unreached(NotModified())
    assert unreached(FetchFailure(kind="temporary", why="no complete answer in time"))


def test_hints_are_read_leniently() -> None:
    assert [
        asked_wait(response(cache_control=c), None, NOW)
        for c in ('max-age="90"', "MAX-AGE=90", "max-age=x", "max-age=²", "no-store")
    ] == [90, 90, 0, 0, 0]
