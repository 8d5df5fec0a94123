"""The working value of this stage: a stretch of folded text that may name a defender."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass

from monitor.match.tables.styles import TOLD, Style


@dataclass(slots=True)
class Candidate:
    """A stretch of one folded field that may name a defender.

    start, end: half-open, in the folded text. bits: evidence of a respelled name over chance. blocked: something says it is somebody else.
    """

    defender: int
    field: str
    start: int
    end: int
    style: Style
    score: float
    reasons: list[str] = dataclasses.field(default_factory=list)
    support: float = 0.0
    blocked: bool = False
    bits: float = 0.0


def exact(defender: int, place: tuple[str, int, int], style: Style) -> Candidate:
    """A candidate found letter by letter in one of the styles of the list."""
    score, told = TOLD[style]
    return Candidate(defender, place[0], place[1], place[2], style, score, [told])
