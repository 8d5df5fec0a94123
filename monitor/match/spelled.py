"""A folded text → every place where a listed spelling stands letter by letter."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.match.candidate import Candidate, exact
from monitor.match.fold import Folded
from monitor.match.index import Index, owner
from monitor.match.scripts import CASED, begins, ends, script_of
from monitor.match.tables.styles import Style

WITHOUT_CAPITALS = 0.4  #: taken from a name in small letters in a text that has capitals: "will young people …"


def find(field: str, folded: Folded, index: Index) -> Iterator[Candidate]:
    """The candidates of one field, overlapping ones included."""
    text = folded.text
    capitals: bool | None = None
    for pattern, start, end in index.exact.find(text):
        if not (begins(text, start) and ends(text, end)):
            continue
        first, last = folded.back(start, end)
        surface = folded.original[first:last]
        cased = script_of(text[start]) in CASED
        for packed in index.owners[pattern]:
            number, style = owner(packed)
            if style is Style.ACRONYM and not surface.isupper():
                continue
            candidate = exact(number, (field, start, end), style)
            if (
                cased
                and style is not Style.KNOWN_AS
                and index.watchlist.defenders[number].kind == "person"
                and surface == surface.lower()
            ):
                if capitals is None:
                    capitals = folded.original != folded.original.lower()
                if capitals:
                    candidate.score -= WITHOUT_CAPITALS
                    candidate.reasons.append("written without capitals in a text that has them")
            yield candidate
