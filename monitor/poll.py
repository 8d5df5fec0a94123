"""THE PAGE: every step of a poll, from a source that is due to alerts in the outbox.

gather   one source, many in parallel: fetch → sources → the unseen entries → read (in killable workers)
settle   one transaction, one writer, no network: readings → incidents → decisions → alerts → outbox, validators, next visit
"""

from __future__ import annotations

import hashlib
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from monitor import schedule
from monitor.casework.judge import Judged, judge
from monitor.casework.people import offer
from monitor.casework.telling import put
from monitor.casework.terms import Terms, Told
from monitor.casework.together import tell_all
from monitor.fetch import Fetcher, memory
from monitor.incidents.compose import may_share_a_message, summary
from monitor.incidents.decide import Decision
from monitor.model import (
    Article,
    Entry,
    FetchFailure,
    Incident,
    Poll,
    Reading,
    Reason,
    Report,
    Response,
    Source,
    SourceState,
)
from monitor.sources import Feed
from monitor.sources.dates import STAMPS, stamping
from monitor.sources.identity import keyed
from monitor.store import articles, reports, sources
from monitor.store.database import Database
from monitor.text.page import main_text
from monitor.workers import Pool, bodies
from monitor.workers.readings import read as read_entries

SETTLE_CHUNK = 50  #: articles in one transaction at most; a long first poll must not hold up the other sources
FRESH = timedelta(hours=72)  #: what a first poll still tells at once, as one summary; older reports are only counted
LONG_SILENCE = timedelta(days=7)  #: after which a source that answers again is met as if for the first time


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """What gathering works with. chance: a number in [0, 1) for each call, spreads the visits.

    offline: takes note of what a visit met and says whether it is we who are cut off. read: what new entries say, in the pool.
    """

    fetcher: Fetcher
    pool: Pool
    database: Database
    secret: bytes
    chance: Callable[[], float]
    passing: Callable[[str], None] = field(default=lambda _name: None)
    offline: Callable[[Source, schedule.Outcome], bool] = field(default=lambda _source, _outcome: False)
    read: Callable[..., Awaitable[list[Reading]]] = read_entries


async def gather(source: Source, state: SourceState, tools: Tools, now: datetime) -> Poll:
    """Visit one source and read what is new; nothing is written. Failure is a Poll too."""
    answer = await tools.fetcher.fetch(source, state, now)
    tools.passing("after_fetch")
    if not isinstance(answer, Response):
        return _visited(source, state, answer, None, tools, now)
    feed = await bodies.parse(tools.pool, answer, source, state)
    tools.passing("after_parse")
    if isinstance(feed, FetchFailure):
        return _visited(source, state, feed, None, tools, now)
    if feed.children:
        feed = await _descend(feed, source, tools, now)
    identities = keyed(feed.entries)
    listed = [key for _, own in identities for key in own]
    unseen = await tools.database.read(lambda c: articles.unseen(c, source.id, listed, tools.secret))
    # an entry is known when any of its keys is: a new guid on a known address is a re-key, not news
    fresh = [(_article_id(source, own), entry) for entry, own in identities if all(key in unseen for key in own)]
    stamped = stamping(state.stamped, (e.published for _, e in fresh), state.visited, now)
    if state.stamped >= STAMPS:  # its dates say when we asked, not when anybody wrote
        fresh = [(article_id, replace(entry, published=None)) for article_id, entry in fresh]
    if source.page == "always":
        fresh = [(article_id, await _whole(entry, source, tools, now)) for article_id, entry in fresh]
    readings = await tools.read(tools.pool, fresh, source, now)
    poll = _visited(source, state, answer, feed, tools, now)
    return replace(
        poll,
        outcome="new" if fresh else "unchanged",
        readings=tuple(readings),
        entry_keys=tuple(listed),
        state=replace(poll.state, stamped=stamped),
    )


async def _descend(feed: Feed, source: Source, tools: Tools, now: datetime) -> Feed:
    """A list of lists with the entries of those it names, as far as they are of the same publisher; one that fails is a warning."""
    entries, warnings = list(feed.entries), list(feed.warnings)
    blank = SourceState(source_id=source.id, next_visit=now)
    for url in feed.children:
        child = replace(source, url=url)
        if tools.fetcher.house(child) != tools.fetcher.house(source):
            warnings.append("a list of another publisher is not read")
            continue
        page = await tools.fetcher.page(url, source, now)
        found = await bodies.parse(tools.pool, page, child, blank) if isinstance(page, Response) else page
        if isinstance(found, FetchFailure):
            warnings.append(f"one of its lists could not be read: {found.why}")
        else:
            entries += found.entries
    return replace(feed, entries=tuple(entries), warnings=tuple(warnings), digest=b"" if warnings else feed.digest)


