"""Whether a source, and a place, is still being heard."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from monitor.health import NEXT_STEP, coverage, next_step, rhythm, verdict
from monitor.model import FetchFailure, NotModified, Source, SourceState

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
STATE = SourceState(
    source_id="s", next_visit=NOW, visited=NOW, heard=NOW, renewed=NOW, gap_s=86_400.0, verdict="heard", why="fine"
)


def fail(kind: str = "soft") -> FetchFailure:
    return FetchFailure(kind=kind, why="no such page")


@pytest.mark.parametrize(("days", "said"), [(0, "heard"), (1.9, "heard"), (3, "quiet"), (7, "silent")])
def test_silence_is_judged_against_the_sources_own_rhythm(days: float, said: str) -> None:
    assert verdict(replace(STATE, renewed=NOW - timedelta(days=days)), NotModified(), NOW)[0] == said


def test_a_busy_newsroom_may_sleep_at_night() -> None:
    assert verdict(replace(STATE, gap_s=600.0, renewed=NOW - timedelta(hours=9)), NotModified(), NOW)[0] == "heard"


def test_a_source_without_a_known_rhythm_is_given_time() -> None:
    unknown = replace(STATE, gap_s=None, renewed=None, heard=NOW)
    assert verdict(unknown, NotModified(), NOW)[0] == "heard"
    assert verdict(replace(STATE, gap_s=None, renewed=NOW - timedelta(days=61)), NotModified(), NOW)[0] == "silent"


def test_the_reason_says_how_long_it_has_been_silent() -> None:
    said, why = verdict(replace(STATE, renewed=NOW - timedelta(days=9)), NotModified(), NOW)
    assert (said, why) == ("silent", "nothing new for 9 days; it used to bring something every 24 hours")


def test_a_move_is_told_after_a_week_with_the_new_address() -> None:
    moving = replace(STATE, moved_to="https://new.example/feed", moved_since=NOW - timedelta(days=6))
    assert verdict(moving, NotModified(), NOW)[0] == "heard"
    said, why = verdict(replace(moving, moved_since=NOW - timedelta(days=7)), NotModified(), NOW)
    assert (said, "https://new.example/feed" in why) == ("moved", True)


def test_one_slip_leaves_the_former_verdict() -> None:
    assert verdict(replace(STATE, failures=0.5), fail(), NOW) == ("heard", "fine")


@pytest.mark.parametrize(
    ("state", "outcome", "said"),
    [
        (replace(STATE, failures=2.0), fail(), "broken"),
        (replace(STATE, failures=2.0), fail("blocked"), "blocked"),
        (replace(STATE, failures=0.25, heard=NOW - timedelta(hours=25)), fail("temporary"), "broken"),
        (replace(STATE, failures=0.5), fail("hostile"), "hostile"),
        (replace(STATE, failures=6.0), fail("gone"), "broken"),
        (replace(STATE, failures=0.5, heard=None, verdict="new"), fail(), "broken"),
        (replace(STATE, failures=0.5, heard=None, verdict="new"), fail("blocked"), "blocked"),
    ],
)
def test_a_failing_source_is_told_apart(state: SourceState, outcome: FetchFailure, said: str) -> None:
    assert verdict(state, outcome, NOW)[0] == said


def test_every_verdict_has_a_next_step() -> None:
    assert set(NEXT_STEP) == {"new", "heard", "quiet", "silent", "moved", "blocked", "broken", "hostile"}
    assert "sources.yaml" in next_step("moved")


def test_a_rhythm_is_learned_slowly() -> None:
    assert rhythm(replace(STATE, renewed=None, gap_s=None), NOW) is None
    assert rhythm(replace(STATE, renewed=NOW - timedelta(hours=1), gap_s=None), NOW) == 3_600.0
    assert rhythm(replace(STATE, renewed=NOW - timedelta(hours=1), gap_s=7_200.0), NOW) == pytest.approx(6_480.0)


def sources(*groups: str) -> list[Source]:
    return [
        Source(id=f"s{i}", name="", url="", country=("KH",), language=("km-KH",), group=g) for i, g in enumerate(groups)
    ]


def states(*verdicts: str) -> dict[str, SourceState]:
    return {f"s{i}": replace(STATE, source_id=f"s{i}", verdict=v) for i, v in enumerate(verdicts)}


@pytest.mark.parametrize(
    ("groups", "verdicts", "offline", "cause", "dark"),
    [
        (("a", "b"), ("heard", "quiet"), False, "none", False),
        (("a", "b"), ("broken", "heard"), False, "publisher", False),
        (("a", "a"), ("broken", "silent"), False, "publisher", True),
        (("a", "b"), ("broken", "silent"), False, "country", True),
        (("a", "b"), ("broken", "blocked"), True, "us", True),
    ],
)
def test_the_causes_of_a_dark_place_are_kept_apart(
    groups: tuple[str, ...], verdicts: tuple[str, ...], offline: bool, cause: str, dark: bool
) -> None:
    (cell,) = coverage(sources(*groups), states(*verdicts), offline=offline)
    assert (cell.country, cell.language, cell.cause, cell.dark) == ("KH", "km", cause, dark)


def test_a_source_counts_for_each_of_its_countries_and_languages() -> None:
    wide = Source(id="w", name="", url="", country=("KH", "TH"), language=("en", "km"))
    world = Source(id="x", name="", url="")
    cells = coverage([wide, world], {})
    assert [(c.country, c.language) for c in cells] == [
        ("", ""),
        ("KH", "en"),
        ("KH", "km"),
        ("TH", "en"),
        ("TH", "km"),
    ]
    assert all(c.heard == 1 for c in cells)
