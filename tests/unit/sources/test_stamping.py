"""A source that dates its items by the moment it is asked is learnt, and one that is merely quick is not."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from monitor.sources.dates import STAMPS, stamping

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
BEFORE = NOW - timedelta(minutes=10)


def test_seven_items_dated_by_the_visit_are_enough_and_seven_honest_ones_undo_it() -> None:
    share = 0.0
    for _ in range(8):
        share = stamping(share, [NOW - timedelta(seconds=3)], BEFORE, NOW)
    assert share >= STAMPS
    for _ in range(2):
        share = stamping(share, [NOW - timedelta(minutes=7)], BEFORE, NOW)
    assert share < STAMPS


def test_a_quick_publisher_is_believed() -> None:
    share = 0.0
    for n in range(200):  # items of the last ten minutes, of every age
        share = stamping(share, [NOW - timedelta(seconds=3 * (n * 37 % 200))], BEFORE, NOW)
        assert share < STAMPS


def test_nothing_is_learnt_from_a_first_visit_close_visits_or_items_without_a_date() -> None:
    assert stamping(0.3, [NOW], None, NOW) == 0.3
    assert stamping(0.3, [NOW], NOW - timedelta(minutes=1), NOW) == 0.3
    assert stamping(0.3, [None], BEFORE, NOW) == 0.3
