"""A language pack, compiled: a canonical text → where every phrase of the pack stands in it, in one pass of one automaton."""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from ahocorasick_rs import AhoCorasick

from monitor.detect.places import Place, Places, Scan
from monitor.languages.pack import LanguagePack, Trigger
from monitor.text.normalize import normalize

GAP_WORDS: Final = 5  #: words `~` may stand for: "took the two young men into custody"
GAP_CHARS: Final = 30  #: the same in scripts without spaces
MAX_CLITICS: Final = 2  #: clitics in a row on one word ("and with the")
FORGOTTEN_CHARS: Final = 120  #: characters after which the rest of a phrase is no longer waited for

_SINGLE_WORDS: Final = frozenset(
    {"titles", "organisations", "particles", "never"}
)  #: asked of capitalised words only, one by one

Group = str | Trigger  #: what a phrase was listed under: a class of cues, or the trigger itself


@dataclass(frozen=True, slots=True)
class _Part:
    """One stretch of a phrase as the automaton looks for it. follows: 0 nothing, 1 the next word, 2 within a gap, to the part before."""

    phrase: int
    index: int
    follows: int
    open_left: bool
    open_right: bool
    extra: int


class Lexicon:
    """All phrases of one pack, ready to be looked for."""

    def __init__(self, pack: LanguagePack) -> None:
        self.pack = pack
        self._groups: list[list[Group]] = []
        self._last: list[int] = []
        self._parts: dict[str, list[_Part]] = {}
        self._prefixes = _combined(tuple(plain(p) for p in pack.prefixes))
        self._suffixes = frozenset(plain(s) for s in pack.suffixes)
        known: dict[str, int] = {}
        for phrase, group in _phrases(pack):
            if phrase in known:
                self._groups[known[phrase]].append(group)
            elif self._add(phrase):
                known[phrase] = len(self._groups)
                self._groups.append([group])
        self._literals = list(self._parts)
        number = {literal: n for n, literal in enumerate(self._literals)}
        self._wholes = [
            [g for p in self._parts[literal] if self._whole(literal, p) for g in self._groups[p.phrase]]
            for literal in self._literals
        ]
        self._firsts = [[p for p in self._parts[t] if not p.follows and not self._whole(t, p)] for t in self._literals]
        self._nexts = {(p.phrase, p.index): (number[t], p) for t in self._literals for p in self._parts[t] if p.follows}
        self._automaton = AhoCorasick(self._literals) if self._literals else None

    def _add(self, phrase: str) -> bool:
        """Lays down the parts of one phrase; False where nothing is left of it in the canonical spelling."""
        number = len(self._groups)
        parts: list[tuple[str, _Part]] = []
        for gap, stretch in enumerate(phrase.split("~")):
            pieces = _pieces(stretch, spaced=self.pack.spaced)
            for n, (literal, left, right, extra) in enumerate(pieces):
                follows = 0 if not parts else (1 if n else 2)
                parts.append((literal, _Part(number, len(parts), follows, left, right, extra)))
            if not pieces and gap == 0:
                return False
        if not parts:
            return False
        for literal, part in parts:
            self._parts.setdefault(self._key(literal, part), []).append(part)
        self._last.append(len(parts) - 1)
        return True

    def _key(self, literal: str, part: _Part) -> str:
        """What the automaton looks for: the words with blanks where a word must begin or end."""
        if not self.pack.spaced:
            return literal
        left = "" if part.open_left or self._prefixes else " "
        right = "" if part.open_right or self._suffixes else " "
        return f"{left}{literal}{right}"

    def _whole(self, literal: str, part: _Part) -> bool:
        """Whether a match of the literal is already the whole phrase: one part, blanks on both sides, nothing to grow."""
        alone = self._last[part.phrase] == 0 and not part.extra
        return alone and (not self.pack.spaced or (literal[0] == " " and literal[-1] == " "))

    def scan(self, canonical: str) -> Scan:
        """Find every phrase in a canonical text; a homonym hides what lies inside it, and of overlapping triggers the longest stands."""
        text = plain(canonical, strip=False)
        words, word_ends = _word_starts(text)
        scan = Scan(text, self.pack.spaced, words, word_ends)
        found: dict[Group, list[Place]] = {}
        waiting: dict[int, dict[int, tuple[_Part, Place]]] = {}
        if self._automaton is None:
            return scan
        for literal, start, end in self._automaton.find_matches_as_indexes(f" {text} ", overlapping=True):
            key = self._literals[literal]
            begin, finish = start - 1 + (key[0] == " "), end - 1 - (key[-1] == " ")
            for group in self._wholes[literal]:
                found.setdefault(group, []).append(Place(begin, finish))
            for part in self._firsts[literal]:
                if (place := self._fits(text, part, begin, finish, scan)) is not None:
                    self._go_on(part, place, waiting, found)
            if literal in waiting:
                self._follow(scan, waiting, literal, Place(begin, finish), found)
        return _settled(scan, found)

    def _go_on(
        self,
        part: _Part,
        place: Place,
        waiting: dict[int, dict[int, tuple[_Part, Place]]],
        found: dict[Group, list[Place]],
    ) -> None:
        """Counts a phrase as found once its last part is met; else waits for the next part."""
        if part.index == self._last[part.phrase]:
            for group in self._groups[part.phrase]:
                found.setdefault(group, []).append(place)
        else:
            literal, following = self._nexts[part.phrase, part.index + 1]
            waiting.setdefault(literal, {})[part.phrase] = (following, place)

    def _follow(
        self,
        scan: Scan,
        waiting: dict[int, dict[int, tuple[_Part, Place]]],
        literal: int,
        met: Place,
        found: dict[Group, list[Place]],
    ) -> None:
        """Joins a met part to the phrases that wait for it near by; those that have waited too long are forgotten."""
        held = waiting[literal]
        for phrase, (part, before) in list(held.items()):
            if met.start - before.end > FORGOTTEN_CHARS:
                del held[phrase]
            elif (
                before.end <= met.start and (place := self._fits(scan.text, part, met.start, met.end, scan)) is not None
            ) and self._near(scan, part.follows, before.end, place.start):
                self._go_on(part, Place(before.start, place.end), waiting, found)
        if not held:
            del waiting[literal]

    def _fits(self, text: str, part: _Part, start: int, end: int, scan: Scan) -> Place | None:
        """The place of a part, if it stands at edges of words as its phrase wants; grown to the edges where the phrase is open."""
        if not self.pack.spaced:
            return Place(start, end)
        word = scan.word_at(start)
        edge = scan.words[word]
        if edge != start:
            if not part.open_left and text[edge:start] not in self._prefixes:
                return None
            start = edge
        if end < len(text) and text[end] != " ":
            stop = text.find(" ", end)
            stop = len(text) if stop < 0 else stop
            if not part.open_right and text[end:stop] not in self._suffixes:
                return None
            end = stop
        if part.extra:
            last = scan.word_at(end - 1) + part.extra
            if last >= len(scan.words) or scan.words[last] - scan.word_ends[last - 1] > 1:
                return None
            end = scan.word_ends[last]
        return Place(start, end)

    def _near(self, scan: Scan, follows: int, end: int, start: int) -> bool:
        if follows == 1:
            return start - end <= 1
        if not self.pack.spaced:
            return start - end <= GAP_CHARS
        return scan.apart(end, start) <= GAP_WORDS


