"""A document → its head, items and tail as bytes, without reading them: so that one poisoned item can be left out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

_OPEN = re.compile(rb"<(?:[A-Za-z0-9]+:)?(item|entry)(?=[\s>/])", re.IGNORECASE)
MAX_ITEMS = 2_000  #: items looked at one by one; a longer document is an attack or an archive


@dataclass(frozen=True, slots=True)
class Pieces:
    """A document in pieces. Putting head, any of the items, and tail together gives a document again."""

    head: bytes
    items: tuple[bytes, ...]
    tail: bytes

    def documents(self) -> Iterator[bytes]:
        """One document for each item."""
        for item in self.items:
            yield self.head + item + self.tail


def split(body: bytes) -> Pieces | None:
    """The pieces of a feed in XML; None when it has no items that can be told apart."""
    first = _OPEN.search(body)
    if first is None:
        return None
    name = body[first.start() + 1 : first.end()]
    opening, closing = b"<" + name, b"</" + name
    items: list[bytes] = []
    at = first.start()
    while len(items) < MAX_ITEMS:
        start = body.find(opening, at)
        end = body.find(closing, start) if start >= 0 else -1
        stop = body.find(b">", end) if end >= 0 else -1
        if start < 0 or stop < 0:
            break
        items.append(body[start : stop + 1])
        at = stop + 1
    return Pieces(body[: first.start()], tuple(items), body[at:]) if items else None
