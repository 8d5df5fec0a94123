"""Candidates of one article → mentions: overlaps settled, support and contradiction weighed, strength said."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from typing import Final

from monitor.match.candidate import Candidate
from monitor.match.evidence import against, of_kin, support
from monitor.match.fold import MIXED, Folded, spelled
from monitor.match.index import Index
from monitor.match.tables.styles import FULL, Style
from monitor.model import Article, Mention, Span, Strength

STRONG_AT: Final = 0.8  #: a mention at or above this score may alert
CONTRADICTED: Final = 0.5  #: what is left of a score when a word of the `not` list is attached to the name
KIN: Final = 0.6  #: what is left of a score when the name is only leant on to name a relative
CLEAR_BITS: Final = 4.0  #: by how much evidence one reading of a stretch must exceed another to be the only one
CLEAR_LEAD: Final = 0.1  #: by how much co-evidence must favour one of two defenders to tell them apart


def settle(candidates: Iterable[Candidate]) -> list[Candidate]:
    """One reading of each stretch of text: listed spellings before others, then the longest, or the one with most evidence.

    Different defenders of the same stretch all stay, to be told apart or reported as ambiguous.
    """
    kept: list[Candidate] = []
    taken: dict[str, tuple[list[int], list[list[Candidate]]]] = {}
    for candidate in sorted(candidates, key=_rank):
        starts, groups = taken.setdefault(candidate.field, ([], []))
        at = bisect_right(starts, candidate.start)
        before = groups[at - 1] if at and groups[at - 1][0].end > candidate.start else None
        if at < len(starts) and starts[at] < candidate.end:
            continue
        if before is None:
            starts.insert(at, candidate.start)
            groups.insert(at, [candidate])
        elif all(_rivals(other, candidate) for other in before):
            before.append(candidate)
        else:
            continue
        kept.append(candidate)
    return kept


def _rank(c: Candidate) -> tuple[int, float, int, float, int, int, int]:
    """Which of two overlapping candidates is read first."""
    group = 1 if c.style is Style.RESPELLED else 0 if c.style in FULL else 2
    return group, -c.bits, c.start - c.end, -c.score, c.style, c.start, c.defender


def _rivals(kept: Candidate, other: Candidate) -> bool:
    """Whether two candidates are the same stretch read as two people, neither clearly better."""
    same = (kept.start, kept.end, kept.style is Style.RESPELLED) == (
        other.start,
        other.end,
        other.style is Style.RESPELLED,
    )
    return same and kept.defender != other.defender and kept.bits - other.bits < CLEAR_BITS


def weigh(article: Article, fields: dict[str, Folded], candidates: list[Candidate], index: Index) -> None:
    """Raise and lower the candidates by what surrounds them, in place."""
    defenders = {c.defender: index.watchlist.defenders[c.defender] for c in candidates}
    speaks = support(article, [f.text for f in fields.values()], defenders, index.cues)
    contradicted: dict[int, str] = {}
    for c in candidates:
        words = tuple(map(spelled, defenders[c.defender].against))
        word = against(fields[c.field].text, c.start, c.end, words)
        if word is not None and c.style is not Style.KNOWN_AS:
            contradicted.setdefault(c.defender, word)
    for c in candidates:
        raised = speaks[c.defender]
        c.support = sum(raised.values())
        c.score = min(1.0, c.score + c.support)
        c.reasons.extend(raised)
        if c.defender in contradicted:
            c.score *= CONTRADICTED
            c.blocked = True
            c.reasons.append(
                f"attached to the name: “{contradicted[c.defender]}”, which the entry says is somebody else"
            )
        if c.style is not Style.KNOWN_AS and of_kin(fields[c.field].text, c.start, c.end):
            c.score *= KIN
            c.blocked = True
            c.reasons.append("the name stands in a phrase that means a relative or colleague")


def mentions(fields: dict[str, Folded], candidates: Iterable[Candidate], index: Index) -> tuple[Mention, ...]:
    """The mentions, sorted; those of several defenders on one stretch told apart or ambiguous."""
    places: dict[tuple[str, int, int], list[Candidate]] = {}
    for c in candidates:
        places.setdefault((c.field, c.start, c.end), []).append(c)
    found: list[Mention] = []
    for (field, start, end), rivals in places.items():
        first, last = fields[field].back(start, end)
        surface = fields[field].original[first:last]
        for c, strength in _strengths(rivals):
            if MIXED.search(surface):
                c.reasons.append("written with letters of another alphabet that look the same")
            found.append(
                Mention(
                    watch=index.watchlist.defenders[c.defender].id,
                    span=Span(field, first, last),
                    surface=surface,
                    score=round(max(0.01, c.score), 3),
                    strength=strength,
                    reasons=tuple(dict.fromkeys(c.reasons)),
                )
            )
    return tuple(sorted(found, key=lambda m: (m.span, m.watch)))


def _strengths(rivals: list[Candidate]) -> Iterable[tuple[Candidate, Strength]]:
    """How sure each of the defenders is whom one stretch of text fits."""
    open_ones = sorted((c for c in rivals if not c.blocked), key=lambda c: (-c.score - c.support, c.defender))
    lead = len(open_ones) < 2 or _worth(open_ones[0]) - _worth(open_ones[1]) >= CLEAR_LEAD
    for c in rivals:
        if c.blocked or c.score < STRONG_AT:
            yield c, Strength.WEAK
        elif len(open_ones) < 2:
            yield c, Strength.STRONG
        elif not lead:
            c.reasons.append("another entry of the watchlist fits as well")
            yield c, Strength.AMBIGUOUS
        elif c is open_ones[0]:
            c.reasons.append("what surrounds the name favours this entry over another that fits")
            yield c, Strength.STRONG
        else:
            c.reasons.append("what surrounds the name favours another entry that fits")
            yield c, Strength.WEAK


def _worth(candidate: Candidate) -> float:
    return candidate.score + candidate.support