def _settled(scan: Scan, found: dict[Group, list[Place]]) -> Scan:
    hidden = Places(found.pop("homonyms", []))
    triggers: list[tuple[Place, Trigger]] = []
    for group, places in found.items():
        kept = (
            [p for p in dict.fromkeys(places) if not _inside(hidden, p, whole=isinstance(group, Trigger))]
            if hidden
            else list(dict.fromkeys(places))
        )
        if isinstance(group, Trigger):
            triggers += [(p, group) for p in kept]
        else:
            scan.cues[group] = Places(kept)
    triggers.sort(key=lambda t: (t[0].start - t[0].end, t[0].start))
    taken: set[Place] = set()
    occupied = bytearray(len(scan.text) + 1)
    for place, trigger in triggers:
        if place not in taken:
            if 1 in occupied[place.start : place.end]:
                continue
            taken.add(place)
            occupied[place.start : place.end] = b"\1" * (place.end - place.start)
        scan.triggers.append((place, trigger))
    scan.triggers.sort(key=lambda t: (t[0].start, t[0].end))
    return scan


def _inside(hidden: Places, place: Place, *, whole: bool) -> bool:
    """Whether a homonym holds this place. whole: also when it is the homonym itself."""
    i = bisect_right(hidden.starts, place.start) - 1
    return any(
        hidden.ends[k] >= place.end and (whole or hidden.ends[k] - hidden.starts[k] > place.end - place.start)
        for k in range(max(0, i - 2), i + 1)
    )


