"""Hints and history → when to visit a source next; never never: a source that fails is visited less often, not given up."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Final

from monitor.model import FetchFailure, NotModified, Response, Source, SourceState

MIN_VISIT_S: Final = 60.0  #: between two visits of a public source; as configuration allows
MIN_PRIVATE_VISIT_S: Final = 1.0  #: for a source on the team's own network
MAX_HINT_S: Final = 3_600.0  #: a publisher's hint slows us to once an hour at most: an arrest is told within minutes, and a 304 costs next to nothing
MAX_RETRY_AFTER_S: Final = 86_400.0  #: what a publisher that sends us away may ask for
JITTER: Final = 0.1  #: share of the wait by which visits are spread, so that sources do not march in step

#: What one failure weighs. Source: Media Cloud's poller (hard 1, soft ½, temporary ¼); "gone" is believed at once.
WEIGHT: Final[Mapping[str, float]] = {
    "hard": 1.0,
    "hostile": 1.0,
    "blocked": 0.5,
    "soft": 0.5,
    "temporary": 0.25,
    "gone": 6.0,
}
#: The longest wait each class of failure leads to, in seconds: short where waiting cures nothing, long where asking annoys.
CEILING_S: Final[Mapping[str, float]] = {
    "temporary": 3_600.0, "soft": 6 * 3_600.0, "blocked": 12 * 3_600.0, "hard": 24 * 3_600.0, "hostile": 24 * 3_600.0, "gone": 7 * 86_400.0,
}  # fmt: skip
MAX_FAILURES: Final = 64.0  #: beyond it the weight of a row of failures says nothing more

#: Share of items seen before, below which a document turns over too fast for us, and above which there is time. Source: Media
#: Cloud's poller, which sets its intervals by the share of known addresses (33 % and 67 %).
CROWDED, CALM = 0.33, 0.67
MIN_PACE: Final = 0.1  #: of the configured interval

OFFLINE_PUBLISHERS: Final = (
    4  #: unrelated publishers that must have been visited lately before their failing together means us
)
OFFLINE_SHARE: Final = 0.6  #: of them failing on the way
OFFLINE_RETRY_S: Final = 120.0  #: between visits while it is we who are offline

Outcome = Response | NotModified | FetchFailure


def next_visit(
    source: Source,
    outcome: Outcome,
    state: SourceState,
    *,
    ttl_s: float | None = None,
    seen_share: float | None = None,
    offline: bool = False,
    now: datetime,
    chance: float,
) -> datetime:
    """When to visit a source next. state: as it was before this visit; chance: in [0, 1), spreads the visits.

    After a readable answer: the configured interval, shortened while the document turns over too fast, or the longest of the
    publisher's hints up to an hour. After a failure: doubling with the weight of the failures in a row, up to the ceiling of its class.
    """
    least = MIN_PRIVATE_VISIT_S if source.allow_private else MIN_VISIT_S
    demanded = 0.0
    if isinstance(outcome, FetchFailure):
        demanded = min(outcome.retry_after_s or 0.0, MAX_RETRY_AFTER_S)
        wait = min(source.every_s, OFFLINE_RETRY_S) if offline else _backed_off(source, outcome, state)
    else:
        tempo = pace(state, seen_share)
        hint = 0.0 if tempo < 1.0 or source.allow_private else min(asked_wait(outcome, ttl_s, now), MAX_HINT_S)
        wait = max(source.every_s * tempo, hint)
    spread = wait * (1 - JITTER + 2 * JITTER * min(max(chance, 0.0), 1.0))
    return now + timedelta(seconds=max(spread, demanded * (1 + JITTER * chance), least))


def failures(state: SourceState, outcome: Outcome, *, offline: bool = False) -> float:
    """The weight of failures in a row after this visit; nothing is added while it is we who are offline."""
    if not isinstance(outcome, FetchFailure):
        return 0.0
    return state.failures if offline else min(state.failures + WEIGHT[outcome.kind], MAX_FAILURES)


def pace(state: SourceState, seen_share: float | None) -> float:
    """The factor on the configured interval: halved while most items are new, so that a short document loses none, recovering after.

    seen_share: share of listed items that were there last time; None when it cannot be told, as on a first visit.
    """
    if seen_share is None or not state.item_hashes:
        return state.pace
    if seen_share < CROWDED:
        return max(state.pace / 2, MIN_PACE)
    return min(state.pace * 1.5, 1.0) if seen_share > CALM else state.pace


def asked_wait(outcome: Response | NotModified, ttl_s: float | None, now: datetime) -> float:
    """The longest of the publisher's own hints, in seconds: time to live, Cache-Control, Expires; 0 when there is none."""
    return max(ttl_s or 0.0, _fresh_for(outcome.headers, now), 0.0)


def unreached(outcome: Outcome) -> bool:
    """Whether a visit got no answer of any kind; an answer, also a refusal, proves that the way is open."""
    return isinstance(outcome, FetchFailure) and outcome.status is None and outcome.kind in {"temporary", "soft"}


def offline(publishers: int, lost: int) -> bool:
    """Whether it is we who are cut off: of several unrelated publishers visited lately, most could not be reached at all."""
    return publishers >= OFFLINE_PUBLISHERS and lost >= OFFLINE_SHARE * publishers


def _backed_off(source: Source, outcome: FetchFailure, state: SourceState) -> float:
    """Seconds to wait after a failure, at least the configured interval where that is longer than the ceiling."""
    weight = failures(state, outcome)
    wait: float = source.every_s * 2.0**weight
    return max(float(source.every_s), min(wait, CEILING_S[outcome.kind]))


def _fresh_for(headers: Mapping[str, str], now: datetime) -> float:
    """Seconds for which the answer says it stays fresh. Source: RFC 9111 §4.2.1; max-age outranks Expires."""
    for part in headers.get("cache-control", "").lower().split(","):
        name, _, value = part.strip().partition("=")
        digits = value.strip().strip('"')
        if name == "max-age" and digits.isascii() and digits.isdigit():
            return float(digits[:9])
    try:
        until = parsedate_to_datetime(headers["expires"]) if headers.get("expires") else None
        sent = parsedate_to_datetime(headers["date"]) if headers.get("date") else now
    except (ValueError, OverflowError):
        return 0.0
    if until is None:
        return 0.0
    return max(0.0, (_aware(until) - _aware(sent)).total_seconds())


def _aware(when: datetime) -> datetime:
    return when if when.tzinfo else when.replace(tzinfo=UTC)
