"""An article and an index → the mentions of defenders in it. Title and text are read apart; a name never runs from one into the other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Final

from monitor.match import believe, community, organisations, respelled, spelled
from monitor.match.candidate import Candidate
from monitor.match.fold import fold
from monitor.match.index import Index
from monitor.match.judge import STRONG_AT, mentions, settle, weigh
from monitor.match.later import repeated
from monitor.match.tables.styles import FULL
from monitor.model import Article, Mention

MAX_PLACES: Final = (
    200  #: places kept of one defender in one article; a text that repeats a name for ever says nothing more
)


def match(article: Article, index: Index) -> tuple[Mention, ...]:
    """Which defenders this article names, where, how surely and why.

    Sorted by field and place; spans count code points of the field as it stands in the article, disjoint unless two defenders share one.
    """
    fields = {"title": fold(article.title), "text": fold(article.text)}
    found: list[Candidate] = []
    for name, folded in fields.items():
        found.extend(spelled.find(name, folded, index))
        found.extend(community.find(name, folded, index.places))
        found.extend(organisations.find(name, folded, index.organisations))
        readings = respelled.find(folded, index.pairs, index.memory)
        found.extend(believe.candidates(name, folded, readings, index.need))
    if not found:
        return ()
    found.extend(organisations.acronyms(found, fields, index.watchlist.defenders))
    full = settle(_first(found))
    sure = [c for c in full if c.style in FULL and c.score >= STRONG_AT]
    candidates = settle(_first([*full, *repeated(sure, fields, index.watchlist.defenders, index.titles)]))
    weigh(article, fields, candidates, index)
    return mentions(fields, candidates, index)


def _first(candidates: Iterable[Candidate]) -> Iterator[Candidate]:
    """The first places of each defender, in the order given."""
    seen: Counter[int] = Counter()
    for candidate in candidates:
        seen[candidate.defender] += 1
        if seen[candidate.defender] <= MAX_PLACES:
            yield candidate
