"""A name or the sound of a word → skeletons of consonants: short keys under which spellings of one name meet.

The fuzz stands on the side of the list: a name is compiled into the skeletons of all its pronunciations, a word of a text has one or few.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from monitor.match.tables.pronunciations import READINGS, SOUNDS

MAX_KEYS: Final = 28  #: skeletons of one name; the ordinary readings come first
MAX_STRANGE: Final = 2  #: readings other than the ordinary one in one skeleton
_DOUBLE: Final = re.compile(r"([b-df-hj-np-tv-z])\1+")
_REPEATED: Final = re.compile(r"(.)\1+")
_SOUND: Final = re.compile("|".join(sorted(SOUNDS, key=len, reverse=True)))
_VOWELS: Final = frozenset("aeiouyw")
#: Families whose spelling tells voiced from voiceless, whose keys are the fine ones; "loose" ones do not, and "merged" ones write l and r,
#: f and p, v and b alike besides. The three kinds of keys never meet: each begins with its own sign.
MERGED: Final = frozenset({"hang", "kana", "hani"})
LOOSE: Final = frozenset({"sea"})
_LOOSEN: Final = str.maketrans({"B": "P", "D": "T", "G": "K"})
_MERGE: Final = str.maketrans({"B": "P", "D": "T", "G": "K", "L": "R", "V": "P", "F": "P"})
#: Families that write few vowels, where w and y inside a word are as often one.
ABJADS: Final = frozenset({"arab", "hebr"})


def skeleton(sound: str, family: str) -> str:
    """The key of a word of a text, from its sound."""
    if not sound:
        return ""
    if family in ABJADS:
        sound = sound[0] + sound[1:].replace("w", "")
    body = "".join(map(SOUNDS.__getitem__, _SOUND.findall(sound)))
    first = sound[0]
    if first in "aeiouy":
        body = "A" + body
    elif first == "h":
        body = "H" + body
    body = _tidy(body)
    return merged(body) if family in MERGED else loosened(body) if family in LOOSE else body


def loosened(key: str) -> str:
    """The key as scripts write it that do not tell voiced consonants from voiceless ones."""
    return "=" + _once(key.translate(_LOOSEN))


def merged(key: str) -> str:
    """The key as scripts write it that do not tell l from r, or p from f and v."""
    return "~" + _once(key.translate(_MERGE).replace("H", ""))


def _tidy(body: str) -> str:
    """Repeats made one, n before lips read as m."""
    return _once(body.replace("NP", "MP").replace("NB", "MB").replace("NM", "M"))


def _once(body: str) -> str:
    """Repeats made one; most keys have none."""
    return body if _REPEATED.search(body) is None else _REPEATED.sub(r"\1", body)


@lru_cache(maxsize=1)
def _readings() -> dict[str, list[tuple[re.Pattern[str], tuple[str, ...], int]]]:
    """The table as patterns by first letter: (pattern, readings, letters it eats)."""
    table: dict[str, list[tuple[re.Pattern[str], tuple[str, ...], int]]] = {}
    for letters, readings in READINGS:
        bare = letters.strip("^$")
        eats = len(bare) - (bare[-1] in "eiay" and len(bare) > 1)
        pattern = re.compile(("^" if letters[0] == "^" else "") + bare + ("$" if letters[-1] == "$" else ""))
        table.setdefault(bare[0], []).append((pattern, tuple("" if r == "-" else r for r in readings.split()), eats))
    return table


def pronounced(name: str) -> tuple[str, ...]:
    """The keys of a Latin name as it may be written by ear elsewhere, the ordinary readings first."""
    name = _DOUBLE.sub(lambda m: m[0] if m[1] in "ls" else m[1], name)
    partial: list[tuple[int, str]] = [(0, "")]
    at = 0
    while at < len(name):
        readings, eats = _at(name, at)
        if readings != ("",):
            seen: dict[str, int] = {}
            for strange, key in partial:
                for k, reading in enumerate(readings):
                    cost = strange + (k > 0)
                    grown = _tidy(key + reading)
                    if cost <= MAX_STRANGE and cost < seen.get(grown, MAX_STRANGE + 1):
                        seen[grown] = cost
            partial = sorted((cost, key) for key, cost in seen.items())[: 3 * MAX_KEYS]
        at += eats
    return tuple(key for _, key in partial if key)[:MAX_KEYS]


def _at(name: str, at: int) -> tuple[tuple[str, ...], int]:
    """The readings of the letters at a place of a name, and how many letters they are."""
    char = name[at]
    if char in "aeiouy" and at == 0 and char != "y" and not name.startswith(("ua", "ue", "ui", "oua")):
        return ("A",), 1
    if char in "aeiou" and at > 0:
        return ("",), 1
    if char == "r":
        heard = at + 1 >= len(name) or name[at + 1] not in _VOWELS
        return (("R", "") if heard else ("R",)), 1
    rest = name[at:] if at == 0 else " " + name[at:]
    for pattern, readings, eats in _readings().get(char, ()):
        if (pattern.match(rest) if at == 0 else pattern.match(rest, 1)) is not None and not (
            at > 0 and pattern.pattern[0] == "^"
        ):
            return readings, eats
    return ("",), 1
