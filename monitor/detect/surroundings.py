"""A trigger in its sentence → what surrounds it: whether doubtful words mean the act at all, who did it, where, and who else is named."""

from __future__ import annotations

from typing import Final

from monitor.detect.page import Page, Who
from monitor.detect.people import Kind
from monitor.detect.places import Place
from monitor.detect.voices import Told
from monitor.languages.pack import Need, Trigger, Voice

DOER_REACH: Final = 12  #: words between the doer and the verb
PLACE_REACH: Final = 16  #: words between the trigger and the place it happened

_NEEDED: Final = {
    Need.STATE: ("state",),
    Need.COURT: ("court",),
    Need.ACTOR: ("state", "court", "armed"),
    Need.PROTEST: ("protest", "people", "roles"),
    Need.PERSON: ("roles", "people", "pronouns"),
}


def needed(page: Page, title: Page | None, trigger: Trigger, place: Place, sentence: Place) -> bool:
    """Whether something stands near that doubtful words need to mean their act."""
    if not trigger.needs:
        return True
    for need in trigger.needs:
        if any(page.has(cue, sentence.start, sentence.end) for cue in _NEEDED[need]):
            return True
        if need is Need.PERSON and any(s.who is Who.NAME for s in page.spoken_of(sentence.start, sentence.end)):
            return True
        if need is Need.PROTEST and (
            (title is not None and title.scan.of("protest"))
            or page.has("protest", max(0, place.start - 600), min(len(page.form.text), place.end + 600))
        ):
            return True
    return False


def doer(page: Page, told: Told, sentence: Place) -> str | None:
    """Who did it, as written: after "by", else the actor before the verb; None when nobody is named."""
    scan = page.scan
    for by in scan.of("by").within(told.place.end, sentence.end):
        if scan.apart(told.place.end, by.start) > DOER_REACH:
            break
        for one in page.spoken_of(by.end, min(sentence.end, by.end + 60)):
            if one.who is Who.ACTOR and scan.apart(by.end, one.start) <= 4:
                return _written(page, one.start, one.end)
    inside = [s for s in page.spoken_of(told.place.start, told.place.end) if s.who is Who.ACTOR]
    if inside:
        return _written(page, inside[0].start, inside[0].end)
    before = [s for s in page.spoken_of(sentence.start, told.place.start) if s.who is Who.ACTOR]
    if told.voice in {Voice.ACTIVE, Voice.BASE, Voice.GERUND, Voice.NOMINAL}:
        if before and scan.apart(before[-1].end, told.place.start) <= DOER_REACH:
            return _written(page, before[-1].start, before[-1].end)
        after = [
            s for s in page.spoken_of(told.place.end, min(sentence.end, told.place.end + 40)) if s.who is Who.ACTOR
        ]
        if not before and after and told.voice is Voice.ACTIVE and scan.apart(told.place.end, after[0].start) <= 1:
            return _written(page, after[0].start, after[0].end)
    return None


def place_name(page: Page, told: Told, sentence: Place) -> str | None:
    """Where it happened, as written: the name after a word that opens a place, nearest after the trigger; None when none is given."""
    best: tuple[int, str] | None = None
    for opener in page.scan.of("place_before").within(sentence.start, sentence.end):
        for name in page.named(opener.end, opener.end + 3):
            if name.kind is Kind.LISTED or name.titled or name.kind is Kind.ORGANISATION:
                continue
            apart = page.scan.apart(min(name.start, told.place.end), max(name.start, told.place.end))
            apart += 10 if name.start < told.place.start else 0
            if apart <= PLACE_REACH and (best is None or apart < best[0]):
                best = (apart, _written(page, name.start, name.end))
    return best[1] if best else None


def _written(page: Page, start: int, end: int) -> str:
    first, last = page.form.back(start, end)
    return page.text[first:last]
