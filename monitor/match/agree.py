"""A part of a listed name and a word of a text → how far the word is that part, in bits and as a share of what the part carries."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA, Levenshtein

from monitor.match.align import FAMILY, bits, worth
from monitor.match.parts import Part, key_set
from monitor.match.wordforms import GLUED, WordForm, forms_of

UNLIKE: Final = 0.15  #: share of equal letters below which an alignment is not tried
SHORT: Final = 3  #: letters up to which a part is not respelled within its own script
SHORT_SHARE: Final = 0.4  #: of its evidence a part that short must keep when written by ear
MOST_SHARE: Final = 2.0  #: see `most`; 1.6 was the largest of 60,000 alignments of names with words
SLIP: Final = 9.0  #: bits lost by one letter that differs within one script


@dataclass(frozen=True, slots=True)
class Agreement:
    """bits: evidence over chance that the word is the part of the name. full: what the part carries. at: the stretch of the word that was it."""

    bits: float
    full: float
    at: tuple[int, int]
    how: str


#: A word that is not the part at all.
NONE: Final = Agreement(-99.0, 1.0, (0, 0), "")


@lru_cache(maxsize=100_000)
def agree(part: Part, word: str, script: str) -> Agreement:
    """How far a word is a part of a name."""
    if word == part.text:
        full = part.bits
        return Agreement(full, full, (0, len(word)), "as listed")
    if script == part.script and (script in GLUED or len(part.text) <= SHORT):
        own = tuple(
            form for form in forms_of(word, script) if script not in GLUED and word[form.start : form.end] == part.text
        )
        return (
            Agreement(part.bits - own[0].cost, part.bits, _stretch(own[0], word, script), "with an ending")
            if own
            else NONE
        )
    best = NONE
    known = key_set(part)
    for form in forms_of(word, script):
        stem = word[form.start : form.end]
        if stem != part.text and known.isdisjoint(form.keys):
            continue
        found = _stem(part, stem, form.sound, script)
        gained = found.bits - form.cost
        if len(part.text) <= SHORT and gained < SHORT_SHARE * found.full:
            continue
        if gained > best.bits:
            how = "with an ending" if form.cost and found.how == "as listed" else found.how
            best = Agreement(gained, found.full, _stretch(form, word, script), how)
    return best


def most(part: Part, script: str) -> float:
    """More bits than a word of this script can speak for a part; alignments give at most 1.6 times what the letters carry by chance."""
    family = FAMILY.get(script)
    heard_most = MOST_SHARE * worth(part.sound, family) if family and part.sound else 0.0
    return max(part.bits, heard_most)


def _stretch(form: WordForm, word: str, script: str) -> tuple[int, int]:
    """What of a word is the name: endings grown to it belong to it, particles and what follows an apostrophe do not."""
    apart = script in GLUED or script == "Hang" or "'" in word[form.end :]
    return form.start, form.end if apart else len(word)


def _stem(part: Part, stem: str, sound: str, script: str) -> Agreement:
    """How far a stem is a part of a name, ending or no ending."""
    if stem == part.text:
        return Agreement(part.bits, part.bits, (0, 0), "as listed")
    letters: Agreement | None = None
    if script == part.script:
        full = part.bits
        slips = OSA.distance(part.text, stem)
        lost = SLIP * slips
        if slips == 1 and len(stem) == len(part.text) - 1 and part.text.startswith(stem):
            lost /= 2  # a last vowel given up before an ending
        letters = Agreement(full - lost, full, (0, 0), "spelled a little differently")
        if script != "Latn":
            return letters
    family = FAMILY.get(script)
    if family is None or not part.sound:
        return letters or NONE
    if Levenshtein.normalized_similarity(part.sound, sound) < UNLIKE:
        return letters or NONE
    heard_bits = bits(part.sound, sound, family)
    if letters is not None and letters.bits >= heard_bits:
        return letters
    return Agreement(heard_bits, worth(part.sound, family), (0, 0), "written by ear")
