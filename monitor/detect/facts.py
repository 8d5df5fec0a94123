"""A sentence → the facts it states: charge, law, place of detention, lawyer, health, sentence …, as written, each with its span."""

from __future__ import annotations

from typing import Final

from monitor.detect.page import Page
from monitor.detect.people import Kind
from monitor.detect.places import Place, Places
from monitor.languages.pack import FactRule, Side, Take
from monitor.model import Fact

MAX_VALUE: Final = 160  #: code points of a value; more is a sentence, not a fact
QUOTE_REACH: Final = 40  #: characters between a cue and the quoted words
NAME_REACH: Final = 5  #: words between a cue and the name it introduces
RUN_ON: Final = 12  #: characters between a cue, its number and the unit where words are not set apart
NUMBER_REACH: Final = 6  #: words between a cue and its number

_QUOTES: Final = {"“": "”", '"': '"', "«": "»", "‘": "’", "„": "“", "「": "」", "『": "』", "'": "'", "”": "”"}


def cued(page: Page) -> list[tuple[int, FactRule]]:
    """The rules, with their numbers, whose cue stands anywhere on the page."""
    return [(number, rule) for number, rule in enumerate(page.pack.facts) if page.scan.of(f"fact {number}")]


def facts(page: Page, sentence: Place, rules: list[tuple[int, FactRule]]) -> list[tuple[FactRule, Fact]]:
    """Every fact a sentence states, with the rule that found it. rules: those of `cued`."""
    out: list[tuple[FactRule, Fact]] = []
    for number, rule in rules:
        for cue in page.scan.of(f"fact {number}").within(sentence.start, sentence.end):
            place = _value(page, rule, number, cue, sentence)
            if place is not None and place.end > place.start:
                span = page.span(place.start, place.end)
                written = page.text[span.start : span.end]
                out.append((rule, Fact(key=rule.key, value=rule.value or written, span=span)))
    return out


def _value(page: Page, rule: FactRule, number: int, cue: Place, sentence: Place) -> Place | None:
    if rule.take is Take.PHRASE:
        return cue
    if rule.take is Take.NAME:
        return _name(page, rule, cue, sentence)
    if rule.take is Take.NUMBER:
        return _number(page, number, cue, sentence)
    if rule.take is Take.QUOTE and (quoted := _quoted(page, cue, sentence)) is not None:
        return quoted
    return _clause(page, rule, cue, sentence)


def _quoted(page: Page, cue: Place, sentence: Place) -> Place | None:
    """The words in quotation marks soon after a cue."""
    text = page.text
    start = page.form.offsets[cue.end]
    stop = page.form.offsets[sentence.end]
    for at in range(start, min(stop, start + QUOTE_REACH)):
        closing = _QUOTES.get(text[at])
        if closing is not None and (text[at] != "'" or at == 0 or not text[at - 1].isalnum()):
            end = text.find(closing, at + 1, at + 1 + MAX_VALUE)
            if end > at + 1:
                return Place(page.canonical(at + 1), page.canonical(end))
    return None


def _clause(page: Page, rule: FactRule, cue: Place, sentence: Place) -> Place | None:
    """The words beside a cue up to the end of the clause."""
    text = page.form.text
    if rule.side is Side.BEFORE:
        start = max((text.rfind(mark, sentence.start, cue.start) for mark in ",;:("), default=-1) + 1
        start = max(start, sentence.start)
        return _trimmed(page, Place(start, cue.start))
    end = sentence.end
    for mark in (",", ";", "(", "،", "؛", "，", ". "):
        at = text.find(mark, cue.end, end)
        if at >= 0:
            end = at
    for clause_break in page.scan.of("breaks").within(cue.end, end)[:1]:
        end = clause_break.start
    return _trimmed(page, Place(cue.end, min(end, cue.end + MAX_VALUE)))


def _trimmed(page: Page, place: Place) -> Place | None:
    text, start, end = page.form.text, place.start, place.end
    while start < end and (text[start].isspace() or text[start] in ".,;:*[("):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ".,;:*])!?។။၊।۔。．！？、"):
        end -= 1
    return Place(start, end) if end - start > 1 else None


def _name(page: Page, rule: FactRule, cue: Place, sentence: Place) -> Place | None:
    """The capitalised name beside a cue; in scripts without capitals the rest of the clause."""
    if not page.scan.spaced or page.pack.script not in {"Latn", "Cyrl", "Grek", "Armn"}:
        return _clause(page, rule, cue, sentence)
    if rule.side is Side.BEFORE:
        near = page.named(max(sentence.start, cue.start - MAX_VALUE), cue.end)
        held = [n for n in near if n.start <= cue.start < n.end or 0 <= cue.start - n.end <= 1]
        return Place(held[-1].start, max(held[-1].end, cue.end)) if held else None
    for name in page.named(cue.end, sentence.end):
        if page.scan.apart(cue.end, name.start) > NAME_REACH or name.kind is Kind.LISTED:
            return None
        return _with_tail(page, name.start, name.end, sentence)
    return None


def _with_tail(page: Page, start: int, end: int, sentence: Place) -> Place:
    """A name with the number or bracket that belongs to it ("CC 1", "Prison (CC1)")."""
    text = page.form.text
    tail = text[end : min(sentence.end, end + 12)]
    close = tail.find(")")
    if tail.startswith(" (") and close > 0:
        end += close + 1
        tail = text[end : min(sentence.end, end + 4)]
    if tail[:1] == " " and tail[1:2].isdigit():
        end += 2
        while end < sentence.end and text[end].isdigit():
            end += 1
    return Place(start, end)


def _run_on(page: Page, units: Places, cue: Place, sentence: Place) -> Place | None:
    """The number and its unit right after a cue where words are not set apart ("判处三年")."""
    text, numbers = page.form.text, page.pack.time.numbers
    unit = next(iter(units.within(cue.end, min(sentence.end, cue.end + RUN_ON))), None)
    if unit is None:
        return None
    start = cue.end
    while start < unit.start and not (text[start].isdigit() or any(text.startswith(n, start) for n in numbers)):
        start += 1
    return Place(start, unit.end) if start < unit.start else None


def _number(page: Page, number: int, cue: Place, sentence: Place) -> Place | None:
    """The number after a cue with its unit and what follows it in the clause ("six years in prison")."""
    scan = page.scan
    units = scan.of(f"unit {number}")
    if not scan.spaced:
        return _run_on(page, units, cue, sentence)
    n = scan.word_at(cue.end - 1) + 1
    for at in range(n, min(n + NUMBER_REACH, len(scan.words))):
        start = scan.words[at]
        if start >= sentence.end:
            return None
        word = scan.text[start : scan.word_ends[at]]
        if not (word[0].isdigit() or word in page.pack.time.numbers or units.at(start)):
            continue
        unit = next((u for u in units.within(start, min(sentence.end, start + 40))), None)
        if unit is None:
            continue
        rest = _clause(page, FactRule(key="", cue=(), take=Take.CLAUSE), Place(unit.start, unit.end), sentence)
        tail = rest.end if rest is not None and rest.end - unit.end <= 20 else unit.end
        return Place(start, tail)
    return None
