"""A year, month and day of any calendar the press writes in → days of the Gregorian one; nothing where they do not exist."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

import jdatetime
from convertdate import coptic
from hijridate import Hijri

from monitor.model import Occurrence

GREGORIAN: Final = "gregorian"
BUDDHIST: Final = "buddhist"
JALALI: Final = "jalali"
HIJRI: Final = "hijri"
ETHIOPIAN: Final = "ethiopian"

EARLIEST_YEAR: Final = 1900  #: Gregorian; years before it are numbers of other things
LATEST_YEAR: Final = 2200  #: Gregorian
BUDDHIST_YEARS: Final = 543  #: ahead of the Gregorian. Source: Thai civil calendar since 1941
BUDDHIST_FROM: Final = 2400  #: a year from here on is Buddhist: no article speaks of the Gregorian 2400
COPTIC_YEARS: Final = 276  #: Ethiopian year 1 is Coptic year -275: the same months and leap days, another first year
MOON: Final = timedelta(
    days=1
)  #: a Hijri month begins when the moon is seen: the written day may be one off the computed one
NEAR_FUTURE: Final = timedelta(days=7)  #: a day and month without a year further ahead than this was meant of last year
#: What the year of publication is called there, at most: counted down from to find the year meant by a day without one.
_AHEAD: Final = {GREGORIAN: 0, BUDDHIST: 0, JALALI: -620, HIJRI: -577, ETHIOPIAN: -7}
_YEARS_BACK: Final = 3  #: how far; two reach every day of the calendar, one more where the highest guess is too high
#: Years a calendar is read in: others are numbers of other things, or beyond the tables.
_SPANS: Final = {
    GREGORIAN: (EARLIEST_YEAR, LATEST_YEAR),
    BUDDHIST: (EARLIEST_YEAR, LATEST_YEAR + BUDDHIST_YEARS),
    JALALI: (1279, 1500),
    HIJRI: (1343, 1500),
    ETHIOPIAN: (1892, 2190),
}
CALENDARS: Final = tuple(_SPANS)


@lru_cache(maxsize=4_096)
def days(calendar: str, year: int, month: int | None = None, day: int | None = None) -> Occurrence | None:
    """The Gregorian days of a day, month or year of a calendar (one of CALENDARS); None where there is no such day."""
    first, last = _SPANS[calendar]
    if not first <= year <= last:
        return None
    try:
        if month is None:
            begin, end = _first(calendar, year, 1), _first(calendar, year + 1, 1) - timedelta(days=1)
        elif day is None:
            begin = _first(calendar, year, month)
            end = _last(calendar, year, month)
        else:
            begin = end = _first(calendar, year, month) + timedelta(days=day - 1)
            if day < 1 or begin > _last(calendar, year, month):
                return None
    except (ValueError, OverflowError):
        return None
    slack = MOON if calendar == HIJRI else timedelta(0)
    return Occurrence(begin - slack, end + slack)


def last_time(calendar: str, month: int, day: int | None, published: date) -> Occurrence | None:
    """What a day or month without a year means: the last time it was, or a week ahead at most."""
    latest = published.year + _AHEAD[calendar]
    for year in range(latest, latest - _YEARS_BACK, -1):
        found = days(calendar, year, month, day)
        if found is not None and found.first <= published + NEAR_FUTURE:
            return found
    return None


def _first(calendar: str, year: int, month: int) -> date:
    """The first day of a month."""
    if calendar == JALALI:
        converted: date = jdatetime.date(year, month, 1).togregorian()
        return converted
    if calendar == HIJRI:
        return date(*Hijri(year, month, 1).to_gregorian().datetuple())
    if calendar == ETHIOPIAN:
        if not 1 <= month <= 13:
            raise ValueError(month)
        return date(*coptic.to_gregorian(year - COPTIC_YEARS, month, 1))
    return date(year - (BUDDHIST_YEARS if calendar == BUDDHIST and year > BUDDHIST_FROM else 0), month, 1)


def _last(calendar: str, year: int, month: int) -> date:
    """The last day of a month."""
    begin = _first(calendar, year, month)
    if calendar in {GREGORIAN, BUDDHIST}:
        return begin.replace(day=monthrange(begin.year, begin.month)[1])
    months = 13 if calendar == ETHIOPIAN else 12
    following = (year, month + 1) if month < months else (year + 1, 1)
    return _first(calendar, *following) - timedelta(days=1)
