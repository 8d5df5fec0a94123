"""An incident and a decision → an alert in the outbox, or the reason why nobody is written to now."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from alerts import outbox
from alerts.model import Alert
from alerts.routing import targets
from alerts.timers import later
from monitor.casework.terms import Terms, Told
from monitor.incidents.compose import compose
from monitor.incidents.decide import Decision
from monitor.incidents.fit import anchor, same_place
from monitor.incidents.groups import SAME_DAY, taking
from monitor.incidents.rulings import Care
from monitor.incidents.silence import quiet
from monitor.model import Incident, Reason
from monitor.store import groups, incidents, rulings

MOST_LINKED = 10  #: cases named beside a crackdown; all of them are on the desk


def tell(
    connection: Connection,
    incident: Incident,
    decision: Decision,
    care: Care,
    article_id: str,
    terms: Terms,
    now: datetime,
) -> list[Told]:
    """Compose the alert of one decision and put it into the outbox, in this same transaction; empty when it is kept quiet."""
    why, still = quiet(incident, decision, care, rulings.silences_at(connection, now), now)
    if why is not None and not still:
        terms.tally(f"kept silent: {why.split(' until')[0]}")
        if decision.reason is Reason.FIRST_REPORT:  # whoever hears of it next hears of it for the first time
            incidents.save(connection, replace(incident, alerted=0))
        if decision.pierces or not care.known:  # of what the team knows, the rest is never sent
            rulings.keep_back(connection, incident.id, now, pierces=decision.pierces)
        return []
    alert = compose(incident, decision, terms.watchlist, terms.sources, now, care, _linked(connection, incident))
    if alert is None:
        return []
    if why is not None:
        alert = replace(alert, only_to=still)
        rulings.keep_back(connection, incident.id, now, pierces=decision.pierces)
    else:
        rulings.give_back(connection, incident.id)
    return [put(connection, alert, incident, article_id, terms, now)]


def _linked(connection: Connection, incident: Incident) -> tuple[str, ...]:
    """The ids of the crackdown that somebody was taken in, or of the cases of those who were taken there."""
    if not incident.country or not (incident.assembly or taking(incident)):
        return ()
    day = anchor(incident)
    where = (connection, incident.country[0], day.first - SAME_DAY, day.last + SAME_DAY)
    near = groups.taken(*where) if incident.assembly else incidents.gatherings(*where)
    here = incident.place
    return tuple(i.id for i in near if here and i.place and same_place(here, i.place) and i.id != incident.id)[
        :MOST_LINKED
    ]


def put(connection: Connection, alert: Alert, incident: Incident, article_id: str, terms: Terms, now: datetime) -> Told:
    """Put one alert into the outbox for everybody it goes to."""
    reached = targets(alert, terms.routing, terms.destinations, now, outbox.told(connection, alert.thread))
    asked = later(alert, reached, terms.routing, terms.destinations, now)
    outbox.enqueue(connection, alert, (*reached, *asked), terms.secret, now)
    terms.tally(f"alerted: {alert.reason}")
    return Told(alert=alert, incident=incident, article_id=article_id, targets=reached)
