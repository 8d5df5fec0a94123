"""The watchlist → entries that are found under each other's names: the same person twice, or one name inside another."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.match.find import match
from monitor.match.index import Index
from monitor.model import Article, Defender


def twins(index: Index, defenders: tuple[Defender, ...] | None = None) -> Iterator[tuple[str, str, str]]:
    """Pairs of ids and what they share, each pair once. defenders: whose names to look under; None for everybody's."""
    told: set[frozenset[str]] = set()
    for one in index.watchlist.defenders if defenders is None else defenders:
        for name in (one.name, *one.names):
            for mention in match(Article(id="twins", title="", text=name), index):
                pair = frozenset({one.id, mention.watch})
                if mention.watch == one.id or pair in told:
                    continue
                told.add(pair)
                whole = mention.span.end - mention.span.start == len(name)
                yield (
                    one.id,
                    mention.watch,
                    "have a name that means both" if whole else "have one name inside the other",
                )
