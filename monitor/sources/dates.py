"""A publisher's date in whatever form → an aware UTC time, or None when it says nothing usable."""

from __future__ import annotations

from calendar import timegm
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

OLDEST = datetime(1990, 1, 1, tzinfo=UTC)  #: earlier dates are clocks that were never set: the web began here
MOMENT = timedelta(seconds=90)  #: between a visit and a date that was made for it
APART = timedelta(
    minutes=5
)  #: between two visits that teach something: an item that is new is then some minutes old on average
SMOOTHING = 0.2  #: weight of the newest item
STAMPS = (
    0.8  #: share of new items dated by our visit from which a source's dates are not believed; seven in a row reach it
)
AHEAD = timedelta(hours=24)  #: publishers in the east write tomorrow's date today; more than a day ahead is a mistake


def from_parts(parts: Any) -> datetime | None:
    """The time of a UTC struct_time as feedparser gives it; None when absent, impossible or before the web."""
    if not parts:
        return None
    try:
        return _sane(datetime.fromtimestamp(timegm(tuple(parts)[:9]), UTC))
    except (ValueError, OverflowError, OSError, TypeError):
        return None


def from_text(text: str) -> datetime | None:
    """The time of an RFC 3339 text; a time without a zone is taken as UTC."""
    try:
        when = datetime.fromisoformat(text.strip()) if text.strip() else None
        return _sane((when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(UTC)) if when else None
    except (ValueError, OverflowError):
        return None


def plausible(published: datetime | None, now: datetime) -> datetime | None:
    """The date, unless it lies more than AHEAD in the future: then nobody knows when it was published."""
    return published if published is not None and published <= now + AHEAD else None


def stamping(share: float, dates: Iterable[datetime | None], visited: datetime | None, now: datetime) -> float:
    """The smoothed share in [0, 1] of a source's new items that bear the moment of our visit as their date, with these taken in.

    dates: of the items that are new now. Nothing is learnt from visits that follow each other closely: what is new then may well be of now.
    """
    if visited is None or now - visited < APART:
        return share
    for date in dates:
        if date is not None:
            share += SMOOTHING * ((abs(now - date) <= MOMENT) - share)
    return share


def _sane(when: datetime) -> datetime | None:
    return when if when >= OLDEST else None