def _combined(prefixes: tuple[str, ...]) -> frozenset[str]:
    """Every run of up to MAX_CLITICS prefixes."""
    runs = {""}
    for _ in range(MAX_CLITICS):
        runs |= {a + b for a in runs for b in prefixes}
    return frozenset(runs - {""})


def _phrases(pack: LanguagePack) -> list[tuple[str, Group]]:
    out: list[tuple[str, Group]] = [(p, t) for t in pack.triggers for p in t.phrases]
    for n, rule in enumerate(pack.aspects):
        out += [(p, f"aspect {n} before") for p in rule.before]
        out += [(p, f"aspect {n} after") for p in rule.after]
    for n, fact in enumerate(pack.facts):
        out += [(p, f"fact {n}") for p in fact.cue]
        out += [(p, f"unit {n}") for p in fact.units]
    for name in ("homonyms", "state", "court", "armed", "roles", "protest", "repression", "crime", "place_before"):
        out += [(p, name) for p in getattr(pack, name)]
    for part in (pack.grammar, pack.names):
        for name in part.__dataclass_fields__:
            out += [(p, name) for p in getattr(part, name) if name not in _SINGLE_WORDS]
    out += [(p, f"day {n}") for p, n in pack.time.days.items()]
    out += [(p, "date_before") for p in pack.time.before]
    out += [(p, "year_word") for p in pack.time.year]
    out += [(p, "ago") for p in pack.time.ago]
    out += [(p, "day_mark") for p in pack.time.day]
    out += [(p, f"weekday {n}") for p, n in pack.time.weekdays.items()]
    for calendar, months in pack.time.all_months().items():
        out += [(p, f"month {calendar} {n}") for p, n in months.items()]
    return out


def _pieces(stretch: str, *, spaced: bool) -> list[tuple[str, bool, bool, int]]:
    """A stretch without gaps as literals: (words, open on the left, open on the right, whole words more at the end)."""
    if not spaced:
        words = plain(normalize(stretch.replace("*", "")).text)
        return [(words, True, True, 0)] if words else []
    out: list[tuple[str, bool, bool, int]] = []
    run: list[str] = []
    open_left = False
    words_ = stretch.split()
    extra = 1 if len(words_) > 1 and words_[-1] == "*" else 0
    words_ = words_[: len(words_) - extra]
    for word in words_:
        literal = plain(normalize(word.strip("*")).text)
        if word.startswith("*") and run:
            out.append((" ".join(run), open_left, False, 0))
            run, open_left = [], True
        elif word.startswith("*"):
            open_left = True
        if literal:
            run.append(literal)
        if word.endswith("*") and run:
            out.append((" ".join(run), open_left, True, 0))
            run, open_left = [], False
    if run:
        out.append((" ".join(run), open_left, False, 0))
    if out and extra:
        out[-1] = (*out[-1][:3], extra)
    return out


def _word_starts(text: str) -> tuple[list[int], list[int]]:
    starts, ends, at = [], [], 0
    for word in text.split(" "):
        if word:
            starts.append(at)
            ends.append(at + len(word))
        at += len(word) + 1
    return starts, ends


@lru_cache(maxsize=65_536)
def _blank(char: str) -> str:
    return " " if unicodedata.category(char)[0] in "PSZC" else char


def plain(canonical: str, *, strip: bool = True) -> str:
    """A canonical text with everything that is no letter, mark or digit as a blank; as long as before unless stripped."""
    table = {ord(c): " " for c in set(canonical) if _blank(c) == " "}
    text = canonical.translate(table)
    return " ".join(text.split()) if strip else text


@lru_cache(maxsize=256)
def lexicon(pack: LanguagePack) -> Lexicon:
    """The compiled form of a pack, made once a pack."""
    return Lexicon(pack)
