"""What a visit brought and the hints of the publisher → when to visit next; pure: the jitter is an argument."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

from monitor.model import FetchFailure, Source

MAX_HINT_S = 3_600.0  #: seconds; a publisher may ask us to wait, but not to miss a day's news
MAX_RETRY_AFTER_S = 24 * 3_600.0  #: seconds; "retry after" is honoured up to a day
MAX_BACKOFF_S = 6 * 3_600.0  #: seconds between visits to a source that fails; never longer, and never disabled
JITTER = 0.1  #: share of the interval by which visits are spread
#: Weight of one failure by its kind. Sources that fail come back from the dead: 404 and bot walls are soft, overload is temporary.
#: Source: fetcher defaults of a news archive that polls 180,000 feeds (github.com/mediacloud/rss-fetcher, fetcher/tasks.py).
WEIGHTS: Mapping[str, float] = {
    "hard": 1.0,
    "gone": 1.0,
    "hostile": 1.0,
    "blocked": 0.5,
    "soft": 0.5,
    "temporary": 0.25,
}
_MAX_AGE = re.compile(r"max-age=(\d{1,9})")


def weight(failure: FetchFailure) -> float:
    """How much one failure counts."""
    return WEIGHTS.get(failure.kind, 0.5)


def after_success(
    source: Source, headers: Mapping[str, str], ttl_s: float | None, now: datetime, chance: float
) -> datetime:
    """The next visit after one that was answered: the longest of what is configured and what the publisher asks for, within reason.

    chance: in [0, 1), spreads visits.
    """
    asked = max((h for h in (ttl_s, _max_age(headers), _expires(headers)) if h is not None), default=0.0)
    return now + timedelta(
        seconds=_spread(max(source.every_s, min(asked, MAX_HINT_S) if not source.allow_private else 0.0), chance)
    )


def after_failure(source: Source, failure: FetchFailure, failures: float, now: datetime, chance: float) -> datetime:
    """The next visit after one that failed. failures: the weight of failures in a row, this one included."""
    backoff = source.every_s * 2.0 ** min(failures, 20.0) if failures >= 1 else source.every_s
    wait = max(source.every_s, min(backoff, max(MAX_BACKOFF_S, source.every_s)))
    if failure.retry_after_s is not None:
        wait = max(wait, min(failure.retry_after_s, MAX_RETRY_AFTER_S))
    return now + timedelta(seconds=_spread(wait, chance))


def _spread(seconds: float, chance: float) -> float:
    return seconds * (1.0 + JITTER * chance)


def _max_age(headers: Mapping[str, str]) -> float | None:
    match = _MAX_AGE.search(headers.get("cache-control", ""))
    return float(match.group(1)) if match else None


def _expires(headers: Mapping[str, str]) -> float | None:
    try:
        return (parsedate_to_datetime(headers["expires"]) - parsedate_to_datetime(headers["date"])).total_seconds()
    except (KeyError, TypeError, ValueError):
        return None