async def _whole(entry: Entry, source: Source, tools: Tools, now: datetime) -> Entry:
    """An entry with the text of its own page, for sources of which every item is read so; what cannot be had leaves the feed's text."""
    page = await tools.fetcher.page(entry.url, source, now) if entry.url else None
    text = await tools.pool.run(main_text, page.body) if isinstance(page, Response) else ""
    return replace(entry, content=text) if isinstance(text, str) and len(text) > len(entry.markup) else entry


def settle(connection: Connection, poll: Poll, terms: Terms, now: datetime) -> tuple[Told, ...]:
    """Turn what one visit brought into incidents and alerts, all in the caller's transaction.

    Everything of the poll is in this one commit: articles, entry keys, incidents, deliveries, validators, next visit.
    """
    terms.passing("before_settle")
    readings = _unread_yet(connection, poll)
    articles.add(connection, readings)
    articles.remember(connection, poll.source_id, poll.entry_keys, terms.secret, now)
    told: list[Told] = []
    found: list[tuple[Incident, Decision]] = []
    older = 0
    for reading in readings:
        judged: list[Judged] = []
        for report in reading.reports:
            if poll.first and _stale(report, reading.article, now):
                older += report.alerts
                reports.add(connection, [(report, None)])
                continue
            one = judge(connection, report, reading.article, terms, now)
            if one is None:
                continue
            if poll.first and may_share_a_message(one.incident, terms.watchlist):
                if one.decision.reason is not Reason.NONE:
                    found = [f for f in found if f[0].id != one.incident.id] + [(one.incident, one.decision)]
            else:
                judged.append(one)
        offer(connection, reading, judged, now)
        told += tell_all(connection, judged, reading.article.id, terms, now)
    if found:
        told.append(
            put(connection, summary(found, older, terms.watchlist, poll.source_id, now), found[0][0], "", terms, now)
        )
    terms.passing("in_settle")
    sources.save(connection, [poll.state], () if poll.leased is None else (poll.leased, poll.at))
    return tuple(told)


def _unread_yet(connection: Connection, poll: Poll) -> tuple[Reading, ...]:
    """What the visit read; with several hosts, without what another has settled meanwhile: one that was paused may come late with it."""
    if poll.leased is None or not poll.readings:
        return poll.readings
    settled = articles.settled(connection, [r.article.id for r in poll.readings])
    return tuple(r for r in poll.readings if r.article.id not in settled)


def chunks(poll: Poll) -> list[Poll]:
    """A long poll in pieces of at most SETTLE_CHUNK articles; only the last carries keys, validators and the next visit."""
    pieces = [poll.readings[i : i + SETTLE_CHUNK] for i in range(0, len(poll.readings), SETTLE_CHUNK)] or [()]
    waiting = replace(
        poll.state,
        etag=None,
        last_modified=None,
        body_digest=b"",
        next_visit=poll.leased or poll.at,
        greeted=not poll.first,
    )
    return [
        poll
        if len(pieces) == 1
        else replace(
            poll, readings=p, entry_keys=poll.entry_keys if last else (), state=poll.state if last else waiting
        )
        for p, last in ((p, i == len(pieces) - 1) for i, p in enumerate(pieces))
    ]


def _stale(report: Report, article: Article, now: datetime) -> bool:
    """Whether a first poll only counts this report: it happened, or was published, longer ago than FRESH."""
    when = report.occurrence.last if report.occurrence else (article.published or now).date()
    return when < (now - FRESH).date()


def _article_id(source: Source, own: Sequence[str]) -> str:
    """Stable and opaque: the same entry of the same source always has the same id."""
    return hashlib.sha256(f"{source.id}|{own[0]}".encode("utf-8", "surrogatepass")).hexdigest()[:24]


def _visited(
    source: Source, state: SourceState, outcome: schedule.Outcome, feed: Feed | None, tools: Tools, now: datetime
) -> Poll:
    """One visit without its readings: how it ended, and what is remembered of the source after it."""
    failed = isinstance(outcome, FetchFailure)
    offline = tools.offline(source, outcome)
    after = memory.after(source, state, outcome, feed, offline=offline, now=now, chance=tools.chance())
    why = outcome.why if isinstance(outcome, FetchFailure) else ""
    return Poll(
        source_id=source.id,
        at=now,
        outcome="failed" if failed else "unchanged",
        state=replace(after, greeted=after.greeted or not failed),
        first=not state.greeted or (state.heard is not None and now - state.heard > LONG_SILENCE),
        lost=len(feed.poisoned) if feed else 0,
        why="; ".join((*((why,) if why else ()), *(feed.warnings if feed else ()))),
    )
