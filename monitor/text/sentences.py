"""A text → the spans of its sentences, in any script; linear, and never cutting after an initial or a common abbreviation."""

from __future__ import annotations

import re

MAX_CHARS = 1_500  #: code points; a "sentence" longer than this is a list or a table and is cut at a space

_END = re.compile(r"[.!?…]+[\"'”’»)\]]*(?=\s|$)|[。！？]+[」』”）]*|[।॥։؟۔።៕။]+|។|\n+")
_ABBREVIATED = re.compile(
    r"(?:^|[\s(])(?:[A-ZА-Я]|Mr|Mrs|Ms|Dr|St|Prof|Sr|Sra|No|Art|Gen|Col|Lt|Rev|Hon|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|vs|etc|approx|M|Mme|им|ул|г|стр|т|д)$"
)


def split(text: str) -> tuple[tuple[int, int], ...]:
    """Half-open spans of sentences, sorted and disjoint, without the white space around them."""
    spans: list[tuple[int, int]] = []
    start = 0
    for end in _END.finditer(text):
        if end.group()[0] == "." and _ABBREVIATED.search(text, max(start, end.start() - 12), end.start()):
            continue
        _add(spans, text, start, end.end())
        start = end.end()
    _add(spans, text, start, len(text))
    return tuple(spans)


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
