"""A text as received → one comparable spelling of it, with the way back to the code points it came from.

Compatibility forms unified, case folded, accents of alphabetic scripts and optional marks of Arabic and Hebrew dropped, hyphens and dots
between names turned into spaces, runs of spaces made one. Vowel signs of Khmer, Thai, Tamil and their like are letters and stay.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from monitor.match.scripts import script_of
from monitor.match.tables import letters

#: Marks that are written or left out at will: Latin, Greek and Cyrillic accents, Arabic and Hebrew vowel points, variation selectors.
_OPTIONAL_MARKS: Final = (
    (0x0300, 0x036F), (0x0483, 0x0487), (0x0591, 0x05C7), (0x0610, 0x061A), (0x064B, 0x065F), (0x0670, 0x0670), (0x06D6, 0x06ED),
    (0x0711, 0x0711), (0x0730, 0x074A), (0x1AB0, 0x1AFF), (0x1DC0, 0x1DFF), (0x20D0, 0x20FF), (0xFE00, 0xFE0F), (0xFE20, 0xFE2F),
    (0xE0100, 0xE01EF), (0x180B, 0x180D),
)  # fmt: skip
_SINGLE: Final = letters.LATIN | letters.ARABIC | letters.CYRILLIC | letters.HEBREW
_TATWEEL: Final = "\u0640"
_CYRILLIC_LOOKALIKES: Final = {
    look: c for c, look in reversed(letters.LOOKALIKES.items()) if "а" <= c <= "ӿ" and look not in "un"
}
#: Letters of two alphabets beside each other inside one word.
MIXED: Final = re.compile(r"[a-zA-Z][\u0370-\u058f]|[\u0370-\u058f][a-zA-Z]")
_WHOLE: Final = re.compile(r"[a-z\u0370-\u058f]+")
_LONG_BREAK: Final = "\n"  #: what a blank line folds to; no name runs over it
_SPACES: Final = re.compile(r"\s{2,}|\n")


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and its way back.

    at: for each code point of `text`, the code point of the original it came from, and one entry more for the end; None when they are the same.
    """

    text: str
    original: str
    at: Sequence[int] | None

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span of the original that a half-open span of the folded text came from, its marks included."""
        if self.at is None:
            return start, end
        first, last = self.at[start], self.at[end - 1] + 1
        while (
            last < len(self.original) and fold_char(self.original[last]) == "" and not _is_format(self.original[last])
        ):
            last += 1
        return first, last


@lru_cache(maxsize=65_536)
def _is_format(char: str) -> bool:
    return unicodedata.category(char) == "Cf"


@lru_cache(maxsize=65_536)
def fold_char(char: str) -> str:
    """How one character reads in a folded text; empty when it is optional."""
    if char in letters.JOINERS:
        return " "
    if char in letters.APOSTROPHES:
        return "'"
    if char.isspace():
        return "\n" if char in "\n\u2028\u2029" else " "
    code = ord(char)
    if (
        0xD800 <= code <= 0xDFFF
    ):  # a lone surrogate, which no automaton can look through, must not hide the names around it
        return "\ufffd"
    if unicodedata.category(char) == "Cf" or char == _TATWEEL or any(a <= code <= b for a, b in _OPTIONAL_MARKS):
        return ""
    out = ""
    for c in unicodedata.normalize("NFKC", char).casefold():
        if c in _SINGLE:
            out += _SINGLE[c]
        elif script_of(c) in {"Latn", "Grek", "Cyrl", "Arab", "Hebr"}:
            parts = (
                d for d in unicodedata.normalize("NFD", c) if not any(a <= ord(d) <= b for a, b in _OPTIONAL_MARKS)
            )
            out += "".join(_SINGLE.get(d, d) for d in parts)
        elif script_of(c) == "Ethi":
            out += _ethiopic(c)
        elif unicodedata.decimal(c, None) is not None:
            out += str(unicodedata.decimal(c))
        else:
            out += c
    return out


def _ethiopic(char: str) -> str:
    """An Ethiopic syllable in the series writers use for its sound today."""
    code = ord(char)
    row, order = code & ~7, code & 7
    if row in letters.ETHIOPIC_ROWS:
        row = letters.ETHIOPIC_ROWS[row]
    if row in {0x1200, 0x12A0} and order == 0:
        order = 3
    return chr(row | order)


def fold(text: str) -> Folded:
    """The comparable spelling of a text. Linear in its length, whatever it holds."""
    table = {char: fold_char(char) for char in set(text)}
    if all(len(f) == 1 for f in table.values()):
        plain = text.translate({ord(c): f for c, f in table.items()})
        at: list[int] | None = None
    else:
        out: list[str] = []
        at = []
        for i, char in enumerate(text):
            f = table[char]
            if f:
                out.append(f)
                at.extend([i] * len(f))
        plain = "".join(out)
    if _SPACES.search(plain):
        plain, at = _one_space(plain, at)
    if at is not None:
        at.append(len(text))
    if MIXED.search(plain):
        plain = _WHOLE.sub(_undisguised, plain)
    return Folded(plain, text, at)


def _undisguised(word: re.Match[str]) -> str:
    """A word of several alphabets in the one all its letters can be read as; as it is when there is none."""
    letters_of = word[0]
    if MIXED.search(letters_of) is None:
        return letters_of
    latin = "".join(letters.LOOKALIKES.get(c, c) for c in letters_of)
    cyrillic = "".join(_CYRILLIC_LOOKALIKES.get(c, c) for c in letters_of)
    readable = [w for w in (latin, cyrillic) if MIXED.search(w) is None]
    return min(readable, key=lambda w: sum(a != b for a, b in zip(w, letters_of, strict=True)), default=letters_of)


def _one_space(plain: str, at: list[int] | None) -> tuple[str, list[int]]:
    """Runs of spaces and single line ends as one space, blank lines as one line break."""
    out: list[str] = []
    kept: list[int] = []
    source = at if at is not None else range(len(plain))
    done = 0
    for run in _SPACES.finditer(plain):
        out.append(plain[done : run.start()])
        kept.extend(source[done : run.start()])
        whole = run.group()
        out.append(_LONG_BREAK if whole.count("\n") > 1 else " ")
        kept.append(source[run.start()])
        done = run.end()
    out.append(plain[done:])
    kept.extend(source[done:])
    return "".join(out), kept


def spelled(name: str) -> str:
    """A name of the watchlist as it reads in a folded text."""
    return fold(" ".join(name.split())).text.strip()
