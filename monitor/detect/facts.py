"""The sentences around an event → what they state of the case, as written, each with its span: charge, place of detention, contact …"""

from __future__ import annotations

import re
from collections.abc import Iterator

from monitor.detect.lexicon import Marked
from monitor.model import Fact, Span

MAX_VALUE = 160  #: code points of a value; longer ones are sentences, which are quoted as such
_QUOTED = re.compile(r"[“\"«‘„]([^“”\"«»‘’„\n]{6,160})[”\"»’“]")
_CLAUSE_END = re.compile(
    r"[.;,()\n“”\"]|\s(?:on|after|where|while|who|which|and is|and was|over|in connection|in relation|for his|for her|his|her)\s"
)
_YEARS = re.compile(
    r"\b(?:\d{1,3}|one|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty)(?:-| )(?:and a half )?(?:years?|months?|days?)\b[^.,;\n]{0,30}?(?:prison|jail|imprisonment|detention)",
    re.IGNORECASE,
)
_AGE = re.compile(r",\s(\d{2}),|\b(\d{2})-year-old\b")
_LAW = re.compile(
    r"\b(?:Article|Section|Articles|Sections)\s\d+[\w()/-]*(?:\s(?:and|or)\s\d+)?(?:\sof\sthe\s(?:[A-Z][\w-]*\s?){1,5})?"
)
_NUMBER = re.compile(
    r"\b(?:at least |more than |some |about |over |nearly )?(\d[\d,]*|two|three|four|five|six|seven|eight|nine|ten|dozens|scores|hundreds)\s(?:[a-z-]+\s){0,2}?(?:people|protesters|protestors|demonstrators|activists|students|journalists|persons|men|women|monks|supporters|workers|others)\b"
)
_COURT = re.compile(r"\b(?:the\s)?((?:[A-Z][\w'’-]*\s){1,4}(?:Court|Tribunal))\b")
_MINOR = re.compile(
    r"\b(?:1[0-7]|[89])-year-old\b|\baged (?:1[0-7]|[89])\b|,\s1[0-7],|\bminors?\b|\bunderage\b", re.IGNORECASE
)


def facts(marked: Marked, field: str, text: str, start: int, end: int) -> tuple[Fact, ...]:
    """What one sentence (text[start:end]) states. Values as written; a key that is not stated is left out."""
    part = text[start:end]
    found: dict[str, Fact] = {}
    for key, low, high in (*_cued(marked, text, end), *_patterned(part, start)):
        value = " ".join(text[low:high].split())
        if value and len(value) <= MAX_VALUE and key not in found:
            found[key] = Fact(key=key, value=value, span=Span(field, low, high))
    return tuple(found.values())


def _cued(marked: Marked, text: str, end: int) -> Iterator[tuple[str, int, int]]:
    """What stands behind a cue phrase of the pack, or the phrase itself."""
    for cue, key in (("held_cue", "held_at"), ("charge_cue", "charge")):
        for last in sorted(set(marked.cues.get(cue, {}).values())):
            place = _value(marked, last, text, end, charge=key == "charge")
            if place is not None:
                yield key, *place
                break
    for cue, key in (
        ("lawyer_cue", "lawyer_contact"),
        ("family_cue", "family_contact"),
        ("health_cue", "health"),
        ("bail_cue", "conditions"),
        ("unknown_place", "whereabouts_unknown"),
        ("sexual_cue", "sexual_violence"),
    ):
        for first, last in sorted(marked.cues.get(cue, {}).items())[:1]:
            yield key, marked.tokens[first].start, marked.tokens[last - 1].end


def _value(marked: Marked, last: int, text: str, end: int, *, charge: bool) -> tuple[int, int] | None:
    """The words behind a cue: what is in quotation marks first (charges), else up to the end of the clause."""
    if last >= len(marked.tokens):
        return None
    begin = marked.tokens[last].start
    if charge:
        quoted = _QUOTED.search(text, begin - 1, end)
        if quoted and quoted.start() - begin < 80:
            return quoted.start(1), quoted.end(1)
        if marked.tokens[last - 1].text not in {"with", "of", "for", "over", "on", "with:"}:
            return None
    stop = _CLAUSE_END.search(text, begin, end)
    finish = stop.start() if stop else end
    if not charge:
        words = text[begin:finish].split()
        if not any(w[:1].isupper() for w in words[:4]):
            return None
        at = re.compile(r"(?:the|a|an)\s").match(text, begin, finish)
        begin = at.end() if at else begin
    return (begin, finish) if 2 < finish - begin <= MAX_VALUE else None


def _patterned(part: str, start: int) -> Iterator[tuple[str, int, int]]:
    """What stands in a fixed form wherever it is."""
    for key, pattern in (("law", _LAW), ("sentence_length", _YEARS), ("number_taken", _NUMBER), ("under_18", _MINOR)):
        match = pattern.search(part)
        if match:
            yield key, start + match.start(), start + match.end()
    court = _COURT.search(part)
    if court:
        yield "court", start + court.start(1), start + court.end(1)
    age = _AGE.search(part)
    if age:
        group = 1 if age.group(1) else 2
        yield "age", start + age.start(group), start + age.end(group)
