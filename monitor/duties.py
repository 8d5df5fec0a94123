"""What a daemon does beside polls and deliveries, and one host does for all: clocks, looking back, care for the records, concerns, canaries."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

import structlog
from sqlalchemy import Connection

from monitor import concerns
from monitor.canary import sing
from monitor.casework import retrospect
from monitor.casework.clock import ring
from monitor.casework.pressed import follow
from monitor.casework.quiet import lift
from monitor.casework.stricter import tighten
from monitor.casework.terms import Terms, Told
from monitor.config import Settings
from monitor.config.canaries import CanaryArticle, canaries, in_use
from monitor.config.keep import read_keep
from monitor.daily import say_alive, say_troubles, say_unmet, say_unsaved
from monitor.errors import StoreError
from monitor.janitor import back_up, tidy
from monitor.poll import Tools
from monitor.possible import say_possible
from monitor.store import concerns as kept_concerns
from monitor.store import sources
from monitor.visits import Horizon
from monitor.workers.expectations import tried

_log = structlog.get_logger(__name__)


class Duties:
    """The jobs. terms: what is decided by, read anew each time; count: hears of every alert that was made."""

    def __init__(
        self,
        settings: Settings,
        tools: Tools,
        horizon: Horizon,
        terms: Callable[[], Terms],
        count: Callable[[Sequence[Told]], None],
        now: Callable[[], datetime],
    ) -> None:
        self._settings, self._tools, self._database, self._horizon = settings, tools, tools.database, horizon
        self._terms, self._count, self._now = terms, count, now
        self._canaries: dict[str, str] = {}
        self._tried = False  #: whether the sentences of the list in force have been tried

    def list_changed(self) -> None:
        """Another watchlist is in force: its sentences are to be tried."""
        self._tried = False

    def canary_articles(self) -> tuple[CanaryArticle, ...]:
        """The articles made for a test that the list and the sources in force call for."""
        terms = self._terms()
        spoken = [language for s in terms.sources.values() for language in s.language]
        return in_use(terms.watchlist, spoken, canaries())

    async def clocks(self) -> None:
        """Take over what people pressed, give back what no silence keeps any more, raise the custody alarms whose answer is missing."""
        terms = self._terms()
        for step in (follow, lift, ring):
            self._count(await self._database.transact(lambda c, step=step: step(c, terms, self._now())))  # type: ignore[misc]  # the default binds it

    async def retrospect(self) -> None:
        """Take over what changed in the watchlist: rewrite what named a person too openly, look for new entries in what was read before."""
        terms = self._terms()
        if not self._tried and (unmet := await tried(self._tools.pool)) is not None:
            self._tried = True
            await self._database.transact(lambda c: say_unmet(c, unmet, terms, terms.destinations, self._now()))
        self._count(await self._database.transact(lambda c: tighten(c, terms, self._now())))
        self._count(await retrospect.search(self._database, self._tools.pool, terms, self._now))

    async def care(self) -> None:
        """Mend what was left half done, tell the operator how the service is, and forget what is old."""
        free_mb = shutil.disk_usage(self._settings.data).free / 1e6
        await self._database.transact(partial(self._cared, free_mb))
        await tidy(self._database, read_keep(self._settings.keep), self._now(), self._tools.passing)

    async def back_up(self) -> None:
        """Save the database when it is time; on a server that is the server's business."""
        if not self._database.embedded:
            return
        try:
            made = await asyncio.to_thread(back_up, self._settings, self._database.file, self._now())
        except StoreError as error:
            _log.error("the backup could not be made", why=str(error))
            terms = self._terms()
            await self._database.transact(lambda c: say_unsaved(c, terms, terms.destinations, self._now()))
        else:
            if made:
                _log.info("saved", file=made.name)

    async def look_after(self) -> None:
        """Tell the operator, once each, what is of concern: places that went dark, sources that moved, a test that failed."""
        terms, now = self._terms(), self._now()
        states = await self._database.read(sources.states)
        offline = self._horizon.offline(now)
        found = concerns.concerns(tuple(terms.sources.values()), states, offline=offline, canaries=self._canaries)
        told = await self._database.transact(
            lambda c: kept_concerns.tell(c, found, terms.routing, terms.destinations, terms.secret, now)
        )
        for key in told:
            _log.warning("the operator is told", concern=key)

    async def sing(self) -> None:
        """Send an article made for a test through the whole way, in every script in use."""
        self._canaries = dict(await sing(self.canary_articles(), self._tools, self._terms(), self._now()))

    def _cared(self, free_mb: float, conn: Connection) -> None:
        terms, now = self._terms(), self._now()
        sources.mend(conn, now)
        say_alive(conn, terms, terms.destinations, now)
        say_possible(conn, terms, terms.destinations, now)
        say_troubles(conn, terms, terms.destinations, free_mb, now)
