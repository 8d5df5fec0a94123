"""Connections that check, at the moment of connecting, where a name really leads: rebinding and redirects meet the same guard."""

from __future__ import annotations

import ipaddress
import ssl
from collections.abc import Iterable
from typing import Any

import anyio
import httpcore
import httpx

from monitor.fetch.address import refusal


class RefusedAddressError(httpcore.ConnectError):
    """A host name led to an address outside the open internet."""


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Resolves once, refuses when any answer is not of the open internet, and connects to the very address it checked."""

    def __init__(self, inner: httpcore.AsyncNetworkBackend) -> None:
        self._inner = inner

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - httpcore's interface
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to a checked address. Raises RefusedAddressError."""
        try:
            answers = [str(info[4][0]) for info in await anyio.getaddrinfo(host, port, type=1)]
        except OSError as error:
            raise httpcore.ConnectError(f"the name cannot be resolved: {error.strerror}") from None
        except UnicodeError:
            raise httpcore.ConnectError("the name cannot be resolved: no such name") from None
        for address in answers:
            why = refusal(address)
            if why is not None:
                raise RefusedAddressError(f"the name leads to {why}")
        if not answers:
            raise httpcore.ConnectError("the name has no address")
        return await self._inner.connect_tcp(answers[0], port, timeout, local_address, socket_options)

    async def connect_unix_socket(self, *_: Any, **__: Any) -> httpcore.AsyncNetworkStream:
        """Never."""
        raise RefusedAddressError("a file of this machine")

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await self._inner.sleep(seconds)


def transport(context: ssl.SSLContext, *, guarded: bool, proxy: str | None) -> httpx.AsyncHTTPTransport:
    """A transport without keep-alive (each poll asks one host once), guarded unless the source may be on our own network.

    With a proxy the name is resolved by the proxy; a literal address outside the open internet is refused by the caller.
    """
    limits = httpx.Limits(max_connections=200, max_keepalive_connections=0)
    made = httpx.AsyncHTTPTransport(
        verify=context, http1=True, http2=False, limits=limits, trust_env=False, proxy=proxy
    )
    if guarded and proxy is None:
        pool = httpcore.AsyncConnectionPool(
            ssl_context=context,
            max_connections=200,
            max_keepalive_connections=0,
            network_backend=GuardedBackend(httpcore.AnyIOBackend()),
        )
        made._pool = pool  # noqa: SLF001 - httpx has no public door for a network backend; tests hold this to its promise
    return made


def literal_refusal(host: str) -> str | None:
    """Why a host that is written as an address, in any spelling, may not be asked; None for names and public addresses."""
    bare = host.strip("[]")
    try:
        return refusal(str(ipaddress.ip_address(bare)))
    except ValueError:
        pass
    parts = bare.split(".")
    if 1 <= len(parts) <= 4 and all(p and (p.isdigit() or p.lower().startswith("0x")) for p in parts):
        return "an address in a disguised spelling"
    return None
