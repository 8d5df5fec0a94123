"""Any order of arrival and any shift of dates: which reports become one incident."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.model import Act, Report
from tests.unit.incidents.made import DAY, report, told

APART = 12  #: days between two arrests of one person in these tests; reports err by up to a day each way
FOLLOW = (Act.CHARGE, Act.TRIAL, Act.RELEASE)


def story(arrests: Sequence[Sequence[int]]) -> list[Report]:
    """Reports on several arrests of one person; each is named after the arrest it is about."""
    return [
        report(article_id=f"{n}-{k}", day=DAY + timedelta(days=n * APART + off))
        for n, offs in enumerate(arrests)
        for k, off in enumerate(offs)
    ]


def partition(reports: Sequence[Report]) -> dict[str, str]:
    steps = told(*[(r, f"outlet-{n % 3}") for n, r in enumerate(reports)])
    return {r.article_id: a.after.id for r, (a, _) in zip(reports, steps, strict=True) if a.after}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.lists(st.integers(-1, 1), min_size=1, max_size=4), min_size=1, max_size=4).flatmap(
        lambda arrests: st.permutations(story(arrests))
    )
)
def test_in_any_order_the_reports_of_one_arrest_are_one_incident_and_of_two_are_two(reports: list[Report]) -> None:
    where = partition(reports)
    for one, other in combinations(where, 2):
        assert (one.split("-")[0] == other.split("-")[0]) == (where[one] == where[other])


@settings(max_examples=40, deadline=None)
@given(st.permutations(range(6)), st.lists(st.sampled_from((0, 3, -3)), min_size=6, max_size=6))
def test_dates_that_are_days_off_lose_no_arrest(order: list[int], shifts: list[int]) -> None:
    made = [report(article_id=f"{n // 3}-{n % 3}", day=DAY + timedelta(days=(n // 3) * 20)) for n in range(6)]
    moved = [
        replace(r, occurrence=report(day=r.occurrence.first + timedelta(days=s)).occurrence) if r.occurrence else r
        for r, s in zip(made, shifts, strict=True)
    ]
    where = partition([moved[n] for n in order])
    assert not {where[a] for a in where if a[0] == "0"} & {where[a] for a in where if a[0] == "1"}


@settings(max_examples=40, deadline=None)
@given(st.permutations(FOLLOW))
def test_steps_of_a_case_stay_with_its_arrest_in_any_order(order: list[Act]) -> None:
    made = [
        report(article_id="arrest"),
        *(report(act, DAY + timedelta(days=20), article_id=act.value) for act in order),
    ]
    assert len(set(partition(made).values())) == 1
