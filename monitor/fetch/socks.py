"""A connection to a SOCKS5 proxy → the same connection, led on to a host the proxy looks up itself. Source: RFC 1928, RFC 1929."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address

import httpcore

_VERSION, _PASSWORD_VERSION, _CONNECT = 5, 1, 1
_OPEN, _PASSWORD = 0, 2
_IPV4, _NAME, _IPV6 = 1, 3, 4
MAX_NAME_BYTES = 255  #: of a host, a user name or a password: its length travels in one byte


class ProxyRefusedError(Exception):
    """The proxy does not speak SOCKS5, does not let us in, or cannot reach the host."""


async def lead_on(
    stream: httpcore.AsyncNetworkStream,
    host: str,
    port: int,
    auth: tuple[str, str] | None,
    address: IPv4Address | IPv6Address | None,
) -> None:
    """Ask the proxy at the other end to lead on to host and port. address: what the host spells, None when it is a name.

    Raises ProxyRefusedError.
    """
    await stream.write(bytes((_VERSION, 1, _PASSWORD if auth else _OPEN)))
    version, method = await _exactly(stream, 2)
    if version != _VERSION or method != (_PASSWORD if auth else _OPEN):
        raise ProxyRefusedError("it does not let us in")
    if auth:
        await stream.write(bytes((_PASSWORD_VERSION,)) + _counted(auth[0]) + _counted(auth[1]))
        if (await _exactly(stream, 2))[1] != 0:
            raise ProxyRefusedError("it does not accept the password")
    target = (
        (bytes((_IPV4 if address.version == 4 else _IPV6,)) + address.packed)
        if address
        else bytes((_NAME,)) + _counted(host)
    )
    await stream.write(bytes((_VERSION, _CONNECT, 0)) + target + port.to_bytes(2, "big"))
    version, reply, _, kind = await _exactly(stream, 4)
    if version != _VERSION or reply != 0:
        raise ProxyRefusedError("it cannot reach the host")
    length = {_IPV4: 4, _IPV6: 16}.get(kind) or (await _exactly(stream, 1))[0]
    await _exactly(stream, length + 2)


def _counted(text: str) -> bytes:
    data = text.encode("utf-8")
    if not 0 < len(data) <= MAX_NAME_BYTES:
        raise ProxyRefusedError("a name does not fit into the protocol")
    return bytes((len(data),)) + data


async def _exactly(stream: httpcore.AsyncNetworkStream, count: int) -> bytes:
    data = b""
    while len(data) < count:
        more = await stream.read(count - len(data))
        if not more:
            raise ProxyRefusedError("it hung up")
        data += more
    return data
