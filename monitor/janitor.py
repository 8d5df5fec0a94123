"""What is kept no longer is deleted, a little at a time, so that nothing waits for it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from monitor.casework import people
from monitor.config.keep import Keep
from monitor.store import retention
from monitor.store.database import Database

AT_ONCE = 200  #: articles in one transaction; a poll waits for at most one
MOST = 50  #: transactions in one round; what is left waits for the next


async def tidy(database: Database, keep: Keep, now: datetime, passing: Callable[[str], None]) -> int:
    """How many articles were forgotten in one round: those that led to nothing, and evidence whose time is over."""
    done = 0
    for forget, before in (
        (retention.forget_texts, now - keep.texts),
        (retention.forget_evidence, now - keep.evidence),
    ):
        for _ in range(MOST):
            some = await database.transact(partial(forget, before=before, limit=AT_ONCE, passing=passing))
            done += some
            if some < AT_ONCE:
                break
    await database.transact(lambda c: people.forget(c, now, keep.names))
    return done
