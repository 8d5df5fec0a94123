"""A sentence → the days it names, as written or counted from publication; left empty rather than guessed."""

from __future__ import annotations

from bisect import bisect_left
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from monitor.detect.lexicon import plain
from monitor.detect.page import Page
from monitor.detect.places import Place
from monitor.languages.pack import LanguagePack
from monitor.model import Occurrence
from monitor.text.normalize import normalize

EARLIEST_YEAR: Final = 1900  #: years before it are numbers of other things
LATEST_AHEAD: Final = 5  #: years after publication a year may lie
OFFSETS: Final = {
    "gregorian": 0,
    "buddhist": -543,
}  #: years to the Gregorian; calendars with other months are left empty
NEAR_FUTURE: Final = timedelta(days=7)  #: a day and month without a year further ahead than this was meant of last year


@dataclass(frozen=True, slots=True)
class Dated:
    """A day or stretch of days and where it is written."""

    place: Place
    occurrence: Occurrence


@dataclass(frozen=True, slots=True)
class _Calendar:
    months: dict[str, int]
    weekdays: dict[str, int]
    years: int | None


@lru_cache(maxsize=256)
def _calendar(pack: LanguagePack) -> _Calendar:
    return _Calendar(
        months={plain(normalize(w).text): n for w, n in pack.time.months.items()},
        weekdays={plain(normalize(w).text): n for w, n in pack.time.weekdays.items()},
        years=OFFSETS.get(pack.time.calendar),
    )


def dates(page: Page, sentence: Place, published: date | None) -> list[Dated]:
    """Every day, month and year the sentence names, in order. published: None leaves relative days empty."""
    calendar = _calendar(page.pack)
    out: list[Dated] = []
    scan = page.scan
    first, last = bisect_left(scan.words, sentence.start), bisect_left(scan.words, sentence.end)
    n = first
    while n < last:
        word = scan.text[scan.words[n] : scan.word_ends[n]]
        found = None
        if word in calendar.months:
            found = _with_month(page, calendar, n, first, last, published)
        elif word in calendar.weekdays and published is not None:
            found = (n, n + 1, _weekday(calendar.weekdays[word], published))
        elif word[:1].isdigit():
            found = _figures(page, n, last) or _bare_year(page, calendar, n, first, last, published)
        if found is not None:
            begin, end, occurrence = found
            out.append(Dated(Place(scan.words[begin], scan.word_ends[end - 1]), occurrence))
            n = max(end, n + 1)
        else:
            n += 1
    if published is not None:
        out += _relative(page, sentence, published)
    return sorted(out, key=lambda d: d.place)


def nearest(found: list[Dated], trigger: Place, page: Page) -> Occurrence | None:
    """The date that belongs to a trigger: the nearest with no other trigger between, those after it first."""
    best: Dated | None = None
    best_distance = 10_000
    for one in found:
        low, high = sorted((one.place.start, trigger.start))
        between = sum(1 for p, _ in page.scan.triggers if low < p.start < high and p != trigger)
        distance = abs(one.place.start - trigger.start) + between * 200 + (60 if one.place.start < trigger.start else 0)
        if distance < best_distance:
            best, best_distance = one, distance
    return best.occurrence if best else None


def _word(page: Page, n: int, first: int, last: int) -> str:
    return page.scan.text[page.scan.words[n] : page.scan.word_ends[n]] if first <= n < last else ""


def _day(word: str) -> int | None:
    """A day of the month: 1, 01, 1st, 2nd, 11th, 1er, 1º."""
    digits = word.rstrip("abcdefghijklmnopqrstuvwxyzºª")
    if digits.isdigit() and len(digits) <= 2 and len(word) - len(digits) <= 2 and 1 <= int(digits) <= 31:
        return int(digits)
    return None


def _year(word: str, calendar: _Calendar) -> int | None:
    if len(word) == 4 and word.isdigit() and calendar.years is not None:
        year = int(word)
        year += calendar.years if year > 2400 else 0
        return year if EARLIEST_YEAR <= year <= 2200 else None
    return None


