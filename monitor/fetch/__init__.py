"""The only door to the web: a source and what we remember of it → its answer, politely and within bounds of size, time and address."""

from __future__ import annotations

import asyncio
import ssl
from collections.abc import Mapping
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

import httpx

from monitor.fetch.body import BadBodyError, read
from monitor.fetch.guard import RefusedAddressError, literal_refusal, transport
from monitor.model import FetchFailure, NotModified, Response, Source, SourceState

DEADLINE_S = 30.0  #: seconds for one whole exchange, redirects included; a read timeout alone never ends a drip
MAX_REDIRECTS = 5
UNCONDITIONAL_EVERY = timedelta(
    days=1
)  #: some publishers answer 304 for ever: once a day nothing is asked for but the document
MAX_HEADER = 1_000  #: characters of a validator worth keeping
#: One generic name for every installation: who runs it is nobody's business. It says what it is, so that it can be told apart from a bot.
AGENT = "Mozilla/5.0 (compatible; feed reader)"
_KEPT = (
    "etag",
    "last-modified",
    "content-type",
    "content-location",
    "cache-control",
    "expires",
    "date",
    "retry-after",
    "content-language",
)
_GONE, _TOO_MANY = 410, 429


class Fetcher:
    """Holds the connections; one for the whole daemon. proxy: for every source that names none of its own."""

    def __init__(self, proxy: str | None = None, deadline_s: float = DEADLINE_S) -> None:
        self._proxy, self._deadline_s = proxy, deadline_s
        self._context = ssl.create_default_context()
        self._clients: dict[tuple[bool, str | None], httpx.AsyncClient] = {}

    async def close(self) -> None:
        """Let go of every connection."""
        for client in self._clients.values():
            await client.aclose()
        self._clients.clear()

    async def fetch(self, source: Source, state: SourceState, now: datetime) -> Response | NotModified | FetchFailure:
        """Visit a source, conditionally unless a day has passed since it was last asked for the whole document."""
        headers = {}
        if state.unconditional is not None and now - state.unconditional < UNCONDITIONAL_EVERY:
            headers = {
                k: v for k, v in (("If-None-Match", state.etag), ("If-Modified-Since", state.last_modified)) if v
            }
        return await self._exchange(source, source.url, headers)

    async def page(self, url: str, source: Source) -> Response | FetchFailure:
        """Read one item's own page."""
        answer = await self._exchange(source, url, {})
        return FetchFailure(kind="soft", why="no page was sent") if isinstance(answer, NotModified) else answer

    async def _exchange(
        self, source: Source, url: str, headers: Mapping[str, str]
    ) -> Response | NotModified | FetchFailure:
        try:
            async with asyncio.timeout(self._deadline_s):
                return await self._follow(source, url, headers)
        except TimeoutError:
            return FetchFailure(kind="temporary", why=f"no whole answer within {self._deadline_s:.0f} s")
        except BadBodyError as error:
            return FetchFailure(kind=error.kind, why=str(error))
        except RefusedAddressError as error:
            return FetchFailure(
                kind="hostile", why=f"{error}; write allow_private: true only for a source of your own network"
            )
        except httpx.ConnectError as error:
            cause = error.__cause__
            if isinstance(cause, RefusedAddressError):
                return FetchFailure(
                    kind="hostile", why=f"{cause}; write allow_private: true only for a source of your own network"
                )
            return FetchFailure(kind="temporary", why="the server cannot be reached")
        except (httpx.HTTPError, httpx.InvalidURL, ssl.SSLError, OSError, ValueError) as error:
            return FetchFailure(kind="temporary", why=f"the exchange broke off ({type(error).__name__})")

    async def _follow(
        self, source: Source, url: str, headers: Mapping[str, str]
    ) -> Response | NotModified | FetchFailure:
        """Our own redirect loop: every hop is checked, https never falls to http, a permanent move is remembered."""
        moved_to: str | None = None
        permanent = True
        secure = url.startswith("https:")
        for _ in range(MAX_REDIRECTS + 1):
            refused = _refused(url, source, secure=secure)
            if refused is not None:
                return refused
            request = self._client(source).build_request("GET", url, headers={**headers, **_ALWAYS})
            answer = await self._client(source).send(request, stream=True)
            try:
                if answer.is_redirect and "location" in answer.headers:
                    permanent = permanent and answer.status_code in {301, 308}
                    url = urljoin(url, answer.headers["location"])
                    moved_to = url if permanent else moved_to
                    continue
                return await _judged(answer, url, moved_to)
            finally:
                await answer.aclose()
        return FetchFailure(kind="soft", why=f"more than {MAX_REDIRECTS} redirects")

    def _client(self, source: Source) -> httpx.AsyncClient:
        key = (not source.allow_private, source.proxy or self._proxy)
        if key not in self._clients:
            guarded, proxy = key
            self._clients[key] = httpx.AsyncClient(
                transport=transport(self._context, guarded=guarded, proxy=proxy),
                trust_env=False,
                timeout=self._deadline_s,
                follow_redirects=False,
            )
        return self._clients[key]


_ALWAYS = {
    "User-Agent": AGENT,
    "Accept": "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.8, */*;q=0.5",
    "Accept-Encoding": "gzip, deflate",
}


def _refused(url: str, source: Source, *, secure: bool) -> FetchFailure | None:
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return FetchFailure(kind="soft", why="a redirect to no address at all")
    if parts.scheme not in {"http", "https"} or not host:
        return FetchFailure(kind="hostile", why="a redirect to something that is no web address")
    if secure and parts.scheme == "http":
        return FetchFailure(kind="hostile", why="a redirect from https to http")
    why = None if source.allow_private else literal_refusal(host)
    return (
        FetchFailure(
            kind="hostile", why=f"the address is {why}; write allow_private: true only for a source of your own network"
        )
        if why
        else None
    )


async def _judged(answer: httpx.Response, url: str, moved_to: str | None) -> Response | NotModified | FetchFailure:
    headers = {k: answer.headers[k][:MAX_HEADER] for k in _KEPT if k in answer.headers}
    status = answer.status_code
    if status == 304:
        return NotModified(headers=headers, moved_to=moved_to)
    if status != 200:
        return _failure(status, headers)
    length = answer.headers.get("content-length", "")
    body = await read(
        answer.aiter_raw(), answer.headers.get("content-encoding", ""), int(length) if length.isdigit() else None
    )
    return Response(url=url, status=status, headers=headers, body=body, moved_to=moved_to)


def _failure(status: int, headers: Mapping[str, str]) -> FetchFailure:
    kind = "soft"
    if status == _GONE:
        kind = "gone"
    elif status in {401, 403, 451}:
        kind = "blocked"
    elif status == _TOO_MANY or status >= 500:
        kind = "temporary"
    return FetchFailure(
        kind=kind, why=f"the server answered {status}", status=status, retry_after_s=_retry_after(headers)
    )


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds, from a number or a date; None when it is neither."""
    value = headers.get("retry-after", "").strip()
    if value.isdigit():
        return float(value)
    try:
        when = parsedate_to_datetime(value)
        sent = parsedate_to_datetime(headers.get("date", ""))
        return max(0.0, (when - sent).total_seconds())
    except (TypeError, ValueError):
        return None
