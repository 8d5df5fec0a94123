"""New entries kept as they are, for the benchmark of what comes before reading."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from monitor.model import Article, Entry, Reading, Source
from monitor.workers import Pool


async def keep(pool: Pool, fresh: Sequence[tuple[str, Entry]], source: Source, now: datetime) -> list[Reading]:
    """Each entry as an article of its raw markup, as the peer keeps it: nothing is cleaned and nothing looked for."""
    del pool
    return [
        Reading(
            article=Article(
                id=article_id,
                title=e.title,
                text=e.markup,
                published=e.published,
                seen=now,
                source_id=source.id,
                url=e.url,
            )
        )
        for article_id, e in fresh
    ]
