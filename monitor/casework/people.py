"""People named beside a defender who was taken, or in a watched assembly's arrests → offered to the team on this machine, never sent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import Connection

from monitor.casework.judge import Judged
from monitor.incidents.families import TAKING
from monitor.model import Act, Reading, Relation, Report
from monitor.store import people

KEPT = timedelta(days=30)  #: a name nobody took over is deleted
LONGEST = 120  #: characters of a name; longer is none
_TAKEN = TAKING | {Act.MASS_ARREST}


def offer(connection: Connection, reading: Reading, judged: Iterable[Judged], now: datetime) -> None:
    """Keep the names that stand in the very sentence that tells of an arrest; nobody under 18 and nobody's relative."""
    for one in judged:
        if not _offers(one.report):
            continue
        for span in reading.people:
            name = " ".join(reading.article.field(span.field)[span.start : span.end].split())
            if name and len(name) <= LONGEST and any(e.covers(span) for e in one.report.evidence):
                people.add(connection, name, one.incident.id, reading.article.id, now)


def forget(connection: Connection, now: datetime, kept: timedelta = KEPT) -> int:
    """How many names were deleted because nobody took them over in time."""
    return people.delete_before(connection, now - kept)


def _offers(report: Report) -> bool:
    return (
        report.alerts
        and report.act in _TAKEN
        and report.relation is Relation.SELF
        and not any(f.key == "under_18" for f in report.facts)
    )
