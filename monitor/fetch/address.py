"""Which addresses a source may make us speak to: a host, or the address a name resolved to → None, or why it is refused."""

from __future__ import annotations

import socket
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

#: Ports below 1024 that a publisher may use; the others belong to mail, file and directory servers that must not be made to
#: answer a request written by a stranger. Source: WHATWG Fetch, "bad port".
WEB_PORTS = frozenset({80, 443})
FIRST_UNRESERVED_PORT = 1024

#: Networks that `ipaddress` calls global on some Python releases although nothing a newsroom runs is there.
#: Sources: RFC 6598 (carrier NAT), RFC 7526 (6to4 relay anycast), RFC 6890 and the IANA special-purpose registries.
_NEVER = tuple(
    ip_network(n)
    for n in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24",
        "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        "::/128", "::1/128", "100::/64", "2001:db8::/32", "3fff::/20", "5f00::/16", "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
    )
)  # fmt: skip

#: IPv6 networks that carry an IPv4 address in their last 32 bits. Sources: RFC 4291 §2.5.5, RFC 6052, RFC 8215, RFC 2765.
_LAST_32 = tuple(
    IPv6Network(n) for n in ("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96", "64:ff9b:1::/48")
)

#: Of those, the two that are nothing but another way to write the IPv4 address: a network without IPv4 of its own reaches the whole
#: old internet through the second. Source: RFC 6052 §2.1, RFC 6147.
_TRANSPARENT = (IPv6Network("::ffff:0:0/96"), IPv6Network("64:ff9b::/96"))

#: Names that mean this machine or this network whoever resolves them. Sources: RFC 6761, RFC 6762, RFC 8375, RFC 9476.
_LOCAL_NAMES = (
    "localhost",
    "local",
    "localdomain",
    "internal",
    "intranet",
    "lan",
    "home.arpa",
    "test",
    "invalid",
    "alt",
)


def refused(address: IPv4Address | IPv6Address | str) -> str | None:
    """Why we may not connect to this address, in plain words; None when it is an address of the open internet."""
    text = str(address).partition("%")[0]
    try:
        ip = ip_address(text)
    except ValueError:
        return "is not an address"
    if isinstance(ip, IPv6Address):
        for inner in embedded(ip):
            if why := refused(inner):
                return f"carries an address that {why}"
        if any(ip in n for n in _TRANSPARENT):
            return None
    if not ip.is_global or ip.is_multicast or ip.is_reserved or any(ip in n for n in _NEVER if n.version == ip.version):
        return "belongs to a private, local or reserved network"
    return None


def embedded(ip: IPv6Address) -> tuple[IPv4Address, ...]:
    """The IPv4 addresses an IPv6 address leads to: mapped, translated (NAT64), 6to4 and both ends of Teredo."""
    found = [IPv4Address(int(ip) & 0xFFFFFFFF)] if any(ip in n for n in _LAST_32) and int(ip) > 1 else []
    if ip.sixtofour:
        found.append(ip.sixtofour)
    if ip.teredo:
        found.extend(ip.teredo)
    return tuple(found)


def literal(host: str) -> IPv4Address | IPv6Address | None:
    """The address a host spells, also as one decimal number, in octal or in hexadecimal; None when it is a name.

    Source: inet_aton(3): the C library accepts 2130706433, 0177.1 and 0x7f.0.0.1 for 127.0.0.1, and so would a resolver.
    """
    bare = host.strip("[]").rstrip(".")
    try:
        return ip_address(bare.partition("%")[0])
    except ValueError:
        pass
    if not bare.isascii() or not bare[:1].isdigit():
        return None
    try:
        return IPv4Address(socket.inet_aton(bare))
    except (OSError, ValueError):
        return None


def refused_name(host: str) -> str | None:
    """Why a host may not be asked for even through a proxy, where the address is never seen; None when it may."""
    if ip := literal(host):
        return refused(ip)
    name = host.rstrip(".").lower()
    if "." not in name or any(name == n or name.endswith(f".{n}") for n in _LOCAL_NAMES):
        return "is a name of a local network"
    return None


def refused_port(port: int) -> str | None:
    """Why a port may not be asked for; None when it may."""
    if port in WEB_PORTS or port >= FIRST_UNRESERVED_PORT:
        return None
    return f"port {port} is not a port of the web"
