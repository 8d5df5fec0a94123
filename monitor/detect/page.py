"""One field of an article, prepared for reading: its canonical spelling, cues, sentences, and everybody it speaks of, in order."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from monitor.detect.lexicon import lexicon
from monitor.detect.people import Kind, Name, names
from monitor.detect.places import Place, Places, Scan
from monitor.languages.pack import LanguagePack
from monitor.model import Span
from monitor.text.normalize import Normalized, normalize
from monitor.text.sentences import split


class Who(StrEnum):
    """What sort of somebody a stretch of text stands for."""

    NAME = "name"
    ORGANISATION = "organisation"
    GROUP = "group"
    PRONOUN = "pronoun"
    ACTOR = "actor"


@dataclass(frozen=True, slots=True)
class Somebody:
    """Somebody a sentence speaks of. sure: a full, titled or listed name rather than one capitalised word."""

    start: int
    end: int
    who: Who
    sure: bool = True


@dataclass(slots=True)
class Page:
    """One field, prepared. sentences: canonical places, sorted. people: names as found."""

    field: str
    text: str
    pack: LanguagePack
    form: Normalized
    scan: Scan
    sentences: list[Place]
    names: list[Name]
    everybody: list[Somebody]
    _starts: list[int]
    _name_starts: list[int]
    _numbers: dict[int, int]
    _sentence_starts: list[int]

    def number(self, sentence: Place) -> int:
        """Which sentence this is, counted from 0."""
        return self._numbers[sentence.start]

    def named(self, start: int, end: int) -> list[Name]:
        """The names that begin between two points."""
        return self.names[bisect_left(self._name_starts, start) : bisect_left(self._name_starts, end)]

    def sentence(self, point: int) -> Place:
        """The sentence a point lies in."""
        return self.sentences[max(bisect_right(self._sentence_starts, point) - 1, 0)]

    def spoken_of(self, start: int, end: int) -> list[Somebody]:
        """Everybody named or meant between two points, in order."""
        return self.everybody[bisect_left(self._starts, start) : bisect_left(self._starts, end)]

    def span(self, start: int, end: int) -> Span:
        """The stretch of the field as received behind a stretch of the canonical text."""
        first, last = self.form.back(start, end)
        return Span(self.field, first, last)

    def canonical(self, point: int) -> int:
        """Where a code point of the field as received stands in the canonical text."""
        return _canonical(self.form, point)

    def word_before(self, point: int) -> str:
        """The word that ends last before a point, within the same run of text; empty at the beginning."""
        n = bisect_left(self.scan.words, point) - 1
        return self.scan.text[self.scan.words[n] : self.scan.word_ends[n]] if n >= 0 else ""

    def word_after(self, point: int) -> str:
        """The word that begins first at or after a point; empty at the end."""
        n = bisect_left(self.scan.words, point)
        return self.scan.text[self.scan.words[n] : self.scan.word_ends[n]] if n < len(self.scan.words) else ""

    def has(self, cue: str, start: int, end: int) -> bool:
        """Whether a cue of this class lies between two points."""
        return bool(self.scan.of(cue).within(start, end))


def prepare(field: str, text: str, pack: LanguagePack, listed: Sequence[Span]) -> Page:
    """A field, read once: what every later question is asked of."""
    form = normalize(text)
    scan = lexicon(pack).scan(form.text)
    known = [(_canonical(form, s.start), _canonical(form, s.end)) for s in listed if s.field == field]
    known = _apart(known)
    found = [n for n in names(text, form, scan, pack, known) if n.kind is not Kind.SINGLE or not _a_word(scan, n)]
    _without_months(text, form, scan, pack)
    sentences = [Place(_canonical(form, a), _canonical(form, b)) for a, b in split(text, pack.code)] or [
        Place(0, len(form.text))
    ]
    everybody = _everybody(scan, found)
    return Page(
        field, text, pack, form, scan, sentences, found, everybody,
        [s.start for s in everybody], [n.start for n in found], {s.start: n for n, s in enumerate(sentences)},
        [s.start for s in sentences],
    )  # fmt: skip


def _apart(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Names once each, of overlapping ones the longest: two entries of a list may fit the same words."""
    out: list[tuple[int, int]] = []
    for start, end in sorted(set(places), key=lambda p: (p[0] - p[1], p)):
        if start < end and all(end <= a or b <= start for a, b in out):
            out.append((start, end))
    return out


def _canonical(form: Normalized, point: int) -> int:
    return point if isinstance(form.offsets, range) else bisect_left(form.offsets, point)


def _without_months(text: str, form: Normalized, scan: Scan, pack: LanguagePack) -> None:
    """Takes a capitalised month out of the protests ("in March")."""
    months = {word.casefold() for word in pack.time.months}
    places = scan.of("protest")
    kept = [
        Place(a, b)
        for a, b in zip(places.starts, places.ends, strict=True)
        if scan.text[a:b] not in months or not text[form.offsets[a]].isupper() or a == 0
    ]
    if len(kept) < len(places):
        scan.cues["protest"] = Places(kept)


def _a_word(scan: Scan, name: Name) -> bool:
    """Whether one capitalised word is a word of the language rather than a name ("Gendarmes detained …")."""
    return any(
        (place := scan.of(cue).at(name.start)) is not None and place.end >= name.end
        for cue in ("state", "court", "armed", "people", "roles", "pronouns", "protest", "crime", "speech", "breaks")
    )


def _everybody(scan: Scan, found: list[Name]) -> list[Somebody]:
    """Names, groups, pronouns and actors in order; a name wins over the words inside it."""
    out = [
        Somebody(
            n.start,
            n.end,
            Who.ORGANISATION if n.kind is Kind.ORGANISATION else Who.NAME,
            n.kind is not Kind.SINGLE or n.titled,
        )
        for n in found
    ]
    inside = [(s.start, s.end) for s in out]
    starts = [a for a, _ in inside]
    for cue, who in (
        ("state", Who.ACTOR), ("court", Who.ACTOR), ("armed", Who.ACTOR), ("people", Who.GROUP), ("roles", Who.GROUP), ("pronouns", Who.PRONOUN),
    ):  # fmt: skip
        places = scan.of(cue)
        for start, end in zip(places.starts, places.ends, strict=True):
            i = bisect_right(starts, start) - 1
            if i < 0 or inside[i][1] <= start:
                out.append(Somebody(start, end, who))
    return sorted(out, key=lambda s: (s.start, s.end))
