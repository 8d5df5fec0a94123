"""One article → its events and the people it names: every field read sentence by sentence, the title first, its context carried on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from monitor.detect.almanac import Almanac
from monitor.detect.aspects import Judged, judge
from monitor.detect.dates import Dated, dates, nearest
from monitor.detect.facts import cued, facts
from monitor.detect.listing import is_item, name_in_list, name_later, opens_list
from monitor.detect.page import Page, Who, prepare
from monitor.detect.particulars import particulars
from monitor.detect.people import Kind
from monitor.detect.places import Place
from monitor.detect.relevance import Weighed, weigh
from monitor.detect.surroundings import doer, needed, place_name
from monitor.detect.unlisted import unlisted
from monitor.detect.victims import Memory, Victim, victims
from monitor.detect.voices import tell
from monitor.detect.whole import attach, fatal, shared
from monitor.languages.pack import LanguagePack, Packs, Trigger, Voice
from monitor.model import Act, Article, Aspect, Event, Occurrence, Relation, Relevance, Span
from monitor.text.language import script, share

MAX_EVENTS: Final = 400  #: events of one article; a longer list is a list of words, and the first ones tell
ROLE_BEFORE: Final = 60  #: characters before a name in which its role stands ("the prominent human rights lawyer X")
ROLE_AFTER: Final = 80  #: characters after it ("X, the founder of the Veldan network of journalists")
MONTH_REACH: Final = 2  #: words between a trigger and the month it is told by
OWN_SCRIPT: Final = (
    0.15  #: share of a field's letters in its language's own script from which it is taken to be written in it
)
_SCORES: Final = {Relevance.CIVIC: 0.95, Relevance.UNCLEAR: 0.7, Relevance.OTHER: 0.5}
#: Aspects under which a release has not happened, and so somebody is held.
_AWAITED: Final = frozenset({Aspect.DEMANDED, Aspect.FUTURE, Aspect.NEGATED})
_UNNAMED: Final = 0.9  #: what a score is worth when nobody is named in the victim's place


@dataclass(frozen=True, slots=True)
class Detection:
    """What an article tells: events in the order told, and names that could be victims and are not on the list."""

    events: tuple[Event, ...] = ()
    people: tuple[Span, ...] = ()


@dataclass(slots=True)
class _Reading:
    """The state of reading one article."""

    published: date | None
    names: Sequence[Span]
    title: Page | None
    memory: Memory
    roles: dict[str, str]
    roles_at: dict[str, dict[str, Place]]
    dated: dict[tuple[str, Place], list[Dated]]
    almanacs: dict[str, Almanac]

    def days(self, page: Page, sentence: Place) -> list[Dated]:
        """The days a sentence names, looked for once however many events it tells."""
        if (page.field, sentence) not in self.dated:
            if page.field not in self.almanacs:
                self.almanacs[page.field] = Almanac.of(page)
            self.dated[page.field, sentence] = dates(page, sentence, self.published, self.almanacs[page.field])
        return self.dated[page.field, sentence]

    def bare_month(self, page: Page, place: Place) -> bool:
        """Whether a month without a day stands right after a trigger ("arrested in November")."""
        almanac = self.almanacs.get(page.field)
        month = next((t for t in almanac.months if t.start >= place.end), None) if almanac is not None else None
        if month is None or page.scan.apart(place.end, month.start) > MONTH_REACH:
            return False
        if not page.text[page.span(month.start, month.end).start].isupper():  # "the march", and "mai" in French
            return False
        return not any(c.isdigit() for c in page.form.text[max(place.end, month.start - 4) : month.end + 4])


def detect(article: Article, packs: Packs, names: tuple[Span, ...] = ()) -> Detection:
    """The events of an article and the people it names. names: spans already found by the watchlist, a help where names have no capitals."""
    pages: list[Page] = []
    for field in ("title", "text"):
        text = article.field(field)
        pack = _pack(article.language, text, packs) if text.strip() else None
        if pack is not None:
            pages.append(prepare(field, text, pack, names))
    memory = Memory()
    for page in pages:
        _remember(page, memory)
    title = pages[0] if pages and pages[0].field == "title" else None
    state = _Reading(article.published.date() if article.published else None, names, title, memory, {}, {}, {}, {})
    for page in pages:
        state.roles_at[page.field] = _roles(page)
        for name, place in state.roles_at[page.field].items():
            state.roles.setdefault(name, page.scan.text[place.start : place.end])
    events = [event for page in pages for event in _events(page, state)]
    events = shared(article, fatal(article, events[:MAX_EVENTS]))
    return Detection(tuple(events), unlisted(pages, names, events))


def _pack(language: str | None, text: str, packs: Packs) -> LanguagePack | None:
    """The pack a field is read with: that of the article's language where it is written so, else the first of the field's own script.

    Names of other countries stand in Latin letters in every press: a short Chinese headline about one may hold more of those than of its own.
    """
    pack = packs.for_language(language)
    written = script(text[:400])
    if written is None or (pack is not None and share(text[:400], (pack.script, *pack.scripts)) >= OWN_SCRIPT):
        return pack
    others = packs.for_script(written)
    return next((p for p in others if p.code == "en"), others[0] if others else pack)


def _remember(page: Page, memory: Memory) -> None:
    """Notes the full names of a page under each of their words."""
    for name in page.names:
        if name.kind in {Kind.PERSON, Kind.LISTED}:
            span = page.span(name.start, name.end)
            for word in page.scan.text[name.start : name.end].split():
                if len(word) > 1:
                    memory.full.setdefault(word, span)


def _events(page: Page, state: _Reading) -> list[Event]:
    """The events of one field, sentence by sentence."""
    out: list[Event] = []
    by_sentence: dict[Place, list[tuple[Place, list[Trigger]]]] = {}
    for place, trigger in page.scan.triggers:
        group = by_sentence.setdefault(page.sentence(place.start), [])
        if group and group[-1][0] == place:
            group[-1][1].append(trigger)
        else:
            group.append((place, [trigger]))
    rules = cued(page)
    list_of: list[Event] = []  #: events whose victims the lines after a colon name
    for number, sentence in enumerate(page.sentences):
        stated = facts(page, sentence, rules)
        found: list[Event] = []
        for place, choices in by_sentence.get(sentence, ()):
            fitting = [t for t in choices if needed(page, state.title, t, place, sentence)]
            if fitting:
                found += _event(page, state, place, fitting, sentence, number)
        if not found:
            name_later(page, out, sentence)
            name_in_list(page, out, list_of, sentence)
        attach(out, found, stated)
        out += found
        list_of = found if found and opens_list(page, sentence) else list_of if is_item(page, sentence) else []
        _recall_subject(page, state.memory, sentence, number, found)
    return out


def _event(
    page: Page, state: _Reading, place: Place, choices: list[Trigger], sentence: Place, number: int
) -> list[Event]:
    """The events one trigger tells: one for each relation its victims stand in."""
    told = tell(page, place, choices, sentence)
    who = victims(page, told, sentence, state.memory, number)
    found = state.days(page, sentence)
    hearing = told.trigger.act in {Act.TRIAL, Act.SUMMONS}  # which a weekday announces as often as it recalls
    occurrence = nearest([d for d in found if not (hearing and d.weekday)], place, page)
    published = Occurrence(state.published, state.published) if state.published else None
    judged = judge(page, told, sentence, occurrence, published)
    if judged.aspect is Aspect.ACTUAL and not (published or occurrence) and state.bare_month(page, place):
        judged = Judged(Aspect.HISTORICAL, "told by month only, as news of the day is not")
    listed = any(v.span.overlaps(n) or (v.meant is not None and v.meant.overlaps(n)) for v in who for n in state.names)
    weighed = weigh(page, state.title, told, sentence, victim_civic=_role_of(state, page, who), listed=listed)
    base = Event(
        act=told.trigger.act,
        aspect=judged.aspect,
        relevance=weighed.relevance,
        span=page.span(place.start, place.end),
        trigger=page.text[slice(*page.form.back(place.start, place.end))],
        clause=page.span(sentence.start, sentence.end),
        by=doer(page, told, sentence),
        occurrence=occurrence,
        place=place_name(page, told, sentence),
        facts=particulars(page, told, who, sentence, state.roles_at[page.field]),
        score=_score(judged.aspect, weighed, named=bool(who)),
        reasons=(f"“{page.scan.text[place.start : place.end]}” told as {told.voice.value}", judged.why, weighed.why),
    )
    out = []
    for relation in dict.fromkeys(v.relation for v in who) or (Relation.SELF,):
        spans = {s for v in who if v.relation is relation for s in (v.span, v.meant) if s is not None}
        out.append(replace(base, relation=relation, victims=tuple(sorted(spans))))
    if base.act is Act.RELEASE and base.aspect in _AWAITED and who:
        held = (*base.reasons[:1], "who is still to be released is held", base.reasons[-1])
        out += [replace(event, act=Act.DETENTION, aspect=Aspect.HISTORICAL, reasons=held) for event in out]
    if base.act is Act.MASS_ARREST and who:
        out += [replace(event, act=Act.ARREST) for event in out]
    if told.voice is not Voice.NOMINAL:
        state.memory.note([v.meant or v.span for v in who if v.relation is Relation.SELF], number)
    return out


def _score(aspect: Aspect, weighed: Weighed, *, named: bool) -> float:
    return round(
        _SCORES[weighed.relevance] * (1.0 if named else _UNNAMED) * (1.0 if aspect is Aspect.ACTUAL else 0.9), 3
    )


def _role_of(state: _Reading, page: Page, who: Sequence[Victim]) -> str | None:
    """The civic role the article gives one of these people anywhere on the page, in the words of the text."""
    for span in (s for v in who for s in (v.meant, v.span) if s is not None and s.field == page.field):
        role = state.roles.get(page.text[span.start : span.end])
        if role is not None:
            return role
    return None


def _roles(page: Page) -> dict[str, Place]:
    """Where a page says which civic role the people it names have, by name as written."""
    out: dict[str, Place] = {}
    roles = page.scan.of("roles")
    for name in page.names if roles else ():
        written = page.text[slice(*page.form.back(name.start, name.end))]
        for role in roles.within(max(0, name.start - ROLE_BEFORE), min(len(page.form.text), name.end + ROLE_AFTER)):
            low, high = min(role.end, name.end), max(role.start, name.start)
            between = page.form.text[low:high]
            if any(mark in between for mark in ".;\n") or any(page.has(cue, low, high) for cue in ("speech", "breaks")):
                continue
            if not page.scan.triggers_after(low, high):
                out.setdefault(written, role)
                break
    return out


def _recall_subject(page: Page, memory: Memory, sentence: Place, number: int, found: list[Event]) -> None:
    """After a sentence: whom the next pronoun means, when no event named its victim."""
    if any(e.victims for e in found):
        return
    first = next((s for s in page.spoken_of(sentence.start, sentence.end) if s.who is Who.NAME and s.sure), None)
    if first is not None:
        memory.note([page.span(first.start, first.end)], number)
