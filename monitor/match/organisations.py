"""A folded text → where a listed organisation stands with the endings of its language, or by an acronym its full name vouches for.

The name letter by letter is found with all other names; here are the forms that grammar and newspapers make of it: "Лиги речных сёл",
"ومركز …", "Centre" for "Center", "(LRV)" after the full name and LRV alone from there on.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from monitor.match.automaton import Automaton
from monitor.match.candidate import Candidate
from monitor.match.fold import Folded, spelled
from monitor.match.forms import script
from monitor.match.scripts import UNSPACED, begins, ends, is_word
from monitor.match.tables.styles import Style
from monitor.model import Defender

MIN_STEM: Final = 3  #: letters of a word that its forms must share
MAX_ENDING: Final = 3  #: letters in which two forms of one word may differ at the end
MIN_ALONE: Final = 6  #: letters of a name of one word whose forms are looked for
MIN_ANCHOR: Final = 4  #: letters of the word by which a name is looked for
MAX_REACH: Final = 160  #: code points to each side in which the words of a name are read
INFLECTED: Final = 0.95  #: score of a name of several words in another grammatical form
INFLECTED_ALONE: Final = 0.75  #: the same of a name of one word, which may be a common noun
VOUCHED: Final = 0.9  #: score of an acronym beside whose full name it stands
ALONE: Final = 0.7  #: score of an acronym nothing vouches for
MIN_ACRONYM: Final = 2  #: letters of an acronym in brackets beside the full name
MAX_ACRONYM: Final = 10
#: Scripts whose words take endings that a reader would take for the same name.
_INFLECTING_ALONE: Final = frozenset({"Cyrl", "Grek", "Armn", "Geor"})
#: What is written onto the beginning of a word: conjunctions, prepositions and the article of Arabic and Hebrew.
_CLITICS: Final = {
    "Arab": re.compile(r"^(?:[وف]?(?:بال|كال|لل|ال|[بكل])|[وف])(?=\w{3})"),
    "Hebr": re.compile(r"^(?:ו?(?:של|[בכלמשה])?)(?=\w{3})"),
}
_WORD: Final = re.compile(r"[^\W_]+(?:'[^\W_]+)*")
_BRACKETED: Final = re.compile(r"\s{0,2}[(\[（«“\"]{1,2}\s?([^\W\d_][\w.&-]{1,9}?)\s?[)\]）,»”\";]")
_BEFORE_BRACKET: Final = re.compile(r"(?<![^\W_])([^\W\d_][\w.&-]{1,9}?)\s{0,2}[(\[（]\s?$")


@dataclass(frozen=True, slots=True)
class Listed:
    """One listed name of several words, or of one long one. number: of its defender. anchor: which word it is looked for by."""

    number: int
    folded: str
    words: tuple[str, ...]
    anchor: int


@dataclass(frozen=True, slots=True)
class Organisations:
    """The names of all listed organisations and communities. stems: the beginnings of their anchors; names: for each, whose they are."""

    stems: Automaton
    names: tuple[tuple[Listed, ...], ...]


def organisations(defenders: tuple[Defender, ...]) -> Organisations:
    """Compile the organisations and communities of a list."""
    found: dict[str, list[Listed]] = {}
    for number, defender in enumerate(defenders):
        if defender.kind == "person":
            continue
        for name in dict.fromkeys(map(spelled, (defender.name, *defender.names))):
            listed = _listed(number, name)
            if listed is not None:
                anchor = listed.words[listed.anchor]
                size = max(MIN_STEM, len(anchor) - MAX_ENDING)
                for stem in _stems_of(name, anchor, size):
                    found.setdefault(stem, []).append(listed)
    return Organisations(Automaton(tuple(found)), tuple(map(tuple, found.values())))


def _stems_of(name: str, anchor: str, size: int) -> set[str]:
    """The beginnings of the anchor as the name writes it and as its variants do: where s and z are exchanged both are looked for."""
    written = {w for w in _WORD.findall(name) if _bare(w, script(name)) == anchor}
    return {stem[:size] for stem in (anchor, *(w for w in written if len(w) == len(anchor)))}


def _listed(number: int, name: str) -> Listed | None:
    own = script(name)
    if own in UNSPACED:
        return None
    words = tuple(_bare(w, own) for w in _WORD.findall(name))
    if not words:
        return None
    anchor = max(range(len(words)), key=lambda k: len(words[k]))
    if len(words[anchor]) < (MIN_ANCHOR if len(words) > 1 else MIN_ALONE) or (
        len(words) == 1 and own not in _INFLECTING_ALONE
    ):
        return None
    return Listed(number, name, words, anchor)


def find(field: str, folded: Folded, index: Organisations) -> Iterator[Candidate]:
    """The candidates of one field whose words are forms of the words of a listed name."""
    text = folded.text
    for pattern, start, _ in index.stems.find(text):
        if start and is_word(text[start - 1]) and not _clitic(text, start):
            continue
        for listed in index.names[pattern]:
            place = _stretch(text, start, listed)
            if place is None or text[place[0] : place[1]] == listed.folded:
                continue
            alone = len(listed.words) == 1
            if (
                alone
                and not folded.original[folded.back(*place)[0]].isupper()
                and script(listed.folded) in {"Cyrl", "Grek", "Armn"}
            ):
                continue
            score = INFLECTED_ALONE if alone else INFLECTED
            told = "full name of a listed organisation in another grammatical form"
            yield Candidate(listed.number, field, place[0], place[1], Style.SPELLING, score, [told])


def _clitic(text: str, start: int) -> bool:
    """Whether what stands right before a place is only written onto the word (Arabic "and", "in", "the")."""
    begin = start
    while begin and is_word(text[begin - 1]) and start - begin <= MAX_ENDING + 1:
        begin -= 1
    pattern = _CLITICS.get(script(text[start : start + 1]))
    found = pattern.match(text[begin : start + MAX_ENDING + 1]) if pattern is not None else None
    return found is not None and found.end() == start - begin


def _bare(word: str, own: str) -> str:
    """A word without what is written onto its beginning, in the one spelling of its variants."""
    pattern = _CLITICS.get(own)
    word = pattern.sub("", word) if pattern is not None else word
    return word.replace("z", "s") if own == "Latn" else word


def _stretch(text: str, start: int, listed: Listed) -> tuple[int, int] | None:
    """Where the words of a name stand around its anchor, each in any of its forms; None when one is missing."""
    own = script(listed.folded)
    low, high = max(0, start - MAX_REACH), min(len(text), start + MAX_REACH)
    words = [(m.start() + low, m.end() + low, _bare(m[0], own)) for m in _WORD.finditer(text[low:high])]
    at = next((k for k, (a, b, _) in enumerate(words) if a <= start < b), None)
    if at is None or at < listed.anchor or at - listed.anchor + len(listed.words) > len(words):
        return None
    first = at - listed.anchor
    run = words[first : first + len(listed.words)]
    if not all(_same(word, wanted) for (_, _, word), wanted in zip(run, listed.words, strict=True)):
        return None
    gaps = (text[a[1] : b[0]] for a, b in pairwise(run))
    if any(len(gap) > 2 or "\n" in gap or any(c in ".;:!?" for c in gap) for gap in gaps):
        return None
    return run[0][0], run[-1][1]


def _same(word: str, wanted: str) -> bool:
    """Whether two words are forms of one: alike but for an ending, a shorter one where a word of Latin letters changes its own end."""
    if word == wanted:
        return True
    short = min(len(word), len(wanted))
    if short < MIN_STEM:
        return False
    shared = next((k for k in range(short) if word[k] != wanted[k]), short)
    spare = 1 if short == MIN_STEM else MAX_ENDING - (script(word) == "Latn" and shared < short)
    return shared >= MIN_STEM and shared >= max(len(word), len(wanted)) - spare


def acronyms(
    found: Iterable[Candidate], fields: Mapping[str, Folded], defenders: tuple[Defender, ...]
) -> list[Candidate]:
    """The acronyms that stand for an organisation whose full name the article gives; listed ones already found are believed more.

    An acronym that stands in brackets beside the full name counts all over the article. One made of the initials counts as any other part of
    a name does, where it comes after the full name (`later`).
    """
    ours = [c for c in found if defenders[c.defender].kind != "person"]
    if not ours:
        return []
    full = [c for c in ours if c.style is not Style.ACRONYM and not _short(fields[c.field], c)]
    vouched = {c.defender for c in full}
    for c in ours:
        if c.style is Style.ACRONYM or _short(fields[c.field], c):
            _judge(c, vouched=c.defender in vouched)
    spoken: dict[tuple[int, str], None] = {}
    for c in full:
        spoken.update(dict.fromkeys((c.defender, short) for short in _beside(fields[c.field], c)))
    taken = {(c.defender, c.field, c.start) for c in ours}
    return [
        Candidate(number, name, start, end, Style.ACRONYM, VOUCHED, [_TOLD])
        for number, short in spoken
        for name, folded in fields.items()
        for start, end in _standing(folded, short)
        if (number, name, start) not in taken
    ]


_TOLD: Final = "acronym of a listed organisation, whose full name stands in the article"


def _short(folded: Folded, candidate: Candidate) -> bool:
    """Whether a listed name is written as an acronym in a script whose capitals say so ("ЛРС")."""
    first, last = folded.back(candidate.start, candidate.end)
    written = folded.original[first:last]
    return candidate.style is not Style.KNOWN_AS and written.isalpha() and written.isupper() and last - first <= 6


def _judge(candidate: Candidate, *, vouched: bool) -> None:
    """Believe a listed acronym as far as the article gives the full name, in place."""
    candidate.score = VOUCHED if vouched else min(candidate.score, ALONE)
    if vouched:
        candidate.reasons[:] = [_TOLD]


def _beside(folded: Folded, candidate: Candidate) -> Iterator[str]:
    """The acronyms in brackets right after a full name, or right before it when the name stands in the brackets."""
    first, last = folded.back(candidate.start, candidate.end)
    after = _BRACKETED.match(folded.original, last)
    before = _BEFORE_BRACKET.search(folded.original[max(0, first - MAX_ACRONYM - 4) : first])
    for found in (after, before):
        if found is not None and _abbreviates(found[1], folded.original[first:last]):
            yield found[1]


def _abbreviates(short: str, name: str) -> bool:
    """Whether the letters of an acronym stand in a name in their order, the first at the beginning of a word."""
    letters = [c for c in short.casefold() if c.isalpha()]
    if len(letters) < MIN_ACRONYM or sum(c.isupper() for c in short) < MIN_ACRONYM:
        return False
    for word in _WORD.finditer(name.casefold()):
        rest = iter(name.casefold()[word.start() :])
        if word[0].startswith(letters[0]) and all(letter in rest for letter in letters):
            return True
    return False


def _standing(folded: Folded, short: str) -> Iterator[tuple[int, int]]:
    """Where an acronym stands as a word of its own, written as it was introduced."""
    wanted = spelled(short)
    at = folded.text.find(wanted)
    while wanted and at >= 0:
        end = at + len(wanted)
        first, last = folded.back(at, end)
        if folded.original[first:last] == short and begins(folded.text, at) and ends(folded.text, end):
            yield at, end
        at = folded.text.find(wanted, end)
