"""The fields of an article → the people it names who are not on the list, each once: who else was taken, who spoke, who is accused.

A run of capitalised words may as well be a place, an office, a newspaper or a headline, so each name is weighed over all its places in
the article: a title before it, words of speech after it, an age, a surname that comes back alone, a list it stands in with a person, being
the one something befell speak for a person; an article, a place word, an ordinary word inside it, standing only in a headline speak against.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Final

from monitor.detect.caseless import cued
from monitor.detect.lexicon import plain
from monitor.detect.nameless import ABSTRACT, ARTICLES, PEOPLES, PLACES
from monitor.detect.page import Page
from monitor.detect.people import Kind, Name
from monitor.detect.phrases import continues
from monitor.languages.pack import LanguagePack
from monitor.model import Event, Span
from monitor.text.normalize import normalize

TITLED: Final = 3  #: points of a title or role before the name
BEFELL: Final = 3  #: of being the one an event befell
SPOKEN: Final = 2  #: of words of speech beside it
AGED: Final = 3  #: of an age after it
RETURNS: Final = 2  #: of its last word standing alone elsewhere
LISTED: Final = 2  #: of standing in a list with a person
OWNED: Final = -3  #: of an article before it
OPENED: Final = -2  #: of a word before it that opens a place
ORDINARY: Final = -3  #: of a word in it that is no name: of the language, or written small elsewhere in the article
PLACE: Final = -4  #: of a word in it that names a place
HEADLINE: Final = -2  #: of standing only where every word has a capital
NEEDED: Final = 0  #: points a full name needs
NEEDED_SINGLE: Final = 3  #: points one word needs
LONGEST: Final = 5  #: words of a name without a title; longer runs are seldom people
SPEECH_REACH: Final = 1  #: words between a name and a word of speech
HEADLINE_SHARE: Final = 0.6  #: share of words with a capital above which a field is a headline in capitals
MIN_WORD: Final = 4  #: letters of a word that has no capital in an ordinary sentence, but has one in such a headline
_VOWELS: Final = frozenset("AEIOUYÁÉÍÓÚÀÈÂÊÎÔÛÄËÏÖÜАЕЁИОУЫЭЮЯІЇЄ")
ROUNDS: Final = 3  #: times the lists are gone through, so that a person makes persons of those beside them


@dataclass(slots=True)
class _Group:
    """One name with all its places. spoken: as it reads; written: as it stands first. points: what speaks for its being a person, less what speaks against."""

    spoken: str
    written: str
    first: tuple[Page, Name]
    points: int = 0
    places: list[tuple[Page, Name]] = field(default_factory=list)


def unlisted(pages: Sequence[Page], listed: Sequence[Span], events: Sequence[Event] = ()) -> tuple[Span, ...]:
    """People named who are not on the list, each once, in the order of the article. listed: spans that are already somebody on it."""
    out: list[Span] = []
    victims = {span for event in events for span in event.victims}
    lower = {word for page in pages for word in _written_small(page)}
    groups = _groups(pages, listed, lower)
    alone = {page.scan.text[n.start : n.end] for page in pages for n in page.names if n.kind is Kind.SINGLE}
    capitals = {page.field: _capitals(page) for page in pages}
    for group in groups.values():
        group.points = _weighed(group, victims, lower, alone, capitals)
    _together(pages, groups)
    kept = [g for g in groups.values() if g.points >= (NEEDED if _several(g) else NEEDED_SINGLE)]
    full = {word for g in kept if _several(g) for word in g.spoken.split()}
    for group in kept:
        page, name = group.first
        if _several(group) or group.spoken not in full:
            out.append(page.span(name.start, name.end))
    for page in pages:
        out.extend(span for span in cued(page) if not any(span.overlaps(other) for other in (*listed, *out)))
    return tuple(_once(pages, sorted(out, key=lambda s: (s.field != "title", s.start))))


def _several(group: _Group) -> bool:
    """Whether a name is written as several words."""
    return len(group.written.split()) > 1


def _once(pages: Sequence[Page], spans: Iterable[Span]) -> Iterable[Span]:
    """Each name once, at its first place."""
    texts = {page.field: page.text for page in pages}
    seen: set[str] = set()
    for span in spans:
        written = " ".join(texts[span.field][span.start : span.end].casefold().split())
        if written not in seen:
            seen.add(written)
            yield span


def _groups(pages: Sequence[Page], listed: Sequence[Span], lower: set[str]) -> dict[str, _Group]:
    """The names that may be people, by how they read; text before title, so that a headline is not the first place."""
    groups: dict[str, _Group] = {}
    for page in sorted(pages, key=lambda p: p.field == "title"):
        for run in page.names:
            if run.kind not in {Kind.PERSON, Kind.SINGLE} or (run.kind is Kind.SINGLE and not run.titled):
                continue
            if any(page.span(run.start, run.end).overlaps(one) for one in listed):
                continue
            name = _begun(page, run, lower)
            spoken = page.scan.text[name.start : name.end].strip()
            if len(spoken.split()) > LONGEST and not name.titled:
                continue
            group = groups.setdefault(
                spoken, _Group(spoken, page.text[slice(*page.form.back(name.start, name.end))], (page, name))
            )
            group.places.append((page, name))
    return groups


def _begun(page: Page, name: Name, lower: set[str]) -> Name:
    """The name without a country or a word of the language before it ("Will Dara Sok be tried?", "Friend Dara Sok"); two words stay."""
    n, last = page.scan.word_at(name.start), page.scan.word_at(name.end - 1)
    while last - n > 1:
        first = page.scan.text[page.scan.words[n] : page.scan.word_ends[n]]
        known = len(first) >= MIN_WORD and (first in lower or first in PLACES)
        if not known and not _opens(page, n, first):
            break
        n += 1
    return Name(page.scan.words[n], name.end, name.kind, name.titled)


def _opens(page: Page, n: int, word: str) -> bool:
    """Whether a word only has its capital because it opens its sentence: an article, a preposition, a conjunction of the language."""
    if page.form.text[page.sentence(page.scan.words[n]).start : page.scan.words[n]].strip(" \"'“”‘•-*("):
        return False
    return word in ARTICLES.get(page.pack.code, frozenset()) or word in _grammar(page.pack)


def _weighed(
    group: _Group,
    victims: set[Span],
    lower: set[str],
    alone: set[str],
    capitals: dict[str, dict[int, tuple[int, int]]],
) -> int:
    """The points of one name over all its places; each kind of evidence counts once."""
    found: set[int] = set()
    points = 0
    words = group.spoken.split()
    for page, name in group.places:
        found.update(_around(page, name))
        if page.span(name.start, name.end) in victims:
            points = BEFELL
    points += sum(found)
    if len(words) > 1 and words[-1] in alone:
        points += RETURNS
    page = group.first[0]
    if any(map(_acronym, group.written.replace("-", " ").split())):
        points += ORDINARY
    if any(
        word in lower or word in _ordinary(page.pack)
        for word in words
        if len(word) > 1 and word not in _particles(page.pack)
    ):
        points += ORDINARY
    if any(word.endswith(ABSTRACT) for word in words):
        points += ORDINARY
    if any(word in PLACES or (word.endswith(PEOPLES) and words.index(word)) for word in words):
        points += PLACE
    if group.written.isupper() or all(_headline(p, n, capitals[p.field]) for p, n in group.places):
        points += HEADLINE
    return points


def _acronym(word: str) -> bool:
    """Whether a word is capitals that cannot be spoken, or capitals and figures: no part of a name, initials apart."""
    return len(word) > 1 and word.isupper() and "." not in word and (not _VOWELS & set(word) or not word.isalpha())


def _around(page: Page, name: Name) -> Iterable[int]:
    """What the words beside one place of a name say of it."""
    scan = page.scan
    if name.titled:
        yield TITLED
    n = scan.word_at(name.start)
    before = scan.text[scan.words[n - 1] : scan.word_ends[n - 1]] if n else ""
    near = n > 0 and page.form.text[scan.word_ends[n - 1] : name.start] == " "
    if near and before in ARTICLES.get(page.pack.code, frozenset()):
        yield OWNED
    if near and not name.titled and scan.of("place_before").ending(name.start) is not None:
        yield OPENED
    last = scan.word_at(name.end - 1)
    if _opens(page, n, scan.text[name.start : scan.word_ends[n]]):
        yield OWNED
    after = last + 1
    for k in (after, after + SPEECH_REACH):
        if (
            k < len(scan.words)
            and "." not in page.form.text[name.end : scan.words[k]]
            and scan.of("speech").at(scan.words[k])
        ):
            yield SPOKEN
    if n and near and scan.of("speech").at(scan.words[n - 1]):
        yield SPOKEN
    if after < len(scan.words):
        word = scan.text[scan.words[after] : scan.word_ends[after]]
        joined = page.form.text[name.end : scan.words[after]].strip()
        if joined in {",", "("} and word.isdigit() and len(word) == 2 and word > "09":
            yield AGED


def _together(pages: Sequence[Page], groups: dict[str, _Group]) -> None:
    """Gives points to names that stand in one list with a person, on the list or known from elsewhere."""
    lists: list[tuple[_Group | None, _Group | None]] = []
    for page in pages:
        people = [n for n in page.names if n.kind in {Kind.PERSON, Kind.LISTED, Kind.SINGLE}]
        for left, right in pairwise(people):
            if page.scan.apart(left.end, right.start) <= 2 and continues(page, left.end, right.start):
                pair = [groups.get(page.scan.text[n.start : n.end].strip()) for n in (left, right)]
                sure = [n.kind is Kind.LISTED for n in (left, right)]
                for k in (0, 1):
                    if sure[k] and (other := pair[1 - k]) is not None:
                        other.points += LISTED
                if pair[0] and pair[1]:
                    lists.append((pair[0], pair[1]))
    given: set[str] = set()
    for _ in range(ROUNDS):
        for left_group, right_group in lists:
            for known, other in ((left_group, right_group), (right_group, left_group)):
                if known and other and known.points >= TITLED and other.spoken not in given:
                    given.add(other.spoken)
                    other.points += LISTED


def _capitals(page: Page) -> dict[int, tuple[int, int]]:
    """For each sentence of a field, by its beginning, how many long words have a capital, and how many there are; the title is one sentence."""
    found: dict[int, tuple[int, int]] = {}
    for start, end in zip(page.scan.words, page.scan.word_ends, strict=True):
        if end - start >= MIN_WORD:
            at = 0 if page.field == "title" else page.sentence(start).start
            capitals, total = found.get(at, (0, 0))
            found[at] = capitals + page.text[page.form.offsets[start]].isupper(), total + 1
    return found


def _headline(page: Page, name: Name, capitals: dict[int, tuple[int, int]]) -> bool:
    """Whether a name stands where the other words have capitals as well, so that its own say nothing."""
    count, total = capitals.get(0 if page.field == "title" else page.sentence(name.start).start, (0, 0))
    first, last = page.scan.word_at(name.start), page.scan.word_at(name.end - 1)
    own = sum(page.scan.word_ends[k] - page.scan.words[k] >= MIN_WORD for k in range(first, last + 1))
    return total > own and (count - own) / (total - own) > HEADLINE_SHARE


def _written_small(page: Page) -> Iterable[str]:
    """The words a field writes without a capital, those inside names left out."""
    inside = {k for n in page.names for k in range(page.scan.word_at(n.start), page.scan.word_at(n.end - 1) + 1)}
    for k, (start, end) in enumerate(zip(page.scan.words, page.scan.word_ends, strict=True)):
        if k not in inside and not page.text[page.form.offsets[start]].isupper():
            yield page.scan.text[start:end]


@lru_cache(maxsize=256)
def _particles(pack: LanguagePack) -> frozenset[str]:
    return frozenset(plain(normalize(p).text) for p in pack.names.particles)


@lru_cache(maxsize=256)
def _grammar(pack: LanguagePack) -> frozenset[str]:
    """The small words of the language that may open a sentence."""
    g = pack.grammar
    phrases = (
        *g.prepositions,
        *g.breaks,
        *g.conjunctions,
        *g.relative,
        *g.pronouns,
        *g.possessives,
        *g.by,
        *pack.place_before,
    )
    return frozenset(
        plain(normalize(p).text).strip() for p in phrases if "*" not in p and "~" not in p and " " not in p
    )


@lru_cache(maxsize=256)
def _ordinary(pack: LanguagePack) -> frozenset[str]:
    """Words of the language that stand in no personal name: groups, courts, protests, months, numbers, what the pack says is never one."""
    time = (
        *(m for months in pack.time.all_months().values() for m in months),
        *pack.time.weekdays,
        *pack.time.days,
        *pack.time.numbers,
    )
    phrases = (
        *pack.names.never,
        *pack.names.people,
        *pack.names.organisations,
        *pack.court,
        *pack.protest,
        *pack.crime,
        *pack.repression,
        *time,
    )
    words = {w for p in phrases if "*" not in p and "~" not in p for w in plain(normalize(p).text).split()}
    return frozenset(w for w in words if len(w) > 2)
