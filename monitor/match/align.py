"""A Latin name and the sound of a word → how many bits speak for their being the same name, by aligning letters with sounds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from monitor.match.tables import alignments

#: Script → the family whose weights it shares; scripts whose names are written by the same ear, pooled so that each has evidence.
FAMILY: Final = {
    "Cyrl": "cyrl", "Grek": "alph", "Armn": "alph", "Geor": "alph", "Ethi": "alph", "Arab": "arab", "Hebr": "hebr", "Deva": "indic",
    "Beng": "indic", "Guru": "indic", "Gujr": "indic", "Orya": "indic", "Taml": "indic", "Telu": "indic", "Knda": "indic", "Mlym": "indic",
    "Sinh": "indic", "Thai": "sea", "Laoo": "sea", "Khmr": "sea", "Mymr": "sea", "Tibt": "sea", "Hang": "hang", "Kana": "kana",
    "Hira": "kana", "Hani": "hani", "Latn": "latn",
}  # fmt: skip
_SHAPES: Final = (
    (0, 1),
    (1, 1),
    (2, 1),
    (1, 2),
    (2, 2),
    (3, 1),
    (3, 2),
    (2, 3),
    (1, 3),
    (1, 0),
    (2, 0),
)  #: (letters, sounds); sounds added come first
_UNSEEN: Final = {
    (1, 1): 13.0,
    (1, 0): 12.0,
    (0, 1): 11.0,
}  #: cost in bits of single letters never seen to answer each other
_RARE: Final = 7.0  #: bits of a letter that was never counted
_VOWELS: Final = "aeiouy"
_KIN: Final = (
    "pb",
    "pf",
    "bv",
    "vw",
    "td",
    "kg",
    "kq",
    "gh",
    "kh",
    "sz",
    "sc",
    "zc",
    "cj",
    "szj",
    "mn",
    "lr",
    "ck",
    "yj",
)
VOWEL_COST: Final = 10.0  #: bits; about what pooled counts give one vowel for another
SILENT_COST: Final = 9.5
KIN_COST: Final = 12.0
WORST: Final = -10.0  #: bits below which a beginning is not followed further
_IMPOSSIBLE: Final = -1e9


@dataclass(frozen=True, slots=True)
class _Weights:
    """gains: letters → sounds → bits gained by aligning them. latin, sound: bits of each letter by chance."""

    gains: dict[str, dict[str, float]]
    latin: dict[str, float]
    sound: dict[str, float]


@lru_cache(maxsize=32)
def _weights(family: str) -> _Weights:
    """The table of a family, as gains over chance."""
    latin, sound = (
        {k: float(v) for k, v in (x.split(":") for x in side.split())} for side in alignments.FREQUENCY[family]
    )
    gains: dict[str, dict[str, float]] = {}
    for unit in alignments.COSTS[family].split():
        sides, counted = unit.split(":")
        left, right = sides.split("=")
        chance = sum(latin.get(c, _RARE) for c in left) + sum(sound.get(c, _RARE) for c in right)
        gains.setdefault(left, {})[right] = chance - float(counted)
    for left, right, cost in _plausible():
        chance = sum(latin.get(c, _RARE) for c in left) + sum(sound.get(c, _RARE) for c in right)
        known = gains.setdefault(left, {})
        known[right] = max(known.get(right, _IMPOSSIBLE), chance - cost)
    return _Weights(gains, latin, sound)


def _plausible() -> Iterator[tuple[str, str, float]]:
    """Answers that are likely in any language whether or not they were counted: vowel for vowel, kindred consonant for consonant."""
    groups = [*_VOWELS, *(a + b for a in _VOWELS for b in _VOWELS)]
    for left in groups:
        for right in groups:
            yield left, right, VOWEL_COST + (len(left) + len(right) - 2) * 1.5
        yield left, "", SILENT_COST + len(left)
    for right in _VOWELS:
        yield "", right, SILENT_COST
    for kin in _KIN:
        for left in kin:
            for right in kin:
                yield left, right, KIN_COST


_Way = tuple[
    int, int, dict[str, float], float | None
]  #: letters eaten, sounds eaten, gains known, gain of letters alone where unseen ones count


@lru_cache(maxsize=100_000)
def _ways(left: str, family: str) -> tuple[_Way, ...]:
    """The ways to go on from letters of a name: those that eat exactly these letters."""
    w = _weights(family)
    known = w.gains.get(left, {})
    chance = sum(w.latin.get(c, _RARE) for c in left)
    found: list[_Way] = []
    for a, b in _SHAPES:
        unseen = _UNSEEN.get((a, b))
        if a == len(left) and (known or unseen is not None):
            found.append((a, b, known, None if unseen is None else chance - unseen))
    return tuple(found)


@lru_cache(maxsize=50_000)
def _steps(name: str, family: str) -> tuple[tuple[_Way, ...], ...]:
    """For each place of a name the ways to go on, after the one that eats no letter."""
    return tuple(
        tuple(way for a in range(1, min(3, len(name) - i) + 1) for way in _ways(name[i : i + a], family))
        for i in range(len(name) + 1)
    )


@lru_cache(maxsize=200_000)
def bits(name: str, sound: str, family: str) -> float:
    """How many bits the sound of a word speaks for this Latin name rather than for chance; negative when it speaks against it."""
    chance = _weights(family).sound
    ((_, _, silent, unsaid),) = _ways("", family)
    n, m = len(name), len(sound)
    rights = tuple([sound[j : j + b] for j in range(m - b + 1)] for b in range(4))
    rows: list[dict[int, float]] = [{} for _ in range(n + 1)]
    rows[0][0] = 0.0
    for i, ways in enumerate(_steps(name, family)):
        row = rows[i]
        for j in range(m):  # a sound that answers no letter
            here = row.get(j, _IMPOSSIBLE)
            if here < WORST:
                continue
            right = rights[1][j]
            gain = here + silent.get(right, (unsaid or 0.0) + chance.get(right, _RARE))
            if gain > row.get(j + 1, _IMPOSSIBLE):
                row[j + 1] = gain
        live = [(j, here) for j, here in row.items() if here >= WORST]
        for a, b, known, unseen in ways:
            to, these, last = rows[i + a], rights[b], m - b
            for j, here in live:
                if j > last:
                    continue
                right = these[j]
                added = known.get(right)
                if added is None:
                    if unseen is None:
                        continue
                    added = unseen + (chance.get(right, _RARE) if b else 0.0)
                total = here + added
                if total > to.get(j + b, _IMPOSSIBLE):
                    to[j + b] = total
    return rows[n].get(m, _IMPOSSIBLE)


@lru_cache(maxsize=100_000)
def worth(name: str, family: str) -> float:
    """How many bits a name carries at all: what a perfect answer would come near to."""
    latin = _weights(family).latin
    return sum(latin.get(c, _RARE) for c in name)
