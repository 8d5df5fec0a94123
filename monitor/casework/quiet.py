"""What was kept back by a silence, a hold or a mute that is over → told in one message for each incident; nothing is dropped."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from alerts import outbox
from alerts.notices import silence_over
from alerts.routing import targets
from monitor.casework.telling import tell
from monitor.casework.terms import Terms, Told
from monitor.incidents.decide import Decision
from monitor.incidents.rulings import care
from monitor.incidents.silence import quiet
from monitor.model import Incident, Reason
from monitor.store import incidents, reports, rulings


def lift(connection: Connection, terms: Terms, now: datetime) -> tuple[Told, ...]:
    """Tell what nothing keeps back any more, each incident as it stands now, and say to the operator that a silence has ended."""
    told: list[Told] = []
    given_back = 0
    for incident_id, pierces, since in rulings.waiting(connection):
        incident = incidents.get(connection, incident_id)
        mine = care(rulings.of_incident(connection, incident_id))
        if incident is None or mine.withdrawn is not None or mine.into is not None:
            rulings.give_back(connection, incident_id)
            continue
        decision = _decision(connection, incident, since, pierces=pierces)
        if quiet(incident, decision, mine, rulings.silences_at(connection, now), now)[0] is not None:
            continue
        rulings.give_back(connection, incident_id)
        after = replace(incident, revision=incident.revision + 1, alerted=incident.revision + 1, updated=now)
        incidents.save(connection, after)
        told += tell(connection, after, decision, mine, "", terms, now)
        given_back += 1
    for silence in rulings.over(connection, now):
        alert = silence_over(silence.id, silence.by, given_back, now)
        outbox.enqueue(connection, alert, targets(alert, terms.routing, terms.destinations, now), terms.secret, now)
    return tuple(told)


def _decision(connection: Connection, incident: Incident, since: datetime, *, pierces: bool) -> Decision:
    """What is told when the quiet is over: the incident itself where nobody ever heard of it, else that more came meanwhile."""
    meanwhile = f"kept back since {since:%Y-%m-%d %H:%M} UTC, told now that the quiet is over"
    if incident.alerted == 0 and any(r.alerts for _, r in reports.numbered(connection, incident.id)):
        return Decision(Reason.FIRST_REPORT, (meanwhile,), broadcast=True, pierces=pierces)
    return Decision(Reason.MATERIAL_FACT, (meanwhile,), broadcast=pierces, pierces=pierces)
