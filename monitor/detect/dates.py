"""A sentence → the days it names, in any calendar of its language, as written or counted from publication; left empty rather than guessed.

Read as a line of tokens: numbers, months, weekdays. A month takes the numbers beside it as its day and year, whichever stands first.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from monitor.detect import calendars
from monitor.detect.almanac import Almanac, Token, inside
from monitor.detect.page import Page
from monitor.detect.places import Place
from monitor.model import Occurrence

LATEST_AHEAD: Final = 5  #: years after publication a year may lie
SHORT_WORD: Final = (
    3  #: letters of a word that may stand between a day, its month and its year ("11 de septiembre de 2020")
)
UNSPACED_GAP: Final = (
    9  #: characters that may stand between them where words are not set apart ("ថ្ងៃទី 20 ខែ … ឆ្នាំ 2026")
)
BARE_LETTERS: Final = (
    4  #: letters of a month told alone in scripts without capitals: Persian "می" is May and half of all verbs
)
OF_THE_DEED: Final = 150  #: characters that a day told of an alleged deed counts as further off
WEEKDAY_REACH: Final = 12  #: characters between a weekday and the date it only repeats ("Monday, 11 May")
DISTANT: Final = 10_000  #: characters; beyond any sentence
ORDINAL: Final = 3  #: letters written onto a number ("1st", "20-го", "2026년")

_NUMBER: Final = re.compile(r"\d{1,4}(?!\d)")
_FIGURES: Final = re.compile(r"(?<![\d./-])(\d{1,4})([./-])(\d{1,2})(?:\2(\d{1,4}))?(?![\d]|[/-]\d)")


@dataclass(frozen=True, slots=True)
class Dated:
    """A day or stretch of days and where it is written."""

    place: Place
    occurrence: Occurrence
    weekday: bool = False


def dates(page: Page, sentence: Place, published: date | None, almanac: Almanac) -> list[Dated]:
    """Every day, month and year the sentence names, in order. published: None leaves relative days empty. almanac: that of the page."""
    out = _figures(page, sentence, published)
    tokens = _tokens(page, sentence, [d.place for d in out], almanac)
    used: set[int] = set()
    for n, token in enumerate(tokens):
        if token.calendar and (found := _with_month(page, tokens, n, used, published)) is not None:
            out.append(found)
    for n, token in enumerate(tokens):
        if token.digits and n not in used and (found := _bare(page, token, published)) is not None:
            out.append(found)
    if published is not None:
        out += _relative(sentence, published, out, almanac)
    return sorted(out, key=lambda d: d.place)


def nearest(found: list[Dated], trigger: Place, page: Page) -> Occurrence | None:
    """The date that belongs to a trigger: the nearest with no other trigger between, those after it first."""
    best: Dated | None = None
    best_distance = DISTANT
    alleged = _alleged(page, trigger, found) if len(found) > 1 else DISTANT
    for one in found:
        low, high = sorted((one.place.start, trigger.start))
        between = sum(1 for p, _ in page.scan.triggers if low < p.start < high and p != trigger)
        if between and one.weekday:  # a weekday may lie ahead: beside another act it says nothing of this one
            continue
        distance = abs(one.place.start - trigger.start) + between * 200 + (60 if one.place.start < trigger.start else 0)
        distance += OF_THE_DEED if one.place.start > alleged else 0
        if distance < best_distance:
            best, best_distance = one, distance
    return best.occurrence if best else None


def _alleged(page: Page, trigger: Place, found: list[Dated]) -> int:
    """Where, after a trigger, the sentence begins to tell what somebody is accused of; the days after it are those of the alleged deed."""
    end = found[-1].place.end
    cues = (
        page.scan.of(f"fact {n}").within(trigger.end, end)
        for n, rule in enumerate(page.pack.facts)
        if rule.key == "charge"
    )
    return min((place.end for places in cues for place in places), default=end)


def _tokens(page: Page, sentence: Place, taken: list[Place], almanac: Almanac) -> list[Token]:
    """Months and numbers in the order written; of overlapping months the longest stands ("11月" over "1月")."""
    first = bisect_left(almanac.months, sentence.start, key=lambda t: t.start)
    last = bisect_left(almanac.months, sentence.end, key=lambda t: t.start)
    months = [t for t in almanac.months[first:last] if t.end <= sentence.end]
    months.sort(key=lambda t: (t.start - t.end, t.start))
    kept: list[Token] = []
    spans: list[Place] = []
    for token in months:
        if not any(token.start < k.end and k.start < token.end for k in [*spans, *taken]):
            kept.append(token)
            spans.append(Place(token.start, token.end))
    text = page.form.text
    for match in _NUMBER.finditer(text, sentence.start, sentence.end):
        start, end = match.span()
        if any(start < k.end and k.start < end for k in [*spans, *taken]):
            continue
        if page.scan.spaced and not _stands_alone(text, start, end):
            continue
        kept.append(Token(start, end, int(match[0]), digits=end - start))
    return sorted(kept, key=lambda t: t.start)


def _stands_alone(text: str, start: int, end: int) -> bool:
    """Whether a number is a word of its own, or one with an ordinal's few letters."""
    if start and (text[start - 1].isalnum() or (text[start - 1] in ".,:" and text[max(0, start - 2)].isdigit())):
        return False
    stop = end
    while stop < len(text) and (text[stop].isalpha() or text[stop] in "ºª"):
        stop += 1
    decade = stop > end and text[end - 1] == "0" and end - start == 4 and text[end:stop].isascii()
    return (
        stop - end <= ORDINAL
        and not decade
        and not (text[stop : stop + 1] in ".,:" and text[stop + 1 : stop + 2].isdigit())
    )


