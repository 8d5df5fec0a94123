"""An IP address → why nothing may be fetched from it, or nothing: the guard against being sent into our own network."""

from __future__ import annotations

import ipaddress

#: IPv6 ranges that carry an IPv4 address inside: NAT64 (RFC 6052, 8215), 6to4 (RFC 3056), Teredo (RFC 4380), IPv4-compatible (RFC 4291).
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_NAT64_LOCAL = ipaddress.ip_network("64:ff9b:1::/48")
_SIX_TO_FOUR_RELAY = ipaddress.ip_network("192.88.99.0/24")
_COMPATIBLE = ipaddress.ip_network("::/96")
_SHARED = ipaddress.ip_network("100.64.0.0/10")  #: carrier-grade NAT, RFC 6598


def refusal(address: str) -> str | None:
    """Why this address is not of the open internet; None when it is. address: as the resolver or a URL gave it."""
    try:
        ip = ipaddress.ip_address(address.split("%", maxsplit=1)[0])
    except ValueError:
        return "not an address"
    if isinstance(ip, ipaddress.IPv6Address):
        inside = _inside(ip)
        if inside is not None:
            return refusal(str(inside))
    if ip in _SHARED if ip.version == 4 else False:
        return "a carrier's shared address"
    if ip.version == 4 and ip in _SIX_TO_FOUR_RELAY:
        return "a relay address"
    if ip.is_multicast:
        return "a multicast address"
    return None if ip.is_global else "a private or reserved address"


def _inside(ip: ipaddress.IPv6Address) -> ipaddress.IPv4Address | None:
    if ip.ipv4_mapped is not None:
        return ip.ipv4_mapped
    if ip.sixtofour is not None:
        return ip.sixtofour
    if ip.teredo is not None:
        return ip.teredo[1]
    if ip in _NAT64 or ip in _NAT64_LOCAL or (ip in _COMPATIBLE and int(ip) > 1):
        return ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
    return None
