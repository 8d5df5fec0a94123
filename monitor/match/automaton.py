"""Many patterns → where they stand in a text, in one pass; survives being sent to another process."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import ahocorasick_rs


class Automaton:
    """An immutable set of patterns that can be looked for together. Patterns are distinct and not empty."""

    __slots__ = ("_machine", "patterns")

    def __init__(self, patterns: Sequence[str]) -> None:
        self.patterns = tuple(patterns)
        self._machine = ahocorasick_rs.AhoCorasick(self.patterns) if self.patterns else None

    def __reduce__(self) -> tuple[type[Automaton], tuple[tuple[str, ...]]]:
        return Automaton, (self.patterns,)

    def find(self, text: str) -> Iterator[tuple[int, int, int]]:
        """Every place a pattern stands, overlapping ones too: (number of the pattern, start, end) in code points."""
        if self._machine is not None:
            yield from self._machine.find_matches_as_indexes(text, overlapping=True)
