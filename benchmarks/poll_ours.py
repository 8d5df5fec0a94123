"""Our side of the polling benchmark: the program's own visits, store and schedule over the same feeds, a round for each line.

`python -m benchmarks.poll_ours FEEDS PORT FOLDER` prints one JSON line a round. Entries are kept as they came; cleaning their text,
detection and matching are left out, because the peer does nothing of the kind: what they cost is measured by the benchmark of events.
"""

from __future__ import annotations

import asyncio
import json
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import structlog
from sqlalchemy import Connection, func, select

from alerts.model import Routing
from benchmarks.plain import keep
from benchmarks.publisher import address
from benchmarks.usage import spent
from monitor import memory as housekeeping
from monitor.casework.terms import Terms
from monitor.fetch import Fetcher
from monitor.jobs import TICK_S
from monitor.model import Source, Watchlist
from monitor.poll import Tools
from monitor.store import sources, tables
from monitor.store.database import Database
from monitor.store.install import secret
from monitor.store.migrate import migrate
from monitor.visits import Visits
from monitor.workers import Pool

ROUND = timedelta(minutes=10)  #: by which the clock of the benchmark goes on, so that every source is due again


class Clock:
    """The time of the benchmark."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 2, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        """The present moment of it."""
        return self.now


async def main() -> None:
    """Make the sources due and visit them all at each line."""
    feeds, port, folder = int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3])
    structlog.configure(logger_factory=structlog.PrintLoggerFactory(sys.stderr))
    database = Database.open(f"sqlite:///{folder / 'ours.sqlite3'}")
    clock = Clock()
    migrate(database, clock())
    known = {
        f"s{feed}": Source(
            id=f"s{feed}", name=f"s{feed}", group=f"s{feed}", url=address(feed, port), every_s=300, allow_private=True
        )
        for feed in range(feeds)
    }
    await database.transact(lambda c: sources.ensure(c, known, clock()))
    key = database.read_now(secret)
    terms = Terms(watchlist=Watchlist(), sources=known, routing=Routing(routes=()), destinations={}, secret=key)
    async with Pool(2) as pool, Fetcher() as fetcher:
        tools = Tools(fetcher=fetcher, pool=pool, database=database, secret=key, chance=lambda: 0.5, read=keep)
        visits = Visits(tools, lambda: terms, clock)
        housekeeping.settle()
        print("ready", flush=True)
        loop = asyncio.get_running_loop()
        while await loop.run_in_executor(None, sys.stdin.readline):
            before = spent(pool.pids())
            moment = clock()
            await visits.look(moment)
            while visits.busy:
                await asyncio.sleep(TICK_S)
                await visits.look(moment)
            housekeeping.trim()
            after = spent(pool.pids())
            kept = database.read_now(_read)
            print(json.dumps(after.since(before, kept)), flush=True)
            clock.now += ROUND
    database.close()


def _read(connection: Connection) -> int:
    """How many articles were made and kept."""
    made = select(func.count()).select_from(tables.articles).where(tables.articles.c.unread.is_(None))
    return connection.scalar(made) or 0


if __name__ == "__main__":
    asyncio.run(main())
