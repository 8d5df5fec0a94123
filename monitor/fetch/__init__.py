"""The only door to the web: a source and what is remembered of it → Response, NotModified or FetchFailure, never an exception."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager, nullcontext
from datetime import UTC, datetime
from http.cookiejar import CookieJar, DefaultCookiePolicy
from typing import Self

import httpx

from monitor.fetch import inflate, redirect, verdicts
from monitor.fetch.door import LOCATION, MAX_LOOKUPS, Door, Resolver
from monitor.fetch.manners import Manners
from monitor.fetch.validators import conditions
from monitor.model import FetchFailure, NotModified, Response, Source, SourceState

__all__ = ["Fetcher"]

EXCHANGE_S = (
    30.0  #: seconds for one whole exchange, redirects included: a timeout a read never ends a server that drips
)

#: What every installation says it is: the same everywhere, so that nobody can tell one team from another by it.
USER_AGENT = "Mozilla/5.0 (compatible; feed reader)"
HEADERS = {
    "User-Agent": USER_AGENT,
    "Accept": "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/html;q=0.8, */*;q=0.5",
    "Accept-Encoding": "gzip, deflate",
}
#: Headers of an answer that a later step reads; the rest is dropped at the door.
KEPT = (
    "content-type",
    "content-language",
    "etag",
    "last-modified",
    "cache-control",
    "expires",
    "date",
    "age",
    "retry-after",
)

_NO_COOKIES = DefaultCookiePolicy(allowed_domains=[])  #: neither kept nor sent: a cookie tells one reader from another
_Way = tuple[str | None, bool]


class Fetcher:
    """Visits sources. proxy: the way out for every source that names none of its own; exchange_s: seconds for one visit.

    Use as an async context manager, or call `close`.
    """

    def __init__(
        self, proxy: str | None = None, exchange_s: float = EXCHANGE_S, context: ssl.SSLContext | None = None
    ) -> None:
        self._proxy = proxy
        self._exchange_s = exchange_s
        self._context = context or httpx.create_ssl_context(trust_env=False)
        self._resolver = Resolver(asyncio.Semaphore(MAX_LOOKUPS))
        self._manners = Manners()
        self._clients: dict[_Way, httpx.AsyncClient] = {}

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def close(self) -> None:
        """Close every connection."""
        clients, self._clients = list(self._clients.values()), {}
        for client in clients:
            await client.aclose()

    def house(self, source: Source) -> str:
        """The publisher whose patience a visit to this source draws on: the registrable domain of its address."""
        return self._manners.domain(httpx.URL(source.url).host)

    async def fetch(self, source: Source, state: SourceState, now: datetime) -> Response | NotModified | FetchFailure:
        """Visit a source, asking only for what is new since the last visit where its word can be trusted."""
        asked = conditions(state, now)
        outcome = await self._exchange(source.url, source, asked, now)
        if isinstance(outcome, NotModified) and not asked:
            return FetchFailure(
                kind="soft", why="the publisher says nothing is new although we asked for everything", status=304
            )
        return outcome

    async def page(self, url: str, source: Source, now: datetime | None = None) -> Response | FetchFailure:
        """Read one item's own page, under the same limits as its source."""
        outcome = await self._exchange(url, source, {}, now or datetime.now(UTC))
        if isinstance(outcome, NotModified):
            return FetchFailure(kind="soft", why="an answer that holds no document", status=304)
        return outcome

    async def _exchange(
        self, url: str, source: Source, asked: Mapping[str, str], now: datetime
    ) -> Response | NotModified | FetchFailure:
        try:
            async with self._turn(url, source), asyncio.timeout(self._exchange_s):
                return await self._follow(url, source, asked, now)
        except verdicts.WORLD as error:
            return verdicts.of_error(error)

    def _turn(self, url: str, source: Source) -> AbstractAsyncContextManager[None]:
        """Our turn with the publisher; on the team's own network nobody needs to wait."""
        return nullcontext() if source.allow_private else self._manners.turn(httpx.URL(url).host)

    async def _follow(
        self, url: str, source: Source, asked: Mapping[str, str], now: datetime
    ) -> Response | NotModified | FetchFailure:
        hops: list[tuple[int, str]] = []
        client = self._client(source)
        while True:
            request = client.build_request("GET", url, headers=asked)
            answer = await client.send(request, stream=True, follow_redirects=False)
            try:
                if answer.status_code not in redirect.FOLLOWED:
                    return await _read(answer, url, redirect.moved(tuple(hops)), now)
            finally:
                await answer.aclose()
            try:
                url = redirect.following(url, answer.extensions[LOCATION])
            except ValueError as error:
                return FetchFailure(kind="hard", why=str(error), status=answer.status_code)
            hops.append((answer.status_code, url))
            if len(hops) > redirect.MAX_REDIRECTS:
                return FetchFailure(
                    kind="hard", why=f"more than {redirect.MAX_REDIRECTS} redirects", status=answer.status_code
                )

    def _client(self, source: Source) -> httpx.AsyncClient:
        """One client per way out, all sharing one TLS context; none keeps cookies, reads the environment or follows by itself."""
        way = (source.proxy or self._proxy, source.allow_private)
        if way not in self._clients:
            door = Door(self._context, self._resolver, proxy=way[0], allow_private=way[1])
            self._clients[way] = httpx.AsyncClient(
                transport=door,
                headers=HEADERS,
                cookies=CookieJar(_NO_COOKIES),
                trust_env=False,
                timeout=None,  # noqa: S113 (one deadline for all)
            )
        return self._clients[way]


async def _read(
    answer: httpx.Response, url: str, moved: str | None, now: datetime
) -> Response | NotModified | FetchFailure:
    """The last answer of a chain, its body taken within limits."""
    headers = {name: answer.headers[name] for name in KEPT if name in answer.headers}
    if answer.status_code == 304:
        return NotModified(headers=headers, moved_to=moved)
    if answer.status_code not in {200, 203, 226}:
        return verdicts.of_status(answer.status_code, answer.headers, now)
    body = inflate.Inflater(inflate.encoding(answer.headers.get("content-encoding", "")))
    async for chunk in answer.aiter_raw():
        body.feed(chunk)
    return Response(url=url, status=answer.status_code, headers=headers, body=body.finish(), moved_to=moved)
