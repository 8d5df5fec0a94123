"""A character → the script it is written in, and how that script marks the edges of words."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from functools import lru_cache
from typing import Final

#: First code point of each block and the script of its letters (ISO 15924 codes). Source: Unicode block list.
_BLOCKS: Final = (
    (0x0000, "Latn"), (0x0370, "Grek"), (0x0400, "Cyrl"), (0x0530, "Armn"), (0x0590, "Hebr"), (0x0600, "Arab"), (0x0700, "Syrc"),
    (0x0750, "Arab"), (0x0780, "Thaa"), (0x07C0, "Nkoo"), (0x08A0, "Arab"), (0x0900, "Deva"), (0x0980, "Beng"), (0x0A00, "Guru"),
    (0x0A80, "Gujr"), (0x0B00, "Orya"), (0x0B80, "Taml"), (0x0C00, "Telu"), (0x0C80, "Knda"), (0x0D00, "Mlym"), (0x0D80, "Sinh"),
    (0x0E00, "Thai"), (0x0E80, "Laoo"), (0x0F00, "Tibt"), (0x1000, "Mymr"), (0x10A0, "Geor"), (0x1100, "Hang"), (0x1200, "Ethi"),
    (0x13A0, "Cher"), (0x1780, "Khmr"), (0x1800, "Mong"), (0x18B0, "Zyyy"), (0x19E0, "Khmr"), (0x1A00, "Zyyy"), (0x1C80, "Cyrl"),
    (0x1C90, "Geor"), (0x1CC0, "Zyyy"), (0x1D00, "Latn"), (0x1F00, "Grek"), (0x2000, "Zyyy"), (0x2C60, "Latn"), (0x2C80, "Zyyy"),
    (0x2D00, "Geor"), (0x2D30, "Tfng"), (0x2D80, "Ethi"), (0x2DE0, "Cyrl"), (0x2E00, "Zyyy"), (0x2E80, "Hani"), (0x3000, "Zyyy"),
    (0x3005, "Hani"), (0x3008, "Zyyy"), (0x3040, "Hira"), (0x30A0, "Kana"), (0x3100, "Zyyy"), (0x3130, "Hang"), (0x3190, "Zyyy"),
    (0x31F0, "Kana"), (0x3200, "Zyyy"), (0x3400, "Hani"), (0x4DC0, "Zyyy"), (0x4E00, "Hani"), (0xA000, "Yiii"), (0xA640, "Cyrl"),
    (0xA6A0, "Zyyy"), (0xA720, "Latn"), (0xA800, "Zyyy"), (0xA8E0, "Deva"), (0xA900, "Zyyy"), (0xA960, "Hang"), (0xA980, "Zyyy"),
    (0xA9E0, "Mymr"), (0xAA00, "Zyyy"), (0xAA60, "Mymr"), (0xAA80, "Zyyy"), (0xAB00, "Ethi"), (0xAB30, "Latn"), (0xAB70, "Zyyy"),
    (0xAC00, "Hang"), (0xD800, "Zyyy"), (0xF900, "Hani"), (0xFB00, "Latn"), (0xFB13, "Armn"), (0xFB1D, "Hebr"), (0xFB50, "Arab"),
    (0xFE00, "Zyyy"), (0xFE70, "Arab"), (0xFF00, "Zyyy"), (0xFF21, "Latn"), (0xFF65, "Kana"), (0xFFA0, "Hang"), (0xFFE0, "Zyyy"),
    (0x20000, "Hani"), (0x32000, "Zyyy"),
)  # fmt: skip
_STARTS: Final = tuple(start for start, _ in _BLOCKS)

#: Scripts that put no space between words; names are found inside them as substrings.
UNSPACED: Final = frozenset({"Thai", "Laoo", "Khmr", "Mymr", "Hani", "Hira", "Kana"})

#: Scripts with capital letters that names are written with.
CASED: Final = frozenset({"Latn", "Cyrl", "Grek", "Armn"})

#: Vowels of Thai and Lao written before their consonant: no name ends on one.
_LEADING_VOWELS: Final = frozenset("เแโใไເແໂໃໄ")
#: Vowels of Thai and Lao that are letters to Unicode and belong to the consonant before them: no name begins with one.
_FOLLOWING_VOWELS: Final = frozenset("ะาำๅฯๆຯະາຳໆ")
#: Signs that stack the next consonant under this one (Khmer coeng, Myanmar and Indic viramas).
_STACKERS: Final = frozenset("\u17d2\u1039\u0f84")


@lru_cache(maxsize=65_536)
def script_of(char: str) -> str:
    """The script of a letter or mark as an ISO 15924 code; "Zyyy" for what belongs to none or to all."""
    if not (char.isalpha() or unicodedata.category(char)[0] == "M"):
        return "Zyyy"
    return _BLOCKS[bisect_right(_STARTS, ord(char)) - 1][1]


@lru_cache(maxsize=65_536)
def is_word(char: str) -> bool:
    """Whether a character is part of a word: a letter, a mark on one, or a digit."""
    return char.isalnum() or unicodedata.category(char)[0] == "M"


@lru_cache(maxsize=65_536)
def is_mark(char: str) -> bool:
    """Whether a character sits on the one before it: vowel signs, tone marks, accents."""
    return unicodedata.category(char)[0] == "M" or char in _FOLLOWING_VOWELS


def begins(text: str, at: int) -> bool:
    """Whether a name may begin at this place of a folded text, by the habits of its script."""
    if at == 0:
        return True
    before, first = text[at - 1], text[at]
    if not is_word(before):
        return True
    script = script_of(first)
    if script in UNSPACED:
        return not is_mark(first) and before not in _STACKERS and before not in _LEADING_VOWELS
    if first.isdigit() and before.isdigit():
        return False
    return not is_mark(first) and script_of(before) != script and not (script_of(before) in CASED and script in CASED)


def ends(text: str, at: int) -> bool:
    """Whether a name may end before this place of a folded text, by the habits of its script."""
    if at >= len(text):
        return True
    last, after = text[at - 1], text[at]
    if not is_word(after):
        return True
    script = script_of(last)
    if is_mark(after) or last in _STACKERS:
        return False
    if script in UNSPACED:
        return last not in _LEADING_VOWELS
    if script == "Hang":
        return True  # particles are written to the end of the name
    if last.isdigit() and after.isdigit():
        return False
    return script_of(after) != script and not (script_of(after) in CASED and script in CASED)
