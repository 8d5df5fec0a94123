"""The running daemon's parts → the desk that shows them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection

from alerts import outbox
from monitor import __version__
from monitor.backtest import Difference, backtest
from monitor.casework.terms import Terms
from monitor.config import Configuration
from monitor.config.desk_token import desk_token
from monitor.model import Watchlist
from monitor.store import articles, incidents, sources
from monitor.store.database import Database
from monitor.web import listen
from monitor.web.desk import Desk
from monitor.web.overview import overview
from monitor.web.work import Work

SHOWN: Final = 50  #: incidents and unread articles on the first page
TRIED: Final = timedelta(days=30)  #: of stored articles on which an edit is tried


def desk_of(
    configuration: Callable[[], Configuration],
    terms: Callable[[], Terms],
    database: Database,
    ailment: Callable[[], Awaitable[str | None]],
    metrics: Callable[[], Awaitable[bytes]],
    now: Callable[[], datetime],
) -> Desk:
    """The desk of a daemon that starts now; configuration and terms are asked anew for each page."""
    settings, started = configuration().settings, now()

    async def first() -> Mapping[str, Any]:
        """What the first page shows."""
        held = configuration()
        states, recent, unread, deliveries = await database.read(_records)
        return overview(
            states,
            recent,
            unread,
            deliveries,
            held.sources,
            len(held.watchlist.defenders),
            started,
            ", ".join(held.routing.trial or ()),
            await ailment(),
            __version__,
        )

    async def difference(edited: Watchlist) -> Difference:
        """What a list would have changed, beside the one in force."""
        held = configuration()
        return await backtest(database, held.packs, held.watchlist, edited, held.sources, now() - TRIED)

    work = Work(
        read=database.read,
        write=database.transact,
        terms=terms,
        packs=lambda: configuration().packs,
        watchlist=settings.watchlist,
        difference=difference,
        now=now,
    )
    return Desk(first, ailment, metrics, work, desk_token(settings), not listen.private(settings.web))


def _records(connection: Connection) -> tuple[Any, ...]:
    return (
        sources.states(connection),
        incidents.listing(connection, SHOWN),
        articles.unread(connection, SHOWN),
        outbox.depth(connection),
    )
