"""A document as bytes → its head, its items and its tail, without parsing, so that items seen before need not be read again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from xxhash import xxh3_64_digest, xxh3_128_digest

HASH_BYTES = 8  #: of one item; among 50 remembered items a chance match is one in 10^17. Whoever forges one hides only his own item
DIGEST_BYTES = 16  #: of a whole body
MAX_ITEMS = 2_000  #: read from one document; 100,000 items took a parser 9.5 s, and no newsroom lists so many

#: What holds an item in feeds, and in sitemaps; feeds are tried first, because an RSS head has a <url> of its own (its picture).
_FIRST = (re.compile(rb"<(item|entry)(?=[\s>])"), re.compile(rb"<(url|sitemap)(?=[\s>])"))
_OPENS = b" \t\r\n>"


@dataclass(frozen=True, slots=True)
class Pieces:
    """A document cut at its items; head + items + tail is the document without the blanks between items."""

    head: bytes
    items: tuple[bytes, ...]
    tail: bytes

    def hashes(self) -> tuple[bytes, ...]:
        """One digest of HASH_BYTES per item, in order."""
        return tuple(xxh3_64_digest(item) for item in self.items)

    def document(self, items: Iterable[bytes]) -> bytes:
        """The document with only these items."""
        return b"".join((self.head, *items, self.tail))


def digest(body: bytes) -> bytes:
    """A fingerprint of DIGEST_BYTES of a whole body."""
    return xxh3_128_digest(body)


def split(body: bytes) -> Pieces | None:
    """The pieces of a document; None when it has no items that can be told apart by their tags alone.

    Anything but blanks between two items (a comment, the rest of a quoted "</item>") makes the cut doubtful, and so None.
    """
    first = _FIRST[0].search(body) or _FIRST[1].search(body)
    if first is None:
        return None
    opening, closing = b"<" + first[1], b"</" + first[1] + b">"
    items: list[bytes] = []
    start, end = first.start(), 0
    while True:
        stop = body.find(closing, start)
        if stop < 0:
            return None
        end = stop + len(closing)
        if body.find(opening + b" ", start + 1, stop) >= 0 or body.find(opening + b">", start + 1, stop) >= 0:
            return None  # one item inside another
        items.append(body[start:end])
        start = body.find(opening, end)
        while start >= 0 and body[start + len(opening) : start + len(opening) + 1] not in _OPENS:
            start = body.find(opening, start + 1)
        if start < 0:
            break
        if body[end:start].strip():
            return None
    return Pieces(head=body[: first.start()], items=tuple(items), tail=body[end:])
