"""A marked sentence → the people named in it: listed names, and runs of capitalised words that read like a person's name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from monitor.detect.lexicon import Marked
from monitor.model import Span

MAX_NAME_WORDS = 5  #: words of a run; a longer one is a headline in capitals or an institution


@dataclass(frozen=True, slots=True)
class Person:
    """A name at words first … last-1. listed: it stands on the watchlist."""

    first: int
    last: int
    span: Span
    listed: bool


def people(marked: Marked, field: str, names: Sequence[Span], cased: bool, in_title: bool) -> list[Person]:
    """Everybody named in a sentence, in order. cased: the script has capitals and the sentence is not all headline capitals."""
    tokens = marked.tokens
    found: list[Person] = []
    taken: set[int] = set()
    for span in names:
        inside = [i for i, t in enumerate(tokens) if t.start < span.end and span.start < t.end]
        if span.field == field and inside and not taken.intersection(inside):
            found.append(Person(inside[0], inside[-1] + 1, span, listed=True))
            taken.update(inside)
    if cased and not _all_capitals(marked, in_title):
        for first, last in _runs(marked, taken):
            found.append(Person(first, last, Span(field, tokens[first].start, tokens[last - 1].end), listed=False))
    return sorted(found, key=lambda p: p.first)


def _all_capitals(marked: Marked, in_title: bool) -> bool:
    """Whether capitals say nothing here: a headline in which most words have one."""
    words = [t for t in marked.tokens if t.text[:1].isalpha() and len(t.text) > 3]
    return in_title and len(words) > 4 and sum(t.capital for t in words) > 0.8 * len(words)


def _runs(marked: Marked, taken: set[int]) -> list[tuple[int, int]]:
    """Runs of two to five capitalised words that no cue explains."""
    barred = _barred(marked)
    runs: list[tuple[int, int]] = []
    first: int | None = None
    for i in range(len(marked.tokens) + 1):
        token = marked.tokens[i] if i < len(marked.tokens) else None
        fits = token is not None and token.capital and i not in taken and i not in barred
        if fits and first is None:
            first = i
        elif not fits and first is not None:
            if 2 <= i - first <= MAX_NAME_WORDS and not _institution(marked, first, i) and not _placed(marked, first):
                runs.append((first, i))
            first = None
    return runs


def _barred(marked: Marked) -> set[int]:
    """Words that are no part of a person's name: titles, roles, institutions, triggers, places of the calendar."""
    barred: set[int] = set()
    for cue in (
        "not_person",
        "titles",
        "roles",
        "police",
        "court",
        "state",
        "protest",
        "pronouns",
        "months",
        "weekdays",
        "kin",
        "people_nouns",
    ):
        for first, last in marked.cues.get(cue, {}).items():
            barred.update(range(first, last))
    for trigger in marked.triggers:
        barred.update(range(trigger.first, trigger.last))
    return barred


def _placed(marked: Marked, first: int) -> bool:
    """Whether a run of capitals stands where a place is named ("in Phnom Penh", "at Freedom Park")."""
    return first > 0 and first - 1 in marked.cues.get("place_in", {})


def _institution(marked: Marked, first: int, last: int) -> bool:
    """Whether a run of capitals is the beginning or end of an institution's name ("Khmer Will" before "Party")."""
    held = marked.cues.get("not_person", {})
    tokens = marked.tokens
    after = last < len(tokens) and tokens[last].capital and last in held
    before = first > 0 and tokens[first - 1].capital and first - 1 in held
    return after or before
