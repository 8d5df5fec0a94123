"""The network behind the client: a host and port → a connection to an address that was checked at the moment of connecting."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import ssl
import threading
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass

import httpcore
import httpx

from monitor.fetch.address import literal, refused, refused_name, refused_port
from monitor.fetch.socks import lead_on
from monitor.fetch.stream import connect

MAX_CONNECTIONS = (
    200  #: open at once; 33 visits a second at 1 s each, and 3 % of sources hanging for 30 s, stay below it
)
MAX_LOOKUPS = (
    64  #: names resolved at once, each on a thread of its own: a resolver that hangs must not fill a shared pool
)
CONNECT_S = 10.0  #: seconds for one address, so that a dead first address leaves time for the second

LOCATION = "hrd_monitor.location"  #: the extension of a response that carries the Location header
SOCKS_PORT = 1080  #: of a proxy that names none. Source: the IANA register of ports

_Option = tuple[int, int, int] | tuple[int, int, bytes | bytearray] | tuple[int, int, None, int]


class AddressRefusedError(Exception):
    """A host that must not be spoken to; the message says why and names no path or query."""


class UnknownHostError(Exception):
    """A name the resolver does not know."""


@dataclass(slots=True)
class Resolver:
    """Turns names into addresses without ever blocking the loop or the end of the process."""

    slots: asyncio.Semaphore

    async def addresses(self, host: str, port: int) -> tuple[str, ...]:
        """Every address of a host, in the resolver's order. Raises UnknownHostError."""
        async with self.slots:
            loop = asyncio.get_running_loop()
            answer: asyncio.Future[list[str]] = loop.create_future()

            def _look_up() -> None:
                try:
                    rows = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
                    result, error = list(dict.fromkeys(str(r[4][0]) for r in rows)), None
                except (OSError, UnicodeError) as e:
                    result, error = [], e
                with contextlib.suppress(RuntimeError):  # the loop has closed meanwhile
                    loop.call_soon_threadsafe(_settle, answer, result, error)

            threading.Thread(target=_look_up, name="resolver", daemon=True).start()
            found = await answer
        if not found:
            raise UnknownHostError
        return tuple(found)


def _settle(answer: asyncio.Future[list[str]], result: list[str], error: Exception | None) -> None:
    if answer.done():
        return
    if isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN:
        answer.set_exception(httpcore.ConnectError("the resolver did not answer"))
    else:
        answer.set_result(result)


class CheckedNetwork(httpcore.AsyncNetworkBackend):
    """Resolves once, refuses when any answer is not of the open internet, and connects to exactly the address it checked.

    Source: the check sits where Miniflux put it, after the look-up and before the connection, so that a name that answers
    differently the second time (rebinding) gains nothing.
    """

    def __init__(self, resolver: Resolver, *, allow_private: bool) -> None:
        self._resolver = resolver
        self._allow_private = allow_private

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 (the interface of httpcore names it)
        local_address: str | None = None,
        socket_options: Iterable[_Option] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """A connection to the first address that answers. Raises AddressRefusedError, UnknownHostError, httpcore.ConnectError."""
        del local_address, socket_options  # nothing of ours names them
        spelled = literal(host)
        addresses = (str(spelled),) if spelled else await self._resolver.addresses(host, port)
        if not self._allow_private:
            _refuse(refused_port(port), *map(refused, addresses))
        failure: Exception = httpcore.ConnectError("no address answered")
        for address in addresses:
            try:
                return await connect(address, port, timeout or CONNECT_S)
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as e:
                failure = e
        raise failure

    async def sleep(self, seconds: float) -> None:
        """Wait this many seconds."""
        await asyncio.sleep(seconds)


class SocksNetwork(CheckedNetwork):
    """Reaches every host through a SOCKS5 proxy, which alone looks names up; the proxy itself is trusted wherever it stands."""

    def __init__(self, resolver: Resolver, proxy: httpx.URL, *, allow_private: bool) -> None:
        super().__init__(resolver, allow_private=True)
        self._names_too = allow_private
        self._proxy = proxy

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 (the interface of httpcore names it)
        local_address: str | None = None,
        socket_options: Iterable[_Option] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """A connection to the host, led on by the proxy. Raises AddressRefusedError, ProxyRefusedError, httpcore.ConnectError."""
        if not self._names_too:
            _refuse(refused_port(port), refused_name(host))
        way = await super().connect_tcp(
            self._proxy.host, self._proxy.port or SOCKS_PORT, timeout, local_address, socket_options
        )
        auth = (self._proxy.username, self._proxy.password) if self._proxy.username else None
        try:
            await lead_on(way, host, port, auth, literal(host))
        except BaseException:
            await way.aclose()
            raise
        return way


class Door(httpx.AsyncBaseTransport):
    """One way out for the httpx client: directly through a checked network, or through a proxy that resolves names itself."""

    def __init__(self, context: ssl.SSLContext, resolver: Resolver, *, proxy: str | None, allow_private: bool) -> None:
        self._blind = proxy is not None and not proxy.startswith("socks5") and not allow_private
        self._pool = _pool(context, resolver, proxy, allow_private=allow_private)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request and return the head of its answer with the body unread. Raises httpcore's errors as they are."""
        url = request.url
        if self._blind:
            _refuse(refused_name(url.host), refused_port(url.port or (443 if url.scheme == "https" else 80)))
        answer = await self._pool.handle_async_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        # The client must not see where a redirect leads: it would build the next request itself, from whatever stands there.
        leads = next((value for name, value in answer.headers if name.lower() == b"location"), None)
        headers = [(name, value) for name, value in answer.headers if name.lower() != b"location"]
        extensions = {**answer.extensions, LOCATION: leads.decode("latin-1") if leads else None}
        return httpx.Response(answer.status, headers=headers, stream=_Body(answer), extensions=extensions)

    async def aclose(self) -> None:
        """Close every connection."""
        await self._pool.aclose()


class _Body(httpx.AsyncByteStream):
    """The raw bytes of one answer, as they arrive."""

    def __init__(self, answer: httpcore.Response) -> None:
        self._answer = answer

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for chunk in self._answer.aiter_stream():
            yield chunk

    async def aclose(self) -> None:
        await self._answer.aclose()


def _pool(
    context: ssl.SSLContext, resolver: Resolver, proxy: str | None, *, allow_private: bool
) -> httpcore.AsyncConnectionPool:
    """The connections behind one door. None is kept alive: a poller asks each host once, and looking for idle ones costs more."""
    if proxy is not None and not proxy.startswith("socks5"):
        url = httpx.URL(proxy)
        return httpcore.AsyncHTTPProxy(
            proxy_url=str(url.copy_with(username=None, password=None)),
            proxy_auth=(url.username, url.password) if url.username else None,
            ssl_context=context,
            max_connections=MAX_CONNECTIONS,
            max_keepalive_connections=0,
            network_backend=CheckedNetwork(resolver, allow_private=True),
        )
    network = (
        CheckedNetwork(resolver, allow_private=allow_private)
        if proxy is None
        else SocksNetwork(resolver, httpx.URL(proxy), allow_private=allow_private)
    )
    return httpcore.AsyncConnectionPool(
        ssl_context=context, max_connections=MAX_CONNECTIONS, max_keepalive_connections=0, network_backend=network
    )


def _refuse(*reasons: str | None) -> None:
    """Raise AddressRefusedError with the first reason there is."""
    for why in reasons:
        if why:
            raise AddressRefusedError(why)
