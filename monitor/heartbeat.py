"""A sign of life to a watcher outside: the address is all that it is told."""

from __future__ import annotations

from datetime import datetime

import structlog

from monitor.fetch import Fetcher
from monitor.model import FetchFailure, Source

_log = structlog.get_logger(__name__)


async def beat(url: str, fetcher: Fetcher, now: datetime) -> None:
    """Call the address once; a call that is not heard is logged."""
    own = Source(id="heartbeat", name="heartbeat", url=url, allow_private=True)
    answer = await fetcher.page(url, own, now)
    if isinstance(answer, FetchFailure) and answer.status is None:
        _log.warning("the heartbeat was not heard", why=answer.why)
