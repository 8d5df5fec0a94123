"""The calls that workers run, and what happens when one is lost: the body is tried again item by item, so that poison silences nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from monitor.errors import ParseError
from monitor.model import Article, Entry, Reading, Response, Source
from monitor.read import Reader
from monitor.sources import KINDS, Feed
from monitor.sources.split import split
from monitor.text import article as articles
from monitor.workers.pool import Pool, WorkerLost

BATCH = 20  #: entries read in one call
MAX_PIECES = 60  #: items tried one by one after a worker was lost; the newest stand first


@dataclass(frozen=True, slots=True)
class Parsed:
    """A feed and how many of its items no worker could read."""

    feed: Feed
    lost: int = 0


async def parse(pool: Pool, response: Response, source: Source) -> Parsed:
    """The entries of a body. Raises ParseError when it is no document of its kind, or when no item of it can be read."""
    found = await pool.run(_parse, response.body, dict(response.headers), source)
    if not isinstance(found, WorkerLost):
        return Parsed(found)
    pieces = split(response.body)
    if pieces is None:
        raise ParseError(
            "the body ended the process that read it, and has no items that could be read one by one", "hostile"
        )
    entries: list[Entry] = []
    lost = 0
    for document in list(pieces.documents())[:MAX_PIECES]:
        try:
            part = await pool.run(_parse, document, dict(response.headers), source)
        except ParseError:
            part = WorkerLost("unreadable")
        if isinstance(part, WorkerLost):
            lost += 1
        else:
            entries += part.entries
    if not entries:
        raise ParseError("the body and each of its items ended the process that read them", "hostile")
    return Parsed(Feed(entries=tuple(entries), warnings=("some items could not be read",)), lost)


async def read(pool: Pool, entries: Sequence[tuple[str, Entry]], source: Source, seen: datetime) -> list[Reading]:
    """What each entry says; entries: (article id, entry). One that ends its worker is kept as unread, its neighbours are read."""
    readings: list[Reading] = []
    for start in range(0, len(entries), BATCH):
        batch = list(entries[start : start + BATCH])
        found = await pool.run(_read, batch, source, seen)
        if not isinstance(found, WorkerLost):
            readings += found
            continue
        for one in batch:
            alone = await pool.run(_read, [one], source, seen)
            readings += (
                [_unread(*one, source, seen, f"ended its worker ({alone.why})")]
                if isinstance(alone, WorkerLost)
                else alone
            )
    return readings


def _parse(_reader: Reader, body: bytes, headers: Mapping[str, str], source: Source) -> Feed:
    return KINDS[source.kind](body, headers, source)


def _read(reader: Reader, entries: Sequence[tuple[str, Entry]], source: Source, seen: datetime) -> list[Reading]:
    readings = []
    for article_id, entry in entries:
        try:
            readings.append(reader.read(articles.make(entry, source, article_id, seen, reader.identifier)))
        except Exception as error:  # noqa: BLE001 - the boundary of one article: it is kept as unread and shown, its neighbours are read
            readings.append(_unread(article_id, entry, source, seen, f"a stage failed on it ({type(error).__name__})"))
    return readings


def _unread(article_id: str, entry: Entry, source: Source, seen: datetime, why: str) -> Reading:
    """An article nobody could read, as the source listed it; its text is left to the eyes of a person on the publisher's page."""
    kept = Article(
        id=article_id,
        title=entry.title[: articles.MAX_TITLE],
        text="",
        seen=seen,
        source_id=source.id,
        country=source.country,
        url=entry.url or None,
    )
    return Reading(article=kept, unread=why)
