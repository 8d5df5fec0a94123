"""What every file is once it is read: plain values and the place of each; a place is looked up only when somebody must be told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from monitor.errors import Mistake

Loc = tuple[str | int, ...]  #: the way to a value: keys and numbers of items, from 0
Place = tuple[int, int]  #: line and column, both from 1
Places = Mapping[Loc, Place]


@dataclass(frozen=True, slots=True)
class Document:
    """One file, read. value: texts, lists and mappings only; None where nothing is written.

    locate: the place of every value (`loc`) and of every key (`(*loc, key, KEY)`).
    """

    path: str
    value: Any
    locate: Callable[[], Places]

    def at(self, loc: Loc, *, key: bool = False) -> Place:
        """Where a value (or its key) stands; of what is not written, the place of what should hold it."""
        places = self.locate()
        if key and (*loc, KEY) in places:
            return places[*loc, KEY]
        while loc and loc not in places:
            loc = loc[:-1]
        return places.get(loc, (1, 1))

    def mistake(self, loc: Loc, what: str, fix: str, *, key: bool = False) -> Mistake:
        """One mistake at one value, or at its key."""
        line, column = self.at(loc, key=key)
        return Mistake(self.path, line, column, what, fix)


KEY = "\0key"  #: last step of the way to a key itself; no file can hold such a text
