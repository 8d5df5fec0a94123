"""A language pack, compiled: words → the triggers and cues that stand at each place of a sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from ahocorasick_rs import AhoCorasick

from monitor.detect.tokens import Token, automaton, spaced, spell, unspaced
from monitor.languages.pack import Form, LanguagePack, Trigger

_HOMONYM = "homonyms"
MIN_CLITIC_REST = 3  #: letters that must remain when a clitic is taken off a word, or half the dictionary would match


@dataclass(frozen=True, slots=True)
class _Phrase:
    """words after the first; each with whether any ending will do."""

    rest: tuple[tuple[str, bool], ...]
    meaning: Trigger | str


@dataclass(frozen=True, slots=True)
class Found:
    """A trigger at words first … last-1. forms: every form of the same act that is written like this ("arrest" is a verb and a noun)."""

    trigger: Trigger
    first: int
    last: int
    forms: frozenset[Form] = frozenset()


@dataclass(slots=True)
class Marked:
    """A sentence with its triggers in order, and for each class of cues the words it covers."""

    tokens: Sequence[Token]
    triggers: list[Found] = field(default_factory=list)
    cues: dict[str, dict[int, int]] = field(default_factory=dict)

    def at(self, cue: str, first: int, last: int) -> bool:
        """Whether a cue of this class begins among words first … last-1."""
        held = self.cues.get(cue)
        return bool(held) and any(i in held for i in range(max(first, 0), min(last, len(self.tokens))))

    def last(self, cue: str, first: int, last: int) -> int | None:
        """The last word in the range at which a cue of this class begins."""
        held = self.cues.get(cue)
        return (
            next((i for i in range(min(last, len(self.tokens)) - 1, max(first, 0) - 1, -1) if i in held), None)
            if held
            else None
        )

    def any(self, cue: str) -> bool:
        """Whether the sentence holds a cue of this class."""
        return bool(self.cues.get(cue))


class Lexicon:
    """All phrases of one pack, by their first word."""

    def __init__(self, pack: LanguagePack) -> None:
        self.pack = pack
        self._exact: dict[str, list[_Phrase]] = {}
        self._stems: dict[str, list[_Phrase]] = {}
        phrases = [(t.phrase, t) for t in pack.triggers]
        phrases += [(p, cue) for cue, ps in pack.cues.items() for p in ps]
        for phrase, meaning in phrases:
            self._add(phrase, meaning)
        calendar = [*pack.months, *pack.weekdays, *pack.days]
        self._known: AhoCorasick | None = None
        if not pack.spaced:
            self._known = automaton([p.rstrip("*") for p, _ in phrases] + calendar)
        self._longest_stem = max((len(s) for s in self._stems), default=0)

    def _add(self, phrase: str, meaning: Trigger | str) -> None:
        if not self.pack.spaced:
            self._exact.setdefault(spell(phrase.rstrip("*")), []).append(_Phrase((), meaning))
            return
        words = phrase.split()
        parts = [(t.text, w.endswith("*")) for w in words for t in spaced(w.rstrip("*"), 0, len(w.rstrip("*")))] or [
            ("", True)
        ]
        first, any_end = parts[0]
        (self._stems if any_end else self._exact).setdefault(first, []).append(_Phrase(tuple(parts[1:]), meaning))

    def tokens(self, text: str, start: int, end: int) -> list[Token]:
        """The words of a stretch of text."""
        return spaced(text, start, end) if self.pack.spaced else unspaced(text, start, end, self._known)

    def mark(self, tokens: Sequence[Token]) -> Marked:
        """Find every trigger and cue; a homonym hides the triggers inside it, and of overlapping triggers the longest stands."""
        marked = Marked(tokens)
        hidden: set[int] = set()
        found: list[Found] = []
        for i, token in enumerate(tokens):
            for phrase in self._candidates(token.text):
                end = self._end(tokens, i, phrase)
                if end is None:
                    continue
                if isinstance(phrase.meaning, Trigger):
                    found.append(Found(phrase.meaning, i, end))
                elif phrase.meaning == _HOMONYM:
                    hidden.update(range(i, end))
                else:
                    held = marked.cues.setdefault(phrase.meaning, {})
                    held[i] = max(end, held.get(i, 0))
        taken: set[int] = set()
        for one in sorted(found, key=lambda f: (f.first - f.last, f.first)):
            span = range(one.first, one.last)
            if not hidden.intersection(span) and not taken.intersection(span):
                taken.update(span)
                same = (f.trigger for f in found if (f.first, f.last) == (one.first, one.last))
                marked.triggers.append(replace(one, forms=frozenset(t.form for t in same if t.act is one.trigger.act)))
        marked.triggers.sort(key=lambda f: f.first)
        return marked

    def _candidates(self, word: str) -> list[_Phrase]:
        found = list(self._exact.get(word, ()))
        for length in range(1, min(len(word), self._longest_stem) + 1):
            found += self._stems.get(word[:length], ())
        for clitic in self.pack.clitics:
            if word.startswith(clitic) and len(word) - len(clitic) >= MIN_CLITIC_REST:
                bare = word[len(clitic) :]
                found += self._exact.get(bare, ())
                for length in range(1, min(len(bare), self._longest_stem) + 1):
                    found += self._stems.get(bare[:length], ())
        return found

    @staticmethod
    def _end(tokens: Sequence[Token], first: int, phrase: _Phrase) -> int | None:
        at = first + 1
        for word, any_end in phrase.rest:
            if at >= len(tokens) or not (tokens[at].text.startswith(word) if any_end else tokens[at].text == word):
                return None
            at += 1
        return at


@lru_cache(maxsize=128)
def lexicon(pack: LanguagePack) -> Lexicon:
    """The compiled form of a pack, made once."""
    return Lexicon(pack)
