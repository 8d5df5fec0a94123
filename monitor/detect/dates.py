"""A marked sentence → the dates it names: days, months and weekdays of the pack, resolved against publication, or left empty."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta

from monitor.detect.lexicon import Marked
from monitor.detect.tokens import number, spell
from monitor.languages.pack import LanguagePack
from monitor.model import Occurrence

BUDDHIST = 543  #: years the Buddhist calendar of Thai and Khmer texts is ahead
FILLER = 2  #: words between day, month and year ("11th of September, 2020"; "day 11, month kanha, year 2020")
_ORDINALS = frozenset(["st", "nd", "rd", "th", "de", "del", "le", "el", "من", "го"])


@dataclass(frozen=True, slots=True)
class Dated:
    """A date at words first … last-1. exact: it names a day, a month or a year in full, so it needs no publication date."""

    first: int
    last: int
    occurrence: Occurrence
    exact: bool


def dates(marked: Marked, pack: LanguagePack, published: date | None) -> list[Dated]:
    """The dates of a sentence in order. A date without its year, a weekday or "yesterday" needs `published`; without it, it is left out."""
    months = {spell(w): n for w, n in pack.months.items()}
    days = {spell(w): n for w, n in pack.weekdays.items()}
    found: list[Dated] = []
    i = 0
    while i < len(marked.tokens):
        one = _calendar(marked, months, i, published) or _relative(marked, pack, days, i, published)
        if one is not None:
            found.append(one)
            i = one.last
        else:
            i += 1
    return found


def _calendar(marked: Marked, months: dict[str, int], i: int, published: date | None) -> Dated | None:
    """A date that begins at word i: ISO, day month year, month day year, month year, or a year alone after a preposition."""
    tokens = marked.tokens
    value = number(tokens[i])
    if value is not None and value > 31:
        return _iso(marked, i, value) or _year_alone(marked, i, value)
    if value is not None and value >= 1:
        at = _next(marked, i + 1, months)
        if at is not None:
            year, end = _year(marked, at + 1)
            return _made(i, end, year, months[tokens[at].text], value, published)
    if tokens[i].text in months:
        month = months[tokens[i].text]
        if i + 1 < len(tokens) and (day := number(tokens[i + 1])) is not None and 1 <= day <= 31:
            after = i + 2
            if after < len(tokens) and tokens[after].text in _ORDINALS:
                after += 1
            year, end = _year(marked, after)
            return _made(i, end, year, month, day, published)
        year, end = _year(marked, i + 1)
        if year is not None:
            return Dated(i, end, _month(year, month), exact=True)
    return None


def _next(marked: Marked, start: int, months: dict[str, int]) -> int | None:
    """The month word at or a filler or two after `start`."""
    for at in range(start, min(start + FILLER + 1, len(marked.tokens))):
        if marked.tokens[at].text in months:
            return at
        if number(marked.tokens[at]) is not None or marked.tokens[at].text in {".", ";"}:
            return None
    return None


def _year(marked: Marked, start: int) -> tuple[int | None, int]:
    """The year at or just after `start`, and the word behind it; (None, start) when there is none."""
    for at in range(start, min(start + FILLER + 1, len(marked.tokens))):
        value = number(marked.tokens[at])
        if value is not None:
            value = value - BUDDHIST if 2400 <= value <= 2700 else value
            return (value, at + 1) if 1900 <= value <= 2100 else (None, start)
    return None, start


def _made(first: int, last: int, year: int | None, month: int, day: int, published: date | None) -> Dated | None:
    if year is None and published is None:
        return None
    wanted = year if year is not None else (published.year if published else 0)
    if day > calendar.monthrange(wanted, month)[1]:
        return None
    when = date(wanted, month, day)
    if year is None and published is not None and when > published + timedelta(days=31):
        if day > calendar.monthrange(wanted - 1, month)[1]:
            return None
        when = date(wanted - 1, month, day)
    return Dated(first, last, Occurrence(when, when), exact=year is not None)


def _month(year: int, month: int) -> Occurrence:
    return Occurrence(date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1]))


def _iso(marked: Marked, i: int, year: int) -> Dated | None:
    """2020-09-11, and 2020年9月11日."""
    tokens = marked.tokens
    if (
        i + 4 < len(tokens)
        and 1900 <= year <= 2100
        and tokens[i + 1].text in {"-", "年", "/"}
        and tokens[i + 3].text in {"-", "月", "/"}
    ):
        month, day = number(tokens[i + 2]), number(tokens[i + 4])
        if month and day and 1 <= month <= 12 and day <= calendar.monthrange(year, month)[1]:
            when = date(year, month, day)
            return Dated(i, i + 5, Occurrence(when, when), exact=True)
    return None


def _year_alone(marked: Marked, i: int, year: int) -> Dated | None:
    """A year after a preposition ("in 2015")."""
    year = year - BUDDHIST if 2400 <= year <= 2700 else year
    if (
        1900 <= year <= 2100
        and i > 0
        and marked.tokens[i - 1].text in {"in", "en", "em", "since", "depuis", "desde", "в", "у", "عام", "سنة", "ឆ្នាំ"}
    ):
        return Dated(i, i + 1, Occurrence(date(year, 1, 1), date(year, 12, 31)), exact=True)
    return None


def _relative(marked: Marked, pack: LanguagePack, days: dict[str, int], i: int, published: date | None) -> Dated | None:
    if published is None:
        return None
    word = marked.tokens[i].text
    if word in days:
        back = (published.weekday() - days[word]) % 7
        when = published - timedelta(days=back)
        return Dated(i, i + 1, Occurrence(when, when), exact=False)
    for phrase, offset in pack.days.items():
        words = [spell(w) for w in phrase.split()]
        if [t.text for t in marked.tokens[i : i + len(words)]] == words:
            when = published + timedelta(days=offset)
            return Dated(i, i + len(words), Occurrence(when, when), exact=False)
    return None
