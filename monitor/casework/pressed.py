"""What people pressed under an alert → rulings on its incident, each once, in the transaction that says so."""

from __future__ import annotations

from datetime import datetime, timedelta

import structlog
from sqlalchemy import Connection

from alerts import inbox
from alerts.inbox import Press
from monitor.casework.terms import Terms, Told
from monitor.casework.verbs import record, resolve
from monitor.errors import CaseworkError
from monitor.incidents.rulings import Ruling, Verb
from monitor.store import groups

MUTED_FOR = timedelta(days=7)  #: what `hrd-monitor incident mute` takes too when it is not told for how long
_VERBS = {
    "take": Verb.TAKE,
    "more": Verb.NOTE,
    "right": Verb.RIGHT,
    "wrong-person": Verb.WRONG_PERSON,
    "old-news": Verb.OLD_NEWS,
    "known": Verb.KNOWN,
    "mute": Verb.MUTE,
}
_log = structlog.get_logger(__name__)


def follow(connection: Connection, terms: Terms, now: datetime) -> tuple[Told, ...]:
    """Record what was pressed since the last look; under a message about several people it is recorded for each of them."""
    told: list[Told] = []
    for press in inbox.take(connection):
        for incident_id in _meant(connection, press):
            told += _recorded(connection, press, incident_id, terms)
        inbox.done(connection, press.id, now)
    return tuple(told)


def _meant(connection: Connection, press: Press) -> tuple[str, ...]:
    """The incidents of a thread: its own, or those of everybody a shared message tells of. One person cannot be picked out of several."""
    group = groups.get(connection, press.thread)
    if group is None:
        return (press.thread,)
    return () if press.action in {"wrong-person", "old-news"} else group.members


def _recorded(connection: Connection, press: Press, incident_id: str, terms: Terms) -> tuple[Told, ...]:
    try:
        incident = resolve(connection, incident_id)
        ruling = Ruling(
            incident=incident.id,
            verb=_VERBS[press.action],
            by=press.actor,
            at=press.at,
            text="says they know more" if press.action == "more" else "",
            until=press.at + MUTED_FOR if press.action == "mute" else None,
        )
        return record(connection, ruling, terms)
    except CaseworkError:
        _log.warning("a press could not be recorded", action=press.action, thread=press.thread)
        return ()
