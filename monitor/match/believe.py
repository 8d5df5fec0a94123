"""Readings of words as names → candidates, each as strong as its evidence against the length of the list."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from typing import Final

from monitor.match.candidate import Candidate
from monitor.match.fold import Folded
from monitor.match.respelled import Reading
from monitor.match.scripts import CASED, script_of
from monitor.match.tables.styles import Style

#: Bits of evidence asked of a respelled name: FIRST + GROWTH for each doubling of the list, at least LEAST. One bit a doubling would balance
#: chance alone; the rest answers that longer lists hold more people with the same common given name. Measured on news in 71 languages.
FIRST_BITS: Final = -6.0
GROWTH_BITS: Final = 2.35
LEAST_BITS: Final = 12.0
WEAK_BITS: Final = 5.0  #: below what is asked, a name is still shown as weak this far
LEAST_SHARE: Final = 0.22  #: of the evidence a perfect answer would give, over the whole name
LEAST_PART_SHARE: Final = 0.1  #: the same for each part
LEAST_PART_SHARE_AT_HOME: Final = 0.3  #: the same where name and text share a script, and writers can copy the letters
OMITTED_BITS: Final = 5.0  #: taken for each part of the name that no word answers
UNFRAMED_BITS: Final = 8.0  #: taken when the first or the last part is among them
PARTED_BITS: Final = 8.0  #: taken for a comma between parts in their usual order: two people of a list
SMALL_BITS: Final = 8.0  #: taken for each word in small letters in a text that has capitals
SURE_SCORE: Final = 0.8
WEAK_SCORE: Final = 0.5


def asked(people: int) -> float:
    """The bits of evidence a respelled name needs on a list of this many people."""
    return max(LEAST_BITS, FIRST_BITS + GROWTH_BITS * math.log2(max(2, people)))


def candidates(field: str, folded: Folded, readings: Iterable[Reading], need: float) -> Iterator[Candidate]:
    """The readings worth keeping as candidates, with score and reasons."""
    capitals: bool | None = None
    for reading in readings:
        bits = reading.bits - _missing(folded, reading)
        full = sum(a.agreement.full for a in reading.answers)
        if bits < need - WEAK_BITS or bits < LEAST_SHARE * full:
            continue
        small = _small(folded, reading)
        if small and capitals is None:
            capitals = folded.original != folded.original.lower()
        if small and capitals:
            bits -= SMALL_BITS * small
            if bits < need - WEAK_BITS:
                continue
        weakest = min(a.agreement.bits / a.agreement.full for a in reading.answers)
        share = max(0.0, min(1.0, bits / full))
        own = script_of(folded.text[reading.answers[0].start]) == reading.name.parts[0].script
        loose = len(reading.answers) < len(reading.name.parts) and any(
            a.agreement.how != "as listed" for a in reading.answers
        )
        sure = (
            bits >= need and weakest >= (LEAST_PART_SHARE_AT_HOME if own else LEAST_PART_SHARE) and not (own and loose)
        )
        score = SURE_SCORE + (0.97 - SURE_SCORE) * share if sure else WEAK_SCORE + (0.25 * share)
        start, end = reading.answers[0].start, reading.answers[-1].end
        yield Candidate(
            reading.name.defender, field, start, end, Style.RESPELLED, score, _told(folded, reading, sure), bits=bits
        )


def _missing(folded: Folded, reading: Reading) -> float:
    """What a reading loses for the parts of the name it leaves out, and for a comma that no turned order explains."""
    count = len(reading.name.parts)
    answered = {a.part for a in reading.answers}
    lost = OMITTED_BITS * (count - len(answered))
    order = [a.part for a in reading.answers]
    if order == sorted(order) and "," in folded.text[reading.answers[0].start : reading.answers[-1].end]:
        lost += PARTED_BITS
    return lost + (0.0 if {0, count - 1} <= answered else UNFRAMED_BITS)


def _small(folded: Folded, reading: Reading) -> int:
    """How many of the words are written without any capital, in scripts that have them."""
    found = 0
    for answer in reading.answers:
        if script_of(folded.text[answer.start]) in CASED:
            first, last = folded.back(answer.start, answer.end)
            found += folded.original[first:last] == folded.original[first:last].lower()
    return found


def _told(folded: Folded, reading: Reading, sure: bool) -> list[str]:
    """Why these words are taken for the name, in plain words."""
    order = [a.part for a in reading.answers]
    told = [
        "full name in another spelling"
        if len(order) == len(reading.name.parts)
        else "name in another spelling, a middle part left out"
    ]
    if order != sorted(order):
        told.append("given name and family name, order reversed")
    strange = [a for a in reading.answers if a.agreement.how != "as listed"]
    told.extend(f"“{folded.text[a.start : a.end]}”: {a.agreement.how}" for a in strange)
    if not sure:
        told.append("too little evidence by itself for a list of this length")
    return told
