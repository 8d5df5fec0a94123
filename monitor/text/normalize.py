"""A text as received → its one canonical spelling per script, with the way back to the code points it came from.

Case folded, compatibility forms unified, decimal digits made ASCII, Arabic and Persian letter variants unified, tatweel, zero-width
characters and optional vowel points dropped. Accents of Latin letters and the vowel signs of Khmer, Thai, Tamil … are letters and stay.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from monitor.text.zawgyi import aligned, zawgyi

#: Marks that writers add or leave out at will: accents left over after NFC, Cyrillic titla, Hebrew points, Arabic vowel signs, selectors.
_OPTIONAL: Final = (
    (0x0300, 0x036F), (0x0483, 0x0487), (0x0591, 0x05C7), (0x0610, 0x061A), (0x064B, 0x065F), (0x0670, 0x0670),
    (0x06D6, 0x06ED), (0xFE00, 0xFE0F), (0x0640, 0x0640),
)  # fmt: skip
#: Letters that writers exchange freely. Source: Unicode confusables of Arabic script as used in Arabic, Persian, Urdu and Kurdish news.
_EXCHANGED: Final = {
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ڪ": "ك", "ة": "ه", "ۀ": "ه", "ە": "ه", "ہ": "ه",
    "ھ": "ه", "ؤ": "و", "ئ": "ي", "ё": "е", "ı": "i", "’": "'", "‘": "'", "ʼ": "'", "ʻ": "'", "ʹ": "'", "`": "'", "´": "'", "＇": "'",
    "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "−": "-",
}  # fmt: skip
_RUNS: Final = re.compile(r"[ \t\u00a0]{2,}")


@dataclass(frozen=True, slots=True)
class Normalized:
    """A canonical text and its way back: offsets[i] is the code point of the original that text[i] came from; one entry more for the end."""

    text: str
    offsets: Sequence[int]

    def back(self, start: int, end: int) -> tuple[int, int]:
        """The half-open span of the original behind a half-open span of the canonical text."""
        return self.offsets[start], (self.offsets[end - 1] + 1 if end > start else self.offsets[start])


@lru_cache(maxsize=65_536)
def letter(char: str) -> str:
    """The canonical spelling of one character; empty when it is optional, one blank for any white space."""
    if char.isspace():
        return " "
    code = ord(char)
    if any(first <= code <= last for first, last in _OPTIONAL) or unicodedata.category(char) in {"Cf", "Cc"}:
        return ""
    if char in _EXCHANGED:
        return _EXCHANGED[char]
    digit = unicodedata.decimal(char, None)
    if digit is not None:
        return str(digit)
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFKC", char).casefold())
    return "".join(
        _EXCHANGED.get(c, c) for c in folded if not any(first <= ord(c) <= last for first, last in _OPTIONAL)
    )


def normalize(text: str) -> Normalized:
    """The canonical spelling of a text. Linear in its length, whatever it holds."""
    if zawgyi(text):
        converted, origin = aligned(text)
        form = _normalized(converted)
        return Normalized(form.text, [origin[at] for at in form.offsets])
    return _normalized(text)


def _normalized(text: str) -> Normalized:
    if not unicodedata.is_normalized("NFC", text):
        return _piecewise(text)
    table = {char: letter(char) for char in set(text)}
    runs = [run.span() for run in _RUNS.finditer(text)]
    if not runs and all(len(one) == 1 for one in table.values()):
        return Normalized(text.translate({ord(c): one for c, one in table.items()}), range(len(text) + 1))
    out = [table[char] for char in text]
    for start, end in runs:
        out[start + 1 : end] = [""] * (end - start - 1)
    offsets = [i for i, one in enumerate(out) for _ in one]
    offsets.append(len(text))
    return Normalized("".join(out), offsets)


def _piecewise(text: str) -> Normalized:
    """As normalize, for texts in which marks stand apart from their letters: each letter is read with the marks that follow it."""
    out: list[str] = []
    offsets: list[int] = []
    start, length = 0, len(text)
    while start < length:
        end = start + 1
        while end < length and unicodedata.combining(text[end]):
            end += 1
        piece = text[start:end] if end == start + 1 else unicodedata.normalize("NFC", text[start:end])
        for one in "".join(letter(char) for char in piece):
            if not (one == " " and out and out[-1] == " " and text[start] in " \t\u00a0"):
                out.append(one)
                offsets.append(start)
        start = end
    offsets.append(length)
    return Normalized("".join(out), offsets)
