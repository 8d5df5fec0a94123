"""What is remembered of a source → the conditional headers of the next request."""

from __future__ import annotations

from datetime import datetime, timedelta

from monitor.model import SourceState

#: How long validators are believed: some publishers answer 304 for ever, some with a Last-Modified in the future, so once a day
#: the whole document is asked for. Source: miniflux/v2 #51, FreshRSS #1020, Media Cloud (conditional requests off by default).
BELIEVED = timedelta(hours=24)


def conditional(state: SourceState, now: datetime) -> bool:
    """Whether the next visit may ask "only if it changed"; false once a day and after a failure, when the whole must be seen."""
    if not (state.etag or state.last_modified) or state.failures > 0:
        return False
    return state.unconditional is not None and timedelta(0) <= now - state.unconditional < BELIEVED


def conditions(state: SourceState, now: datetime) -> dict[str, str]:
    """The conditional headers, both validators exactly as the publisher wrote them; none when the visit must be unconditional."""
    if not conditional(state, now):
        return {}
    pairs = (("If-None-Match", state.etag), ("If-Modified-Since", state.last_modified))
    return {name: value for name, value in pairs if value}
