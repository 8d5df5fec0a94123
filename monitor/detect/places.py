"""Where the phrases of a pack stand in a searched text, and the questions asked of those places: before, after, within, how far apart."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field
from typing import Final

from monitor.languages.pack import Trigger

CHARS_A_WORD: Final = 5  #: characters counted as one word where words are not set apart


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A half-open stretch of the searched text."""

    start: int
    end: int


class Places:
    """The places of one class of cues, sorted, with the questions asked of them."""

    __slots__ = ("ends", "starts")

    def __init__(self, places: list[Place]) -> None:
        places.sort()
        self.starts = [p.start for p in places]
        self.ends = [p.end for p in places]

    def __bool__(self) -> bool:
        return bool(self.starts)

    def __len__(self) -> int:
        return len(self.starts)

    def within(self, start: int, end: int) -> list[Place]:
        """The places that lie between two points."""
        first = bisect_left(self.starts, start)
        found = []
        while first < len(self.starts) and self.starts[first] < end:
            if self.ends[first] <= end:
                found.append(Place(self.starts[first], self.ends[first]))
            first += 1
        return found

    def at(self, start: int) -> Place | None:
        """The longest place that begins here."""
        i = bisect_right(self.starts, start) - 1
        return Place(start, self.ends[i]) if i >= 0 and self.starts[i] == start else None

    def ending(self, end: int) -> Place | None:
        """A place that ends here or one blank before."""
        i = bisect_right(self.starts, end) - 1
        steps = 0
        while i >= 0 and steps < 4:
            if end - 1 <= self.ends[i] <= end:
                return Place(self.starts[i], self.ends[i])
            i -= 1
            steps += 1
        return None


@dataclass(slots=True)
class Scan:
    """What stands where. text: the searched text, punctuation as blanks, as long as the canonical one. words: start of every word."""

    text: str
    spaced: bool
    words: list[int]
    word_ends: list[int]
    triggers: list[tuple[Place, Trigger]] = field(default_factory=list)
    cues: dict[str, Places] = field(default_factory=dict)
    _starts: list[int] | None = None

    def of(self, cue: str) -> Places:
        """The places of one class of cues."""
        return self.cues.get(cue, _NONE)

    def triggers_after(self, start: int, end: int) -> list[tuple[Place, Trigger]]:
        """The triggers that begin between two points, in order."""
        key = [p.start for p, _ in self.triggers] if self._starts is None else self._starts
        self._starts = key
        return self.triggers[bisect_left(key, start) : bisect_left(key, end)]

    def apart(self, start: int, end: int) -> int:
        """How many words begin between two points."""
        if not self.spaced:
            return max(0, end - start) // CHARS_A_WORD
        return max(0, bisect_left(self.words, end) - bisect_left(self.words, start))

    def word_at(self, point: int) -> int:
        """The number of the word that a point lies in or before."""
        return bisect_right(self.words, point) - 1


_NONE: Final = Places([])
