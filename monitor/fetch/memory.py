"""A source's memory before a visit and what the visit brought → its memory after: validators, digests, failures, verdict, next visit."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from monitor import health, schedule
from monitor.errors import ParseError
from monitor.fetch.validators import conditional
from monitor.model import FetchFailure, NotModified, Response, Source, SourceState
from monitor.sources import Feed


def unreadable(error: ParseError) -> FetchFailure:
    """A document that is not what its source promises, as the failed visit it is."""
    return FetchFailure(kind=error.kind, why=str(error))


def after(
    source: Source,
    state: SourceState,
    outcome: Response | NotModified | FetchFailure,
    feed: Feed | None = None,
    *,
    offline: bool = False,
    now: datetime,
    chance: float,
) -> SourceState:
    """What is remembered of a source after this visit. feed: what the document listed, None unless the outcome is a Response.

    Both validators are replaced together by each readable document, and stand after anything else; `greeted` is left to who settles.
    """
    due = schedule.next_visit(
        source, outcome, state, ttl_s=feed.ttl_s if feed else None, seen_share=feed.seen_share if feed else None,
        offline=offline, now=now, chance=chance,
    )  # fmt: skip
    whole = state.unconditional if conditional(state, now) or isinstance(outcome, FetchFailure) else now
    new = replace(
        state,
        next_visit=due,
        visited=now,
        failures=schedule.failures(state, outcome, offline=offline),
        unconditional=whole,
    )
    if not isinstance(outcome, FetchFailure):
        new = _heard(new, outcome, now)
    if isinstance(outcome, Response) and feed is not None:
        new = _listed(new, outcome, feed, now)
    if isinstance(outcome, FetchFailure) and offline:
        return new
    judged, why = health.verdict(new, outcome, now)
    return replace(new, verdict=judged, why=why)


def _heard(state: SourceState, outcome: Response | NotModified, now: datetime) -> SourceState:
    since = state.moved_since if outcome.moved_to and outcome.moved_to == state.moved_to else now
    return replace(state, heard=now, moved_to=outcome.moved_to, moved_since=since if outcome.moved_to else None)


def _listed(state: SourceState, outcome: Response, feed: Feed, now: datetime) -> SourceState:
    new = replace(
        state,
        etag=outcome.headers.get("etag"),
        last_modified=outcome.headers.get("last-modified"),
        body_digest=feed.digest,
        item_hashes=feed.item_hashes,
        pace=schedule.pace(state, feed.seen_share),
    )
    return replace(new, renewed=now, gap_s=health.rhythm(state, now)) if feed.fresh else new
