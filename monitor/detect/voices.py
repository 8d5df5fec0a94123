"""A trigger in its sentence → how it tells the act: the victim before it, after it, or an adjective, a noun or a mere state."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from monitor.detect.page import Page, Who
from monitor.detect.places import Place
from monitor.languages.pack import Trigger, Voice

AUXILIARY_REACH: Final = 4  #: words between an auxiliary and its participle: "was on Friday reportedly again arrested"
AUXILIARY_CHARS: Final = 90  #: the same in characters, to look no further
MAX_CHAIN: Final = 3  #: participles one auxiliary may carry ("was stopped, beaten and arrested")
CHAIN_CHARS: Final = 120  #: characters between two participles of such a chain
ACTOR_REACH: Final = 3  #: words between the doer and a bare verb in a headline: "police in Minsk arrest"
NOUN_PHRASE_REACH: Final = 2  #: words between an adjective and its noun

#: What stands after a participle when no object follows it.
_NO_NOUN: Final = ("prepositions", "place_before", "by", "date_before", "of", "conjunctions", "breaks", "auxiliaries")


@dataclass(frozen=True, slots=True)
class Told:
    """A trigger as its sentence tells it. attributive: an adjective ("the jailed blogger"). bare: a participle without auxiliary."""

    place: Place
    trigger: Trigger
    voice: Voice
    attributive: bool = False
    bare: bool = False


def tell(page: Page, place: Place, choices: list[Trigger], sentence: Place) -> Told:
    """Which of the voices a phrase is listed under is meant here."""
    by_voice = {t.voice: t for t in reversed(choices)}
    if Voice.PARTICIPLE in by_voice and not (Voice.ACTIVE in by_voice and _subject_acts(page, place, sentence)):
        return _participle(page, place, by_voice[Voice.PARTICIPLE], sentence)
    if Voice.BASE in by_voice and _bare_verb(page, place, sentence, nominal=Voice.NOMINAL in by_voice):
        acting = _actor_beside(page, place, sentence) and not _infinitive(page, place, sentence)
        return Told(place, by_voice[Voice.BASE], Voice.ACTIVE if acting else Voice.BASE)
    if Voice.ACTIVE in by_voice and Voice.NOMINAL in by_voice and not _verb_like(page, place, sentence):
        return Told(place, by_voice[Voice.NOMINAL], Voice.NOMINAL)
    if Voice.ACTIVE in by_voice and (_doer_follows(page, place, sentence) or _actor_beside(page, place, sentence)):
        return Told(place, by_voice[Voice.ACTIVE], Voice.ACTIVE)
    if Voice.ACTIVE in by_voice and _infinitive(page, place, sentence):
        return Told(place, by_voice[Voice.ACTIVE], Voice.BASE)
    for voice in (Voice.PASSIVE, Voice.ACTIVE, Voice.NOMINAL, Voice.STATIVE, Voice.GERUND, Voice.BASE):
        if voice in by_voice:
            return Told(place, by_voice[voice], voice)
    return Told(place, choices[0], choices[0].voice)


def _participle(page: Page, place: Place, trigger: Trigger, sentence: Place) -> Told:
    after = page.word_after(place.end) if place.end < sentence.end else ""
    if _auxiliary_before(page, place, sentence) is not None:
        return Told(place, trigger, Voice.PASSIVE)
    if _begins(page, "by", place.end, sentence):
        return Told(place, trigger, Voice.PASSIVE, bare=True)
    if _doer_follows(page, place, sentence) or _doer_acts_on(page, place, sentence):
        return Told(place, trigger, Voice.ACTIVE)
    object_follows = bool(after) and _noun_phrase(page, place.end, sentence)
    if bool(after) and _adjective(page, place, sentence) and (object_follows or _noun_follows(page, place, sentence)):
        return Told(place, trigger, Voice.PARTICIPLE, attributive=True)
    if object_follows:
        return Told(place, trigger, Voice.ACTIVE)
    return Told(place, trigger, Voice.PASSIVE, bare=True)


def _auxiliary_before(page: Page, place: Place, sentence: Place, chain: int = MAX_CHAIN) -> Place | None:
    """The auxiliary that makes a participle passive, also of a chain ("was arrested on Monday and charged"); none across a doer."""
    scan = page.scan
    for aux in reversed(scan.of("auxiliaries").within(max(sentence.start, place.start - AUXILIARY_CHARS), place.start)):
        if scan.apart(aux.end, place.start) > AUXILIARY_REACH:
            break
        between = page.spoken_of(aux.end, place.start)
        if (
            not any(s.who in {Who.NAME, Who.ACTOR} for s in between)
            and ";" not in page.form.text[aux.end : place.start]
        ):
            return aux
    n = scan.word_at(place.start - 1) if place.start > sentence.start else -1
    if chain and n >= 0 and scan.words[n] > sentence.start and scan.of("conjunctions").at(scan.words[n]) is not None:
        earlier = scan.triggers_after(max(sentence.start, place.start - CHAIN_CHARS), scan.words[n])
        if (
            earlier
            and not page.has("breaks", earlier[-1][0].end, place.start)
            and earlier[-1][1].voice is Voice.PARTICIPLE
        ):
            return _auxiliary_before(page, earlier[-1][0], sentence, chain - 1)
    return None


def auxiliary(page: Page, place: Place, sentence: Place) -> Place | None:
    """The auxiliary before a passive trigger, where its subject ends."""
    return _auxiliary_before(page, place, sentence)


def _doer_follows(page: Page, place: Place, sentence: Place) -> bool:
    """Whether the doer stands right after the verb, as where the verb comes first ("اعتقلت الشرطة …")."""
    after = page.spoken_of(place.end, min(sentence.end, place.end + 20))
    return (
        bool(after)
        and after[0].who is Who.ACTOR
        and page.scan.apart(place.end, after[0].start) == 0
        and not _adjective(page, place, sentence)
    )


def _doer_acts_on(page: Page, place: Place, sentence: Place) -> bool:
    """Whether the doer stands right before and an aside between commas parts the verb from its object."""
    return (
        page.form.text[place.end : place.end + 1] == ","
        and _actor_beside(page, place, sentence)
        and any(s.who in {Who.NAME, Who.GROUP} for s in page.spoken_of(place.end, min(sentence.end, place.end + 80)))
    )


def _begins(page: Page, cue: str, point: int, sentence: Place) -> bool:
    n = page.scan.word_at(point) + 1
    start = page.scan.words[n] if n < len(page.scan.words) else len(page.scan.text)
    return start < sentence.end and page.scan.of(cue).at(start) is not None


def _noun_phrase(page: Page, point: int, sentence: Place) -> bool:
    """Whether the words after a point begin a noun phrase: an article, a number, a name, a role, a pronoun."""
    n = page.scan.word_at(point - 1) + 1
    if n >= len(page.scan.words) or page.scan.words[n] >= sentence.end:
        return False
    start = page.scan.words[n]
    if page.form.text[point:start].strip() not in {"", '"', "“", "'", "[", "*", "**"}:
        return False
    if any(
        page.scan.of(cue).at(start)
        for cue in _NO_NOUN
        if cue != "prepositions" or not page.scan.of("attributive").at(start)
    ):
        return False
    word = page.scan.text[start : page.scan.word_ends[n]]
    if word[0].isdigit() or word in page.pack.time.numbers:
        return True
    if any(page.scan.of(cue).at(start) for cue in ("attributive", "possessives", "people", "roles")):
        return True
    if (pronoun := page.scan.of("pronouns").at(start)) is not None:
        return page.scan.of("relative").at(pronoun.start) is None
    near = page.spoken_of(start, min(sentence.end, start + 30))
    wanted = {Who.NAME, Who.GROUP, Who.ORGANISATION}
    return any(s.who in wanted and page.scan.apart(start, s.start) <= 1 for s in near)


def _adjective(page: Page, place: Place, sentence: Place) -> bool:
    """Whether an article, a preposition or a possessive stands right before the participle."""
    n = page.scan.word_at(place.start - 1)
    if n < 0 or place.start == sentence.start or page.scan.words[n] < sentence.start:
        return False
    start, end = page.scan.words[n], page.scan.word_ends[n]
    if page.form.text[end : place.start].strip(" [(*\"“'"):
        return False
    return any(
        page.scan.of(cue).at(start) for cue in ("attributive", "of", "possessives", "prepositions", "possessors")
    )


def _noun_follows(page: Page, place: Place, sentence: Place) -> bool:
    """Whether a plain word follows directly, which an adjective describes: neither a preposition nor a mark."""
    n = page.scan.word_at(place.end - 1) + 1
    start = page.scan.words[n] if n < len(page.scan.words) else sentence.end
    if start >= sentence.end or page.form.text[place.end : start] != " ":
        return False
    return not any(page.scan.of(cue).at(start) for cue in _NO_NOUN)


def _verb_like(page: Page, place: Place, sentence: Place) -> bool:
    """Whether a form that may be a noun has a subject before it and an object after it."""
    before = page.spoken_of(max(sentence.start, place.start - 60), place.start)
    subject = bool(before) and before[-1].who is not Who.GROUP and page.scan.apart(before[-1].end, place.start) <= 1
    return subject and _noun_phrase(page, place.end, sentence)


def _subject_acts(page: Page, place: Place, sentence: Place) -> bool:
    return _actor_beside(page, place, sentence) and _auxiliary_before(page, place, sentence) is None


def _actor_beside(page: Page, place: Place, sentence: Place) -> bool:
    """Whether the doer stands right before the verb."""
    before = page.spoken_of(max(sentence.start, place.start - 60), place.start)
    return bool(before) and before[-1].who is Who.ACTOR and page.scan.apart(before[-1].end, place.start) <= ACTOR_REACH


def _infinitive(page: Page, place: Place, sentence: Place) -> bool:
    """Whether "to" or a modal verb stands right before."""
    n = page.scan.word_at(place.start - 1) if place.start > sentence.start else -1
    return (
        n >= 0
        and page.scan.words[n] >= sentence.start
        and page.scan.of("infinitive").at(page.scan.words[n]) is not None
    )


def _bare_verb(page: Page, place: Place, sentence: Place, *, nominal: bool) -> bool:
    """Whether a bare form is a verb here rather than a noun."""
    n = page.scan.word_at(place.start - 1) if place.start > sentence.start else -1
    if (
        n >= 0
        and page.scan.words[n] >= sentence.start
        and page.scan.of("infinitive").at(page.scan.words[n]) is not None
    ):
        return True
    if not nominal:
        return True
    if _begins(page, "of", place.end, sentence) or _adjective(page, place, sentence):
        return False
    return _actor_beside(page, place, sentence) and (
        _noun_phrase(page, place.end, sentence) or _noun_follows(page, place, sentence)
    )
