"""When it happened: days as written or counted from publication; empty rather than wrong."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor.detect import calendars, detect
from monitor.model import Act, Article
from tests.unit.detect.reading import PACKS, read


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


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The activist Ana Velt was arrested on Monday, 3 March 2024.", "2024-03-03"),
        ("en", "In May 20 people were arrested at a protest.", "2024-05"),
        ("km", "ប៉ូលិសចាប់ខ្លួនសកម្មជនកាលពីថ្ងៃទី១១ខែឧសភាឆ្នាំ២០២៤នៅភ្នំពេញ។", "2024-05-11"),
        ("km", "ប៉ូលិសចាប់ខ្លួនសកម្មជនកាលពីថ្ងៃទី១១ ខែឧសភា។", "2024-05-11"),
        ("ja", "警察は2024年5月11日、記者を逮捕した。", "2024-05-11"),
        ("ja", "警察は11月20日、記者を逮捕した。", "2023-11-20"),
        ("ja", "20日、警察は記者を逮捕した。", "2024-04-20"),
        ("ja", "警察は記者を20日間逮捕した。", None),
        ("ko", "경찰은 5월 11일 기자를 체포했다.", "2024-05-11"),
        ("ar", "اعتقلت الشرطة الناشط سامي الورد في 11 كانون الثاني 2024.", "2024-01-11"),
        ("prs", "پولیس روزنامه نگار را در ۲۲ ثور ۱۴۰۳ بازداشت کرد.", "2024-05-11"),
        ("ar", "اعتقلت الشرطة الناشط سامي الورد في 3 ذو القعدة 1445.", "2024-05-10/2024-05-12"),
    ],
)
def test_days_are_read_in_the_script_and_calendar_of_the_press(language: str, text: str, expected: str | None) -> None:
    article = Article(id="a", title="", text=text, language=language, published=datetime(2024, 5, 14, tzinfo=UTC))
    event = detect(article, PACKS).events[0]
    assert (str(event.occurrence) if event.occurrence else None) == expected


@pytest.mark.parametrize(
    ("calendar", "year", "month", "day", "expected"),
    [
        ("jalali", 1403, 12, 30, "2025-03-20"),
        ("jalali", 1404, 12, 30, None),
        ("jalali", 1404, 13, 1, None),
        ("buddhist", 2569, 11, 24, "2026-11-24"),
        ("buddhist", 2026, 11, 24, "2026-11-24"),
        ("ethiopian", 2019, 3, 15, "2026-11-24"),
        ("ethiopian", 2015, 13, 6, "2023-09-11"),
        ("ethiopian", 2016, 13, 6, None),
        ("hijri", 1445, 13, 1, None),
        ("gregorian", 2023, 2, 29, None),
        ("gregorian", 10, 2, 1, None),
    ],
)
def test_a_day_of_another_calendar_is_that_day_or_none(
    calendar: str, year: int, month: int, day: int, expected: str | None
) -> None:
    found = calendars.days(calendar, year, month, day)
    assert (str(found) if found else None) == expected


@pytest.mark.parametrize(
    "text",
    [
        "On 13 May police arrested Ana Velt, accused of inciting workers between 2 May and 9 May.",
        "Police arrested Ana Velt on 13 May on suspicion of inciting workers on 2 May.",
        "Ana Velt, accused of inciting workers on 2 May, was arrested on 13 May.",
    ],
)
def test_a_day_of_the_alleged_deed_is_not_the_day_of_the_arrest(text: str) -> None:
    event = next(e for e in read(text).events if e.act is Act.ARREST)
    assert str(event.occurrence) == "2024-05-13"
