"""Entries → readings, in killable processes: an entry that ends its worker is kept as unread and shown, its neighbours are read."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from monitor.model import Article, Entry, Reading, Source
from monitor.read import Reader
from monitor.text import article as articles
from monitor.workers import Pool, WorkerLost

BATCH = 20  #: entries read in one call; when it is lost, each is tried alone

Fresh = tuple[str, Entry]  #: the article's id and the entry it will be made of


async def read(pool: Pool, entries: Sequence[Fresh], source: Source, seen: datetime) -> list[Reading]:
    """What each entry says, in order; the pool's model is a Reader."""
    readings: list[Reading] = []
    for start in range(0, len(entries), BATCH):
        batch = list(entries[start : start + BATCH])
        found = await pool.run(_read, batch, source, seen, model=True)
        if not isinstance(found, WorkerLost):
            readings += found
            continue
        for one in batch:
            alone = await pool.run(_read, [one], source, seen, model=True)
            lost = isinstance(alone, WorkerLost)
            readings += [_unread(*one, source, seen, f"it cost a worker ({alone.kind})")] if lost else alone
    return readings


def _read(reader: Reader, entries: Sequence[Fresh], source: Source, seen: datetime) -> list[Reading]:
    """Runs in a worker."""
    readings = []
    for article_id, entry in entries:
        try:
            readings.append(reader.read(articles.make(entry, source, article_id, seen, reader.identifier)))
        except Exception as error:  # noqa: BLE001 - the boundary of one article: it is kept as unread and shown, its neighbours are read
            readings.append(_unread(article_id, entry, source, seen, f"a stage failed on it ({type(error).__name__})"))
    return readings


def _unread(article_id: str, entry: Entry, source: Source, seen: datetime, why: str) -> Reading:
    """An article nobody could read; its text is left to the eyes of a person on the publisher's page."""
    kept = Article(
        id=article_id, title="", text="", seen=seen, source_id=source.id, country=source.country, url=entry.url or None
    )
    return Reading(article=kept, unread=why)
