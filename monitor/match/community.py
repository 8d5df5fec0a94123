"""A folded text → the places where a listed community stands as a designation beside its place, with no personal name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from monitor.match.automaton import Automaton
from monitor.match.candidate import Candidate, exact
from monitor.match.fold import Folded, spelled
from monitor.match.forms import script
from monitor.match.scripts import UNSPACED, begins, ends, is_word, script_of
from monitor.match.tables.communities import DESIGNATIONS, LOOSE, QUALIFIERS
from monitor.match.tables.styles import Style
from monitor.model import Defender

REACH: Final = 40  #: code points between a designation and its place
MAX_WORDS: Final = 4  #: words between them: "villagers from the commune of …"
MIN_INFLECTED: Final = 5  #: letters of a place whose case endings are followed
MAX_ENDING: Final = 3  #: letters of a case ending
LOOSELY: Final = 0.64  #: score of people at the place whom nothing says to be its community; the place alone does not raise it enough
_INFLECTED: Final = frozenset({"Cyrl", "Grek", "Armn", "Geor"})
_LAST_VOWEL: Final = frozenset("аяоеыиьйαηοს")
_BREAK: Final = re.compile(r"[.!?;:,\n។။።،。，、]")


def _any(words: tuple[str, ...]) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_AFTER: Final = re.compile(rf"[ ]?(?:({_any(QUALIFIERS)}) )?(?:{_any(DESIGNATIONS + LOOSE)})")
_BEFORE: Final = re.compile(_any(DESIGNATIONS + LOOSE))
_QUALIFIED: Final = re.compile(rf"(?:{_any(QUALIFIERS)})(?:[ ]\w+)?[ ]?$")
_QUALIFIER_AFTER: Final = re.compile(rf"[ ]?(?:{_any(QUALIFIERS)})(?!\w)")
_LOOSE: Final = frozenset(LOOSE)


@dataclass(frozen=True, slots=True)
class Places:
    """The places of all listed communities. owners: for each pattern, the numbers of the communities of that place.

    own: number → the words of a community's names, which make a loose designation its own.
    """

    words: Automaton
    owners: tuple[tuple[int, ...], ...]
    own: dict[int, frozenset[str]]


def places(defenders: tuple[Defender, ...]) -> Places:
    """Compile the places of the communities of a list, those of inflecting languages also without their last vowel."""
    found: dict[str, list[int]] = {}
    own: dict[int, frozenset[str]] = {}
    for number, defender in enumerate(defenders):
        if defender.kind != "community":
            continue
        own[number] = frozenset(w for name in (defender.name, *defender.names) for w in spelled(name).split())
        for place in dict.fromkeys(map(spelled, defender.places)):
            for form in {place, place[:-1]} if _inflects(place) and place[-1] in _LAST_VOWEL else {place}:
                if form:
                    found.setdefault(form, []).append(number)
    return Places(Automaton(tuple(found)), tuple(map(tuple, found.values())), own)


def _inflects(place: str) -> bool:
    return script(place) in _INFLECTED and len(place) >= MIN_INFLECTED


def find(field: str, folded: Folded, index: Places) -> Iterator[Candidate]:
    """The candidates of one field: "villagers of PLACE", "PLACE residents", "indigenous leaders in PLACE"."""
    text = folded.text
    for pattern, start, stop in index.words.find(text):
        end = _ended(text, stop, inflects=_inflects(index.words.patterns[pattern]))
        if end is None or not begins(text, start):
            continue
        found = _stretch(text, start, end)
        if found is None:
            continue
        first, last, designation, qualified = found
        for number in index.owners[pattern]:
            candidate = exact(number, (field, first, last), Style.DESIGNATION)
            if designation in _LOOSE and not qualified and designation not in index.own[number]:
                candidate.score = LOOSELY
                candidate.reasons[:] = ["people at the place of the community, who may not be of it"]
            yield candidate


def _ended(text: str, end: int, *, inflects: bool) -> int | None:
    """Where the place ends, a case ending included; None when the word goes on to be another."""
    if ends(text, end):
        return end
    if inflects:
        for grown in range(end + 1, min(len(text), end + MAX_ENDING) + 1):
            if grown == len(text) or not is_word(text[grown]):
                return grown
    return None


def _stretch(text: str, start: int, end: int) -> tuple[int, int, str, bool] | None:
    """From the designation to the place or the other way, the designation, and whether it is qualified; None when there is none."""
    after = _AFTER.match(text, end)
    if after and ends(text, after.end()):
        return start, after.end(), after[0].split(" ")[-1], after[1] is not None
    low = max(0, start - REACH)
    for found in reversed(list(_BEFORE.finditer(text, low, start))):
        gap = text[found.end() : start]
        near = len(gap.split()) <= MAX_WORDS or script_of(text[found.start()]) in UNSPACED
        if near and not _BREAK.search(gap) and begins(text, found.start()) and ends(text, found.end()):
            before = _QUALIFIED.search(text[max(0, found.start() - REACH) : found.start()])
            qualified = before is not None or _QUALIFIER_AFTER.match(text, found.end()) is not None
            return found.start(), end, found[0], qualified
    return None
