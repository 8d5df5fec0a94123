"""What the tests of delivery share: an invented alert, an outbox in a database, a clock that is set by hand, a process that dies."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, select

from alerts import outbox
from alerts.channels import Channel
from alerts.deliver import Deliverer
from alerts.model import Alert, AlertKind, Line, LineStyle, Link, Match, Receipt, Route, Routing, Sensitivity, Severity
from alerts.routing import Destination, targets
from alerts.tables import deliveries, metadata

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
SECRET = b"the secret of this installation"

FIRST = Alert(
    id="i-1:1",
    thread="i-1",
    revision=1,
    kind=AlertKind.NEW,
    severity=Severity.HIGH,
    sensitivity=Sensitivity.OPEN,
    reason="first_report",
    at=NOW,
    title="Sok Dara arrested in Phnom Penh",
    preview="KH: one arrest, reported by 1 publisher",
    lines=(
        Line(text="Phnom Penh", label="Where"),
        Line(
            text="Police detained Sok Dara outside the court on Monday.",
            style=LineStyle.QUOTE,
            url="https://news.example.org/a/1",
        ),
    ),
    links=(Link(label="Open the desk", url="http://127.0.0.1:8765/i/1"),),
    country=("KH",),
    act="arrest",
    watch=("kh-0001",),
)


def following(revision: int, changed: str = "", kind: AlertKind = AlertKind.UPDATE, **other: Any) -> Alert:
    """A later alert of the same thread."""
    line = Line(text=changed or f"change number {revision}", style=LineStyle.CHANGE)
    return replace(
        FIRST, id=f"i-1:{revision}", revision=revision, kind=kind, reason="state_changed", changes=(line,), **other
    )


def routing_to(*names: str, operator: tuple[str, ...] = ()) -> Routing:
    """Everything to these channels."""
    return Routing(routes=(Route(match=Match(), to=names),), operator=operator)


class KilledError(BaseException):
    """The process died at a failpoint: nothing in it catches this."""


def dies_at(name: str) -> Callable[[str], None]:
    """A failpoint hook that ends everything the first time the point is passed."""
    left = [1]

    def passing(point: str) -> None:
        if point == name and left[0]:
            left[0] = 0
            raise KilledError(name)

    return passing


class Clock:
    """A clock that runs with the real one from NOW, and can be moved on."""

    def __init__(self) -> None:
        self._ahead = NOW - datetime.now(UTC)

    def now(self) -> datetime:
        """The time it shows."""
        return datetime.now(UTC) + self._ahead

    def move(self, seconds: float) -> None:
        """Move it on."""
        self._ahead += timedelta(seconds=seconds)


@contextmanager
def database(url: str = "sqlite://") -> Iterator[Engine]:
    """An outbox with its tables; transactions begin at once, as the store's do."""
    engine = create_engine(url)
    if url.startswith("sqlite"):
        event.listen(engine, "connect", lambda raw, _record: setattr(raw, "isolation_level", None))
        event.listen(engine, "begin", lambda conn: conn.exec_driver_sql("BEGIN IMMEDIATE"))
    metadata.create_all(engine)
    try:
        yield engine
    finally:
        metadata.drop_all(engine)
        engine.dispose()


class Post:
    """An outbox with channels on it; `restart` is a new process on the same database."""

    def __init__(
        self,
        engine: Engine,
        channels: Mapping[str, Channel],
        destinations: Mapping[str, Destination],
        routing: Routing,
        **options: Any,
    ) -> None:
        self.engine, self.channels, self.destinations, self.routing = engine, channels, destinations, routing
        self.clock = Clock()
        self._options = {"sleep": self._nap, **options}
        self._lock = asyncio.Lock()
        self.deliverer = self.restart()

    async def transact(self, work: Callable[[Connection], Any]) -> Any:
        """One writer, one transaction."""
        async with self._lock:
            with self.engine.begin() as conn:
                return work(conn)

    def restart(self, **options: Any) -> Deliverer:
        """A deliverer that knows nothing but the database."""
        self.deliverer = Deliverer(
            self.transact,
            self.channels,
            self.destinations,
            self.routing,
            SECRET,
            self.clock.now,
            **{**self._options, **options},
        )
        return self.deliverer

    def enqueue(self, alert: Alert) -> int:
        """Put an alert in the outbox, as a poll's transaction does."""
        now = self.clock.now()
        with self.engine.begin() as conn:
            told: tuple[Receipt, ...] = outbox.told(conn, alert.thread)
            return outbox.enqueue(conn, alert, targets(alert, self.routing, self.destinations, now, told), SECRET, now)

    async def deliver(self, times: int = 1, linger_s: float = 10.0) -> None:
        """Deliver what is due."""
        for _ in range(times):
            await self.deliverer.deliver(linger_s)

    async def settle(self, rounds: int = 40) -> None:
        """Deliver, moving the clock to whatever is next due, until nothing waits or the rounds are over."""
        for _ in range(rounds):
            await self.deliver()
            with self.engine.begin() as conn:
                if not outbox.unsettled(conn):
                    return
                due = [at for name in self.channels if (at := outbox.next_due(conn, name, self.clock.now()))]
            self.clock.move(max(0.0, (min(due) - self.clock.now()).total_seconds()) + 0.001 if due else 1.0)

    async def _nap(self, seconds: float) -> None:
        self.clock.move(seconds)
        await asyncio.sleep(0)

    def rows(self, *columns: str) -> list[tuple[Any, ...]]:
        """The deliveries by their id: the columns asked for."""
        with self.engine.begin() as conn:
            return [
                tuple(r) for r in conn.execute(select(*(deliveries.c[c] for c in columns)).order_by(deliveries.c.id))
            ]
