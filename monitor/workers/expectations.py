"""The sentences of the watchlist, tried in a worker that has the list loaded, so that the loop goes on meanwhile."""

from __future__ import annotations

from monitor.match.expected import Unmet, unmet
from monitor.read import Reader
from monitor.workers import Pool, WorkerLost

DEADLINE_S = 120.0  #: seconds; ten thousand entries with five sentences each take half of it


async def tried(pool: Pool) -> tuple[Unmet, ...] | None:
    """The sentences that turn out otherwise; None when the worker was lost. The pool's model is a Reader."""
    found = await pool.run(_unmet, model=True, deadline_s=DEADLINE_S)
    return None if isinstance(found, WorkerLost) else tuple(found)


def _unmet(reader: Reader) -> list[Unmet]:
    """Runs in a worker."""
    return list(unmet(reader.index))
