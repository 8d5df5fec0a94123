"""When it happened: days as written or counted from publication; empty rather than wrong."""

from __future__ import annotations

import pytest

from tests.unit.detect.reading import read


def occurrence(text: str, published: str | None = "2024-05-14") -> str | None:
    """The date of the first event of a text."""
    event = read(text, published=published).events[0]
    return str(event.occurrence) if event.occurrence else None


@pytest.mark.parametrize(
    ("when", "expected"),
    [
        ("on 11 May 2024", "2024-05-11"),
        ("on May 11, 2024", "2024-05-11"),
        ("on 11 May", "2024-05-11"),
        ("on 30 December", "2023-12-30"),
        ("on Saturday", "2024-05-11"),
        ("on Tuesday", "2024-05-14"),
        ("yesterday", "2024-05-13"),
        ("today", "2024-05-14"),
        ("on 11/05/2024", "2024-05-11"),
        ("on 2024-05-11", "2024-05-11"),
        ("in April 2024", "2024-04"),
        ("in 2019", "2019"),
        ("on 31 February", None),
        ("at noon", None),
    ],
)
def test_a_day_is_read(when: str, expected: str | None) -> None:
    assert occurrence(f"The activist Ana Velt was arrested {when}.") == expected


@pytest.mark.parametrize("when", ["on Saturday", "yesterday", "on 11 May"])
def test_without_publication_a_relative_day_stays_empty(when: str) -> None:
    assert occurrence(f"The activist Ana Velt was arrested {when}.", published=None) is None


def test_each_trigger_takes_its_own_date() -> None:
    events = read("Ana Velt, an activist, was arrested on 2 May and released on 11 May.").events
    assert {e.act.value: str(e.occurrence) for e in events} == {"arrest": "2024-05-02", "release": "2024-05-11"}
