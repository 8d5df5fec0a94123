"""A folded text → the places where a listed name stands in another spelling: transliterated, inflected, written by ear."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from monitor.match.agree import Agreement, agree, most
from monitor.match.fold import Folded, spelled
from monitor.match.pairs import Name, Pairs
from monitor.match.parts import Part, key_set
from monitor.match.scripts import CASED
from monitor.match.tables.function_words import FUNCTION_WORDS
from monitor.match.wordforms import keys
from monitor.match.words_of import WORD, script

MAX_PARTS: Final = 20_000  #: parts of names whose keys are kept between texts
MAX_REMEMBERED: Final = 400_000  #: words whose keys are kept between texts; then the memory starts again
_BETWEEN: Final = re.compile(r"[ ',]{0,3}")
_INITIAL: Final = re.compile(r"\.? ?")
MAX_INITIAL: Final = 2  #: letters of a word that a full stop may shorten inside a name
REACH: Final = 2  #: words from one part of a name to the next, one word between them allowed


Roles = tuple[tuple[int, ...], tuple[int, ...]]
NOTHING: Final[Roles] = ((), ())
UNREAD: Final[Roles] = ((-1,), (-1,))  #: a word of a script with capitals that was not met with one yet


class Memory(dict[str, Roles]):
    """Word → the numbers of its keys that any listed name has, as first and as second word; worked out at the first sight of each word."""

    def __init__(self, numbers: dict[str, int]) -> None:
        super().__init__()
        self._numbers = numbers
        self._parts: dict[Part, frozenset[int]] = {}

    def __reduce__(self) -> tuple[type[Memory], tuple[dict[str, int]]]:
        return Memory, (self._numbers,)

    def __missing__(self, word: str) -> Roles:
        if len(self) > MAX_REMEMBERED:
            self.clear()
        if script(word) in CASED:
            self[word] = UNREAD
            return UNREAD
        return self.read(word)

    def keys_of(self, part: Part) -> frozenset[int]:
        """The numbers of the keys a part of a name may be met under."""
        found = self._parts.get(part)
        if found is None:
            if len(self._parts) > MAX_PARTS:
                self._parts.clear()
            found = self._parts[part] = frozenset(self._numbers[k] for k in key_set(part) if k in self._numbers)
        return found

    def read(self, word: str) -> Roles:
        """The keys of a word, remembered from now on."""
        numbers = self._numbers
        if word in _function_words():
            self[word] = NOTHING
            return NOTHING
        first, second = keys(word, script(word))
        one = tuple(numbers[k] for k in first if k in numbers)
        found = (one, one if first is second else tuple(numbers[k] for k in second if k in numbers))
        self[word] = found if found != NOTHING else NOTHING
        return self[word]


@lru_cache(maxsize=1)
def _function_words() -> frozenset[str]:
    """The small words no name is heard in, as they read in folded texts."""
    return frozenset(map(spelled, FUNCTION_WORDS))


@dataclass(frozen=True, slots=True)
class Words:
    """A folded text taken apart: its words, the numbers of their keys, their half-open spans."""

    text: str
    words: list[str]
    numbers: list[Roles]
    spans: list[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class Answer:
    """One word that answers one part of a name: the part's number, the stretch of the folded text, how far."""

    part: int
    start: int
    end: int
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read a stretch of text as a name: which word answers which part, and how far."""

    name: Name
    answers: tuple[Answer, ...]

    @property
    def bits(self) -> float:
        """The evidence of all parts together."""
        return sum(a.agreement.bits for a in self.answers)


def find(folded: Folded, pairs: Pairs, memory: Memory, least: float = 0.0) -> Iterator[Reading]:
    """The readings of words as names, several of which may overlap. least: bits below which a reading need not come out."""
    words = WORD.findall(folded.text)
    numbers = list(map(memory.__getitem__, words))
    if len(numbers) - numbers.count(NOTHING) < REACH:
        return
    text = Words(folded.text, words, numbers, [m.span() for m in WORD.finditer(folded.text)])
    _names_alone(folded, text, memory)
    hits = _hits(text.numbers, pairs)
    for (k, n), names in hits.items():
        window = _window(text, k, n)
        if window is not None:
            for number in names:
                reading = best(pairs.names[number], text, (k, n), window, memory, least)
                if reading is not None:
                    yield reading


def _names_alone(folded: Folded, text: Words, memory: Memory) -> None:
    """Read the words of scripts with capitals that have one (all of them in a text without capitals), and forget the others."""
    original = folded.original
    capitals = original != original.lower()
    for k, numbers in enumerate(text.numbers):
        if numbers is NOTHING or script(text.words[k]) not in CASED:
            continue
        if capitals:
            first, last = folded.back(*text.spans[k])
            surface = original[first:last]
            if surface == surface.lower():
                text.numbers[k] = NOTHING
                continue
        if numbers is UNREAD:
            text.numbers[k] = memory.read(text.words[k])


def _hits(numbers: list[Roles], pairs: Pairs) -> dict[tuple[int, int], set[int]]:
    """The pairs of words, one word between them at most, whose keys some name has: the names of each."""
    hits: dict[tuple[int, int], set[int]] = {}
    known = [k for k, n in enumerate(numbers) if n is not NOTHING]
    for here, k in enumerate(known):
        for n in known[here + 1 : here + 1 + REACH]:
            if n - k > REACH:
                break
            names = {name for a in numbers[k][0] for b in numbers[n][1] for name in pairs.named(a, b)}
            if names:
                hits[k, n] = names
    return hits


def _window(text: Words, first: int, last: int) -> range | None:
    """The words around two that hit, as far as nothing but spaces or a dot stands between them; None when the two are parted."""
    for k in range(first, last):
        if not _joined(text, k):
            return None
    low, high = first, last
    while low > 0 and first - low < REACH + 1 and _joined(text, low - 1):
        low -= 1
    while high + 1 < len(text.spans) and high - last < REACH + 1 and _joined(text, high):
        high += 1
    return range(low, high + 1)


def _joined(text: Words, k: int) -> bool:
    if script(text.words[k]) == "Hani" == script(text.words[k + 1]):
        return (
            text.text[text.spans[k][1] : text.spans[k + 1][0]] == " "
        )  # what the dot between the parts of a foreign name folds to
    shortened = len(text.words[k]) <= MAX_INITIAL
    return (_INITIAL if shortened else _BETWEEN).fullmatch(
        text.text, text.spans[k][1], text.spans[k + 1][0]
    ) is not None


def best(
    name: Name, text: Words, hit: tuple[int, int], window: range, memory: Memory, least: float = 0.0
) -> Reading | None:
    """The reading of these words as this name that has most bits, parts in order or turned round; None when fewer than two parts answer."""
    parts = list(enumerate(name.parts))
    if len(parts) == 2:
        first, second = text.numbers[hit[0]][0], text.numbers[hit[1]][1]
        one, other = (memory.keys_of(part) for part in name.parts)
        orders = []
        if not (one.isdisjoint(first) or other.isdisjoint(second)):
            orders.append(_both(parts, text.words, hit, least))
        if not (other.isdisjoint(first) or one.isdisjoint(second)):
            orders.append(_both(parts[::-1], text.words, hit, least))
    else:
        if not all(any(agree(part, text.words[k], script(text.words[k])).bits > 0 for part in name.parts) for k in hit):
            return None
        orders = [_answers(order, text, window) for order in (parts, [*parts[1:], parts[0]], [parts[-1], *parts[:-1]])]
    answers = max(orders, key=lambda found: sum(a.bits for _, _, a in found), default=[])
    if len(answers) < 2:
        return None
    spans = text.spans
    return Reading(
        name,
        tuple(
            Answer(n, spans[k][0] + a.at[0], spans[k][0] + a.at[1], a)
            for n, k, a in sorted(answers, key=lambda x: x[1])
        ),
    )


def _both(
    order: list[tuple[int, Part]], words: list[str], hit: tuple[int, int], least: float
) -> list[tuple[int, int, Agreement]]:
    """The two words that hit as the two parts of a name in this order; empty unless each speaks for its part and both can reach `least`."""
    (a, one), (b, two) = order
    first, second = words[hit[0]], words[hit[1]]
    if len(one.text) < len(two.text):  # the longer part is the likelier to fail
        late = agree(two, second, script(second))
        if late.bits <= 0 or late.bits + most(one, script(first)) < least:
            return []
        early = agree(one, first, script(first))
        return [(a, hit[0], early), (b, hit[1], late)] if early.bits > 0 else []
    early = agree(one, first, script(first))
    if early.bits <= 0 or early.bits + most(two, script(second)) < least:
        return []
    late = agree(two, second, script(second))
    return [(a, hit[0], early), (b, hit[1], late)] if late.bits > 0 else []


def _answers(order: list[tuple[int, Part]], text: Words, window: range) -> list[tuple[int, int, Agreement]]:
    """The best assignment of words to parts in this order, each word used once, one word between two parts at most."""
    best_at: dict[int, tuple[float, list[tuple[int, int, Agreement]]]] = {}
    for number, part in order:
        grown = dict(best_at)
        for k in window:
            if text.numbers[k] is NOTHING:
                continue
            found = agree(part, text.words[k], script(text.words[k]))
            if found.bits <= 0:
                continue
            before = [(best_at[b][0], best_at[b][1]) for b in range(k - REACH, k) if b in best_at]
            base, chain = max(before, key=lambda x: x[0], default=(0.0, []))
            total = base + found.bits - (0.5 if chain and chain[-1][1] < k - 1 else 0.0)
            if k not in grown or total > grown[k][0]:
                grown[k] = (total, [*chain, (number, k, found)])
        best_at = grown
    return max(best_at.values(), key=lambda x: x[0], default=(0.0, []))[1]
