"""What a source's document lists: the entries, and what it says about itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from monitor.model import Entry, Source


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """One document read: its unseen entries and its own words about itself.

    ttl_s: seconds the publisher asks to be left alone, None when it does not say. warnings: plain words, no text of an entry.
    digest, item_hashes: what to remember so that the same bytes are not read again (8 bytes an item, in order; empty when the
    items could not be told apart). items: how many the document lists; fresh: how many of them were not there last time.
    poisoned: digests (hex) of pieces that could not be read at all. children: addresses of further documents to read now, best first.
    """

    entries: tuple[Entry, ...] = ()
    ttl_s: int | None = None
    title: str = ""
    warnings: tuple[str, ...] = ()
    digest: bytes = b""
    item_hashes: bytes = b""
    items: int = 0
    fresh: int = 0
    poisoned: tuple[str, ...] = ()
    children: tuple[str, ...] = ()

    @property
    def seen_share(self) -> float | None:
        """The share of listed items that were there last time, in [0, 1]; None when the document lists nothing."""
        return 1 - self.fresh / self.items if self.items else None


#: Reads one kind of document: body, headers with names in lower case (content-location: the address it was read at), source.
Parse = Callable[[bytes, Mapping[str, str], Source], Feed]
