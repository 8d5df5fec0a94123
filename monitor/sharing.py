"""Several hosts on one PostgreSQL: what is due becomes jobs of a shared queue, and this host works on those it gets.

Each host puts due sources into the queue and works on what it fetches; one of them, by a lease, calls for deliveries and takes back the jobs of a
host that is heard no more. Jobs only say where to look. What makes every result happen once are the rows: entry keys, the outbox, the leases.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Coroutine
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

import structlog
from procrastinate import App, PsycopgConnector, RetryStrategy
from procrastinate.exceptions import ProcrastinateException
from psycopg import Error as ServerError
from psycopg_pool import PoolTimeout

from alerts.deliver import Deliverer
from monitor.casework.terms import Terms
from monitor.errors import StoreError
from monitor.fetch.manners import GAP_S
from monitor.model import Source
from monitor.store import hosts, shards
from monitor.store.database import Database
from monitor.store.hold import Hold
from monitor.visits import Visits

SHARDS_AT_ONCE: Final = 20  #: of one host; each waits most of the time, for its publishers and then for their gap
CHANNELS_AT_ONCE: Final = 16  #: of one host; deliveries have a worker of their own, so that polls never starve them
SILENT_S: Final = 30.0  #: without a sign of life from a worker, after which its jobs are taken back
AWAY: Final = timedelta(
    minutes=5
)  #: without a sign of life from a host, after which its own sources are visited by any other
AGAIN_S: Final = 3.0  #: seconds until a worker that ended is started anew
STOP_S: Final = 3.0  #: seconds that jobs have to end in good order when the daemon stops
#: A job that a failing database broke off is tried again; after that its sources' lease runs out, or the next call comes.
_RETRY: Final = RetryStrategy(max_attempts=5, wait=5)

_log = structlog.get_logger(__name__)


class Sharing:
    """This host's part of the shared work. Its public functions are jobs of the daemon's scheduler."""

    def __init__(
        self,
        database: Database,
        hold: Hold,
        visits: Visits,
        deliverer: Deliverer,
        terms: Callable[[], Terms],
        house: Callable[[Source], str],
        now: Callable[[], datetime],
    ) -> None:
        self._database, self._hold, self._visits, self._deliverer = database, hold, visits, deliverer
        self._terms, self._house, self._now = terms, house, now
        logging.getLogger("procrastinate").setLevel(logging.CRITICAL)  # we say ourselves what matters, in our own words
        address = database.engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
        self._app = App(connector=PsycopgConnector(conninfo=address, min_size=1, max_size=8, timeout=10))
        self._app.task(name=shards.POLL, retry=_RETRY)(self._poll)
        self._app.task(name=shards.DELIVER, retry=_RETRY)(self._drain)
        self._workers: list[asyncio.Task[None]] = []
        self._closing = False

    async def begin(self) -> None:
        """Make the queue where there is none, and start to work on it."""
        await self._database.transact(shards.prepare)
        await self._app.open_async()
        polls = [shards.POLL, f"{shards.POLL}@{self._hold.name}"]
        self._workers = [
            asyncio.create_task(self._working(polls, SHARDS_AT_ONCE)),
            asyncio.create_task(self._working([shards.DELIVER], CHANNELS_AT_ONCE)),
        ]

    async def tick(self) -> None:
        """Put what is due into the queue; a host that was not heard lately waits until it is."""
        if not self._hold.sure:
            return
        known = self._terms().sources
        live = await self._database.read(lambda c: hosts.live(c, AWAY))
        await self._database.transact(lambda c: shards.enqueue(c, known, self._house, live, self._now()))

    async def deliver(self) -> None:
        """On the host that leads: what one does for all between deliveries, and a job for each channel on which something is due."""
        if not self._hold.leads:
            return
        channels = await self._deliverer.look_after()
        if channels:
            await self._database.transact(lambda c: shards.call(c, channels))

    async def sweep(self) -> None:
        """On the host that leads: give the jobs of workers that are heard no more to others. The queue does not do so by itself."""
        if not self._hold.leads:
            return
        stalled = list(await self._app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SILENT_S))
        for job in stalled:
            await self._app.job_manager.retry_job(job)
        if stalled:
            _log.warning("jobs of a host that is not heard are taken over", jobs=len(stalled))
        await self._app.job_manager.prune_stalled_workers(SILENT_S)

    async def close(self) -> None:
        """Fetch no more jobs, and let go of those under way."""
        self._closing = True
        for task in self._workers:
            task.cancel()
        await asyncio.gather(*self._workers, return_exceptions=True)
        await self._app.close_async()

    async def _poll(self, ids: list[str]) -> None:
        """The job of a shard. What it did not come to is given back, unless somebody else has it by now."""
        held = await self._database.transact(lambda c: shards.lease(c, ids, self._now()))
        try:
            await self._visits.shard(held)
        finally:
            until = [s.next_visit for s in held[:1]]
            await self._database.transact(lambda c: shards.give_back(c, ids, until, self._now()))
        await asyncio.sleep(GAP_S)  # before another host may come to the same publishers

    async def _drain(self, channel: str) -> None:
        """The job of a channel."""
        await self._deliverer.drain(channel)

    async def _working(self, queues: list[str], at_once: int) -> None:
        """A worker, started anew for as long as the daemon runs: a server that restarts ends it."""
        run = partial(
            self._app.run_worker_async,
            queues=queues,
            concurrency=at_once,
            name=self._hold.name,
            install_signal_handlers=False,
            delete_jobs="always",
            fetch_job_polling_interval=2.0,
            shutdown_graceful_timeout=STOP_S,
            stalled_worker_timeout=SILENT_S,
        )
        while not self._closing:
            await _whatever_the_server_does(run())
            await asyncio.sleep(AGAIN_S)


async def _whatever_the_server_does(work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except (ProcrastinateException, ServerError, PoolTimeout, OSError, StoreError) as error:
        _log.warning("the queue was lost and is joined again", error=type(error).__name__)
