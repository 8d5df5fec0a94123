"""A body and what is remembered of the last one → its unseen entries, by the cheapest test that settles it.

same digest → nothing; same items → nothing; some new items → those alone, with the head and tail of their document; any doubt → all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from monitor.model import Source
from monitor.sources.listing import Feed, Parse
from monitor.sources.split import HASH_BYTES, Pieces, digest, split

_TTL = re.compile(rb"<ttl>\s{0,20}([0-9]{1,6})\s{0,20}</ttl>")


@dataclass(frozen=True, slots=True)
class Glance:
    """What a look at the bytes alone has told. unseen: the pieces that hold only new items, None when only a full parse can tell."""

    digest: bytes
    item_hashes: bytes
    items: int
    unseen: Pieces | None
    ttl_s: int | None
    unchanged: bool

    def feed(self) -> Feed:
        """The answer where nothing needs to be parsed."""
        return Feed(ttl_s=self.ttl_s, digest=self.digest, item_hashes=self.item_hashes, items=self.items)

    def small(self) -> bytes | None:
        """The document with its new items alone; None when only the whole of it can tell."""
        if self.unseen is None or len(self.unseen.items) >= self.items:
            return None
        return self.unseen.document(self.unseen.items)

    def of_small(self, few: Feed) -> Feed | None:
        """What the whole lists, after `small` was parsed; None when the number of items does not come out right."""
        if self.unseen is None or few.items != len(self.unseen.items):
            return None
        return replace(few, digest=self.digest, item_hashes=self.item_hashes, items=self.items, fresh=few.items)

    def of_whole(self, whole: Feed, known_hashes: bytes = b"") -> Feed:
        """What is remembered of a document that was parsed whole; a kind that tells its items apart itself has hashed them."""
        if whole.item_hashes:
            known = {known_hashes[i : i + HASH_BYTES] for i in range(0, len(known_hashes), HASH_BYTES)}
            own = [whole.item_hashes[i : i + HASH_BYTES] for i in range(0, len(whole.item_hashes), HASH_BYTES)]
            new = tuple(e for e, h in zip(whole.entries, own, strict=True) if h not in known)
            return replace(whole, digest=self.digest, entries=new, fresh=len(new))
        if self.unseen is not None and whole.items == self.items:
            return replace(whole, digest=self.digest, item_hashes=self.item_hashes, fresh=len(self.unseen.items))
        return replace(whole, digest=self.digest)


def glance(body: bytes, known_digest: bytes = b"", known_hashes: bytes = b"") -> Glance:
    """Which items of a body are new, told from the bytes alone. known_*: what the last document left in SourceState."""
    mark = digest(body)
    if mark == known_digest:
        return Glance(mark, known_hashes, len(known_hashes) // HASH_BYTES, None, None, unchanged=True)
    pieces = split(body)
    if pieces is None:
        return Glance(mark, b"", 0, None, None, unchanged=False)
    known = {known_hashes[i : i + HASH_BYTES] for i in range(0, len(known_hashes), HASH_BYTES)}
    hashes = pieces.hashes()
    fresh = tuple(item for item, h in zip(pieces.items, hashes, strict=True) if h not in known)
    told = _TTL.search(pieces.head)
    return Glance(
        digest=mark,
        item_hashes=b"".join(hashes),
        items=len(hashes),
        unseen=replace(pieces, items=fresh),
        ttl_s=int(told[1]) * 60 if told else None,
        unchanged=not fresh,
    )


def read(
    body: bytes,
    headers: Mapping[str, str],
    source: Source,
    known_digest: bytes = b"",
    known_hashes: bytes = b"",
    *,
    parse: Parse,
) -> Feed:
    """The unseen entries of a body and what to remember of it. Raises ParseError when it is not what the source promises."""
    seen = glance(body, known_digest, known_hashes)
    if seen.unchanged:
        return seen.feed()
    small = seen.small()
    found = seen.of_small(parse(small, headers, source)) if small is not None else None
    return found or seen.of_whole(parse(body, headers, source), known_hashes)
