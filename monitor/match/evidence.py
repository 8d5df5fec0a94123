"""What surrounds a name → what speaks for and against its being the defender, with reasons."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from monitor.match.automaton import Automaton
from monitor.match.fold import spelled
from monitor.match.scripts import begins, ends
from monitor.match.tables import kin
from monitor.model import Article, Defender, Watchlist

CUE_RAISES: Final = 0.15  #: added once for each kind of co-evidence found in the article
COUNTRY_RAISES: Final = 0.1  #: added when the article's source is of the defender's country
MAX_ATTACHED_WORDS: Final = 6  #: words between a name and a word of its `not` list in the same clause
MIN_CUE_LETTERS: Final = 3  #: shorter cues stand in every article

_KINDS: Final = (("organisations", "an organisation"), ("places", "a place"), ("context", "a context word"))
_CLAUSE_END: Final = re.compile(r"[.!?;:()\[\]\"«»“”\n।။።۔؟؛。！？；]")
_RELATIVE: Final = re.compile(r"\b(?:who|which|that|and|but|while|when|after|before|with|said|told)\b")


@dataclass(frozen=True, slots=True)
class Cues:
    """The co-evidence words of the whole watchlist. owners: for each pattern, (defender's number, kind of word) pairs."""

    words: Automaton
    owners: tuple[tuple[tuple[int, str], ...], ...]


def cues(watchlist: Watchlist) -> Cues:
    """Compile the organisations, places and context words of all defenders."""
    found: dict[str, list[tuple[int, str]]] = {}
    for number, defender in enumerate(watchlist.defenders):
        for field, told in _KINDS:
            words: tuple[str, ...] = getattr(defender, field)
            for word in words:
                folded = spelled(word)
                if len(folded) >= MIN_CUE_LETTERS:
                    found.setdefault(folded, []).append((number, told))
    return Cues(Automaton(tuple(found)), tuple(map(tuple, found.values())))


def support(
    article: Article, texts: Iterable[str], defenders: dict[int, Defender], index: Cues
) -> dict[int, dict[str, float]]:
    """For each of these defenders, what in the article speaks for them: reason → how much it raises the score."""
    found: dict[int, dict[str, float]] = {number: {} for number in defenders}
    for text in texts:
        for pattern, start, end in index.words.find(text):
            for number, told in index.owners[pattern]:
                if number in found and begins(text, start) and ends(text, end):
                    found[number][f"{told} of the entry stands in the article"] = CUE_RAISES
    countries = set(article.country)
    for number, defender in defenders.items():
        if countries & {*defender.country, *defender.lives_in}:
            found[number]["the source is of the defender's country"] = COUNTRY_RAISES
    return found


def of_kin(text: str, start: int, end: int) -> bool:
    """Whether the name between these places of a folded text is only leant on to name a relative or colleague ("wife of …")."""
    before = text[max(0, start - 40) : start].rstrip()
    for phrase in kin.BEFORE if before.endswith(kin.BEFORE) else ():
        if before.endswith(phrase) and begins(before, len(before) - len(phrase)):
            return True
    return text.startswith(kin.AFTER, end)


def against(text: str, start: int, end: int, words: tuple[str, ...]) -> str | None:
    """The word of a defender's `not` list that is attached to the name here: as a title, in apposition or in the same clause; else None."""
    if not words:
        return None
    before = _CLAUSE_END.split(text[max(0, start - 120) : start])[-1]
    after = _CLAUSE_END.split(text[end : end + 120], maxsplit=1)[0]
    for word in words:
        for gap in _gaps(before, after, word):
            if len(gap.split()) <= MAX_ATTACHED_WORDS and gap.count(",") <= 1 and not _RELATIVE.search(gap):
                return word
    return None


def _gaps(before: str, after: str, word: str) -> Iterable[str]:
    """What stands between the name and this word in its clause, on both sides."""
    at = after.find(word)
    if at >= 0 and begins(after, at):
        yield after[:at]
    at = before.rfind(word)
    if at >= 0 and begins(before, at):
        yield before[at + len(word) :]
