"""Two names as words → which words of one are which of the other, and how nearly: the pairing that explains most."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA, Indel

from monitor.match.align import FAMILY, bits, worth
from monitor.match.bearing import Word, joined
from monitor.match.heard import heard
from monitor.match.scripts import UNSPACED
from monitor.match.tables.chinese_readings import READINGS
from monitor.match.tables.plain_sounds import ENDINGS, PLAIN, SHORT

LEAST: Final = 0.2  #: likeness below which two words are not the same word written otherwise
LONGEST_RUN: Final = 4  #: words of one name that may be one word of the other
SYLLABLE: Final = 0.7  #: likeness below which a syllable is another
SURE: Final = 0.85  #: likeness at which a word is that word, and not a piece of another
SLIGHT: Final = 2  #: letters up to which a likeness is chance
UNLIKE: Final = 0.25  #: share of common letters below which sounds of two scripts are not aligned
UNLIKE_AT_HOME: Final = 0.4  #: the same within one script
INITIAL: Final = 0.75  #: what an initial says of the name it begins
RESPELLED: Final = 0.95  #: two spellings of the same sounds by the rules of two languages
ENDED: Final = 0.93  #: the same name with an ending that a language gives to names
MIN_STEM: Final = 3  #: letters before such an ending
SHORTENED: Final = 0.85  #: a short form in daily use
SYLLABIC: Final = frozenset({"Hang", "Hani"})  #: one letter is one syllable, so one that differs makes another name
_DOUBLED: Final = re.compile(r"(.)\1+")
_SHORT: Final = {
    name: frozenset(k for k, group in enumerate(SHORT) if name in group) for line in SHORT for name in line
}
WHOLE_SCRIPTS: Final = UNSPACED | {"Hang"}  #: scripts that write all of a name as one word


@dataclass(frozen=True, slots=True)
class Pair:
    """Words of the first name that are words of the second. like: in [0, 1]. how: in plain words. initial: one of them is a single letter."""

    first: tuple[int, int]
    second: tuple[int, int]
    like: float
    weight: float
    how: str
    initial: bool = False


@lru_cache(maxsize=200_000)
def likeness(one: Word, other: Word) -> tuple[float, str]:
    """How nearly two words are one word, in [0, 1], and by what."""
    if one.text == other.text:
        return 1.0, "the same"
    if one.initial or other.initial:
        return _initial(one, other)
    best, how = 0.0, ""
    if one.script == other.script:
        best, how = _spelled(one, other), "spelled a little differently"
        if one.script in SYLLABIC:
            return best, how
        if one.script == "Latn":
            short, long = sorted((plainly(one.text), plainly(other.text)), key=len)
            if short == long:
                return RESPELLED, "spelled by the rules of another language"
            if len(short) >= MIN_STEM and long.startswith(short) and long[len(short) :] in ENDINGS:
                return ENDED, "with an ending of another language"
            if not _SHORT.get(one.text, frozenset()).isdisjoint(_SHORT.get(other.text, frozenset())):
                return SHORTENED, "a short form"
    if one.sound and other.sound:
        heard = _heard(one, other)
        if heard > best:
            best, how = heard, "written by ear"
    return best, how


def _initial(one: Word, other: Word) -> tuple[float, str]:
    """An initial beside the name it begins."""
    if one.initial and other.initial:
        same = one.sound[:1] == other.sound[:1] and one.sound != ""
        return (0.9, "the same initial") if same else (0.0, "")
    short, long = (one, other) if one.initial else (other, one)
    same = long.text.startswith(short.text) or (short.sound != "" and long.sound.startswith(short.sound[:1]))
    return (INITIAL, "an initial") if same else (0.0, "")


def _spelled(one: Word, other: Word) -> float:
    """Likeness by letters: each slip costs more in a short word; slips that the ear would not notice cost half."""
    longer = max(len(one.text), len(other.text))
    slips = float(OSA.distance(one.text, other.text))
    if one.script == "Latn" and slips > 1:
        slips = min(slips, 0.5 + OSA.distance(plainly(one.text), plainly(other.text)))
    cost = slips / longer * (1.5 if one.script in SYLLABIC else 1.0)
    return max(0.0, 1.0 - cost - (0.08 if slips and longer < 5 else 0.0))


@lru_cache(maxsize=50_000)
def plainly(word: str) -> str:
    """A Latin word in the plainest spelling of its sounds, doubled letters made one."""
    for letters, plain in PLAIN:
        if letters in word:
            word = word.replace(letters, plain)
    return _DOUBLED.sub(r"\1", word)


def _heard(one: Word, other: Word) -> float:
    """Likeness by sound, by the weights of the scripts at hand."""
    if one.sound == other.sound:
        return 0.97
    if Indel.normalized_similarity(one.sound, other.sound) < (UNLIKE_AT_HOME if one.script == other.script else UNLIKE):
        return 0.0
    if one.script == "Latn" or other.script != "Latn":
        name, sound, script = one.sound, other.sound, other.script
    else:
        name, sound, script = other.sound, one.sound, one.script
    family = FAMILY[script] if "Latn" in (one.script, other.script) else "latn"
    carried = 0.5 * (worth(name, family) + worth(sound, "latn"))
    gained = bits(name, sound, family)
    return max(0.0, min(0.97, gained / carried))


def pairing(first: tuple[Word, ...], second: tuple[Word, ...]) -> tuple[Pair, ...]:
    """The pairs that together explain most of the two names; no word is used twice."""
    found = sorted(_candidates(first, second), key=lambda p: -_gain(p))
    return _best(tuple(found[:24]))


def _gain(pair: Pair) -> float:
    return pair.weight * (pair.like - LEAST / 2)


def _candidates(first: tuple[Word, ...], second: tuple[Word, ...]) -> Iterator[Pair]:
    """Each word, or run of words, beside each word of the other name it resembles."""
    for i, one in enumerate(first):
        for j, other in enumerate(second):
            if one.light is not other.light and one.text != other.text:
                continue
            like, how = likeness(one, other)
            if like >= LEAST:
                yield Pair((i, i + 1), (j, j + 1), like, (one.bits + other.bits) / 2, how, one.initial or other.initial)
    yield from _runs(first, second, turned=False)
    yield from _runs(second, first, turned=True)


def _runs(many: tuple[Word, ...], single: tuple[Word, ...], *, turned: bool) -> Iterator[Pair]:
    """Runs of words of one name that are one word of the other, in their order or, where a whole name is one word, family name first."""
    sure = {w.text for w in many if len(w.text) > SLIGHT and any(likeness(w, o)[0] >= SURE for o in single)}
    for j, other in enumerate(single):
        if other.initial or any(likeness(w, other)[0] >= SURE for w in many if len(w.text) > SLIGHT):
            continue
        for length in range(2, min(LONGEST_RUN, len(many)) + 1):
            for i in range(len(many) - length + 1):
                run = many[i : i + length]
                if any(w.text in sure for w in run):
                    continue
                if not 0.55 < len(other.sound or other.text) / max(1, sum(len(w.sound or w.text) for w in run)) < 1.8:
                    continue
                orders = [run]
                if other.script in WHOLE_SCRIPTS and len(single) == 1:
                    orders.append((run[-1], *run[:-1]))
                for order in orders:
                    whole = joined(order)
                    like, how = likeness(whole, other)
                    if (
                        other.script == "Hani"
                        and len(order) == len(other.text)
                        and (said := _syllables(order, other.text)) > like
                    ):
                        like, how = said, "written by ear, syllable by syllable"
                    if like >= LEAST:
                        a, b = (i, i + length), (j, j + 1)
                        weight = (whole.bits + other.bits) / 2
                        yield Pair(b, a, like, weight, how) if turned else Pair(a, b, like, weight, how)


def _syllables(order: tuple[Word, ...], characters: str) -> float:
    """Likeness of as many Latin syllables as there are Chinese characters, each read as in Mandarin or elsewhere."""
    nearest: list[float] = []
    for word, character in zip(order, characters, strict=True):
        readings = (heard(character, "Hani"), *READINGS.get(character, ()))
        plain = plainly(word.text)
        nearest.append(max(1.0 if word.text == r else Indel.normalized_similarity(plain, plainly(r)) for r in readings))
    return 0.97 * sum(nearest) / len(nearest) if min(nearest) >= SYLLABLE else 0.0


def _best(found: tuple[Pair, ...]) -> tuple[Pair, ...]:
    """The disjoint pairs with the greatest gain together; tried in the order of gain, with the rest bounded."""
    best: tuple[float, tuple[Pair, ...]] = (0.0, ())
    rest = [0.0] * (len(found) + 1)
    for k in range(len(found) - 1, -1, -1):
        rest[k] = rest[k + 1] + max(0.0, _gain(found[k]))
    budget = 400

    def further(k: int, gain: float, taken: tuple[Pair, ...], left: int, right: int) -> None:
        nonlocal best, budget
        if gain > best[0]:
            best = gain, taken
        budget -= 1
        if k == len(found) or gain + rest[k] <= best[0] or budget < 0:
            return
        pair = found[k]
        a = (1 << pair.first[1]) - (1 << pair.first[0])
        b = (1 << pair.second[1]) - (1 << pair.second[0])
        if not (left & a or right & b):
            further(k + 1, gain + _gain(pair), (*taken, pair), left | a, right | b)
        further(k + 1, gain, taken, left, right)

    further(0, 0.0, (), 0, 0)
    return best[1]
