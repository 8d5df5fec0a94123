"""A trigger as told, in its sentence → to whom it was done: the names in the victim's place, with what they are to the named.

Subject of a passive, object of an active, "the arrest of X", "X's arrest", lists, appositions, relative clauses, and the pronoun or
repeated surname that stands for somebody named before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from monitor.detect.page import Page, Somebody, Who
from monitor.detect.phrases import (
    alias,
    bare_comma,
    belongs,
    continues,
    described,
    heads_item,
    modifies,
    owns,
    placed,
    preposed,
    relation_to,
    shared_of,
    suffered,
    walled,
)
from monitor.detect.places import Place
from monitor.detect.voices import Told, auxiliary
from monitor.languages.pack import Side, Voice
from monitor.model import Act, Relation, Span

LIST_REACH: Final = 12  #: words between two names of one list, their roles and ages included
OBJECT_REACH: Final = (
    14  #: words between a verb and the name of its object: "arrested the deputy head of the teachers' union, …"
)
ADJECTIVE_REACH: Final = 3  #: words between a capitalised adjective and the name it describes ("Cuban lyricist X")
SUBJECT_REACH: Final = 30  #: words between a subject and its verb, appositions included
REMEMBERED: Final = 4  #: sentences a pronoun looks back

#: Acts that befall a house or an organisation and so may name one as what they befell.
_ON_HOUSES: Final = frozenset(
    {Act.RAID, Act.ORGANISATION_CLOSURE, Act.ATTACK, Act.SMEAR, Act.THREAT, Act.CHARGE, Act.SURVEILLANCE}
)


@dataclass(frozen=True, slots=True)
class Victim:
    """One person an act befell. relation: what they are to the named, when the name is not their own. meant: the full name elsewhere."""

    span: Span
    relation: Relation = Relation.SELF
    meant: Span | None = None


@dataclass(slots=True)
class Memory:
    """Who has been spoken of so far, for pronouns and surnames. full: surname or given name → the first full name that holds it."""

    full: dict[str, Span] = field(default_factory=dict)
    last: tuple[Span, ...] = ()
    at: int = -REMEMBERED - 1

    def recall(self, sentence: int) -> tuple[Span, ...]:
        """Whom a pronoun in this sentence stands for; nobody when the last name is too far back."""
        return self.last if sentence - self.at <= REMEMBERED else ()

    def note(self, spans: Sequence[Span], sentence: int) -> None:
        """Remember whom the text speaks of now."""
        if spans:
            self.last, self.at = tuple(spans), sentence


def victims(page: Page, told: Told, sentence: Place, memory: Memory, number: int) -> tuple[Victim, ...]:
    """Whom the act befell, as far as the text names them; empty for groups without a name. number: of the sentence, for the memory."""
    side = told.trigger.victim
    inside = [s for s in page.spoken_of(told.place.start + 1, told.place.end) if s.who in {Who.NAME, Who.PRONOUN}]
    if inside and told.voice is not Voice.PASSIVE:
        found = inside[:1]
    elif told.voice is Voice.NOMINAL:
        found = _of_noun(page, told, sentence)
    elif side is Side.BEFORE or (side is None and told.voice in {Voice.PASSIVE, Voice.STATIVE}):
        found = _subject(page, _subject_end(page, told, sentence), sentence, told.trigger.act)
        if told.bare and not page.spoken_of(sentence.start, told.place.start):
            found = _object(page, told.place.end, sentence, told.trigger.act)
    else:
        found = _object(page, told.place.end, sentence, told.trigger.act)
    if not found or (found[-1].who is Who.NAME and not _is_subject(page, told, found[-1])):
        found = [*found, *(s for s in _named_group(page, told, sentence) if s not in found)]
    return tuple(v for somebody in found for v in _resolved(page, somebody, memory, number))


def _subject_end(page: Page, told: Told, sentence: Place) -> int:
    """Where the subject of a passive or a state ends: before its auxiliary, or before "after being", whose subject is that of the main clause."""
    stop = auxiliary(page, told.place, sentence) if told.voice is Voice.PASSIVE else None
    if stop is None:
        return told.place.start
    n = page.scan.word_at(stop.start) - 1
    opens = n >= 0 and page.scan.words[n] > sentence.start and page.scan.of("breaks").at(page.scan.words[n]) is not None
    return page.scan.words[n] if opens else stop.start


def _is_subject(page: Page, told: Told, one: Somebody) -> bool:
    return one.end <= told.place.start and not page.has("listing", told.place.end, told.place.end + 200)


def _named_group(page: Page, told: Told, sentence: Place) -> list[Somebody]:
    """The names of a group given further on: "nine others, including X and Y", "among those arrested were X; Y"."""
    start = next((c.end for c in page.scan.of("listing").within(told.place.start, sentence.end)), None)
    if (
        start is None
        and told.voice in {Voice.PASSIVE, Voice.PARTICIPLE, Voice.STATIVE}
        and (
            page.has("inverting", sentence.start, told.place.start)
            or not page.spoken_of(sentence.start, told.place.start)
        )
    ):
        start = next((a.end for a in page.scan.of("auxiliaries").within(told.place.end, sentence.end)), None)
        if start is not None and page.spoken_of(told.place.end, start):
            start = None
    return items(page, start, sentence) if start is not None else []


def items(page: Page, start: int, sentence: Place) -> list[Somebody]:
    """The names that head the items of a list: after a comma, semicolon or conjunction, roles and titles stepped over."""
    out: list[Somebody] = []
    last = start
    for one in page.spoken_of(start, sentence.end):
        if (
            page.scan.apart(last, one.start) > LIST_REACH * 2
            or page.has("breaks", last, one.start)
            or page.has("speech", last, one.start)
        ):
            break
        if one.who is not Who.NAME or modifies(page, one) or placed(page, one):
            continue
        if out and not out[-1].sure and one.sure and page.scan.apart(last, one.start) <= ADJECTIVE_REACH:
            out[-1], last = one, one.end
            continue
        goes_on = bool(out) and (continues(page, last, one.start) or (one.sure and heads_item(page, one)))
        if (not out and one.sure) or (goes_on and (one.sure or page.scan.apart(last, one.start) <= 1)):
            out.append(one)
            last = one.end
    return out


def _subject(page: Page, anchor: int, sentence: Place, act: Act) -> list[Somebody]:
    """The names in the subject before a verb, nearest first found, its list completed leftwards."""
    before = page.spoken_of(sentence.start, anchor)
    told_of = False
    for i in range(len(before) - 1, -1, -1):
        one = before[i]
        if page.scan.apart(one.end, anchor) > SUBJECT_REACH or walled(page, one.end, anchor):
            return []
        if one.who is Who.PRONOUN and page.scan.of("relative").at(one.start):
            told_of = told_of or page.scan.apart(one.end, anchor) <= 1
            continue
        if owns(page, one) and act not in _ON_HOUSES and not relation_to(page, one):
            continue
        if preposed(page, one, sentence.start) and not relation_to(page, one) and not (told_of and one.who is Who.NAME):
            continue
        if not one.sure and i and placed(page, before[i - 1]) and bare_comma(page, before[i - 1], one):
            continue
        if one.who is Who.NAME and not told_of and suffered(page, one, sentence):
            continue
        if one.who is Who.ACTOR:
            return []
        if one.who is Who.ORGANISATION:
            if act in _ON_HOUSES and page.scan.apart(one.end, anchor) <= 2:
                return [one]
            continue
        if one.who is Who.GROUP:
            if i and relation_to(page, before[i - 1]) and page.scan.apart(before[i - 1].end, one.start) <= 2:
                return [before[i - 1]]
            named = _apposed(page, before, i, told_of=told_of)
            return [*_listed_before(page, before, named, sentence.start), before[named]] if named is not None else []
        if one.who is Who.NAME and ((not one.sure and not _beside(page, one, anchor)) or modifies(page, one)):
            continue
        if i and alias(page, before[i - 1], one):
            return [*_listed_before(page, before, i - 1, sentence.start), before[i - 1], one]
        return [*_listed_before(page, before, i, sentence.start), one]
    return []


def _object(page: Page, anchor: int, sentence: Place, act: Act) -> list[Somebody]:
    """The names in the object after a verb or after "of", with the list they begin."""
    out: list[Somebody] = []
    end = anchor
    for one in page.spoken_of(anchor, sentence.end):
        if page.scan.apart(end, one.start) > (LIST_REACH if out else OBJECT_REACH) or _stopped(
            page, end, one.start, started=bool(out)
        ):
            break
        if one.who is Who.NAME and (modifies(page, one) or (not out and belongs(page, one, anchor))):
            continue
        if page.scan.triggers_after(end, one.start) and suffered(page, one, sentence):
            break
        if out and not continues(page, end, one.start):
            if one.who is not Who.NAME:
                continue
            if not out[-1].sure and page.scan.apart(end, one.start) <= ADJECTIVE_REACH:
                out[-1], end = one, one.end
                continue
            break
        if one.who is Who.NAME and not placed(page, one):
            out.append(one)
            end = one.end
        elif (one.who is Who.ORGANISATION and act in _ON_HOUSES and not out) or (
            one.who is Who.PRONOUN and not out and page.scan.of("relative").at(one.start) is None
        ):
            out.append(one)
            break
    return out


def _of_noun(page: Page, told: Told, sentence: Place) -> list[Somebody]:
    """Whom a noun tells of: after "of", before "'s", or the owner meant by "his"."""
    place = told.place
    n = page.scan.word_at(place.end - 1)
    inner = page.scan.words[n]
    following = page.scan.words[n + 1] if n + 1 < len(page.scan.words) else len(page.scan.text)
    if told.trigger.victim is not Side.BEFORE:
        closes = inner > place.start and any(page.scan.of(c).at(inner) for c in ("of", "prepositions"))
        if closes:
            return _object(page, place.end, sentence, told.trigger.act)
        if following < sentence.end and page.scan.of("of").at(following) is not None:
            return _object(page, following + 1, sentence, told.trigger.act)
        if following < sentence.end and (later := shared_of(page, following, sentence)) is not None:
            return _object(page, later, sentence, told.trigger.act)
        if told.trigger.victim is Side.AFTER:
            return _object(page, place.end, sentence, told.trigger.act)
    before = [s for s in page.spoken_of(sentence.start, place.start) if page.scan.apart(s.end, place.start) <= 4]
    for one in reversed(before):
        if one.who is Who.NAME and (owns(page, one) or told.trigger.victim is Side.BEFORE):
            return [one]
    owner = next(iter(page.scan.of("possessives").within(max(sentence.start, place.start - 30), place.start)), None)
    if owner is not None and page.scan.apart(owner.end, place.start) <= 2:
        return [Somebody(owner.start, owner.end, Who.PRONOUN)]
    return []


def _stopped(page: Page, start: int, end: int, *, started: bool) -> bool:
    """Whether the object has ended: another clause, a speaker, the doer, or a phrase of reason or manner."""
    if ";" in page.form.text[start:end] or any(page.has(c, start, end) for c in ("breaks", "by", "speech")):
        return True
    if any(not _of_time(page, p) for p in page.scan.of("prepositions").within(start, end)):
        return True
    return started and page.has("auxiliaries", start, end)


def _of_time(page: Page, preposition: Place) -> bool:
    """Whether a preposition only opens a day ("arrested on Monday the lawyer …")."""
    n = page.scan.word_at(preposition.end - 1) + 1
    if n >= len(page.scan.words):
        return False
    start = page.scan.words[n]
    return page.scan.text[start].isdigit() or any(page.scan.of(f"weekday {d}").at(start) for d in range(1, 8))


def _listed_before(page: Page, before: Sequence[Somebody], i: int, start: int) -> list[Somebody]:
    """The names that stand in one list with before[i], in order."""
    out: list[Somebody] = []
    right = before[i]
    for k in range(i - 1, -1, -1):
        one = before[k]
        if page.scan.apart(one.end, right.start) > LIST_REACH or any(
            page.has(c, one.end, right.start) for c in ("breaks", "speech", "auxiliaries", "by")
        ):
            break
        if one.who is not Who.NAME:
            if one.who in {Who.ACTOR, Who.PRONOUN}:
                break
            continue
        if placed(page, one) or (not one.sure and not continues(page, one.end, right.start)):
            continue
        if not continues(page, one.end, right.start) or preposed(page, one, start) or relation_to(page, one):
            break
        if not page.has("conjunctions", one.end, before[i].start) and not bare_comma(page, one, right):
            break
        out.insert(0, one)
        right = one
    return out


def _apposed(page: Page, before: Sequence[Somebody], i: int, *, told_of: bool) -> int | None:
    """Which of them is the name a role belongs to: "X, a lawyer, was …", "X and other activists were …", "X is one of the activists …"."""
    for k in range(i - 1, -1, -1):
        one = before[k]
        if page.scan.apart(one.end, before[i].start) > SUBJECT_REACH or walled(page, one.end, before[i].start):
            return None
        if one.who is Who.NAME and (told_of or not preposed(page, one, 0)) and not placed(page, one):
            verb = page.has("auxiliaries", one.end, before[i].start)
            joined = (
                page.has("inverting", one.end, before[i].start) if verb else continues(page, one.end, before[i].start)
            )
            return k if joined else None
        if one.who in {Who.ACTOR, Who.PRONOUN}:
            return None
    return None


def _beside(page: Page, one: Somebody, anchor: int) -> bool:
    return page.scan.apart(one.end, anchor) <= 2 and not placed(page, one) and not described(page, one)


def _speaking(page: Page, pronoun: Somebody) -> list[Somebody]:
    """Who tells of themselves when nobody was spoken of before: "X and Y said they were beaten"."""
    sentence = page.sentence(pronoun.start)
    speech = next(iter(page.scan.of("speech").within(sentence.start, pronoun.start)), None)
    if speech is None:
        return []
    return [
        s
        for s in page.spoken_of(sentence.start, speech.start)
        if s.who is Who.NAME and s.sure and not relation_to(page, s)
    ]


def _resolved(page: Page, one: Somebody, memory: Memory, number: int) -> list[Victim]:
    """The victim as a span; a pronoun becomes whom it stands for, a lone surname also its full name."""
    span = page.span(one.start, one.end)
    if one.who is Who.PRONOUN:
        meant = memory.recall(number) or tuple(page.span(s.start, s.end) for s in _speaking(page, one))
        return [Victim(s) for s in meant]
    relation = relation_to(page, one) or Relation.SELF
    full = memory.full.get(page.scan.text[one.start : one.end].strip())
    return [Victim(span, relation, full if full != span else None)]
