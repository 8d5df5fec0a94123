"""The watchlist → an index of pairs of keys, compiled once: two neighbouring words of a text → the names they may be."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from monitor.match.fold import spelled
from monitor.match.forms import PARTICLES, script
from monitor.match.parts import Part, part, part_keys
from monitor.model import Defender

KEY_BITS: Final = 24  #: room for 16 million distinct keys in one half of a pair
MIN_PAIR_KEYS: Final = 60  #: pairs of keys one pair of parts may add of each kind on the longest lists
MAX_PAIR_KEYS: Final = 240  #: the same on short ones
ROOM: Final = 2_000_000  #: pairs of keys a list may add of each kind before its people must share the room


BITS_A_CONSONANT: Final = 6.0  #: evidence that one consonant of a key and its vowels can give at most, rounded up
Keys = tuple[tuple[int, int], ...]  #: (number of a key, its consonants)


@dataclass(frozen=True, slots=True)
class Name:
    """One listed spelling taken apart. defender: its number; parts: without particles, at least two."""

    defender: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """keys: key → number. pairs: two key numbers in one integer, the smaller first → numbers of the names. names: all spellings."""

    keys: dict[str, int]
    pairs: dict[int, int | tuple[int, ...]]
    names: tuple[Name, ...]

    def named(self, one: int, other: int) -> tuple[int, ...]:
        """The names that two keys, in any order, may stand for."""
        found = self.pairs.get(one << KEY_BITS | other if one < other else other << KEY_BITS | one)
        if found is None:
            return ()
        return (found,) if isinstance(found, int) else found


def compile_pairs(defenders: Sequence[Defender], least: float = 0.0) -> Pairs:
    """The index of all people of the list; organisations and communities are matched letter by letter alone.

    least: bits below which a reading is not believed anyway: pairs of keys too short to reach it are left out.
    """
    numbers: dict[str, int] = {}
    names: list[Name] = []
    found: dict[int, int | tuple[int, ...]] = {}
    cache: dict[Part, tuple[Keys, ...]] = {}
    share = max(MIN_PAIR_KEYS, min(MAX_PAIR_KEYS, ROOM // max(1, len(defenders))))
    consonants = math.ceil(least / BITS_A_CONSONANT)
    for number, defender in enumerate(defenders):
        if defender.kind != "person":
            continue
        for parts in _spellings(defender):
            names.append(Name(number, parts))
            for one, other in _neighbours(len(parts)):
                for some, others in zip(
                    _numbered(parts[one], cache, numbers), _numbered(parts[other], cache, numbers), strict=True
                ):
                    for code in _codes(some, others, consonants, share):
                        _put(found, code, len(names) - 1)
    return Pairs(numbers, found, tuple(names))


def _put(found: dict[int, int | tuple[int, ...]], code: int, name: int) -> None:
    old = found.get(code)
    if old is None:
        found[code] = name
    elif isinstance(old, int):
        if old != name:
            found[code] = (old, name)
    elif name not in old[-2:]:
        found[code] = (*old, name)


def _numbered(part: Part, cache: dict[Part, tuple[Keys, ...]], numbers: dict[str, int]) -> tuple[Keys, ...]:
    """The numbers of the keys of a part and how many consonants each has, by kind of key."""
    if part not in cache:
        cache[part] = tuple(
            tuple((numbers.setdefault(key, len(numbers)), len(key) - (key[0] in "=~")) for key in kind)
            for kind in part_keys(part)
        )
    return cache[part]


def _codes(some: Keys, others: Keys, consonants: int, share: int) -> Iterator[int]:
    """The pairs of keys with at least so many consonants together, those of ordinary readings first, up to a bound."""
    ranked = sorted(
        (a + b, x, y) for a, (x, m) in enumerate(some) for b, (y, n) in enumerate(others) if m + n >= consonants
    )
    for _, x, y in ranked[:share]:
        yield x << KEY_BITS | y if x < y else y << KEY_BITS | x


def _neighbours(count: int) -> Iterator[tuple[int, int]]:
    """The pairs of parts that may stand beside each other in a text: neighbours, and the first with the last."""
    yield 0, count - 1
    if count > 2:
        for k in range(count - 1):
            yield k, k + 1


def _spellings(defender: Defender) -> Iterator[tuple[Part, ...]]:
    """The listed names with two parts or more, and those with a hyphen also with its halves joined.

    Names in other scripts are compared with Latin texts by ear only where the entry has no Latin spelling of its own.
    """
    seen: set[tuple[str, ...]] = set()
    abroad = not any(script(name) == "Latn" for name in (defender.name, *defender.names))
    for name in (defender.name, *defender.names):
        if name.count(",") == 1:
            name = " ".join(reversed(name.split(",")))  # noqa: PLW2901 - the same name in reading order
        folded = spelled(name)
        tokens = [t.replace("'", "") for t in folded.split() if t not in PARTICLES]
        hyphen = spelled(name.replace("-", "")).split() if "-" in name else []
        for parts in (tokens, [t.replace("'", "") for t in hyphen if t not in PARTICLES]):
            kept = tuple(t.strip(".") for t in parts if len(t.strip(".")) > 1)
            if 2 <= len(kept) <= 6 and kept not in seen:
                seen.add(kept)
                yield tuple(part(token, abroad) for token in kept)
