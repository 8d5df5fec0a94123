"""Incidents of several listed people → one happening told in one message, and a country's arrests → a surge above its own rhythm."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from monitor.incidents.families import TAKING
from monitor.incidents.fit import anchor, distance
from monitor.model import Fact, Incident, Occurrence, Relation

FEWEST = 3  #: listed people from which one happening is one message
SAME_DAY = timedelta(days=1)  #: between the dates that outlets give to one happening with many people
SURGE_WINDOW = timedelta(days=7)
RHYTHM = timedelta(days=90)  #: before the window: what is usual in the country
SURGE_FEWEST = 5  #: people taken within the window; fewer are told one by one
SURGE_DAYS = 2  #: different days they were taken on; all of one day are one happening, told as such
UNUSUAL = 0.001  #: chance of so many under the country's own rhythm, below which it is a surge
USUAL_LEAST = (
    0.5  #: people a window in a country where nobody was taken before; none would make every second arrest a surge
)
SURGE_GROWTH = 1.5  #: times as many people as were told last, from which a surge is worth another line
SURGE_REST = timedelta(days=14)  #: without anybody new, after which a surge is over and the next one is another


class GroupKind(StrEnum):
    """What binds the incidents of a group: one happening, or a surge in one country."""

    HAPPENING = "happening"
    SURGE = "surge"


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """How many people one publisher says were taken."""

    publisher: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Incidents told together. members: their ids, in the order they came; counts: the newest number of each publisher."""

    id: str
    kind: GroupKind
    country: str
    place: str | None
    occurrence: Occurrence
    opened: datetime
    updated: datetime
    members: tuple[str, ...]
    counts: tuple[Count, ...] = ()
    revision: int = 1
    told: int = 0


def taking(incident: Incident) -> bool:
    """Whether a listed person was taken: what groups and surges are made of."""
    return bool(incident.watch) and incident.act in TAKING and incident.relation is Relation.SELF


def found(incidents: Sequence[Incident], now: datetime) -> Group | None:
    """A new group of the incidents one article tells of; None when fewer than three people were taken together."""
    first = anchor(incidents[0]) if incidents else None
    together = [i for i in incidents if first is not None and distance(anchor(i), first) <= SAME_DAY]
    if first is None or len({w for i in together for w in i.watch}) < FEWEST:
        return None
    country = next((c for i in together for c in i.country), "")
    return Group(
        id=_name("g", together[0].id),
        kind=GroupKind.HAPPENING,
        country=country,
        place=next((i.place for i in together if i.place), None),
        occurrence=first,
        opened=now,
        updated=now,
        members=tuple(i.id for i in together),
    )


def belongs(group: Group, incident: Incident, touched: Iterable[str]) -> bool:
    """Whether somebody was taken in a happening that is told already. touched: the other incidents of the same article."""
    if distance(anchor(incident), group.occurrence) > SAME_DAY or (
        incident.country and group.country not in incident.country
    ):
        return False
    same_place = bool(group.place and incident.place and group.place.casefold() == incident.place.casefold())
    return same_place or bool(set(group.members) & set(touched))


def grown(group: Group, incidents: Iterable[Incident], counts: Iterable[Count], now: datetime) -> Group:
    """The group with more people and newer numbers; the same group when nothing is new."""
    members = tuple(dict.fromkeys((*group.members, *(i.id for i in incidents))))
    said = tuple({c.publisher: c for c in (*group.counts, *counts)}.values())
    if members == group.members and said == group.counts:
        return group
    return replace(group, members=members, counts=said, updated=now, revision=group.revision + 1)


def numbers(facts: Iterable[Fact], publisher: str) -> tuple[Count, ...]:
    """How many people a report says were taken, where it says so in figures."""
    found_ones = [int(f.value) for f in facts if f.key == "number_taken" and f.value.isascii() and f.value.isdigit()]
    return (Count(publisher=publisher, number=max(found_ones)),) if found_ones else ()


def others(counts: Sequence[Count], listed: int) -> str:
    """The people taken beside those on the list, as a range over the publishers, with who says what; empty where nobody says."""
    more = [c for c in counts if c.number > listed]
    if not more:
        return ""
    low, high = min(c.number for c in more) - listed, max(c.number for c in more) - listed
    said = ", ".join(f"{c.publisher}: {c.number}" for c in counts)
    return f"+{low} others ({said})" if low == high else f"+{low} to {high} others ({said})"


def surge(recent: Sequence[Incident], before: int, now: datetime) -> Group | None:
    """A surge of arrests in one country; None while it keeps its own rhythm.

    recent: the people taken within the window, one incident each. before: how many were taken in the RHYTHM before it.
    """
    days: set[date] = {anchor(i).first for i in recent}
    if len(days) < SURGE_DAYS or not unusual(len(recent), before):
        return None
    country = next((c for i in recent for c in i.country), "")
    return Group(
        id=_name("u", f"{country}|{recent[0].id}"),
        kind=GroupKind.SURGE,
        country=country,
        place=None,
        occurrence=Occurrence(min(days), max(days)),
        opened=now,
        updated=now,
        members=tuple(i.id for i in recent),
        told=len(recent),
    )


def unusual(many: int, before: int) -> bool:
    """Whether so many people taken in one window are far above what is usual. before: how many were taken in the RHYTHM before."""
    usual = max(USUAL_LEAST, before * (SURGE_WINDOW / RHYTHM))
    return many >= SURGE_FEWEST and _chance(many, usual) < UNUSUAL


def _chance(many: int, usual: float) -> float:
    """The chance of at least so many where `usual` is expected. Source: the Poisson distribution of independent arrests."""
    log = math.log(usual)
    return 1.0 - math.fsum(math.exp(k * log - usual - math.lgamma(k + 1)) for k in range(many))


def _name(letter: str, said: str) -> str:
    return f"{letter}-{hashlib.sha256(said.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"