def _with_month(
    page: Page, calendar: _Calendar, n: int, first: int, last: int, published: date | None
) -> tuple[int, int, Occurrence] | None:
    """A month with the day and year beside it, skipping one small word ("11 de septiembre de 2020")."""
    if calendar.years is None:
        return None
    month = calendar.months[_word(page, n, first, last)]
    before = _day(_word(page, n - 1, first, last))
    begin = n - 1 if before else n
    if not before and (far := _day(_word(page, n - 2, first, last))) and len(_word(page, n - 1, first, last)) <= 3:
        before, begin = far, n - 2
    end, day = n + 1, before
    if day is None and (after := _day(_word(page, n + 1, first, last))) is not None:
        day, end = after, n + 2
    year = _year(_word(page, end, first, last), calendar)
    if year is not None:
        end += 1
    elif len(_word(page, end, first, last)) <= 3 and (later := _year(_word(page, end + 1, first, last), calendar)):
        year, end = later, end + 2
    if day is None and year is None and page.text[page.form.offsets[page.scan.words[n]]].islower():
        return None
    if year is None:
        if published is None:
            return None
        year = _likely_year(month, day, published)
    occurrence = _occurrence(year, month, day)
    return (begin, end, occurrence) if occurrence else None


def _likely_year(month: int, day: int | None, published: date) -> int:
    """The year meant by a day without one: the last time it was that day."""
    here = _occurrence(published.year, month, day)
    return published.year if here is not None and here.first <= published + NEAR_FUTURE else published.year - 1


def _occurrence(year: int, month: int, day: int | None) -> Occurrence | None:
    try:
        if day is not None:
            return Occurrence(date(year, month, day), date(year, month, day))
        return Occurrence(date(year, month, 1), date(year, month, monthrange(year, month)[1]))
    except ValueError:
        return None


def _weekday(number: int, published: date) -> Occurrence:
    """The last such weekday, the day of publication included."""
    day = published - timedelta(days=(published.weekday() - (number - 1)) % 7)
    return Occurrence(day, day)


def _bare_year(
    page: Page, calendar: _Calendar, n: int, first: int, last: int, published: date | None
) -> tuple[int, int, Occurrence] | None:
    word = _word(page, n, first, last)
    decade = len(word) > 4 and word[:3].isdigit() and word[3] == "0" and not word[4:].isdigit() and len(word) <= 6
    year = _year(word[:4], calendar)
    if year is not None and decade:
        return n, n + 1, Occurrence(date(year, 1, 1), date(min(year + 9, 2200), 12, 31))
    if year is None or (published is not None and year > published.year + LATEST_AHEAD):
        return None
    words = page.scan
    near = (n > first and words.of("year_word").at(words.words[n - 1])) or (
        n + 1 < last and words.of("year_word").at(words.words[n + 1])
    )
    if not near:
        return None
    return n, n + 1, Occurrence(date(year, 1, 1), date(year, 12, 31))


def _figures(page: Page, n: int, last: int) -> tuple[int, int, Occurrence] | None:
    """A date in figures: 11/09/2020, 2020-09-11, 11.9.2020."""
    scan = page.scan
    if n + 2 >= last or scan.words[n + 2] - scan.words[n] > 8:
        return None
    joints = {page.form.text[scan.word_ends[k] : scan.words[k + 1]] for k in (n, n + 1)}
    parts = [scan.text[scan.words[k] : scan.word_ends[k]] for k in (n, n + 1, n + 2)]
    if len(joints) != 1 or not joints & {"/", "-", "."} or not all(p.isdigit() for p in parts):
        return None
    numbers = [int(p) for p in parts]
    if len(parts[0]) == 4:
        year, month, day = numbers
    elif len(parts[2]) == 4:
        year = numbers[2]
        day, month = (numbers[1], numbers[0]) if page.pack.time.order == "mdy" else (numbers[0], numbers[1])
    else:
        return None
    occurrence = _occurrence(year, month, day) if EARLIEST_YEAR <= year <= 2200 else None
    return (n, n + 3, occurrence) if occurrence else None


def _relative(page: Page, sentence: Place, published: date) -> list[Dated]:
    out = []
    for offset in set(page.pack.time.days.values()):
        for place in page.scan.of(f"day {offset}").within(sentence.start, sentence.end):
            day = published + timedelta(days=offset)
            out.append(Dated(place, Occurrence(day, day)))
    return out
