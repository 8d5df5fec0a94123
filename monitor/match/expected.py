"""The sentences of the watchlist that say what must match and what must not → those that turn out otherwise, by id and number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from monitor.match.find import match
from monitor.match.index import Index
from monitor.model import Article, Strength


@dataclass(frozen=True, slots=True)
class Unmet:
    """One sentence that turns out otherwise than its entry says. wanted: whether it should match; number: from 1; its text stays in the file."""

    watch: str
    wanted: bool
    number: int

    def __str__(self) -> str:
        """What is wrong and the fix, without a word of the sentence."""
        key = "should_match" if self.wanted else "should_not_match"
        fix = "add the spelling to names" if self.wanted else "add the word that tells them apart to not"
        return f"{self.watch}: {key} sentence {self.number} {'does not name' if self.wanted else 'names'} this person; {fix}"


def unmet(index: Index) -> Iterator[Unmet]:
    """Try every sentence on the index of its list; only a strong mention counts as a match."""
    for defender in index.watchlist.defenders:
        for wanted, given in ((True, defender.should_match), (False, defender.should_not_match)):
            for number, text in enumerate(given, 1):
                found = match(Article(id="expected", title="", text=text), index)
                named = any(m.watch == defender.id and m.strength is Strength.STRONG for m in found)
                if named is not wanted:
                    yield Unmet(defender.id, wanted, number)
