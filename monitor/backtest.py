"""Two versions of the watchlist × the articles of the last weeks → the alerts that one would have brought and the other not."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial

from sqlalchemy import Connection

from alerts.model import Routing
from monitor.casework.retrospect import digest
from monitor.casework.terms import Terms, Told
from monitor.languages.pack import Packs
from monitor.match import build
from monitor.match.twins import twins
from monitor.model import Act, Article, Poll, Reading, Source, SourceState, Watchlist
from monitor.poll import settle
from monitor.store import articles as kept
from monitor.store.database import Database
from monitor.store.install import secret
from monitor.store.migrate import migrate
from monitor.workers import Pool
from monitor.workers.contrast import Pair, contrast, readers

WORKERS = 2  #: processes that read
PAGE = 250  #: articles asked of a worker at once, about half a second
MEMORY_BYTES = 2_500_000_000  #: of address space of one worker, which holds two lists


@dataclass(frozen=True, slots=True, kw_only=True)
class Alerted:
    """One message that a list would have brought. quote: the sentence it rests on."""

    watch: tuple[str, ...]
    act: Act
    reason: str
    at: datetime
    article_id: str
    publisher: str
    url: str | None
    quote: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What an edit changes. changed: ids that were looked for; looked: articles; lost: articles that could not be read; gained, missed: alerts."""

    changed: tuple[str, ...]
    looked: int
    lost: int
    gained: tuple[Alerted, ...]
    missed: tuple[Alerted, ...]


def changed(before: Watchlist, after: Watchlist, packs: Packs) -> frozenset[str]:
    """The ids whose alerts may differ: those added, removed or asked for otherwise, and those that share a name with one of them."""
    old, new = ({d.id: digest(d) for d in w.defenders} for w in (before, after))
    moved = {i for i in old.keys() | new.keys() if old.get(i) != new.get(i)}
    beside: set[str] = set()
    for watchlist in (before, after):
        chosen = tuple(d for d in watchlist.defenders if d.id in moved)
        if chosen:
            beside.update(i for a, b, _ in twins(build(watchlist, packs), chosen) for i in (a, b))
    return frozenset(moved | beside)


async def backtest(
    database: Database,
    packs: Packs,
    before: Watchlist,
    after: Watchlist,
    sources: Sequence[Source],
    since: datetime,
    step: Callable[[int], None] = lambda _count: None,
) -> Difference:
    """Read what is stored since a moment with the entries that differ, and settle it twice, each in a database of its own in memory.

    step: told how many articles were looked at, as it goes on. Assemblies count when they differ; then every article is read whole.
    """
    asked = changed(before, after, packs)
    assemblies = before.assemblies != after.assemblies
    old, new = (_only(w, asked, assemblies) for w in (before, after))
    if not asked and not assemblies:
        return Difference(changed=(), looked=0, lost=0, gained=(), missed=())
    pairs: list[Pair] = []
    looked = lost = 0
    async with Pool(WORKERS, MEMORY_BYTES, setup=readers, initial=(packs, old, new)) as pool:
        mark = (since, "")
        while pages := await database.read(partial(_pages, mark)):
            for found, gone in await asyncio.gather(*(contrast(pool, page) for page in pages)):
                pairs += found
                lost += gone
            count = sum(map(len, pages))
            looked += count
            step(count)
            last = pages[-1][-1]
            mark = (last.seen or since, last.id)
    known = {s.id: s for s in sources}
    one = _settled([p[0] for p in pairs], old, known)
    other = _settled([p[1] for p in pairs], new, known)
    return Difference(
        changed=tuple(sorted(asked)),
        looked=looked,
        lost=lost,
        gained=tuple(_alerted(t, known) for key, t in other.items() if key not in one),
        missed=tuple(_alerted(t, known) for key, t in one.items() if key not in other),
    )


_Key = tuple[tuple[str, ...], Act, str]


def _settled(readings: Iterable[Reading], watchlist: Watchlist, sources: Mapping[str, Source]) -> dict[_Key, Told]:
    """The messages that these readings bring, in the order of the clock, by whom and what they tell of and the article that brought them."""
    database = Database.open("sqlite://")
    told: dict[_Key, Told] = {}
    try:
        first = True
        for reading in readings:
            at = reading.article.seen or reading.article.published
            if at is None:
                continue
            if first:
                migrate(database, at)
                first = False
            terms = Terms(
                watchlist=watchlist,
                sources=sources,
                routing=Routing(routes=()),
                destinations={},
                secret=database.read_now(secret),
            )
            poll = Poll(
                source_id=reading.article.source_id or "",
                at=at,
                outcome="new",
                state=SourceState(source_id="", next_visit=at),
                readings=(reading,),
            )
            for one in database.transact_now(lambda c, p=poll, t=terms, at=at: settle(c, p, t, at)):  # type: ignore[misc]  # the defaults bind them
                told.setdefault((one.incident.watch, one.incident.act, one.article_id), one)
    finally:
        database.close()
    return told


def _only(watchlist: Watchlist, ids: frozenset[str], assemblies: bool) -> Watchlist:
    chosen = tuple(d for d in watchlist.defenders if d.id in ids)
    return replace(watchlist, defenders=chosen, assemblies=watchlist.assemblies if assemblies else ())


def _pages(after: tuple[datetime, str], connection: Connection) -> list[list[Article]]:
    """The next articles, one page for each worker."""
    found = kept.since(connection, *after, WORKERS * PAGE)
    return [found[i : i + PAGE] for i in range(0, len(found), PAGE)]


def _alerted(told: Told, sources: Mapping[str, Source]) -> Alerted:
    cited = next((c for c in told.incident.citations if c.article_id == told.article_id), None)
    source = sources.get(cited.source_id) if cited else None
    return Alerted(
        watch=told.incident.watch,
        act=told.incident.act,
        reason=told.alert.reason,
        at=told.alert.at,
        article_id=told.article_id,
        publisher=source.name if source else cited.publisher if cited else "",
        url=cited.url if cited else None,
        quote=cited.quote if cited else "",
    )
