"""An event and its victims → what hangs on them rather than on a cue: how many, how old, who together, what work, which assembly, which authority."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from monitor.detect.page import Page, Who
from monitor.detect.people import Kind
from monitor.detect.places import Place
from monitor.detect.victims import Victim
from monitor.detect.voices import Told
from monitor.model import Act, Fact, Relation

LONGEST: Final = 160  #: code points of people named together; more is a list, and the sentence itself is quoted
ASSEMBLY_REACH: Final = 30  #: words between a trigger and the assembly it is about
OF_REACH: Final = 9  #: characters of "of the" between a body of the state and the name it bears
AUTHORITY_REACH: Final = 30  #: words between a trigger and the authority named for it

_TAKEN: Final = frozenset({Act.ARREST, Act.DETENTION, Act.MASS_ARREST, Act.ABDUCTION, Act.CHARGE, Act.SENTENCE})
_TOGETHER: Final = frozenset({Act.ARREST, Act.DETENTION, Act.MASS_ARREST, Act.ABDUCTION, Act.RAID, Act.DISAPPEARANCE})


def particulars(
    page: Page, told: Told, who: Sequence[Victim], sentence: Place, roles: Mapping[str, Place]
) -> tuple[Fact, ...]:
    """The facts of an event that need no cue of their own. roles: where the page says what work somebody named does, by name as written."""
    own = [v for v in who if v.relation is Relation.SELF and v.span.field == page.field]
    found = [
        number_taken(page, told.place, sentence, told.trigger.act),
        age(page, page.canonical(own[0].span.end)) if own else None,
        together(page, own, told.trigger.act),
        occupation(page, own, roles),
        assembly(page, told.place, sentence),
        authority(page, told.place, sentence),
    ]
    return tuple(f for f in found if f is not None)


def together(page: Page, own: Sequence[Victim], act: Act) -> Fact | None:
    """The people named as taken by the same act, as written ("Ana Velt and Oto Brandel"); None for one alone."""
    if act not in _TOGETHER or len({v.span for v in own}) < 2:
        return None
    start, end = min(v.span.start for v in own), max(v.span.end for v in own)
    return _fact(page, "co_arrested", page.canonical(start), page.canonical(end)) if end - start <= LONGEST else None


def occupation(page: Page, own: Sequence[Victim], roles: Mapping[str, Place]) -> Fact | None:
    """What work the only victim does, where it is one that defenders do; None for several people, whose work may differ."""
    if len({v.span for v in own}) != 1:
        return None
    for span in (own[0].meant, own[0].span):
        if span is not None and span.field == page.field and (role := roles.get(page.text[span.start : span.end])):
            return _fact(page, "occupation", role.start, role.end)
    return None


def assembly(page: Page, trigger: Place, sentence: Place) -> Fact | None:
    """The assembly an event is about: the word for one that stands nearest to it in its sentence."""
    near = [
        (page.scan.apart(*_between(p, trigger)), p)
        for p in page.scan.of("protest").within(sentence.start, sentence.end)
        if not (p.start < trigger.end and trigger.start < p.end)
    ]
    reach, place = min(near, default=(ASSEMBLY_REACH + 1, trigger))
    return _fact(page, "assembly", place.start, place.end) if reach <= ASSEMBLY_REACH else None


def authority(page: Page, trigger: Place, sentence: Place) -> Fact | None:
    """The body of the state named for an event by a name of its own ("Drenov City Police", "Ministry of Order"); None where it is only "police"."""
    near = []
    for cue in ("state", "court"):
        for place in page.scan.of(cue).within(sentence.start, sentence.end):
            if not page.text[page.form.offsets[place.start]].isupper():
                continue
            before = [
                n
                for n in page.named(max(sentence.start, place.start - LONGEST), place.start)
                if place.start - n.end <= 1
            ]
            after = [n for n in page.named(place.end, place.end + OF_REACH) if page.has("of", place.end, n.start)]
            start = before[-1].start if before and before[-1].kind is not Kind.LISTED else place.start
            end = after[0].end if after and after[0].kind is not Kind.LISTED else place.end
            if end - start > place.end - place.start:
                near.append((page.scan.apart(*_between(Place(start, end), trigger)), start, end))
    reach, start, end = min(near, default=(AUTHORITY_REACH + 1, 0, 0))
    return _fact(page, "authority", start, end) if reach <= AUTHORITY_REACH else None


def number_taken(page: Page, trigger: Place, sentence: Place, act: Act) -> Fact | None:
    """How many people were taken: the number right before or after the trigger that counts people."""
    if act not in _TAKEN:
        return None
    scan = page.scan
    at = scan.word_at(trigger.start)
    end = scan.word_at(trigger.end - 1)
    for n in [*range(at, end + 1), *range(end + 1, end + 5), *range(at - 1, at - 7, -1)]:
        if not 0 <= n < len(scan.words) or not sentence.start <= scan.words[n] < sentence.end:
            continue
        word = scan.text[scan.words[n] : scan.word_ends[n]]
        if not (word.isdigit() or word in page.pack.time.numbers) or len(word) > 12:
            continue
        follows = scan.words[n + 1] if n + 1 < len(scan.words) else sentence.end
        if page.form.text[
            scan.word_ends[n] : follows
        ].strip():  # a comma after it: the year of a date, not a number of people
            continue
        counted = page.spoken_of(follows, min(sentence.end, follows + 30))
        if counted and counted[0].who is Who.GROUP and scan.apart(follows, counted[0].start) <= 2:
            span = page.span(scan.words[n], scan.word_ends[n])
            return Fact(key="number_taken", value=page.text[span.start : span.end], span=span)
    return None


def age(page: Page, end: int) -> Fact | None:
    """The age written right after a name: "X, 34, was arrested"."""
    scan = page.scan
    n = scan.word_at(end - 1) + 1
    if n + 1 >= len(scan.words) or page.form.text[end : scan.words[n]].strip() not in {",", "("}:
        return None
    word = scan.text[scan.words[n] : scan.word_ends[n]]
    closed = page.form.text[scan.word_ends[n] : scan.words[n + 1]].strip()[:1] in {",", ")"}
    if word.isdigit() and 10 <= int(word) <= 99 and len(word) == 2 and closed:
        span = page.span(scan.words[n], scan.word_ends[n])
        return Fact(key="age", value=word, span=span)
    return None


def _between(one: Place, other: Place) -> tuple[int, int]:
    """The stretch between two places, whichever comes first."""
    first, second = sorted((one, other))
    return min(first.end, second.start), second.start


def _fact(page: Page, key: str, start: int, end: int) -> Fact:
    span = page.span(start, end)
    return Fact(key=key, value=page.text[span.start : span.end], span=span)