def _with_month(page: Page, tokens: list[Token], n: int, used: set[int], published: date | None) -> Dated | None:
    """A month with the day and year beside it, whichever side they stand on."""
    month = tokens[n]
    day = year = None
    members = [n]
    before = n - 1
    if before >= 0 and before not in used and tokens[before].digits and _joined(page, tokens[before], month):
        one = tokens[before]
        if one.digits <= 2 and 1 <= one.value <= 31:
            day = one.value
            members.append(before)
        elif one.digits == 4 and _is_year(page, month.calendar, one.value):
            year = one.value
            members.append(before)
    after = n + 1
    if day is None and after < len(tokens) and _is_day_after(page, month, tokens[after]):
        day = tokens[after].value
        members.append(after)
        after += 1
    if year is None and after < len(tokens):
        one = tokens[after]
        if (
            one.digits == 4
            and _is_year(page, month.calendar, one.value)
            and _joined(page, tokens[after - 1], one, comma=True)
        ):
            year = one.value
            members.append(after)
    if day is None and year is None and not _speaks_alone(page, month):
        return None
    if year is not None:
        occurrence = calendars.days(month.calendar, year, month.value, day)
    else:
        occurrence = calendars.last_time(month.calendar, month.value, day, published) if published else None
    if occurrence is None:
        return None
    used.update(members)
    held = [tokens[m] for m in members]
    return Dated(Place(min(t.start for t in held), max(t.end for t in held)), occurrence)


def _is_day_after(page: Page, month: Token, one: Token) -> bool:
    """Whether a number after a month is its day: not where it counts people ("in May 20 people were arrested")."""
    if not one.digits or one.digits > 2 or not 1 <= one.value <= 31 or not _joined(page, month, one):
        return False
    follows = page.form.text[one.end : one.end + 2].lstrip()
    at = one.end + (1 if page.form.text[one.end : one.end + 1] == " " else 0)
    return not (follows and page.scan.of("people").at(at))


def _joined(page: Page, first: Token, second: Token, *, comma: bool = False) -> bool:
    """Whether nothing stands between two tokens but what may stand inside a date."""
    text = page.form.text
    start = first.end
    while start < second.start and text[start].isalpha() and page.scan.spaced and first.digits:
        start += 1
    between = text[start : second.start]
    if not page.scan.spaced:
        return len(between) <= UNSPACED_GAP and not any(mark in between for mark in ",;。，、！？।「」()（）\n")
    bare = between.replace(",", " ") if comma else between
    words = bare.replace(".", " ", 1).replace("-", " ").replace("'", " ").split()
    if any(not word.isalpha() for word in words):
        return False
    return not words or (len(words) == 1 and (len(words[0]) <= SHORT_WORD or _has_year_word(page, start, second.start)))


def _has_year_word(page: Page, start: int, end: int) -> bool:
    return bool(page.scan.of("year_word").within(start, end))


def _is_year(page: Page, calendar: str, value: int) -> bool:
    return calendars.days(_own(page, calendar, value), value) is not None


