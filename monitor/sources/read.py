"""A body and what is remembered of the last one → its unseen entries, by the cheapest test that settles it.

same digest → nothing; same items → nothing; some new items → those alone, with the head and tail of their document; any doubt → all.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
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
    return seen.feed() if seen.unchanged else settle(seen, body, headers, source, parse=parse)


def settle(
    seen: Glance, body: bytes, headers: Mapping[str, str], source: Source, *, parse: Callable[..., Feed]
) -> Feed:
    """The entries a glance left open: only the new items parsed, or the whole body when their number does not come out right."""
    if seen.unseen is not None and len(seen.unseen.items) < seen.items:
        few = parse(seen.unseen.document(seen.unseen.items), headers, source)
        if few.items == len(seen.unseen.items):
            return replace(few, digest=seen.digest, item_hashes=seen.item_hashes, items=seen.items, fresh=few.items)
    whole = parse(body, headers, source)
    if seen.unseen is not None and whole.items == seen.items:
        return replace(whole, digest=seen.digest, item_hashes=seen.item_hashes, fresh=len(seen.unseen.items))
    return replace(whole, digest=seen.digest)
