"""What the operator is told of the service: a daily sign of life, a disk that fills, files that were refused."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from sqlalchemy import Connection

from alerts import digest, inbox, outbox
from alerts.model import Alert, Digest
from alerts.notices import alive, service
from alerts.routing import Destination, targets
from monitor.casework.terms import Terms
from monitor.store import sources

AT = Digest(
    to=("operator",), at=time(7, 0), timezone="UTC"
)  #: when the sign of life is due; a new installation waits for it
MIN_FREE_MB = 500  #: megabytes of disk; the database, its backup and a day of logs fit in it
_WELL = frozenset({"heard", "quiet", "new"})


def say_alive(conn: Connection, terms: Terms, destinations: Mapping[str, Destination], now: datetime) -> int:
    """How many signs of life were put into the outbox: one for each of the operator's addresses at its time, else none."""
    if digest.due(conn, AT, now) is None:
        return 0
    verdicts = [s.verdict for s in sources.states(conn).values() if s.source_id in terms.sources]
    silent = sum(v not in _WELL for v in verdicts)
    monday = terms.routing.trial is not None and now.weekday() == 0
    week = inbox.feedback(conn, now - timedelta(days=7)) if monday else None
    alert = alive(len(verdicts) - silent, silent, outbox.pressing(conn, now), now, week)
    return _tell(conn, alert, terms, destinations, now)


def say_troubles(
    conn: Connection, terms: Terms, destinations: Mapping[str, Destination], free_mb: float, now: datetime
) -> int:
    """How many troubles of the service were put into the outbox, each once a day. free_mb: free on the disk of the database, in megabytes."""
    told: list[Alert] = []
    if free_mb < MIN_FREE_MB:
        what = f"the disk of the database has {free_mb:.0f} MB left"
        told.append(service("disk", what, "make room now; a full disk stops everything", now))
    return sum(_tell(conn, alert, terms, destinations, now) for alert in told)


def say_refused(
    conn: Connection, count: int, terms: Terms, destinations: Mapping[str, Destination], now: datetime
) -> int:
    """How many notes say that changed files were not taken over; what stands in them is told by `check` alone."""
    alert = service(
        f"reload-{now:%H}", f"changed files were not taken over: {count} mistakes", "run `hrd-monitor check`", now
    )
    return _tell(conn, alert, terms, destinations, now)


def say_unsaved(conn: Connection, terms: Terms, destinations: Mapping[str, Destination], now: datetime) -> int:
    """How many notes say that the scheduled backup could not be made, once a day; why is in the log and in `hrd-monitor backup`."""
    alert = service("backup", "the backup could not be made", "run `hrd-monitor backup`, it says why", now)
    return _tell(conn, alert, terms, destinations, now)


def _tell(conn: Connection, alert: Alert, terms: Terms, destinations: Mapping[str, Destination], now: datetime) -> int:
    reached = targets(alert, terms.routing, destinations, now)
    return outbox.enqueue(conn, alert, reached, terms.secret, now)
