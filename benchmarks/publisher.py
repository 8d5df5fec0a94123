"""A thousand publishers in one process: each feed on a loopback host of its own, with validators or none, growing when told to.

`python -m benchmarks.publisher FEEDS` listens on 127.1.0.0/16, prints its port, and obeys lines on standard input:
`validators on|off`, `volatile on|off`, `grow SHARE` (1 to 3 new items in that share of the feeds), `trouble SHARE` (that share hangs or fails).
"""

from __future__ import annotations

import asyncio
import functools
import random
import sys
from dataclasses import dataclass, field

HOSTS = 1_000  #: loopback addresses; more feeds than that share them
ITEMS = (30, 60)  #: listed by one feed
WORDS = (120, 350)  #: in one item
BANK = 400  #: texts that the items are taken from
HANG_S = 40.0  #: longer than any reader waits
DAY = "Mon, 02 Nov 2026 {:02}:{:02}:00 GMT"

_SYLLABLES = [
    "ba",
    "co",
    "di",
    "fu",
    "ga",
    "he",
    "jo",
    "ki",
    "lu",
    "ma",
    "ne",
    "po",
    "qui",
    "ra",
    "so",
    "tu",
    "ve",
    "wi",
    "xa",
    "yo",
    "zu",
    "bel",
    "cor",
    "dan",
    "fel",
    "gor",
    "hal",
]


@functools.cache
def bank() -> tuple[str, ...]:
    """Texts of made-up words with links, escaped as a feed holds markup."""
    chance = random.Random(7)

    def word() -> str:
        return "".join(chance.choices(_SYLLABLES, k=chance.randint(1, 4)))

    texts = []
    for _ in range(BANK):
        words = [word() for _ in range(chance.randint(*WORDS))]
        for at in range(15, len(words), 40):
            words[at] = (
                f'&lt;a href="https://site.example/{words[at]}?utm_source=feed&amp;amp;id={at}"&gt;{words[at]}&lt;/a&gt;'
            )
        for at in range(0, len(words), 60):
            words[at] = f"&lt;/p&gt;&lt;p&gt;{words[at]}"
        texts.append("&lt;p&gt;" + " ".join(words) + "&lt;/p&gt;")
    return tuple(texts)


