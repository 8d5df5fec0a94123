"""Due sources and channels → jobs of the shared queue, put there in the very transaction that moves their due times.

A shard is up to SHARD due sources whose publishers fall into one bucket. The bucket is the job's lock, so that a publisher is visited by one
host at a time. What a job says is only where to look: the rows of the sources and of the outbox are the truth.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from procrastinate import App, SyncPsycopgConnector
from sqlalchemy import Connection, bindparam, text, update

from monitor.model import Source, SourceState
from monitor.store import sources as memory
from monitor.store.tables import sources

SHARD: Final = 25  #: sources of one job
BUCKETS: Final = 64  #: locks over all publishers; as many shards may be under way over all hosts
AHEAD: Final = 2 * BUCKETS  #: shards that wait; beyond it due sources stay due, so that the longest overdue go first
LEASE: Final = timedelta(minutes=10)  #: after which a source is due again although its job never ended
POLL, DELIVER = "poll", "deliver"  #: tasks, and the queues they wait in
FIRST: Final = 10  #: priority of deliveries
_LEASE = update(sources).where(sources.c.source_id == bindparam("id_")).values(next_visit=bindparam("until"))
_WAITING = text("SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo' AND task_name = :task")
_THERE = text("SELECT 1 FROM procrastinate_jobs WHERE status = 'todo' AND lock = :lock LIMIT 1")

_queue = App(connector=SyncPsycopgConnector())  #: never opened: every job goes in over the transaction's own connection


def prepare(connection: Connection) -> None:
    """Make the queue's tables where there are none."""
    if connection.scalar(text("SELECT to_regclass('procrastinate_jobs')")) is None:
        schema = _queue.schema_manager.get_schema()
        with _driver(connection).cursor() as cursor:
            cursor.execute(schema)


def enqueue(
    connection: Connection,
    known: Mapping[str, Source],
    house: Callable[[Source], str],
    live: Collection[str],
    now: datetime,
) -> int:
    """Put what is due into the queue, the longest overdue first; how many sources. live: names of the hosts that are heard."""
    room = AHEAD - int(connection.scalar(_WAITING, {"task": POLL}) or 0)
    if room <= 0:
        return 0
    shards: dict[tuple[int, str], list[list[str]]] = defaultdict(list)
    count = taken = 0
    for state in memory.due(connection, now, room * SHARD):
        source = known.get(state.source_id)
        if source is None:
            continue
        mine = shards[bucket(house(source)), queue_of(source, live)]
        if not mine or len(mine[-1]) == SHARD:
            if count == room:
                continue
            count += 1
            mine.append([])
        mine[-1].append(source.id)
        taken += 1
    until = now + LEASE
    moved = [{"id_": i, "until": until} for held in shards.values() for ids in held for i in ids]
    if moved:
        connection.execute(_LEASE, moved)
    driver = _driver(connection)
    for (number, queue), held in shards.items():
        for ids in held:
            lock = f"{POLL}:{number}"
            _queue.configure_task(POLL, lock=lock, queue=queue, connection=driver).defer(ids=[*ids])
    return taken


def call(connection: Connection, channels: Iterable[str]) -> int:
    """Put a delivery of each channel into the queue, unless one waits there already; how many. One host at a time delivers on a channel."""
    driver, made = _driver(connection), 0
    for channel in channels:
        lock = f"{DELIVER}:{channel}"
        if connection.scalar(_THERE, {"lock": lock}) is None:
            task = _queue.configure_task(DELIVER, lock=lock, queue=DELIVER, priority=FIRST, connection=driver)
            task.defer(channel=channel)
            made += 1
    return made


def lease(connection: Connection, ids: Collection[str], now: datetime) -> list[SourceState]:
    """What is remembered of a shard's sources, and a lease on them anew: whoever works on the job now has them."""
    until = now + LEASE
    connection.execute(_LEASE, [{"id_": i, "until": until} for i in ids])
    return memory.some(connection, ids)


def give_back(connection: Connection, ids: Collection[str], until: Collection[datetime], now: datetime) -> None:
    """Make due again what was leased and not visited; what another host has leased since is left to it."""
    mine = sources.c.source_id.in_(ids) & sources.c.next_visit.in_(until)
    connection.execute(update(sources).where(mine).values(next_visit=now))


def bucket(house: str) -> int:
    """The lock of a publisher, the same on every host."""
    return int.from_bytes(hashlib.sha256(house.encode("utf-8", "surrogatepass")).digest()[:4], "big") % BUCKETS


def queue_of(source: Source, live: Collection[str]) -> str:
    """The queue a source's visits wait in: of its own host where it names one that is heard, else the common one."""
    return next((f"{POLL}@{name}" for name in source.hosts if name in live), POLL)


def waiting(connection: Connection) -> dict[str, int]:
    """How many jobs wait and how many are under way, by task."""
    if (
        connection.dialect.name != "postgresql"
        or connection.scalar(text("SELECT to_regclass('procrastinate_jobs')")) is None
    ):
        return {}
    j = text(
        "SELECT task_name || ' ' || status AS what, count(*) AS n FROM procrastinate_jobs WHERE status IN ('todo', 'doing') GROUP BY 1"
    )
    return {r.what: r.n for r in connection.execute(j)}


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection
