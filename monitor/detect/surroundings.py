"""A trigger in its sentence → by whom and where: the actor and the place as written, or nothing."""

from __future__ import annotations

from monitor.detect.lexicon import Found, Marked
from monitor.detect.people import Person
from monitor.detect.victims import Voice

REACH = 24  #: words behind a trigger in which its place may stand
MAX_PLACE_WORDS = 4


def by_whom(marked: Marked, one: Found, how: Voice) -> str | None:
    """The police, court or armed men named as the actor, in the words of the text; None when none is."""
    if how in {Voice.PASSIVE, Voice.NOUN}:
        for i in range(one.last, min(one.last + 8, len(marked.tokens))):
            if i in marked.cues.get("agent", {}):
                return _actor(marked, range(i + 1, i + 7))
    return _actor(marked, range(one.first - 1, max(0, one.first - 10) - 1, -1)) if how is not Voice.PASSIVE else None


def _actor(marked: Marked, order: range) -> str | None:
    for cue in ("police", "court", "state"):
        held = marked.cues.get(cue, {})
        at = next((i for i in order if i in held), None)
        if at is not None:
            return " ".join(t.text for t in marked.tokens[at : held[at]])
    return None


def place(marked: Marked, one: Found, text: str, people: list[Person]) -> str | None:
    """Where it happened: the capitalised name after "in" behind the trigger, else before it; other prepositions only when no "in" is there."""
    stop = next((t.first for t in marked.triggers if t.first >= one.last), len(marked.tokens))
    after = _named(marked, text, people, one.last, min(one.last + REACH, max(stop, one.last), len(marked.tokens)))
    before = _named(marked, text, people, 0, one.first)
    return after or before


def _named(marked: Marked, text: str, people: list[Person], first: int, last: int) -> str | None:
    found: str | None = None
    held = marked.cues.get("place_in", {})
    named = {i for p in people for i in range(p.first, p.last)}
    for i in range(first, last):
        if i not in held:
            continue
        start = i + 1
        if start < len(marked.tokens) and marked.tokens[start].text in {"the", "la", "le", "el"}:
            start += 1
        end = start
        while (
            end < len(marked.tokens)
            and end - start < MAX_PLACE_WORDS
            and marked.tokens[end].capital
            and end not in named
        ):
            end += 1
        if (
            end == start
            or marked.at("weekdays", start, end)
            or any(marked.tokens[k].text.isdigit() for k in range(start, end))
        ):
            continue
        name = text[marked.tokens[start].start : marked.tokens[end - 1].end]
        if marked.tokens[i].text in {"in", "à", "en", "em", "в", "у"}:
            return name
        found = found or name
    return found