def _own(page: Page, calendar: str, year: int) -> str:
    """The calendar a year is counted in: that of its month, the Buddhist one where the number can be no other."""
    return (
        calendars.BUDDHIST
        if calendar == calendars.GREGORIAN
        and year > calendars.BUDDHIST_FROM
        and page.pack.time.calendar == calendars.BUDDHIST
        else calendar
    )


def _speaks_alone(page: Page, month: Token) -> bool:
    """Whether a month without day or year is one: capitalised, or too long to be another word."""
    first = page.text[page.form.offsets[month.start]]
    if first.islower():
        return False
    return first.isupper() or month.end - month.start >= BARE_LETTERS


def _figures(page: Page, sentence: Place, published: date | None) -> list[Dated]:
    """Dates in figures: 11/09/2020, 2020-09-11, 11.9.2020, ۱۴۰۵/۹/۳; without a year only after a word that opens a date."""
    out = []
    for match in _FIGURES.finditer(page.form.text, sentence.start, sentence.end):
        first, middle, last = match[1], int(match[3]), match[4]
        place = Place(*match.span())
        occurrence = None
        if last is None:
            opened = page.scan.of("date_before").ending(place.start)
            if opened and published is not None and match[2] == "/" and len(first) <= 2:
                day, month = (middle, int(first)) if page.pack.time.order == "mdy" else (int(first), middle)
                occurrence = (
                    calendars.last_time(calendars.GREGORIAN, month, day, published) if 1 <= month <= 12 else None
                )
        elif len(first) == 4:
            occurrence = _in_figures(page, int(first), middle, int(last))
        elif len(last) == 4:
            day, month = (middle, int(first)) if page.pack.time.order == "mdy" else (int(first), middle)
            occurrence = _in_figures(page, int(last), month, day)
        if occurrence is not None:
            out.append(Dated(place, occurrence))
    return out


def _in_figures(page: Page, year: int, month: int, day: int) -> Occurrence | None:
    """A date in figures in the calendar the number of its year can be of: the language's own, else the Gregorian."""
    own = page.pack.time.calendar
    if own in {calendars.BUDDHIST, calendars.JALALI, calendars.HIJRI} and (
        found := calendars.days(own, year, month, day)
    ):
        return found
    return calendars.days(calendars.GREGORIAN, year, month, day)


def _bare(page: Page, token: Token, published: date | None) -> Dated | None:
    """A year beside a word for it, or a day of this month beside a word for that."""
    text, scan = page.form.text, page.scan
    place = Place(token.start, token.end)
    near = {token.start, token.start - 1, token.start - 2}
    before = any(scan.of("year_word").ending(at) for at in near if at > 0)
    after = any(scan.of("year_word").at(at) for at in (token.end, token.end + 1))
    if token.digits == 4 and (before or after):
        own = page.pack.time.calendar
        for calendar in (own, calendars.GREGORIAN) if own != calendars.ETHIOPIAN else (calendars.GREGORIAN,):
            found = calendars.days(calendar, token.value)
            if found is not None and (published is None or found.first.year <= published.year + LATEST_AHEAD):
                return Dated(place, found)
    if token.digits <= 2 and published is not None and scan.of("day_mark").at(token.end):
        opened = token.start == 0 or not (text[token.start - 1].isalnum() or text[token.start - 1].isalpha())
        if opened or scan.of("date_before").ending(token.start):
            return _day_of_month(place, token.value, published)
    return None


def _day_of_month(place: Place, day: int, published: date) -> Dated | None:
    """The last such day of a month: this one or the one before."""
    this = published.replace(day=1)
    for month in (this, (this - timedelta(days=1)).replace(day=1)):
        found = calendars.days(calendars.GREGORIAN, month.year, month.month, day)
        if found is not None and found.first <= published:
            return Dated(place, found)
    return None


def _relative(sentence: Place, published: date, written: list[Dated], almanac: Almanac) -> list[Dated]:
    """Days counted from publication, and weekdays: the last such day, publication's own included, unless a date beside it says which."""
    out = []
    for place, offset in inside(almanac.days, sentence):
        day = published + timedelta(days=offset)
        out.append(Dated(place, Occurrence(day, day)))
    for place, number in inside(almanac.weekdays, sentence):
        if any(max(d.place.start - place.end, place.start - d.place.end) <= WEEKDAY_REACH for d in written):
            continue
        day = published - timedelta(days=(published.weekday() - (number - 1)) % 7)
        out.append(Dated(place, Occurrence(day, day), weekday=True))
    return out
