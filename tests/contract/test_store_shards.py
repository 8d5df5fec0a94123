"""Jobs of the shared queue go in with the due times they move, or not at all; publishers, pins and channels keep to their locks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, text

from monitor.model import Article, Poll, Reading, Source, SourceState
from monitor.poll import chunks
from monitor.store import articles, shards, sources
from monitor.store.database import Database
from tests.fakes.stored import NOW, reading

Open = Callable[[str], Database]
SOURCES = {f"s{n:03d}": Source(id=f"s{n:03d}", name="S", url=f"https://h{n % 7}.example/{n}") for n in range(60)}


def house(source: Source) -> str:
    return source.url.split("/")[2]


@pytest.fixture
def database(postgres_url: str, open_database: Open) -> Database:
    made = open_database(postgres_url)
    made.transact_now(shards.prepare)
    made.transact_now(shards.prepare)  # a second host finds it there
    made.transact_now(lambda c: sources.ensure(c, SOURCES, NOW))
    return made


def jobs(database: Database) -> list[dict[str, Any]]:
    query = text("SELECT task_name, queue_name, lock, priority, args, status FROM procrastinate_jobs ORDER BY id")
    return [dict(r._mapping) for r in database.read_now(lambda c: c.execute(query).all())]


def enqueued(
    database: Database, now: datetime = NOW, known: dict[str, Source] = SOURCES, live: tuple[str, ...] = ()
) -> int:
    return database.transact_now(lambda c: shards.enqueue(c, known, house, live, now))


def test_what_is_due_becomes_shards_of_one_bucket_and_is_due_no_more(database: Database) -> None:
    assert enqueued(database) == 60
    assert enqueued(database) == 0
    found = jobs(database)
    assert sorted(i for job in found for i in job["args"]["ids"]) == sorted(SOURCES)
    for job in found:
        assert {f"poll:{shards.bucket(house(SOURCES[i]))}" for i in job["args"]["ids"]} == {job["lock"]}
        assert len(job["args"]["ids"]) <= shards.SHARD
    assert {j["queue_name"] for j in found} == {"poll"}
    later = NOW + shards.LEASE + timedelta(seconds=1)
    assert enqueued(database, later) == 60, "a job that was lost with its queue is made anew"


def test_a_transaction_that_fails_leaves_neither_a_job_nor_a_moved_due_time(database: Database) -> None:
    def broken(connection: Connection) -> None:
        """Enqueue, then fail."""
        shards.enqueue(connection, SOURCES, house, (), NOW)
        raise RuntimeError("the host died here")

    with pytest.raises(RuntimeError):
        database.transact_now(broken)
    assert jobs(database) == []
    assert enqueued(database) == 60


def test_a_source_with_a_host_of_its_own_waits_for_it_while_it_is_heard(database: Database) -> None:
    known = {**SOURCES, "s000": replace(SOURCES["s000"], hosts=("kh-1", "kh-2"))}
    enqueued(database, known=known, live=("kh-2", "th-1"))
    assert [j["queue_name"] for j in jobs(database) if "s000" in j["args"]["ids"]] == ["poll@kh-2"]
    enqueued(database, NOW + shards.LEASE * 2, known, ("th-1",))
    assert [j["queue_name"] for j in jobs(database) if "s000" in j["args"]["ids"]] == ["poll@kh-2", "poll"]


def test_a_full_queue_takes_no_more_and_the_longest_overdue_go_first(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shards, "AHEAD", 2)
    monkeypatch.setattr(shards, "SHARD", 5)
    early = NOW - timedelta(minutes=5)
    database.transact_now(lambda c: sources.save(c, [SourceState(source_id="s059", next_visit=early)]))
    enqueued(database)
    assert len(jobs(database)) == 2
    assert "s059" in jobs(database)[0]["args"]["ids"]
    assert enqueued(database) == 0


def test_a_channel_is_called_once_until_somebody_comes(database: Database) -> None:
    assert database.transact_now(lambda c: shards.call(c, ("desk", "duty"))) == 2
    assert database.transact_now(lambda c: shards.call(c, ("desk", "duty"))) == 0
    found = jobs(database)
    assert [(j["lock"], j["priority"], j["queue_name"]) for j in found] == [
        ("deliver:desk", 10, "deliver"),
        ("deliver:duty", 10, "deliver"),
    ]
    assert database.read_now(shards.waiting) == {"deliver todo": 2}
    database.transact_now(lambda c: c.execute(text("UPDATE procrastinate_jobs SET status = 'doing'")))
    assert database.transact_now(lambda c: shards.call(c, ("desk",))) == 1, "what comes meanwhile is not forgotten"


def test_what_was_leased_and_not_visited_is_given_back_unless_another_has_it(database: Database) -> None:
    enqueued(database)
    ids = ["s000", "s001"]
    first = database.transact_now(lambda c: shards.lease(c, ids, NOW + timedelta(seconds=1)))
    mine = [s.next_visit for s in first]
    second = database.transact_now(lambda c: shards.lease(c, ["s001"], NOW + timedelta(seconds=40)))
    database.transact_now(lambda c: shards.give_back(c, ids, mine, NOW + timedelta(seconds=50)))
    states = database.read_now(sources.states)
    assert states["s000"].next_visit == NOW + timedelta(seconds=50)
    assert states["s001"].next_visit == second[0].next_visit


def test_a_host_that_was_paused_does_not_undo_what_another_learnt(database: Database) -> None:
    enqueued(database)
    (mine,) = database.transact_now(lambda c: shards.lease(c, ["s000"], NOW))
    (theirs,) = database.transact_now(lambda c: shards.lease(c, ["s000"], NOW + timedelta(seconds=40)))
    newer = replace(theirs, etag='"new"', next_visit=NOW + timedelta(minutes=5))
    database.transact_now(lambda c: sources.save(c, [newer], (theirs.next_visit,)))
    late = replace(mine, etag='"old"', next_visit=NOW + timedelta(minutes=1))
    database.transact_now(lambda c: sources.save(c, [late], (mine.next_visit,)))
    assert database.read_now(sources.states)["s000"].etag == '"new"'


def test_an_article_that_another_host_settled_is_known(database: Database) -> None:
    read, broken = reading("a1"), reading("a2", unread="it cost a worker")
    database.transact_now(lambda c: articles.add(c, [read, broken]))
    assert database.read_now(lambda c: articles.settled(c, ["a1", "a2", "a3"])) == {"a1"}


def test_a_long_poll_keeps_its_lease_until_its_last_piece() -> None:
    many = tuple(Reading(article=Article(id=str(n), title="", text="")) for n in range(120))
    state = SourceState(source_id="s", next_visit=NOW + timedelta(hours=1))
    poll = Poll(source_id="s", at=NOW, outcome="new", state=state, readings=many, leased=NOW + shards.LEASE)
    pieces = chunks(poll)
    assert len(pieces) == 3
    assert [p.state.next_visit for p in pieces] == [poll.leased, poll.leased, state.next_visit]
