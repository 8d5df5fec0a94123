"""Sentences and lines that only name → the victims of what was told before them: "They were identified as X and Y", a list after a colon."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from monitor.detect.page import Page, Who
from monitor.detect.phrases import phrase_start
from monitor.detect.places import Place
from monitor.detect.victims import items
from monitor.model import Event, Relation

LATER_REACH: Final = 6  #: words before "identified as" in a sentence that only names
LATER_CHARS: Final = 200  #: characters between an event and the sentence that names its victims
ITEM_REACH: Final = 2  #: words before the name in a line of a list: a number, a mark
NAMED_BELOW: Final = "named in the list below it"


def name_later(page: Page, earlier: list[Event], sentence: Place) -> None:
    """Names given in a sentence of their own ("They were identified as X and Y") go to the event told just before."""
    cue = next(iter(page.scan.of("listing").within(sentence.start, sentence.end)), None) or _copula(page, sentence)
    if cue is None or not earlier or earlier[-1].victims or earlier[-1].span.field != page.field:
        return
    if (
        page.scan.apart(sentence.start, cue.start) > LATER_REACH
        or page.form.offsets[sentence.start] - earlier[-1].clause.end > LATER_CHARS
    ):
        return
    named = tuple(sorted(page.span(one.start, one.end) for one in items(page, cue.end, sentence)))
    if named and (len(named) > 1 or page.scan.of("listing").at(cue.start) is not None):
        earlier[-1] = replace(earlier[-1], victims=named, reasons=(*earlier[-1].reasons, "named in the next sentence"))


def _copula(page: Page, sentence: Place) -> Place | None:
    """The verb of a sentence that only names: nobody before it, a full name right after it ("The four are X, Y, …")."""
    verb = next(iter(page.scan.of("auxiliaries").within(sentence.start, sentence.end)), None)
    if verb is None or any(s.who is not Who.GROUP for s in page.spoken_of(sentence.start, verb.start)):
        return None
    after = page.spoken_of(verb.end, sentence.end)
    named = bool(after) and after[0].who is Who.NAME and after[0].sure
    return verb if named and page.scan.apart(verb.end, phrase_start(page, after[0])) == 0 else None


def opens_list(page: Page, sentence: Place) -> bool:
    """Whether a sentence ends in a colon, after which lines may name whom it tells of."""
    return page.form.text[sentence.start : sentence.end].rstrip().endswith(":")


def is_item(page: Page, sentence: Place) -> bool:
    """Whether a line of a list begins with a full name, its role stepped over, or is no more than a number."""
    if not any(c.isalpha() for c in page.form.text[sentence.start : sentence.end]):  # the number of an item
        return True
    first = next((s for s in page.spoken_of(sentence.start, sentence.end) if s.who is Who.NAME and s.sure), None)
    return first is not None and page.scan.apart(sentence.start, phrase_start(page, first)) <= ITEM_REACH


def name_in_list(page: Page, events: list[Event], list_of: list[Event], sentence: Place) -> None:
    """A line of a list after a colon names one more victim of what the line before the list told."""
    if not list_of or not is_item(page, sentence):
        return
    one = next((s for s in page.spoken_of(sentence.start, sentence.end) if s.who is Who.NAME and s.sure), None)
    if one is None:
        return
    spans = {(e.span, e.act) for e in list_of}
    named = page.span(one.start, one.end)
    for n, event in enumerate(events):
        if (event.span, event.act) in spans and event.relation is Relation.SELF:
            reasons = event.reasons if NAMED_BELOW in event.reasons else (*event.reasons, NAMED_BELOW)
            events[n] = replace(event, victims=tuple(sorted({*event.victims, named})), reasons=reasons)
