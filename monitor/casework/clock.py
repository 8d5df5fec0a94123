"""The clocks that are due → overdue alerts in the outbox, each once, in one transaction with the mark that it sounded."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from monitor.casework.telling import tell
from monitor.casework.terms import Terms, Told
from monitor.incidents.answers import Question, Statement, stated
from monitor.incidents.clock import Alarm, due, next_look
from monitor.incidents.decide import Decision
from monitor.incidents.rulings import Care, care
from monitor.incidents.severity import highest
from monitor.model import Incident, Reason, Severity
from monitor.store import clocks, incidents, reports, rulings

AT_ONCE = 50  #: clocks looked at in one transaction; the rest waits for the next look a few seconds later

#: An alarm about these comes through a mute: nobody outside knows where the person is.
_PIERCING = frozenset({Question.WHEREABOUTS, Question.CUSTODY})


def ring(connection: Connection, terms: Terms, now: datetime) -> tuple[Told, ...]:
    """Look at every clock that is due and raise the alarms whose answer is missing."""
    told: list[Told] = []
    for incident_id in clocks.due(connection, now, AT_ONCE):
        told += _look(connection, incident_id, terms, now)
    return tuple(told)


def statements(connection: Connection, incident: Incident, terms: Terms) -> list[Statement]:
    """Everything that is stated about an incident's questions, by reports and by the team."""
    return stated(reports.told(connection, incident.id), rulings.of_incident(connection, incident.id), terms.state)


def _look(connection: Connection, incident_id: str, terms: Terms, now: datetime) -> list[Told]:
    incident = incidents.get(connection, incident_id)
    if incident is None:
        clocks.wind(connection, incident_id, None)
        return []
    mine = care(rulings.of_incident(connection, incident_id))
    said = statements(connection, incident, terms)
    limits, zone = terms.clocks.of(incident.country)
    alarms = due(incident, said, mine, clocks.sounded(connection, incident_id), limits, zone, now)
    clocks.sound(connection, incident_id, [a.mark for a in alarms], now)
    clocks.wind(connection, incident_id, next_look(incident, said, mine, limits, zone, now))
    return _sound(connection, incident, alarms, mine, terms, now) if alarms else []


def _sound(
    connection: Connection, incident: Incident, alarms: tuple[Alarm, ...], mine: Care, terms: Terms, now: datetime
) -> list[Told]:
    """One message for the alarms of one incident that are due together."""
    asked = {a.question for a in alarms}
    level = highest(incident.severity, Severity.CRITICAL) if asked & _PIERCING else incident.severity
    after = replace(incident, revision=incident.revision + 1, updated=now, severity=level)
    incidents.save(connection, after)
    decision = Decision(Reason.OVERDUE, tuple(a.text for a in alarms), broadcast=True, pierces=bool(asked & _PIERCING))
    told = tell(connection, after, decision, mine, "", terms, now)
    if told:
        incidents.save(connection, replace(after, alerted=after.revision))
    return told
