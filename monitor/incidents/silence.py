"""A silence a person asked for, and whether a message comes through it: a hold lets nothing through, a silence what must not wait."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from monitor.incidents.decide import Decision
from monitor.incidents.rulings import Care
from monitor.model import Incident


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """A stretch of quiet. watch, incident, country, act: what it covers, an empty one covers all. hold: pierced by nothing.

    to: the channels that a hold still reaches. reason: why, in the words of who asked. ended: when a person ended it early.
    """

    by: str
    made: datetime
    until: datetime
    reason: str
    id: int = 0
    hold: bool = False
    watch: str | None = None
    incident: str | None = None
    country: str | None = None
    act: str | None = None
    to: tuple[str, ...] = ()
    ended: datetime | None = None

    def covers(self, incident: Incident) -> bool:
        """Whether this incident is meant."""
        return (
            (self.watch is None or self.watch in incident.watch)
            and (self.incident is None or self.incident == incident.id)
            and (self.country is None or self.country in incident.country)
            and (self.act is None or self.act == incident.act.value)
        )


def quiet(
    incident: Incident, decision: Decision, care: Care, silences: Iterable[Silence], now: datetime
) -> tuple[str | None, tuple[str, ...]]:
    """Why a message is not sent now, or None; and the channels that hear of it all the same while a hold is on.

    Pierced by a change of liberty, whereabouts lost, torture, a health emergency, death, sentence, forced return, a correction and a
    withdrawal; a hold is pierced by nothing.
    """
    mine = [s for s in silences if s.covers(incident)]
    holds = [s for s in mine if s.hold]
    if holds:
        return f"held until {holds[0].until:%Y-%m-%d} at a person's request", tuple(
            dict.fromkeys(c for h in holds for c in h.to)
        )
    if decision.pierces:
        return None, ()
    if mine:
        return f"silenced until {mine[0].until:%Y-%m-%d}", ()
    if care.muted_until is not None and care.muted_until > now:
        return f"muted until {care.muted_until:%Y-%m-%d}", ()
    if care.known:
        return "the team knows it and asked to hear only of what must not wait", ()
    return None, ()
