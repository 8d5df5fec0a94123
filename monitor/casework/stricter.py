"""An entry of the watchlist whose sensitivity became stricter → the messages that named the person rewritten, wherever they went."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from alerts import outbox
from monitor.casework.telling import put, tell
from monitor.casework.terms import Terms, Told
from monitor.casework.together import leave
from monitor.incidents.compose import withdrawn
from monitor.incidents.decide import Decision
from monitor.incidents.rulings import care
from monitor.model import Incident, Reason, Sensitivity
from monitor.store import incidents, rulings, searched

MOST = 200  #: incidents of one person whose messages are rewritten; more were never told of one
_ORDER = (Sensitivity.OPEN, Sensitivity.CODENAME, Sensitivity.SILENT)
WHY = "shown more carefully from now on"


def tighten(connection: Connection, terms: Terms, now: datetime) -> tuple[Told, ...]:
    """Rewrite what was told of everybody who is to be shown more carefully than when it was told."""
    before = searched.sensitivities(connection)
    changed = {d.id: d.sensitivity.value for d in terms.watchlist.defenders if before.get(d.id) != d.sensitivity.value}
    told: list[Told] = []
    for watch, value in changed.items():
        if watch in before and _ORDER.index(Sensitivity(value)) > _ORDER.index(Sensitivity(before[watch])):
            for incident in incidents.listing(connection, MOST, watch=watch):
                told += _rewritten(connection, incident, Sensitivity(value), terms, now) if incident.alerted else []
    searched.shown(connection, changed, now)
    return tuple(told)


def _rewritten(
    connection: Connection, incident: Incident, now_shown: Sensitivity, terms: Terms, now: datetime
) -> list[Told]:
    """The messages of one incident, and of a happening it was told in, without the name."""
    outbox.supersede(connection, incident.id, now)
    after = replace(incident, revision=incident.revision + 1, alerted=incident.revision + 1, updated=now)
    incidents.save(connection, after)
    told = leave(connection, incident, terms, now)
    decision = Decision(Reason.CORRECTED, (WHY,), pierces=True)
    if now_shown is Sensitivity.SILENT:
        return [*told, put(connection, withdrawn(after, decision, now), after, "", terms, now)]
    mine = care(rulings.of_incident(connection, incident.id))
    return [*told, *tell(connection, after, decision, mine, "", terms, now)]
