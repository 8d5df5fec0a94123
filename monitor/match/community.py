"""A folded text → the places where a listed community stands as a designation beside its place, with no personal name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from monitor.match.automaton import Automaton
from monitor.match.candidate import Candidate, exact
from monitor.match.fold import Folded, spelled
from monitor.match.scripts import UNSPACED, begins, ends, script_of
from monitor.match.tables.communities import DESIGNATIONS
from monitor.match.tables.styles import Style
from monitor.model import Defender

REACH: Final = 40  #: code points between a designation and its place
MAX_WORDS: Final = 4  #: words between them: "villagers from the commune of …"
_BREAK: Final = re.compile(r"[.!?;:,\n។။።،。]")
_AFTER: Final = re.compile(r"[ ]?(?:" + "|".join(sorted(map(re.escape, DESIGNATIONS), key=len, reverse=True)) + ")")
_BEFORE: Final = re.compile("|".join(sorted(map(re.escape, DESIGNATIONS), key=len, reverse=True)))


@dataclass(frozen=True, slots=True)
class Places:
    """The places of all listed communities. owners: for each pattern, the numbers of the communities of that place."""

    words: Automaton
    owners: tuple[tuple[int, ...], ...]


def places(defenders: tuple[Defender, ...]) -> Places:
    """Compile the places of the communities of a list."""
    found: dict[str, list[int]] = {}
    for number, defender in enumerate(defenders):
        if defender.kind == "community":
            for place in defender.places:
                if spelled(place):
                    found.setdefault(spelled(place), []).append(number)
    return Places(Automaton(tuple(found)), tuple(map(tuple, found.values())))


def find(field: str, folded: Folded, index: Places) -> Iterator[Candidate]:
    """The candidates of one field: "villagers of PLACE", "PLACE residents"."""
    text = folded.text
    for pattern, start, end in index.words.find(text):
        if not (begins(text, start) and ends(text, end)):
            continue
        stretch = _stretch(text, start, end)
        if stretch is not None:
            for number in index.owners[pattern]:
                yield exact(number, (field, *stretch), Style.DESIGNATION)


def _stretch(text: str, start: int, end: int) -> tuple[int, int] | None:
    """From the designation to the place, or from the place to the designation; None when there is none beside it."""
    after = _AFTER.match(text, end)
    if after and ends(text, after.end()):
        return start, after.end()
    low = max(0, start - REACH)
    for found in reversed(list(_BEFORE.finditer(text, low, start))):
        gap = text[found.end() : start]
        near = len(gap.split()) <= MAX_WORDS or script_of(text[found.start()]) in UNSPACED
        if near and not _BREAK.search(gap) and begins(text, found.start()) and ends(text, found.end()):
            return found.start(), end
    return None
