"""Counts → bars as plain SVG values, drawn by a template: no script, no library in the browser."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from monitor.incidents.families import TAKING
from monitor.model import Incident

WEEKS: Final = 26  #: half a year
WIDTH: Final = 640  #: of a chart, in its own units; the page scales it
HEIGHT: Final = 120


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its label, its count, and where it stands in the chart."""

    label: str
    count: int
    x: float
    y: float
    width: float
    height: float


def bars(counts: Sequence[tuple[str, int]]) -> tuple[Bar, ...]:
    """Bars from left to right over the whole width, the highest as high as the chart."""
    most = max((n for _, n in counts), default=0)
    step = WIDTH / max(len(counts), 1)
    found = []
    for k, (label, count) in enumerate(counts):
        height = round(HEIGHT * count / most, 1) if most else 0.0
        found.append(Bar(label, count, round(k * step, 1), HEIGHT - height, round(step * 0.8, 1), height))
    return tuple(found)


def weekly(incidents: Iterable[Incident], today: date) -> list[tuple[str, int]]:
    """How many people were taken in each of the last weeks, oldest first, by the Monday of the week; reports of other things do not count."""
    monday = today - timedelta(days=today.weekday())
    mondays = [monday - timedelta(weeks=k) for k in reversed(range(WEEKS))]
    found: Counter[date] = Counter()
    for incident in incidents:
        if incident.act in TAKING and incident.watch:
            day = incident.occurrence.first if incident.occurrence else incident.opened.date()
            found[day - timedelta(days=day.weekday())] += 1
    return [(m.isoformat(), found[m]) for m in mondays]
