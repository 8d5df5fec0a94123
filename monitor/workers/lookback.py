"""Stored articles × entries of the watchlist → the readings of those that name one of them, in a killable process."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from monitor.match import match
from monitor.model import Article, Reading
from monitor.read import Reader
from monitor.workers import Pool, WorkerLost


async def look_back(pool: Pool, articles: Sequence[Article], watch: Collection[str]) -> list[Reading]:
    """What those of the articles say that name one of these entries; the pool's model is a Reader. An article that costs a worker is passed over."""
    found = await pool.run(_named, list(articles), frozenset(watch), model=True)
    if not isinstance(found, WorkerLost):
        return list(found)
    readings: list[Reading] = []
    for one in articles:
        alone = await pool.run(_named, [one], frozenset(watch), model=True)
        readings += [] if isinstance(alone, WorkerLost) else alone
    return readings


def _named(reader: Reader, articles: Sequence[Article], watch: frozenset[str]) -> list[Reading]:
    """Runs in a worker."""
    return [reader.read(a) for a in articles if any(m.watch in watch for m in match(a, reader.index))]
