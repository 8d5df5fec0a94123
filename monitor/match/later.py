"""Full mentions of an article → the places further on where only a part of the name is repeated."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from monitor.match.candidate import Candidate, exact
from monitor.match.fold import Folded, spelled
from monitor.match.forms import PARTICLES, letters, script
from monitor.match.scripts import CASED, UNSPACED, begins, ends
from monitor.match.tables.styles import Style
from monitor.model import Defender

MIN_LETTERS: Final = 3  #: of a part that may stand for the name; two in scripts without spaces
_WORD_BEFORE: Final = re.compile(r"(\w+)[ ]$")
_WORD_AFTER: Final = re.compile(r"[ ](\w+)")


def repeated(
    full: Iterable[Candidate], fields: dict[str, Folded], defenders: tuple[Defender, ...], titles: frozenset[str]
) -> Iterator[Candidate]:
    """The candidates that repeat a part of a name found in full before them, title first."""
    order = {name: k for k, name in enumerate(fields)}
    first: dict[int, tuple[int, int]] = {}
    for candidate in full:
        at = (order[candidate.field], candidate.end)
        first[candidate.defender] = min(first.get(candidate.defender, at), at)
    for number, (since, end) in first.items():
        words = parts(defenders[number]) if defenders[number].kind == "person" else acronyms(defenders[number])
        for name, folded in fields.items():
            if order[name] >= since:
                begin = end if order[name] == since else 0
                yield from _in_field(number, words, name, folded, begin, defenders[number].kind != "person", titles)


def parts(defender: Defender) -> set[str]:
    """The parts of a person's names that may stand for the whole once it was given: the first and the last, in each spelling."""
    found: set[str] = set()
    for name in (defender.name, *defender.names):
        tokens = [t for t in spelled(name).split() if t not in PARTICLES]
        if len(tokens) > 1:
            least = 2 if script(tokens[0]) in UNSPACED else MIN_LETTERS
            found.update(t for t in (tokens[0], tokens[-1]) if letters(t) >= least)
    return found


def acronyms(defender: Defender) -> set[str]:
    """The acronyms of an organisation's long names, which mean it once a long name was given."""
    found = ("".join(w[0] for w in name.split() if w[0].isupper()) for name in (defender.name, *defender.names))
    return {spelled(short) for short in found if len(short) >= MIN_LETTERS}


def _in_field(
    number: int, words: set[str], field: str, folded: Folded, since: int, short: bool, titles: frozenset[str]
) -> Iterator[Candidate]:
    """The places in one field, from an offset on, where one of these words stands by itself."""
    text = folded.text
    for word in sorted(words):
        at = text.find(word, since)
        while at >= 0:
            end = at + len(word)
            if (
                begins(text, at)
                and ends(text, end)
                and (_in_capitals(folded, at, end) if short else _alone(folded, at, end, word, titles))
            ):
                yield exact(number, (field, at, end), Style.LATER)
            at = text.find(word, end)


def _in_capitals(folded: Folded, start: int, end: int) -> bool:
    first, last = folded.back(start, end)
    return folded.original[first:last].isupper()


def _alone(folded: Folded, start: int, end: int, word: str, titles: frozenset[str]) -> bool:
    """Whether a part of a name stands alone: written as a name, and not beside a part of somebody else's."""
    if script(word) not in CASED:
        return True
    first, last = folded.back(start, end)
    original = folded.original
    if original[first].islower():
        return False
    if original[first:last].isupper() and last - first > 1:
        return True  # a headline in capitals says nothing about its words
    before = _WORD_BEFORE.search(original[max(0, first - 40) : first])
    if before and before[1][0].isupper() and spelled(before[1]) not in titles:
        return False
    after = _WORD_AFTER.match(original, last)
    return not (after and after[1][0].isupper())
