"""THE PAGE: every step of a poll, from a source that is due to alerts in the outbox.

gather   one source, many in parallel: fetch → sources → the unseen entries → read (in killable workers)
settle   one transaction, one writer, no network: readings → incidents → decisions → alerts → outbox, validators, next visit
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from alerts import outbox
from alerts.model import Alert, Routing
from alerts.routing import Destination, Target, targets
from monitor import health, schedule
from monitor.errors import ParseError
from monitor.fetch import UNCONDITIONAL_EVERY, Fetcher
from monitor.incidents.assign import assign
from monitor.incidents.compose import compose, may_share_a_message, summary
from monitor.incidents.decide import Decision, decide
from monitor.model import (
    Article,
    Citation,
    FetchFailure,
    Incident,
    NotModified,
    Poll,
    Reason,
    Report,
    Response,
    Source,
    SourceState,
    Watchlist,
)
from monitor.sources.identity import keys
from monitor.store import articles, incidents, reports, sources
from monitor.store.database import Database
from monitor.workers import Pool, bodies

SETTLE_CHUNK = 50  #: articles in one transaction at most; a long first poll must not hold up the other sources
FRESH = timedelta(hours=72)  #: what a first poll still tells at once, as one summary; older reports are only counted
LONG_SILENCE = timedelta(days=7)  #: after which a source that answers again is met as if for the first time


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What gathering works with. chance: a number in [0, 1) for each call, spreads the visits."""

    fetcher: Fetcher
    pool: Pool
    database: Database
    secret: bytes
    chance: Callable[[], float]
    passing: Callable[[str], None] = field(default=lambda _name: None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What settling decides by: the configuration in force, and the key of this installation's hashes."""

    watchlist: Watchlist
    sources: Mapping[str, Source]
    routing: Routing
    destinations: Mapping[str, Destination]
    secret: bytes
    passing: Callable[[str], None] = field(default=lambda _name: None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One alert that was put into the outbox, what made it, and to whom it goes."""

    alert: Alert
    incident: Incident
    article_id: str
    targets: tuple[Target, ...]


async def gather(source: Source, state: SourceState, tools: Tools, now: datetime) -> Poll:
    """Visit one source and read what is new; nothing is written. Failure is a Poll too."""
    answer = await tools.fetcher.fetch(source, state, now)
    tools.passing("after_fetch")
    if isinstance(answer, FetchFailure):
        return _failed(source, state, answer, tools.chance(), now)
    if isinstance(answer, NotModified):
        return _unchanged(source, _heard(state, answer, now), answer.headers, tools.chance(), now)
    digest = hashlib.sha256(answer.body).digest()
    if digest == state.body_digest:
        return _unchanged(source, _answered(state, answer, digest, now), answer.headers, tools.chance(), now)
    try:
        parsed = await bodies.parse(tools.pool, answer, source)
    except ParseError as error:
        return _failed(source, state, FetchFailure(kind=error.kind, why=str(error)), tools.chance(), now)
    tools.passing("after_parse")
    identities = keys(parsed.feed.entries)
    known = [k for own in identities for k in own]
    unseen = await tools.database.read(lambda c: articles.unseen(c, source.id, known, tools.secret))
    # an entry is known when any of its keys is: a new guid on a known address is a re-key, not news
    fresh = [
        (_article_id(source, own), e)
        for e, own in zip(parsed.feed.entries, identities, strict=True)
        if all(k in unseen for k in own)
    ]
    readings = await bodies.read(tools.pool, fresh, source, now)
    after = _answered(state, answer, digest if not parsed.lost else b"", now)
    return Poll(
        source_id=source.id,
        at=now,
        outcome="new" if fresh else "unchanged",
        state=replace(
            after,
            greeted=True,
            next_visit=schedule.after_success(source, answer.headers, parsed.feed.ttl_s, now, tools.chance()),
        ),
        readings=tuple(readings),
        entry_keys=tuple(known),
        first=not state.greeted or (state.heard is not None and now - state.heard > LONG_SILENCE),
        lost=parsed.lost,
        why="; ".join(parsed.feed.warnings),
    )


def settle(connection: Connection, poll: Poll, terms: Terms, now: datetime) -> tuple[Told, ...]:
    """Turn what one visit brought into incidents and alerts, all in the caller's transaction.

    Everything of the poll is in this one commit: articles, entry keys, incidents, deliveries, validators, next visit.
    """
    terms.passing("before_settle")
    articles.add(connection, poll.readings)
    articles.remember(connection, poll.source_id, poll.entry_keys, terms.secret, now)
    told: list[Told] = []
    found: list[tuple[Incident, Decision]] = []
    older = 0
    for reading in poll.readings:
        for report in reading.reports:
            if poll.first and _stale(report, reading.article, now):
                older += report.alerts
                reports.add(connection, [(report, None)])
                continue
            incident, decision = _judge(connection, report, reading.article, terms, now)
            if incident is None or decision is None or decision.reason is Reason.NONE:
                continue
            if poll.first and may_share_a_message(incident, terms.watchlist):
                found = [f for f in found if f[0].id != incident.id] + [(incident, decision)]
            else:
                told += _tell(connection, incident, decision, reading.article.id, terms, now)
    if found:
        told.append(
            _enqueue(
                connection, summary(found, older, terms.watchlist, poll.source_id, now), found[0][0], "", terms, now
            )
        )
    terms.passing("in_settle")
    sources.save(connection, [poll.state])
    return tuple(told)


def chunks(poll: Poll) -> list[Poll]:
    """A long poll in pieces of at most SETTLE_CHUNK articles; only the last carries keys, validators and the next visit."""
    pieces = [poll.readings[i : i + SETTLE_CHUNK] for i in range(0, len(poll.readings), SETTLE_CHUNK)] or [()]
    waiting = replace(
        poll.state, etag=None, last_modified=None, body_digest=b"", next_visit=poll.at, greeted=not poll.first
    )
    return [
        poll
        if len(pieces) == 1
        else replace(
            poll, readings=p, entry_keys=poll.entry_keys if last else (), state=poll.state if last else waiting
        )
        for p, last in ((p, i == len(pieces) - 1) for i, p in enumerate(pieces))
    ]


def _judge(
    connection: Connection, report: Report, article: Article, terms: Terms, now: datetime
) -> tuple[Incident | None, Decision | None]:
    """Put one report into its incident, keep both, and say whether a person must hear of it."""
    candidates = incidents.candidates(connection, report.watch, report.assembly, now)
    assignment = assign(report, _cite(report, article, terms.sources, now), candidates, terms.watchlist, now)
    if assignment.after is None:
        reports.add(connection, [(report, None)])
        return None, None
    decision = decide(assignment.before, assignment.after, report)
    told = decision.reason is not Reason.NONE
    incident = replace(assignment.after, alerted=assignment.after.revision) if told else assignment.after
    incidents.save(connection, incident)
    reports.add(connection, [(report, incident.id)])
    return incident, decision


def _tell(
    connection: Connection, incident: Incident, decision: Decision, article_id: str, terms: Terms, now: datetime
) -> list[Told]:
    """Compose the alert of one decision and put it into the outbox, in this same transaction."""
    alert = compose(incident, decision, terms.watchlist, terms.sources, now)
    return [] if alert is None else [_enqueue(connection, alert, incident, article_id, terms, now)]


def _enqueue(
    connection: Connection, alert: Alert, incident: Incident, article_id: str, terms: Terms, now: datetime
) -> Told:
    reached = targets(alert, terms.routing, terms.destinations, now, outbox.told(connection, alert.thread))
    outbox.enqueue(connection, alert, reached, terms.secret, now)
    return Told(alert=alert, incident=incident, article_id=article_id, targets=reached)


def _stale(report: Report, article: Article, now: datetime) -> bool:
    """Whether a first poll only counts this report: it happened, or was published, longer ago than FRESH."""
    when = report.occurrence.last if report.occurrence else (article.published or now).date()
    return when < (now - FRESH).date()


def _cite(report: Report, article: Article, known: Mapping[str, Source], now: datetime) -> Citation:
    source = known.get(article.source_id or "")
    return Citation(
        article_id=article.id,
        source_id=article.source_id or "",
        group=source.group if source else (article.source_id or article.id),
        publisher=source.name if source else (article.source_id or "unknown publisher"),
        url=article.url,
        title=article.title,
        quote=report.quote,
        act=report.act,
        published=article.published,
        seen=article.seen or now,
    )


def _article_id(source: Source, own: Sequence[str]) -> str:
    """Stable and opaque: the same entry of the same source always has the same id."""
    return hashlib.sha256(f"{source.id}|{own[0]}".encode("utf-8", "surrogatepass")).hexdigest()[:24]


def _heard(state: SourceState, answer: Response | NotModified, now: datetime) -> SourceState:
    """The memory of a source after any answer. A 304 after failures does not make it healthy: only a document does."""
    moved_since = (state.moved_since if answer.moved_to == state.moved_to else now) if answer.moved_to else None
    state = replace(state, visited=now, moved_to=answer.moved_to, moved_since=moved_since)
    if isinstance(answer, NotModified) and state.failures:
        return state
    verdict, why = health.heard(state, now)
    return replace(state, heard=now, failures=0.0, verdict=verdict, why=why)


def _answered(state: SourceState, answer: Response, digest: bytes, now: datetime) -> SourceState:
    """After a document: both validators replaced together, verbatim."""
    kept = replace(
        _heard(state, answer, now), etag=answer.headers.get("etag"), last_modified=answer.headers.get("last-modified")
    )
    conditional = state.unconditional is not None and now - state.unconditional < UNCONDITIONAL_EVERY
    return replace(kept, body_digest=digest, unconditional=state.unconditional if conditional else now)


def _unchanged(source: Source, state: SourceState, headers: Mapping[str, str], chance: float, now: datetime) -> Poll:
    after = replace(state, greeted=True, next_visit=schedule.after_success(source, headers, None, now, chance))
    return Poll(source_id=source.id, at=now, outcome="unchanged", state=after)


def _failed(source: Source, state: SourceState, failure: FetchFailure, chance: float, now: datetime) -> Poll:
    failures = state.failures + schedule.weight(failure)
    verdict, why = health.failed(state, failure, now)
    after = replace(
        state,
        visited=now,
        failures=failures,
        verdict=verdict,
        why=why,
        next_visit=schedule.after_failure(source, failure, failures, now, chance),
    )
    return Poll(source_id=source.id, at=now, outcome="failed", state=after, why=why)


__all__ = ["Terms", "Told", "Tools", "chunks", "gather", "settle"]
