"""Known entries and articles come back as they were, whatever a feed has written into them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Connection, select

from monitor.model import Article
from monitor.store import articles, reports, sources
from monitor.store.database import Database
from monitor.store.tables import entries
from tests.fakes import stored
from tests.fakes.stored import HOSTILE, NOW, STORABLE

SECRET = b"s" * 32
HOUR = timedelta(hours=1)


def test_a_key_is_unseen_until_it_is_remembered(database: Database) -> None:
    keys = ["guid:1", "https://paper.example/1", HOSTILE, ""]
    assert _unseen(database, "a", keys) == set(keys)
    database.transact_now(lambda c: articles.remember(c, "a", keys, SECRET, NOW))
    assert _unseen(database, "a", [*keys, "guid:2"]) == {"guid:2"}


def test_one_source_knows_nothing_of_the_keys_of_another(database: Database) -> None:
    database.transact_now(lambda c: articles.remember(c, "a", ["guid:1"], SECRET, NOW))
    assert _unseen(database, "b", ["guid:1"]) == {"guid:1"}


def test_a_key_remembered_twice_keeps_when_it_was_first_seen(database: Database) -> None:
    for at in (NOW, NOW + HOUR):
        database.transact_now(lambda c, at=at: articles.remember(c, "a", ["guid:1", "guid:1"], SECRET, at))
    assert database.read_now(lambda c: [tuple(r) for r in c.execute(select(entries.c.source_id, entries.c.seen))]) == [
        ("a", NOW)
    ]


def test_no_key_can_be_read_out_of_the_database(database: Database) -> None:
    database.transact_now(lambda c: articles.remember(c, "a", ["https://paper.example/1"], SECRET, NOW))
    (kept,) = database.read_now(lambda c: list(c.scalars(select(entries.c.key))))
    assert bytes(kept) == articles.hashed(SECRET, "https://paper.example/1")
    assert len(bytes(kept)) == articles.KEY_BYTES
    assert bytes(kept) != articles.hashed(b"t" * 32, "https://paper.example/1")


def test_a_feed_of_tens_of_thousands_of_keys_is_asked_about_at_once(database: Database) -> None:
    known = [f"https://paper.example/{i}" for i in range(34_000)]
    database.transact_now(lambda c: articles.remember(c, "a", known[1:], SECRET, NOW))
    assert _unseen(database, "a", known) == {known[0]}


def test_nothing_to_ask_and_nothing_to_remember_are_no_trouble(database: Database) -> None:
    def nothing(connection: Connection) -> set[str]:
        articles.add(connection, [])
        articles.remember(connection, "a", [], SECRET, NOW)
        reports.add(connection, [])
        sources.save(connection, [])
        return articles.unseen(connection, "a", [], SECRET)

    assert database.transact_now(nothing) == set()


def _unseen(database: Database, source_id: str, keys: list[str]) -> set[str]:
    return database.read_now(lambda c: articles.unseen(c, source_id, keys, SECRET))


def test_an_article_comes_back_as_it_was(database: Database) -> None:
    full, bare = stored.article("a1"), Article(id="a2", title="", text="")
    database.transact_now(lambda c: articles.add(c, [stored.reading("a1"), replace(stored.reading(), article=bare)]))
    assert database.read_now(lambda c: (articles.get(c, "a1"), articles.get(c, "a2"), articles.get(c, "a3"))) == (
        full,
        bare,
        None,
    )


def test_whatever_a_feed_writes_is_kept_with_its_offsets(database: Database) -> None:
    hostile = stored.article(
        text=HOSTILE * 1000,
        title=HOSTILE,
        url=HOSTILE * 100,
        language=HOSTILE * 20,
        country=tuple(f"C{i}" for i in range(250)),
    )
    database.transact_now(lambda c: articles.add(c, [replace(stored.reading(), article=hostile, unread=HOSTILE * 200)]))
    kept = database.read_now(lambda c: articles.get(c, "a1"))
    assert kept == replace(hostile, text=STORABLE * 1000, title=STORABLE, url=STORABLE * 100, language=STORABLE * 20)
    assert len(kept.text) == len(hostile.text)


def test_an_article_that_was_read_stays_as_it_was_first_seen(database: Database) -> None:
    for reading in (
        stored.reading(title="first"),
        stored.reading(title="second"),
        stored.reading(title="third", unread="broken"),
    ):
        database.transact_now(lambda c, r=reading: articles.add(c, [r]))
    assert database.read_now(lambda c: articles.get(c, "a1")).title == "first"
    assert database.read_now(lambda c: articles.unread(c, 10)) == []


def test_an_article_that_could_not_be_read_gives_way_to_its_reading(database: Database) -> None:
    database.transact_now(lambda c: articles.add(c, [stored.reading(text="half", unread="the worker died")]))
    assert database.read_now(lambda c: articles.unread(c, 10)) == [(stored.article(text="half"), "the worker died")]
    database.transact_now(lambda c: articles.add(c, [stored.reading(text="whole")]))
    assert database.read_now(lambda c: articles.get(c, "a1")) == stored.article(text="whole")
    assert database.read_now(lambda c: articles.unread(c, 10)) == []


def test_the_newest_unread_articles_come_first(database: Database) -> None:
    readings = [stored.reading(f"a{i}", unread="broken", seen=NOW + i * HOUR) for i in range(4)]
    database.transact_now(lambda c: articles.add(c, readings))
    assert [a.id for a, _ in database.read_now(lambda c: articles.unread(c, 2))] == ["a3", "a2"]


def test_an_address_leads_to_the_newest_article_there(database: Database) -> None:
    readings = [
        stored.reading("old"),
        stored.reading("new", seen=NOW + HOUR),
        stored.reading("other", url="https://b.example"),
    ]
    database.transact_now(lambda c: articles.add(c, readings))
    assert database.read_now(lambda c: articles.by_url(c, "https://paper.example/1")).id == "new"
    assert database.read_now(lambda c: articles.by_url(c, "https://nowhere.example")) is None