@dataclass(slots=True)
class Town:
    """What the publishers serve now. grown: items added to each feed since the beginning."""

    feeds: int
    validators: bool = True
    volatile: bool = False
    grown: list[int] = field(default_factory=list)
    trouble: float = 0.0
    served: int = 0
    chance: random.Random = field(default_factory=lambda: random.Random(11))

    def obey(self, line: str) -> None:
        """Carry out one line of orders."""
        order, value = line.split()
        if order == "grow":
            for feed in self.chance.sample(range(self.feeds), round(self.feeds * float(value))):
                self.grown[feed] += self.chance.randint(1, 3)
        elif order == "trouble":
            self.trouble = float(value)
        else:
            setattr(self, order, value == "on")

    def document(self, feed: int) -> bytes:
        """The present document of one feed; three of four are RSS, one is Atom."""
        self.served += 1
        newest = self.grown[feed] + ITEMS[0] + feed * 7 % (ITEMS[1] - ITEMS[0])
        numbers = range(newest, self.grown[feed], -1)
        stamp = DAY.format(self.served // 60 % 24, self.served % 60) if self.volatile else DAY.format(0, 0)
        if feed % 4:
            items = "\n".join(_rss_item(feed, n) for n in numbers)
            head = (
                f"<title>Paper {feed}</title><link>https://paper{feed}.example/</link><description>News</description>"
            )
            return f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel>{head}<lastBuildDate>{stamp}</lastBuildDate>\n{items}\n</channel></rss>'.encode()
        items = "\n".join(_atom_entry(feed, n) for n in numbers)
        head = f"<title>Paper {feed}</title><id>tag:paper{feed}.example,2026:feed</id><updated>2026-11-02T00:00:{self.served % 60 if self.volatile else 0:02}Z</updated>"
        return f'<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom">{head}\n{items}\n</feed>'.encode()

    def mark(self, feed: int) -> str:
        """The entity tag of a feed's present document."""
        return f'"{feed}-{self.grown[feed]}"'

    def troubled(self, feed: int) -> str:
        """How a feed fails now: "", "hang", "500", "404"; the same feeds always."""
        if (feed * 2_654_435_761 % 2**32) / 2**32 >= self.trouble:
            return ""
        return ("hang", "500", "404")[feed % 3]


def _rss_item(feed: int, number: int) -> str:
    text = bank()[(feed * 31 + number) % BANK]
    return (
        f"<item><title>Item {number} of paper {feed}</title><link>https://paper{feed}.example/{number}</link>"
        f'<guid isPermaLink="false">p{feed}-{number}</guid><pubDate>{DAY.format(number // 60 % 24, number % 60)}</pubDate>'
        f"<description>{text}</description></item>"
    )


def _atom_entry(feed: int, number: int) -> str:
    text = bank()[(feed * 31 + number) % BANK]
    return (
        f'<entry><title>Item {number} of paper {feed}</title><link href="https://paper{feed}.example/{number}"/>'
        f"<id>tag:paper{feed}.example,2026:{number}</id><updated>2026-11-02T{number // 60 % 24:02}:{number % 60:02}:00Z</updated>"
        f'<summary type="html">{text}</summary></entry>'
    )


class _Desk(asyncio.Protocol):
    """One connection."""

    def __init__(self, town: Town) -> None:
        self._town, self._received = town, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._received += data
        while b"\r\n\r\n" in self._received:
            head, self._received = self._received.split(b"\r\n\r\n", 1)
            self._answer(head.decode("latin-1"))

    def _answer(self, head: str) -> None:
        first, *lines = head.split("\r\n")
        headers = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in lines)}
        feed = int(first.split()[1].strip("/").partition(".")[0])
        town, close = self._town, headers.get("connection", "").lower() == "close"
        trouble = town.troubled(feed)
        if trouble == "hang":
            asyncio.get_running_loop().call_later(HANG_S, self._transport.close)
            return
        if trouble:
            self._send(f"HTTP/1.1 {trouble} Trouble\r\nContent-Length: 0\r\n", b"", close)
            return
        mark = town.mark(feed)
        if town.validators and not town.volatile and headers.get("if-none-match") == mark:
            self._send(f"HTTP/1.1 304 Not Modified\r\nETag: {mark}\r\n", b"", close)
            return
        body = town.document(feed)
        tag = f"ETag: {mark}\r\n" if town.validators and not town.volatile else ""
        self._send(
            f"HTTP/1.1 200 OK\r\nContent-Type: application/xml\r\n{tag}Content-Length: {len(body)}\r\n", body, close
        )

    def _send(self, head: str, body: bytes, close: bool) -> None:
        self._transport.write(head.encode() + (b"Connection: close\r\n" if close else b"") + b"\r\n" + body)
        if close:
            self._transport.close()


def address(feed: int, port: int) -> str:
    """Where a feed is read."""
    host = feed % HOSTS
    return f"http://127.1.{host // 250}.{host % 250 + 1}:{port}/{feed}.xml"


async def serve(feeds: int) -> None:
    """Serve until standard input ends."""
    town = Town(feeds=feeds, grown=[0] * feeds)
    loop = asyncio.get_running_loop()
    first = await loop.create_server(lambda: _Desk(town), "127.1.0.1", 0, backlog=512)
    port = first.sockets[0].getsockname()[1]
    rest = [f"127.1.{h // 250}.{h % 250 + 1}" for h in range(1, min(feeds, HOSTS))]
    servers = [await loop.create_server(lambda: _Desk(town), host, port, backlog=64) for host in rest]
    bank()
    print(port, flush=True)
    while line := await loop.run_in_executor(None, sys.stdin.readline):
        town.obey(line.strip())
        print("done", flush=True)
    for server in (first, *servers):
        server.close()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1])))
