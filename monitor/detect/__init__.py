"""An article × language packs → the events it tells of: what, to whom, by whom, when, where, really, and why we think so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from monitor.detect.aspect import aspect
from monitor.detect.dates import Dated, dates
from monitor.detect.facts import facts
from monitor.detect.lexicon import Found, Lexicon, Marked, lexicon
from monitor.detect.people import Person, people
from monitor.detect.relevance import relevance
from monitor.detect.surroundings import by_whom, place
from monitor.detect.victims import Bound, Voice, befallen, voice
from monitor.languages.pack import LanguagePack, Packs
from monitor.model import Article, Event, Fact, Occurrence, Span
from monitor.text.sentences import split

LEAD = 3  #: sentences that, with the title, say what an article is about
MAX_SENTENCES = 400  #: sentences read of one article; what matters stands at the beginning
CASED = frozenset("Latn")


@dataclass(frozen=True, slots=True)
class Detection:
    """events: in the order of the text. people: names that are not on the list, as spans, sorted."""

    events: tuple[Event, ...] = ()
    people: tuple[Span, ...] = ()


@dataclass(slots=True)
class _Sentence:
    field: str
    start: int
    end: int
    marked: Marked
    people: list[Person]
    dates: list[Dated]


@dataclass(slots=True)
class _Spoken:
    """Who the article has last spoken of as a victim, or else as its subject: what "he" means."""

    people: tuple[Person, ...] = ()


def detect(article: Article, packs: Packs, names: Sequence[Span] = ()) -> Detection:
    """What the article tells. names: spans of listed people already found; they are people whatever their spelling.

    An article in a language without a pack gives no events; its mentions are kept all the same.
    """
    pack = packs.of(article.language)
    if pack is None:
        return Detection()
    words = lexicon(pack)
    published = article.published.date() if article.published else None
    sentences = list(_sentences(article, words, names, published))
    civic = _about(sentences)
    spoken = _Spoken()
    events: list[Event] = []
    for sentence in sentences:
        told = [_event(article, sentence, one, pack, published, civic, spoken) for one in sentence.marked.triggers]
        events += _stated_once([e for e in told if e is not None])
        if sentence.people and not spoken.people:
            spoken.people = (sentence.people[0],)
    listed = set(names)
    unlisted = {p.span for s in sentences for p in s.people if p.span not in listed and not p.listed}
    return Detection(tuple(_with_facts(events, sentences, article)), tuple(sorted(unlisted)))


def _sentences(article: Article, words: Lexicon, names: Sequence[Span], published: date | None) -> Sequence[_Sentence]:
    found: list[_Sentence] = []
    for field, text in (("title", article.title), ("text", article.text)):
        for start, end in split(text)[:MAX_SENTENCES]:
            marked = words.mark(words.tokens(text, start, end))
            cased = any(t.capital for t in marked.tokens)
            here = people(marked, field, names, cased, in_title=field == "title")
            found.append(_Sentence(field, start, end, marked, here, dates(marked, words.pack, published)))
    return found


def _about(sentences: Sequence[_Sentence]) -> str | None:
    """The civic cue of the title and the first sentences."""
    lead = [s for s in sentences if s.field == "title"] + [s for s in sentences if s.field == "text"][:LEAD]
    for sentence in lead:
        for cue in ("roles", "protest", "repression"):
            first = min(sentence.marked.cues.get(cue, {}), default=None)
            if first is not None:
                return sentence.marked.tokens[first].text
    return None


def _event(
    article: Article,
    sentence: _Sentence,
    one: Found,
    pack: LanguagePack,
    published: date | None,
    civic: str | None,
    spoken: _Spoken,
) -> Event | None:
    marked, in_title = sentence.marked, sentence.field == "title"
    how = voice(marked, one, sentence.people, pack)
    bound = befallen(marked, one, how, sentence.people, pack)
    befell = bound.people or (spoken.people if bound.carried else ())
    if bound.people:
        spoken.people = bound.people
    when = _when(sentence, one)
    told, why = aspect(marked, one, how, when.occurrence if when else None, published, in_title)
    link, cue = relevance(marked, one.first, one.trigger.act, civic, any(p.listed for p in befell))
    tokens = marked.tokens
    text = article.field(sentence.field)
    return Event(
        act=one.trigger.act,
        aspect=told,
        relevance=link,
        span=Span(sentence.field, tokens[one.first].start, tokens[one.last - 1].end),
        trigger=text[tokens[one.first].start : tokens[one.last - 1].end],
        clause=Span(sentence.field, sentence.start, sentence.end),
        victims=tuple(sorted(p.span for p in befell)),
        by=by_whom(marked, one, how),
        occurrence=when.occurrence if when else None,
        place=place(marked, one, text, sentence.people),
        facts=facts(marked, sentence.field, text, sentence.start, sentence.end),
        score=_score(how, bound, befell),
        reasons=(
            f"{one.trigger.act.value.replace('_', ' ')}: {how.value}",
            why,
            cue,
            *(("who is meant was named before",) if bound.carried and befell else ()),
        ),
    )


def _score(how: Voice, bound: Bound, befell: Sequence[Person]) -> float:
    """How plainly it is said: a named person in the verb's own place most, a pronoun or a noun less."""
    base = 0.95 if how in {Voice.PASSIVE, Voice.ACTIVE} else 0.85
    return round(base - (0.1 if bound.carried else 0.0) - (0.05 if not befell else 0.0), 2)


