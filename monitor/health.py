"""What visits brought → a verdict on a source, with the reason and the next step; pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from monitor.model import FetchFailure, SourceState

BROKEN_AFTER = timedelta(hours=6)  #: of failures in a row; a publisher's bad hour is no news
MOVED_AFTER = timedelta(days=7)  #: of the same permanent redirect before it is believed

_BY_KIND = {"blocked": "blocked", "hostile": "hostile", "gone": "broken"}


def heard(state: SourceState, now: datetime) -> tuple[str, str]:
    """The verdict on a source that has just answered."""
    if state.moved_to and state.moved_since and now - state.moved_since >= MOVED_AFTER:
        return (
            "moved",
            f"it has moved for {(now - state.moved_since).days} days: write its new address into sources.yaml",
        )
    return "heard", ""


def failed(state: SourceState, failure: FetchFailure, now: datetime) -> tuple[str, str]:
    """The verdict on a source whose visit failed: the last one stands until failures have lasted, except for what cannot mend itself."""
    if failure.kind == "gone":
        return (
            "broken",
            "the publisher says it is gone for good: take it out of sources.yaml or look for its new address",
        )
    if failure.kind in _BY_KIND:
        return _BY_KIND[failure.kind], failure.why
    since = state.heard or state.visited
    if since is None or now - since >= BROKEN_AFTER or failure.kind == "hard":
        return "broken", failure.why
    return state.verdict if state.verdict != "new" else "broken", failure.why
