"""Once a day → a sign of life for the operator: how many sources are heard, and what waits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time

from sqlalchemy import Connection

from alerts import digest, outbox
from alerts.model import Digest
from alerts.notices import alive
from alerts.routing import Destination, targets
from monitor.poll import Terms
from monitor.store import sources

AT = Digest(to=("operator",), at=time(7, 0), timezone="UTC")  #: when the sign of life is due; a new installation waits for it
_WELL = frozenset({"heard", "quiet", "new"})


def say_alive(conn: Connection, terms: Terms, destinations: Mapping[str, Destination], now: datetime) -> int:
    """How many signs of life were put into the outbox: one for each of the operator's addresses at its time, else none."""
    if digest.due(conn, AT, now) is None:
        return 0
    verdicts = [s.verdict for s in sources.states(conn).values() if s.source_id in terms.sources]
    silent = sum(v not in _WELL for v in verdicts)
    alert = alive(len(verdicts) - silent, silent, outbox.pressing(conn, now), now)
    return outbox.enqueue(conn, alert, targets(alert, terms.routing, destinations, now), terms.secret, now)
