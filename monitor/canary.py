"""Articles made for a test → through fetch, parse, read, match, assign, decide, compose and the outbox, and undone: whether the way is still open."""

from __future__ import annotations

import asyncio
import html
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from email.utils import format_datetime

from sqlalchemy import Connection

from monitor.casework.terms import Terms, Told
from monitor.config.canaries import CanaryArticle
from monitor.fetch import Fetcher
from monitor.model import Poll, Source, SourceState, Watchlist
from monitor.poll import Tools, gather, settle

_HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml; charset=utf-8\r\nContent-Length: {}\r\nConnection: close\r\n\r\n"
SOURCE = "canary"


class _UndoneError(Exception):
    """What ends the transaction of a test, so that nothing of it is kept."""

    def __init__(self, told: tuple[Told, ...]) -> None:
        self.told = told
        super().__init__("a test is never kept")


async def sing(articles: Sequence[CanaryArticle], tools: Tools, terms: Terms, now: datetime) -> Mapping[str, str]:
    """By script, why its article did not become an alert, "" when it did. Nothing of the test is kept and nothing is sent.

    tools.pool must know the invented people. The documents come over the loopback, never through a proxy.
    """
    body = _document(articles, now).encode()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Give whoever asks the one document."""
        await reader.readuntil(b"\r\n\r\n")
        writer.write(_HEAD.format(len(body)).encode() + body)
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    source = Source(id=SOURCE, name=SOURCE, group=SOURCE, url=f"http://127.0.0.1:{port}/", allow_private=True)
    try:
        async with server, Fetcher() as fetcher:
            own = replace(tools, fetcher=fetcher, offline=lambda _source, _outcome: False, passing=lambda _name: None)
            poll = await gather(source, SourceState(source_id=SOURCE, next_visit=now, greeted=True), own, now)
    except OSError as error:
        return {a.script: f"no document could be served: {type(error).__name__}" for a in articles}
    if poll.outcome == "failed":
        return {a.script: f"its document was not read: {poll.why}" for a in articles}
    told = await tools.database.transact(lambda c: _tried(c, poll, articles, terms, source, now))
    heard = {watch for one in told for watch in one.incident.watch}
    return {a.script: "" if a.id in heard else _missed(a, poll) for a in articles}


def _tried(
    connection: Connection, poll: Poll, articles: Sequence[CanaryArticle], terms: Terms, source: Source, now: datetime
) -> tuple[Told, ...]:
    """What settling would tell; done inside a savepoint that is always undone."""
    own = replace(
        terms,
        watchlist=Watchlist(defenders=tuple(a.person for a in articles)),
        sources={SOURCE: source},
        passing=lambda _name: None,
    )
    try:
        with connection.begin_nested():
            raise _UndoneError(settle(connection, poll, own, now))
    except _UndoneError as undone:
        return undone.told


def _missed(article: CanaryArticle, poll: Poll) -> str:
    """At which stage an article was lost, in words without its text."""
    for reading in poll.readings:
        if article.name not in reading.article.title:
            continue
        if reading.unread:
            return f"it could not be read: {reading.unread}"
        if not any(m.watch == article.id for m in reading.mentions):
            return "its name was not found"
        if not reading.events:
            return "no event was found in it"
        return "no report came of its event and its name"
    return "it did not come out of the document"


def _document(articles: Sequence[CanaryArticle], now: datetime) -> str:
    """A feed of the articles, dated now, each with a guid of this moment so that none is known from the last time."""
    items = "".join(
        f"<item><title>{html.escape(a.title)}</title><guid>{a.id}-{now:%Y%m%d%H%M%S}</guid><pubDate>{format_datetime(now)}</pubDate>"
        f"<description>{html.escape(a.text)}</description></item>"
        for a in articles
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>{SOURCE}</title>{items}</channel></rss>'
