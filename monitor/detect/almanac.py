"""A page → its almanac: every month, weekday and counted day it names, looked for once, and asked sentence by sentence."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass

from monitor.detect.page import Page
from monitor.detect.places import Place


@dataclass(frozen=True, slots=True)
class Token:
    """A number, or the month of a calendar. digits: 0 for a month."""

    start: int
    end: int
    value: int
    digits: int = 0
    calendar: str = ""


@dataclass(frozen=True, slots=True)
class Almanac:
    """Where a page names months, weekdays (with their number) and days counted from publication (with their offset), each sorted."""

    months: list[Token]
    weekdays: list[tuple[Place, int]]
    days: list[tuple[Place, int]]

    @classmethod
    def of(cls, page: Page) -> Almanac:
        """What stands on a page, looked for once."""
        end = len(page.form.text) + 1
        time = page.pack.time
        months = [
            Token(place.start, place.end, number, calendar=calendar)
            for calendar, names in time.all_months().items()
            for number in set(names.values())
            for place in page.scan.of(f"month {calendar} {number}").within(0, end)
        ]
        weekdays = [(p, n) for n in set(time.weekdays.values()) for p in page.scan.of(f"weekday {n}").within(0, end)]
        days = [(p, n) for n in set(time.days.values()) for p in page.scan.of(f"day {n}").within(0, end)]
        return cls(sorted(months, key=lambda t: t.start), sorted(weekdays), sorted(days))


def inside(found: list[tuple[Place, int]], sentence: Place) -> list[tuple[Place, int]]:
    """Those of an almanac's entries that lie in a sentence."""
    first = bisect_left(found, sentence.start, key=lambda f: f[0].start)
    last = bisect_left(found, sentence.end, key=lambda f: f[0].start)
    return [f for f in found[first:last] if f[0].end <= sentence.end]
