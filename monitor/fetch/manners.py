"""How a publisher with many feeds is visited: few connections at once and a pause between two visits, per registrable domain."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from publicsuffixlist import PublicSuffixList

from monitor.fetch.address import literal

CONNECTIONS = 2  #: at once to one registrable domain. Source: Media Cloud's poller; RFC 9112 §9.4 asks for few
GAP_S = (
    1.0  #: seconds between the beginnings of two visits to it; hosts of blogs count as one publisher (FreshRSS #8925)
)


@dataclass(slots=True)
class _House:
    """One registrable domain that is being visited. free_at: when the next visit may begin, by the loop's clock."""

    slots: asyncio.Semaphore
    free_at: float = 0.0
    waiting: int = 0


@dataclass(slots=True)
class Manners:
    """Keeps visits to one publisher apart; remembers only those it is visiting or has just visited."""

    gap_s: float = GAP_S
    _suffixes: PublicSuffixList = field(default_factory=PublicSuffixList)
    _houses: dict[str, _House] = field(default_factory=dict)

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait for our turn with the publisher behind this host, and hold it."""
        loop = asyncio.get_running_loop()
        name = self.domain(host)
        house = self._houses.setdefault(name, _House(asyncio.Semaphore(CONNECTIONS)))
        house.waiting += 1
        try:
            async with house.slots:
                begin = max(loop.time(), house.free_at)
                house.free_at = begin + self.gap_s
                await asyncio.sleep(begin - loop.time())
                yield
        finally:
            house.waiting -= 1
            if not house.waiting:
                loop.call_at(house.free_at, self._forget, name)

    def domain(self, host: str) -> str:
        """The registrable domain of a host: news.example.co.uk and www.example.co.uk are one publisher; an address is its own."""
        if literal(host):
            return host
        return self._suffixes.privatesuffix(host.lower().rstrip(".")) or host

    def _forget(self, name: str) -> None:
        house = self._houses.get(name)
        if house and not house.waiting and house.free_at <= asyncio.get_running_loop().time():
            del self._houses[name]
