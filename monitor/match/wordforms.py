"""A folded word of a text → the stems it may be a form of, and the keys of their sounds."""

from __future__ import annotations

from functools import lru_cache
from typing import Final, NamedTuple

from monitor.match.align import FAMILY
from monitor.match.fold import fold
from monitor.match.heard import heard
from monitor.match.keys import skeleton
from monitor.match.scripts import begins, ends
from monitor.match.tables.endings import AFTER, BEFORE

UNVOICED: Final = frozenset(
    {"Taml", "Armn", "Tibt"}
)  #: scripts that do not tell voiced consonants from voiceless ones reliably
MAX_WORD: Final = 48  #: letters; longer runs are no name and are not taken apart
NO_KEY: Final = frozenset({"", "~", "="})
MIN_ABJAD: Final = (
    3  #: letters of a word in a script without vowels; shorter ones are particles, and sound like anything
)
MAX_STEMS: Final = 24
MAX_HAN_EDGE: Final = 7  #: characters of a part of a foreign name written in Chinese
MIN_EDGE_KEY: Final = 3  #: sign and two consonants; less at the edge of a run is in every text
MAX_EDGE: Final = 22  #: code points of a name at the edge of a run of words without spaces
#: Scripts whose words are read as runs without spaces, where a name is the end or the beginning of one.
GLUED: Final = frozenset({"Thai", "Laoo", "Khmr", "Mymr", "Hani"})


@lru_cache(maxsize=64)
def _by_last(script: str) -> dict[str, tuple[str, ...]]:
    """The endings of a script by their last letter."""
    found: dict[str, list[str]] = {}
    for written in AFTER.get(script, ()):
        ending = fold(written).text
        found.setdefault(ending[-1], []).append(ending)
    return {last: tuple(dict.fromkeys(endings)) for last, endings in found.items()}


@lru_cache(maxsize=64)
def _prefixes(script: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fold(written).text for written in BEFORE.get(script, ())))


def least(script: str) -> int:
    """The letters a stem must keep once an ending is taken off it."""
    return 2 if script in {"Hang", "Ethi"} else 3


def stems(word: str, script: str) -> dict[str, float]:
    """The forms a word may be a form of, itself first, and how many bits each assumed ending or prefix costs."""
    found = {word: 0.0}
    if len(word) > MAX_WORD:
        return found
    keep = least(script)
    for ending in _by_last(script).get(word[-1], ()):
        if len(word) - len(ending) >= keep and word.endswith(ending):
            found.setdefault(word[: -len(ending)], 1.0 if "'" in ending else 1.5)
    for prefix in _prefixes(script):
        if word.startswith(prefix):
            for stem, cost in list(found.items()):
                if len(stem) - len(prefix) >= keep and len(found) < MAX_STEMS:
                    found.setdefault(stem[len(prefix) :], cost + 1.5)
    return found


@lru_cache(maxsize=16_384)
def sound_keys(sound: str, script: str) -> tuple[str, ...]:
    """The keys under which a sound is looked up: its skeleton, and that of other readings of ambiguous letters."""
    family = FAMILY.get(script)
    if family is None or not sound:
        return ()
    if script in UNVOICED:
        family = "sea"
    found = [skeleton(sound, family)]
    if script == "Grek":
        found.append(skeleton(sound.replace("mp", "b").replace("nt", "d").replace("gk", "g"), family))
    elif script == "Latn":
        found.extend(
            skeleton(sound.replace(a, b), family) for a, b in (("c", "j"), ("j", "y"), ("x", "sh")) if a in sound
        )
    if script in {"Arab", "Hebr"} and "w" in sound[1:]:
        found.append(skeleton(sound, "cyrl"))
    if script in {"Arab", "Thai", "Hang", "Hebr"} and sound[:2] in {"as", "es", "is", "us"}:
        found.append(skeleton(sound[1:], family))
    if len(found) == 1:
        return () if found[0] in NO_KEY else tuple(found)
    return tuple(dict.fromkeys(k for k in found if k not in NO_KEY))


class WordForm(NamedTuple):
    """A stretch of a word that may be the name in it: where, what its assumed ending costs in bits, how it sounds, under which keys."""

    start: int
    end: int
    cost: float
    sound: str
    keys: tuple[str, ...]


@lru_cache(maxsize=32_768)
def forms_of(word: str, script: str) -> tuple[WordForm, ...]:
    """The forms a word of a text may be read as; for runs of words without spaces, their beginnings and ends."""
    if script in GLUED:
        return tuple(
            WordForm(*at, 0.0 if at == (0, len(word)) else 1.0, s, sound_keys(s, script))
            for s, at in edges(word, script).items()
        )
    if len(word) > MAX_WORD or (script in {"Arab", "Hebr"} and len(word) < MIN_ABJAD):
        return ()
    found = []
    for stem, cost in stems(word, script).items():
        at = word.find(stem) if cost else 0
        sound = heard(stem, script)
        found.append(WordForm(at, at + len(stem), cost, sound, sound_keys(sound, script)))
    return tuple(found)


def keys(word: str, script: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The keys of a word as the first of two words that name somebody, and as the second.

    The same but for runs of words without spaces: there the name is the end of the first run and the beginning of the second.
    """
    forms = forms_of(word, script)
    if script not in GLUED:
        both = tuple(dict.fromkeys(key for form in forms for key in form.keys))
        return both, both
    size = len(word)
    ends_it = dict.fromkeys(key for form in forms if form.end == size for key in form.keys if len(key) >= MIN_EDGE_KEY)
    begins_it = dict.fromkeys(key for form in forms if form.start == 0 for key in form.keys if len(key) >= MIN_EDGE_KEY)
    return tuple(ends_it), tuple(begins_it)


def edges(run: str, script: str) -> dict[str, tuple[int, int]]:
    """The sounds of the beginnings and ends of a run of words without spaces, with the stretch of the run each comes from."""
    found: dict[str, tuple[int, int]] = {}
    size = len(run)
    for n in range(1 if script == "Hani" else 2, min(size, MAX_HAN_EDGE if script == "Hani" else MAX_EDGE) + 1):
        if n < size:
            if ends(run, n):
                found.setdefault(heard(run[:n], script), (0, n))
            if begins(run, size - n):
                found.setdefault(heard(run[size - n :], script), (size - n, size))
        else:
            found.setdefault(heard(run, script), (0, size))
    return {sound: at for sound, at in found.items() if sound}
