"""When it is we who are cut off, and how many visits are under way at one publisher."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from alerts.model import Routing
from monitor.casework.terms import Terms
from monitor.fetch import Fetcher
from monitor.model import (
    Article,
    FetchFailure,
    NotModified,
    Poll,
    Reading,
    Response,
    Source,
    SourceState,
    Watchlist,
)
from monitor.poll import Tools
from monitor.store import sources
from monitor.store.database import Database
from monitor.store.install import secret
from monitor.store.migrate import migrate
from monitor.store.together import Together
from monitor.visits import RECENT, Horizon, Visits
from monitor.workers import Pool

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
LOST = FetchFailure(kind="temporary", why="nothing answers at its address")


def test_one_house_failing_with_all_its_sources_is_not_us() -> None:
    horizon = Horizon()
    assert not any(horizon.note("house", LOST, NOW) for _ in range(50))


def test_we_are_offline_while_unrelated_publishers_fail_and_no_longer_when_they_answer() -> None:
    horizon = Horizon()
    assert [horizon.note(f"g{i}", LOST, NOW) for i in range(4)] == [False, False, False, True]
    assert [horizon.note(f"g{i}", NotModified(), NOW) for i in range(2)] == [True, False]
    assert not horizon.offline(NOW)


def test_what_failed_long_ago_says_nothing_of_now() -> None:
    horizon = Horizon()
    for i in range(9):
        horizon.note(f"g{i}", LOST, NOW)
    assert horizon.offline(NOW + RECENT)
    assert not horizon.offline(NOW + RECENT + timedelta(seconds=1))


class Slow(Fetcher):
    """A way to the web on which each visit lasts until it is let go; counts how many are under way at each publisher."""

    def __init__(self) -> None:
        super().__init__()
        self.under_way: dict[str, int] = {}
        self.most: dict[str, int] = {}
        self.go = asyncio.Event()

    async def fetch(self, source: Source, state: SourceState, now: datetime) -> NotModified:
        """Nothing new, after a while."""
        del state, now
        house = self.house(source)
        self.under_way[house] = self.under_way.get(house, 0) + 1
        self.most[house] = max(self.most.get(house, 0), self.under_way[house])
        await self.go.wait()
        self.under_way[house] -= 1
        return NotModified()


async def test_a_house_with_many_feeds_has_few_visits_at_once_and_crowds_out_nobody(tmp_path: Path) -> None:
    houses = [f"https://blog{i}.many.example/feed" for i in range(50)] + [
        f"https://n{i}.example/feed" for i in range(5)
    ]
    known = {f"s{i:02}": Source(id=f"s{i:02}", name="", url=url, group=f"s{i:02}") for i, url in enumerate(houses)}
    database = Database.open(f"sqlite:///{tmp_path / 'visits.sqlite3'}")
    migrate(database, NOW)
    database.transact_now(lambda c: sources.ensure(c, known, NOW))
    key = database.read_now(secret)
    terms = Terms(watchlist=Watchlist(), sources=known, routing=Routing(routes=()), destinations={}, secret=key)
    async with Pool(1) as pool, Slow() as fetcher:
        tools = Tools(fetcher=fetcher, pool=pool, database=database, secret=key, chance=lambda: 0.5)
        visits = Visits(tools, lambda: terms, lambda: NOW, at_once=10)
        for _ in range(3):
            await visits.look()
            await asyncio.sleep(0)
        await asyncio.sleep(0.05)
        assert fetcher.under_way == {"many.example": 2, **{f"n{i}.example": 1 for i in range(5)}}
        fetcher.go.set()
        while visits.busy:
            await asyncio.sleep(0.01)
            await visits.look(NOW)
    states = database.read_now(sources.states)
    database.close()
    assert all(s.heard == NOW and s.next_visit > NOW for s in states.values())
    assert fetcher.most["many.example"] == 2


async def test_what_arrives_together_is_written_together_and_each_hears_how_it_ended() -> None:
    written: list[list[int]] = []

    async def write(batch: list[int]) -> list[int | Exception]:
        written.append(batch)
        if 99 in batch:
            raise OSError("the disk is full")
        return [ValueError("refused") if n == 13 else n * n for n in batch]

    together = Together(write, linger_s=0)
    first, second = await asyncio.gather(*(together.keep(n) for n in (3, 13)), return_exceptions=True)
    assert first == 9
    assert isinstance(second, ValueError)
    assert written == [[3, 13]]
    with pytest.raises(OSError, match="disk"):
        await together.keep(99)
    assert await together.keep(7) == 49


async def test_a_poll_that_cannot_be_settled_does_not_undo_those_it_was_written_with(tmp_path: Path) -> None:
    database = Database.open(f"sqlite:///{tmp_path / 'visits.sqlite3'}")
    migrate(database, NOW)
    known = {f"s{i}": Source(id=f"s{i}", name="", url=f"https://n{i}.example/feed", group=f"s{i}") for i in range(5)}
    database.transact_now(lambda c: sources.ensure(c, known, NOW))
    key = database.read_now(secret)
    terms = Terms(watchlist=Watchlist(), sources=known, routing=Routing(routes=()), destinations={}, secret=key)
    ended: list[Poll | None] = []

    async def read(_pool: Pool, _fresh: object, source: Source, _now: datetime) -> list[Reading]:
        """A reading whose article no database takes, from one of the sources."""
        return [Reading(article=Article(id=source.id, title="", text=b"" if source.id == "s2" else ""))]  # type: ignore[arg-type]  # what breaks

    async with Pool(1) as pool, Paper() as fetcher:
        tools = Tools(fetcher=fetcher, pool=pool, database=database, secret=key, chance=lambda: 0.5, read=read)
        visits = Visits(tools, lambda: terms, lambda: NOW, lambda poll, _told: ended.append(poll))
        await visits.look()
        while visits.busy:
            await asyncio.sleep(0.01)
            await visits.look(NOW - timedelta(days=1))
    kept = database.read_now(sources.states)
    database.close()
    assert sorted(p.source_id for p in ended if p) == ["s0", "s1", "s3", "s4"]
    assert {i for i, s in kept.items() if s.heard} == {"s0", "s1", "s3", "s4"}


class Paper(Fetcher):
    """A way to the web on which every source lists one item."""

    async def fetch(self, source: Source, state: SourceState, now: datetime) -> Response:
        """A feed of one item."""
        del state, now
        item = f"<item><title>{source.id}</title><guid>{source.id}</guid></item>"
        body = f"<rss version='2.0'><channel><title>x</title>{item}</channel></rss>"
        return Response(url=source.url, status=200, headers={}, body=body.encode())
