"""The watchlist → entries that are found under each other's names: the same person twice, or one name inside another."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.match.find import match
from monitor.match.fold import spelled
from monitor.match.index import Index
from monitor.model import Article, Defender


def twins(index: Index, defenders: tuple[Defender, ...] | None = None) -> Iterator[tuple[str, str, str]]:
    """Pairs of ids and what they share, each pair once. defenders: whose names to look under; None for everybody's."""
    told: set[frozenset[str]] = set()
    chosen = index.watchlist.defenders if defenders is None else defenders
    for one in chosen:
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
    yield from _inside(index.watchlist.defenders, {d.id for d in chosen}, told)


def _inside(
    defenders: tuple[Defender, ...], chosen: set[str], told: set[frozenset[str]]
) -> Iterator[tuple[str, str, str]]:
    """Pairs of which one's whole name is some words of the other's: a text with the long one is never read as the short one, but people err."""
    whole: dict[str, list[str]] = {}
    for one in defenders:
        for name in {spelled(n) for n in (one.name, *one.names)}:
            whole.setdefault(name, []).append(one.id)
    for one in defenders:
        for name in (one.name, *one.names):
            words = spelled(name).split()
            for first in range(len(words)):
                for last in range(first + 2, len(words) + 1):
                    for other in whole.get(" ".join(words[first:last]), ()):
                        pair = frozenset({one.id, other})
                        if other != one.id and pair not in told and pair & chosen:
                            told.add(pair)
                            yield one.id, other, "have one name inside the other"