def _when(sentence: _Sentence, one: Found) -> Dated | None:
    """The date that belongs to a trigger: one that no other trigger or happening stands nearer to; a sentence's first words date its first verb."""
    anchors = sorted({t.first for t in sentence.marked.triggers} | set(sentence.marked.cues.get("protest_event", {})))
    triggers = [t.first for t in sentence.marked.triggers]
    mine: list[tuple[int, Dated]] = []
    for dated in sentence.dates:
        if dated.first <= 2 and triggers:
            owner = triggers[0]
        else:
            before = [a for a in anchors if a < dated.first]
            after = [a for a in anchors if a >= dated.last]
            owner = max(before) if before else min(after, default=-1)
        if owner == one.first or (dated.first <= 2 and len(sentence.dates) == 1 and not before_protest(sentence, one)):
            mine.append((abs(dated.first - one.first), dated))
    return min(mine, key=lambda m: m[0])[1] if mine else None


def before_protest(sentence: _Sentence, one: Found) -> bool:
    """Whether a happening of its own stands between the sentence's first words and this trigger."""
    return any(a < one.first for a in sentence.marked.cues.get("protest_event", {}))


def _stated_once(events: Sequence[Event]) -> list[Event]:
    """One event for each act, aspect and set of victims of a sentence: "arrested and taken into custody" is told once."""
    found: dict[object, Event] = {}
    for event in events:
        key = (event.act, event.aspect, event.victims)
        if key not in found:
            found[key] = event
        elif found[key].occurrence is None and event.occurrence is not None:
            found[key] = replace(found[key], occurrence=event.occurrence)
    return list(found.values())


def _with_facts(events: Sequence[Event], sentences: Sequence[_Sentence], article: Article) -> list[Event]:
    """Give each event what later sentences state of its person: the prison, the lawyer, the charge."""
    out = []
    for event in events:
        known = {f.key: f for f in event.facts}
        for sentence in sentences if event.victims else ():
            about = {p.span for p in sentence.people}
            same = any(_same(article, a, v) for a in about for v in event.victims)
            if same or (
                not about
                and sentence.field == event.clause.field
                and sentence.start > event.clause.end
                and sentence.marked.any("pronouns")
            ):
                text = article.field(sentence.field)
                for fact in facts(sentence.marked, sentence.field, text, sentence.start, sentence.end):
                    known.setdefault(fact.key, fact)
        out.append(replace(event, facts=tuple(_merged(known, event))))
    return out


def _merged(known: dict[str, Fact], event: Event) -> list[Fact]:
    """Facts with the words for a place nobody knows turned into the place of detention."""
    unknown = known.pop("whereabouts_unknown", None)
    if unknown is not None and "held_at" not in known:
        known["held_at"] = Fact(key="held_at", value=f"unknown ({unknown.value})", span=unknown.span)
    return [f for f in known.values() if f.key != "charge" or event.act.value not in {"release"}]


def _same(article: Article, one: Span, other: Span) -> bool:
    """Whether two spans name the same person: the same words."""
    said = article.field(one.field)[one.start : one.end].casefold()
    return said == article.field(other.field)[other.start : other.end].casefold()


__all__ = ["Detection", "Occurrence", "detect"]
