"""What responders recorded about an incident → how the team stands to it: who is on it, what it knows itself, what it decided.

Rulings are only ever added; undoing one is another ruling. They outrank what the programme judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Verb(StrEnum):
    """What a responder can record about an incident."""

    TAKE = "take"
    RIGHT = "right"
    WRONG_PERSON = "wrong-person"
    OLD_NEWS = "old-news"
    KNOWN = "known"
    MUTE = "mute"
    FACT = "fact"
    VERIFY = "verify"
    MERGE = "merge"
    SPLIT = "split"
    MOVE = "move"
    CLOSE = "close"
    NOTE = "note"
    UNDO = "undo"


FREED = "freed"  #: what `fact` is about when a responder knows that the person is free again
WITHDRAWING = frozenset({Verb.WRONG_PERSON, Verb.OLD_NEWS})  #: after these the alert is taken back and the clocks stop


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """One thing one responder recorded. id: 0 before it is stored. about: which fact, or a word that narrows the verb.

    other: the second incident of a merge, split or move. articles, reports: those that were moved; reports by their stored number.
    until: when a mute ends. undoes: id of the ruling that is taken back.
    """

    incident: str
    verb: Verb
    by: str
    at: datetime
    id: int = 0
    about: str = ""
    text: str = ""
    other: str | None = None
    articles: tuple[str, ...] = ()
    reports: tuple[int, ...] = ()
    until: datetime | None = None
    undoes: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Care:
    """How the team stands to an incident now. facts: newest entry for each kind of fact; apart: articles that must never join it again."""

    taken_by: str | None = None
    right: bool = False
    verified: Ruling | None = None
    known: bool = False
    muted_until: datetime | None = None
    closed: Ruling | None = None
    withdrawn: Ruling | None = None
    into: str | None = None
    facts: tuple[Ruling, ...] = ()
    apart: frozenset[str] = field(default_factory=frozenset)

    @property
    def over(self) -> bool:
        """Whether nothing more is asked about it: closed, withdrawn, or part of another incident."""
        return self.closed is not None or self.withdrawn is not None or self.into is not None


def in_force(rulings: Iterable[Ruling]) -> list[Ruling]:
    """The rulings that have not been undone, in the order they were made."""
    made = list(rulings)
    undone = {r.undoes for r in made if r.verb is Verb.UNDO}
    return [r for r in made if r.verb is not Verb.UNDO and r.id not in undone]


def care(rulings: Sequence[Ruling]) -> Care:
    """How the team stands to an incident after these rulings of it."""
    now = in_force(rulings)
    last = {r.verb: r for r in now}
    taken, merged, mute = last.get(Verb.TAKE), last.get(Verb.MERGE), last.get(Verb.MUTE)
    return Care(
        taken_by=taken.by if taken else None,
        right=Verb.RIGHT in last,
        verified=last.get(Verb.VERIFY),
        known=Verb.KNOWN in last,
        muted_until=mute.until if mute else None,
        closed=last.get(Verb.CLOSE),
        withdrawn=next((r for r in reversed(now) if r.verb in WITHDRAWING), None),
        into=merged.other if merged else None,
        facts=tuple({r.about: r for r in now if r.verb is Verb.FACT}.values()),
        apart=frozenset(a for r in now if r.verb in {Verb.SPLIT, Verb.MOVE} for a in r.articles),
    )
