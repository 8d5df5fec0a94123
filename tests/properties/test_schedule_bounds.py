"""Whatever a publisher asks for, the next visit lies between the least and the longest wait."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from monitor.fetch.memory import after
from monitor.model import FetchFailure, NotModified, Response, Source, SourceState
from monitor.schedule import CEILING_S, JITTER, MIN_VISIT_S, WEIGHT, next_visit
from monitor.sources import Feed

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
HINTS = st.dictionaries(
    st.sampled_from(["cache-control", "expires", "date", "etag"]),
    st.one_of(
        st.text(max_size=20),
        st.sampled_from(["max-age=999999999999", "max-age=-1", "Sun, 01 Nov 2099 12:20:00 GMT", "0"]),
    ),
)
SECONDS = st.floats(allow_nan=False, allow_infinity=False)
OUTCOMES = st.one_of(
    st.builds(NotModified, headers=HINTS),
    st.builds(Response, url=st.just("u"), status=st.just(200), headers=HINTS, body=st.just(b"")),
    st.builds(
        FetchFailure, kind=st.sampled_from(sorted(WEIGHT)), why=st.just("x"), retry_after_s=st.none() | SECONDS.map(abs)
    ),
)
STATES = st.builds(
    SourceState,
    source_id=st.just("s"), next_visit=st.just(NOW), failures=st.floats(0, 64), pace=st.floats(0.1, 1), item_hashes=st.binary(max_size=16),
    gap_s=st.none() | st.floats(0, 1e9), heard=st.none() | st.just(NOW - timedelta(days=3)), renewed=st.none() | st.just(NOW - timedelta(days=9)),
)  # fmt: skip


@given(every=st.integers(60, 10**7), outcome=OUTCOMES, state=STATES, ttl=st.none() | SECONDS, share=st.none() | st.floats(0, 1), chance=st.floats(0, 1), offline=st.booleans())  # fmt: skip
def test_a_visit_is_never_too_soon_and_never_given_up(
    every: int,
    outcome: Response | NotModified | FetchFailure,
    state: SourceState,
    ttl: float | None,
    share: float | None,
    chance: float,
    offline: bool,
) -> None:
    source = Source(id="s", name="s", url="https://a.example/", every_s=every)
    wait = (
        next_visit(source, outcome, state, ttl_s=ttl, seen_share=share, offline=offline, now=NOW, chance=chance) - NOW
    ).total_seconds()
    assert MIN_VISIT_S <= wait <= max(every, *CEILING_S.values(), 86_400) * (1 + JITTER) + 1
    retry = outcome.retry_after_s if isinstance(outcome, FetchFailure) else None
    assert wait >= min(retry or 0.0, 86_400) - 1e-6


@given(outcome=OUTCOMES, state=STATES, offline=st.booleans(), fresh=st.integers(0, 3))
def test_every_visit_leaves_a_whole_memory(
    outcome: Response | NotModified | FetchFailure, state: SourceState, offline: bool, fresh: int
) -> None:
    source = Source(id="s", name="s", url="https://a.example/")
    feed = Feed(digest=b"d", items=3, fresh=fresh) if isinstance(outcome, Response) else None
    new = after(source, state, outcome, feed, offline=offline, now=NOW, chance=0.5)
    assert (new.visited, new.source_id) == (NOW, "s")
    assert new.next_visit > NOW
    assert isinstance(outcome, FetchFailure) == (new.heard == state.heard)
    assert (new.failures > 0) <= isinstance(outcome, FetchFailure)
