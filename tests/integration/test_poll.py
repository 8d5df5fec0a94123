"""A whole poll against a real publisher and a real database, in one process: gather, settle, and what the outbox holds after."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from alerts import outbox
from alerts.channels import destination
from alerts.channels.console import Settings as Console
from alerts.model import DeliveryState, Match, Route, Routing
from demo import stories
from demo.publisher import Publisher
from monitor.app import reader
from monitor.casework.terms import Terms, Told
from monitor.config import load_packs
from monitor.config.keep import Keep
from monitor.fetch import Fetcher
from monitor.incidents.rulings import Ruling, Verb
from monitor.janitor import tidy
from monitor.model import Defender, Sensitivity, Source, Watchlist
from monitor.poll import Tools, chunks, gather, settle
from monitor.store import articles, incidents, rulings, sources, tables
from monitor.store.database import Database
from monitor.store.install import secret
from monitor.store.migrate import migrate
from monitor.workers import Pool

WATCHED = Watchlist(defenders=(Defender(id="kh-0001", name="Sok Dara", country=("KH",), sensitivity=Sensitivity.OPEN),))


class Newsroom:
    """One source, one database, and the clock of a test."""

    def __init__(self, publisher: Publisher, database: Database, pool: Pool, fetcher: Fetcher) -> None:
        self.database, self.now = database, datetime.now(UTC)
        self.source = Source(
            id="river-ngo",
            name="River",
            url=publisher.url("river-ngo"),
            group="river-ngo",
            country=("KH",),
            allow_private=True,
        )
        key = database.read_now(secret)
        self.tools = Tools(fetcher=fetcher, pool=pool, database=database, secret=key, chance=lambda: 0.0)
        self.terms = Terms(
            watchlist=WATCHED,
            sources={self.source.id: self.source},
            routing=Routing(routes=(Route(match=Match(), to=("terminal",)),)),
            destinations={"terminal": destination("console", Console())},
            secret=key,
        )
        database.transact_now(lambda c: sources.ensure(c, [self.source.id], self.now))

    async def visit(self) -> list[Told]:
        """Gather and settle once; the clock goes on ten minutes."""
        state = self.database.read_now(sources.states)[self.source.id]
        poll = await gather(self.source, state, self.tools, self.now)
        told: list[Told] = []
        for piece in chunks(poll):
            told += self.database.transact_now(lambda c, piece=piece: settle(c, piece, self.terms, self.now))  # type: ignore[misc]
        self.now += timedelta(minutes=10)
        return told


@pytest.fixture
async def newsroom(tmp_path: Path, publisher: Publisher) -> AsyncIterator[Newsroom]:
    database = Database.open(f"sqlite:///{tmp_path / 'news.sqlite3'}")
    migrate(database, datetime.now(UTC))
    async with Pool(1, setup=reader, initial=(load_packs(), WATCHED)) as pool, Fetcher() as fetcher:
        yield Newsroom(publisher, database, pool, fetcher)
    database.close()


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with Publisher() as made:
        yield made


async def test_an_arrest_in_a_feed_becomes_one_alert_in_the_outbox_once(
    newsroom: Newsroom, publisher: Publisher
) -> None:
    publisher.release(s for s in stories.quiet(newsroom.now.date()) if s.publisher == "river-ngo")
    assert await newsroom.visit() == []
    publisher.release(stories.arrest(newsroom.now.date()))
    (told,) = await newsroom.visit()
    assert told.alert.title == "Sok Dara reported arrested"
    assert [t.channel for t in told.targets] == ["terminal"]
    assert await newsroom.visit() == []
    assert newsroom.database.read_now(outbox.depth)[DeliveryState.QUEUED] == 1


async def test_the_first_visit_tells_what_is_fresh_as_one_summary(newsroom: Newsroom, publisher: Publisher) -> None:
    publisher.release(stories.arrest(newsroom.now.date()))
    (told,) = await newsroom.visit()
    assert told.alert.reason == "summary"
    assert "Sok Dara" in repr(told.alert.lines)
    publisher.release(stories.release(newsroom.now.date()))
    (later,) = await newsroom.visit()
    assert later.alert.reason == "state_changed"


async def test_a_second_copy_of_a_known_story_under_a_new_guid_is_not_news(
    newsroom: Newsroom, publisher: Publisher
) -> None:
    await newsroom.visit()
    (story,) = stories.arrest(newsroom.now.date())
    publisher.release([story])
    assert len(await newsroom.visit()) == 1
    publisher.release([replace(story, key="copied-elsewhere")])
    assert await newsroom.visit() == []


async def test_a_source_that_is_no_feed_is_unhealthy_and_nothing_else_is_touched(
    newsroom: Newsroom, publisher: Publisher
) -> None:
    newsroom.source = replace(newsroom.source, url=f"{publisher.address}/nobody/feed.xml")
    assert await newsroom.visit() == []
    state = newsroom.database.read_now(sources.states)["river-ngo"]
    assert state.failures > 0
    assert state.verdict == "broken"
    assert state.next_visit > newsroom.now - timedelta(minutes=10)


async def test_an_article_that_breaks_a_stage_is_kept_as_unread_and_shown(
    newsroom: Newsroom, publisher: Publisher, tmp_path: Path
) -> None:
    async with Pool(1, setup=_broken_reader, initial=()) as pool:
        newsroom.tools = replace(newsroom.tools, pool=pool)
        publisher.release(stories.arrest(newsroom.now.date()))
        assert await newsroom.visit() == []
    ((article, why),) = newsroom.database.read_now(lambda c: articles.unread(c, 5))
    assert article.source_id == "river-ngo"
    assert "failed" in why
    assert newsroom.database.read_now(lambda c: incidents.listing(c, 5)) == []


class _Broken:
    identifier = None

    def read(self, _article: object) -> None:
        raise ValueError("a stage breaks")


def _broken_reader() -> _Broken:
    return _Broken()


def test_a_long_poll_is_settled_in_pieces_and_only_the_last_moves_the_validators() -> None:
    from monitor.model import Poll, SourceState
    from tests.fakes.stored import NOW, reading

    state = SourceState(source_id="s", next_visit=NOW + timedelta(hours=1), etag="e", greeted=True)
    long = Poll(
        source_id="s",
        at=NOW,
        outcome="new",
        state=state,
        readings=tuple(reading(f"a{n}") for n in range(120)),
        entry_keys=("k",),
        first=True,
    )
    pieces = chunks(long)
    assert [len(p.readings) for p in pieces] == [50, 50, 20]
    assert [p.entry_keys for p in pieces] == [(), (), ("k",)]
    assert [p.state.etag for p in pieces] == [None, None, "e"]
    assert all(not p.state.greeted for p in pieces[:-1])


async def test_an_old_article_that_is_listed_again_after_it_was_forgotten_is_not_told_twice(
    newsroom: Newsroom, publisher: Publisher
) -> None:
    quiet = [s for s in stories.quiet(newsroom.now.date()) if s.publisher == "river-ngo"]
    publisher.release(quiet)
    await newsroom.visit()
    publisher.release(stories.arrest(newsroom.now.date()))
    assert len(await newsroom.visit()) == 1
    read = newsroom.database.read_now(lambda c: articles.since(c, datetime(2000, 1, 1, tzinfo=UTC), "", 100))
    spans = Keep(texts=timedelta(seconds=1), evidence=timedelta(seconds=1))
    (incident,) = newsroom.database.read_now(lambda c: incidents.listing(c, 9))
    closed = Ruling(incident=incident.id, verb=Verb.CLOSE, by="a responder", at=newsroom.now)
    newsroom.database.transact_now(lambda c: rulings.add(c, closed))
    newsroom.now += timedelta(days=60)
    assert await tidy(newsroom.database, spans, newsroom.now, lambda _name: None) == len(read)
    newsroom.database.transact_now(
        lambda c: c.execute(tables.sources.update().values(body_digest=b"", item_hashes=b"", etag=None))
    )
    assert await newsroom.visit() == []
    assert newsroom.database.read_now(lambda c: len(incidents.listing(c, 9))) == 1


async def test_the_dates_of_a_source_that_stamps_its_items_with_our_visit_are_not_believed(
    newsroom: Newsroom, publisher: Publisher
) -> None:
    publisher.release(s for s in stories.quiet(newsroom.now.date()) if s.publisher == "river-ngo")
    await newsroom.visit()
    state = newsroom.database.read_now(sources.states)[newsroom.source.id]
    newsroom.database.transact_now(lambda c: sources.save(c, [replace(state, stamped=0.9)]))
    publisher.release(s for s in stories.arrest(newsroom.now.date()) if s.publisher == "river-ngo")
    (told, *_) = await newsroom.visit()
    stored = newsroom.database.read_now(lambda c: articles.get(c, told.article_id))
    assert stored is not None
    assert stored.published is None, "the date of the item is left out, and nothing else is lost"
