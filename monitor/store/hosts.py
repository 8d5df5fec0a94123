"""The hosts that share a database: each says that it lives, and one of them leads, by a lease on the server's own clock.

Every function works in a write transaction, and those come one after the other over all hosts: two can never take the lease at once.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, delete, func, select, update

from monitor.store.tables import hosts

LEASE = timedelta(seconds=30)  #: without a sign of life from the leader, after which another host leads
GONE = timedelta(days=1)  #: without a sign of life, after which a host is forgotten


@dataclass(frozen=True, slots=True)
class Host:
    """One running process. heard_s: seconds since its last sign of life; doing: visits and channels it has in hand."""

    id: str
    name: str
    pid: int
    since: datetime
    heard_s: float
    leads: bool
    doing: int


def beat(connection: Connection, one: str, name: str, pid: int, since: datetime, doing: int) -> bool:
    """Say that a host lives; whether it leads now. one: unique to the process."""
    moment = clock(connection)
    row = {"name": name, "pid": pid, "since": since, "heard": moment, "doing": doing}
    if not connection.execute(update(hosts).where(hosts.c.id == one).values(**row)).rowcount:
        connection.execute(hosts.insert().values(id=one, leads_until=None, **row))
    connection.execute(delete(hosts).where(hosts.c.heard < moment - GONE))
    other = (hosts.c.id != one) & (hosts.c.leads_until > moment)
    if connection.scalar(select(hosts.c.id).where(other).limit(1)) is not None:
        connection.execute(update(hosts).where(hosts.c.id == one).values(leads_until=None))
        return False
    connection.execute(update(hosts).where(hosts.c.id != one).values(leads_until=None))
    connection.execute(update(hosts).where(hosts.c.id == one).values(leads_until=moment + LEASE))
    return True


def leave(connection: Connection, one: str) -> None:
    """A host that stops in good order gives its lease back at once."""
    connection.execute(delete(hosts).where(hosts.c.id == one))


def listing(connection: Connection) -> list[Host]:
    """Every host that was heard within a day, by name."""
    moment = clock(connection)
    return [
        Host(
            id=r.id,
            name=r.name,
            pid=r.pid,
            since=r.since,
            heard_s=max(0.0, (moment - r.heard).total_seconds()),
            leads=r.leads_until is not None and r.leads_until > moment,
            doing=r.doing,
        )
        for r in connection.execute(select(hosts).order_by(hosts.c.name, hosts.c.id))
    ]


def live(connection: Connection, within: timedelta) -> frozenset[str]:
    """The names of the hosts that were heard within this time."""
    return frozenset(connection.scalars(select(hosts.c.name).where(hosts.c.heard >= clock(connection) - within)))


def clock(connection: Connection) -> datetime:
    """The server's clock, which all hosts share; the embedded database has none of its own."""
    server = connection.dialect.name == "postgresql"
    now = func.timezone("UTC", func.clock_timestamp()) if server else func.strftime("%Y-%m-%dT%H:%M:%f", "now")
    found = connection.execute(select(now)).scalar_one()
    moment: datetime = found if isinstance(found, datetime) else datetime.fromisoformat(found)
    return moment.replace(tzinfo=UTC)
