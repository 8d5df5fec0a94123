"""A text → the spans of its sentences, in any script; linear, and never cutting after an initial or a common abbreviation."""

from __future__ import annotations

import re
from typing import Final

MAX_CHARS: Final = 1_500  #: code points; a longer "sentence" is a list or a table and is cut at a space

#: Marks that may end a sentence: Latin and full-width stops, danda, Arabic and Urdu stops, Khmer khan, Burmese section, Ethiopic stop,
#: Armenian stop, Tibetan shad; and every line break. Source: Unicode Sentence_Break=STerm.
_END: Final = re.compile(r"[.!?…]+[\"'”’»)\]*]*(?=[\s\[]|$)|[。！？]+[」』”）]*|[।॥؟۔៕។။።։]+[\"”»)]*|།+(?=\s)|\n+")
#: Short forms that end in a stop inside a sentence, in the languages that use them most.
_SHORT: Final = frozenset({
    "mr", "mrs", "ms", "dr", "st", "prof", "sr", "sra", "srta", "no", "art", "gen", "col", "lt", "sgt", "rev", "hon", "jan", "feb", "mar", "apr", "aug", "sep", "sept", "oct", "nov", "dec", "vs", "etc", "approx", "inc", "ltd", "co", "jr", "u.s", "u.k", "u.n", "e.g", "i.e", "p.m", "a.m", "ph.d", "ud", "uds", "lic", "ing", "m", "mme", "mlle", "им", "ул", "г", "гг", "стр", "т", "д", "см", "тов", "проф", "гр", "нач", "зам",
})  # fmt: skip
_LAST_WORD: Final = 12  #: characters looked back for an abbreviation


def split(text: str, language: str | None = None) -> tuple[tuple[int, int], ...]:  # noqa: ARG001 - one rule serves all languages today; callers name theirs
    """Half-open spans of the sentences, sorted and disjoint, without the white space around them."""
    spans: list[tuple[int, int]] = []
    start = 0
    for end in _END.finditer(text):
        if end.group()[0] == "." and _abbreviated(text, max(start, end.start() - _LAST_WORD), end.start(), end.end()):
            continue
        _add(spans, text, start, end.end())
        start = end.end()
    _add(spans, text, start, len(text))
    return tuple(spans)


def _abbreviated(text: str, start: int, stop: int, end: int) -> bool:
    """Whether the full stop belongs to an initial or a short form rather than to the sentence."""
    word = text[start:stop].replace("(", " ").rsplit(None, 1)[-1:]
    if not word or word[0] != text[stop - len(word[0]) : stop]:
        return False
    follows = text[end : end + 2].strip()
    return (len(word[0]) == 1 and word[0].isupper()) or (word[0].lower() in _SHORT and bool(follows))


def _add(spans: list[tuple[int, int]], text: str, start: int, end: int) -> None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    while end - start > MAX_CHARS:
        cut = text.rfind(" ", start + MAX_CHARS // 2, start + MAX_CHARS)
        cut = cut if cut > start else start + MAX_CHARS
        spans.append((start, cut))
        start = cut + (text[cut : cut + 1] == " ")
    if start < end:
        spans.append((start, end))
