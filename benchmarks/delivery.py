"""Delivery: how soon an alert is sent once it is settled, how a thousand drain, and whether news overtakes a long queue."""

from __future__ import annotations

import asyncio
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from alerts import outbox
from alerts.channels.protocol import Payload
from alerts.deliver import Deliverer
from alerts.model import (
    Alert,
    AlertKind,
    Delivery,
    Line,
    LineStyle,
    Match,
    Outcome,
    Receipt,
    Route,
    Routing,
    Sensitivity,
    Severity,
    Verdict,
)
from alerts.routing import Destination, targets
from alerts.tables import receipts
from benchmarks.figure import Figure
from monitor import jobs
from monitor.store.database import Database
from monitor.store.migrate import migrate

PACE_S = 1.0  #: seconds between two messages of a channel, as for Slack
SECRET = b"a benchmark"


@dataclass(slots=True)
class Instant:
    """A channel that takes everything at once and remembers when."""

    name: str
    pace_s: float = PACE_S
    quiet_s: float = 60.0
    sent: list[tuple[str, float]] = field(default_factory=list)

    def render(self, delivery: Delivery) -> Payload:
        """The alert's id."""
        return {"id": delivery.alert.id, "key": delivery.key}

    async def send(self, payload: Payload) -> Outcome:
        """Sent."""
        self.sent.append((payload["id"], time.perf_counter()))
        receipt = Receipt(channel=self.name, address=self.name, handle={"key": payload["key"]})
        return Outcome(verdict=Verdict.SENT, receipt=receipt)

    async def find(self, delivery: Delivery) -> Outcome | None:
        """Nothing is ever unknown here."""
        del delivery
        return None

    async def heal(self, delivery: Delivery) -> Outcome | None:
        """Nothing comes late here."""
        del delivery
        return None


class Office:
    """A real database with channels on it, delivered as the daemon does."""

    def __init__(self, folder: Path, channels: int, pace_s: float = PACE_S) -> None:
        self.channels = {f"c{n}": Instant(f"c{n}", pace_s) for n in range(channels)}
        self.where = {n: Destination(addresses=(n,), parts=dict.fromkeys(AlertKind, ("post",))) for n in self.channels}
        routes = tuple(Route(match=Match(tag=(n,)), to=(n,), further=True) for n in self.channels)
        self.routing = Routing(routes=routes, operator=tuple(self.channels)[:1])
        self.database = Database.open(None, folder)
        migrate(self.database, datetime.now(UTC))
        self.deliverer = Deliverer(
            self.database.transact, self.channels, self.where, self.routing, SECRET, lambda: datetime.now(UTC)
        )

    def put(self, *alerts: Alert) -> None:
        """Settle these alerts in one transaction."""
        now = datetime.now(UTC)

        def settle(conn: object) -> None:
            for alert in alerts:
                reached = targets(alert, self.routing, self.where, now)
                outbox.enqueue(conn, alert, reached, SECRET, now)  # type: ignore[arg-type]  # the store hands a connection

        self.database.transact_now(settle)

    async def deliver_until(self, enough: int, limit_s: float) -> None:
        """Deliver every half second, as the daemon's job does, until so many were sent."""
        end = time.monotonic() + limit_s
        while time.monotonic() < end and sum(len(c.sent) for c in self.channels.values()) < enough:
            began = time.monotonic()
            await self.deliverer.deliver()
            await asyncio.sleep(max(0.0, jobs.DELIVER_S - (time.monotonic() - began)))


def measure(quick: bool) -> Iterator[Figure]:
    """Settle to send when idle; a queue at the pacing limit; a new arrest behind five thousand updates."""
    yield from _idle(10 if quick else 100)
    yield from _drain(100 if quick else 1_000)
    yield from _overtaking(500 if quick else 5_000)


def _idle(count: int) -> Iterator[Figure]:
    with _office(1, pace_s=0.0) as office:

        async def play() -> list[float]:
            waits = []
            delivering = asyncio.create_task(office.deliver_until(count, 60.0 + count))
            for n in range(count):
                await asyncio.sleep(0.05 + 0.5 * (n % 7) / 7)
                began = time.perf_counter()
                office.put(_alert(f"n{n}", "c0"))
                while len(office.channels["c0"].sent) <= n:  # noqa: ASYNC110 - the channel does not know who waits for it
                    await asyncio.sleep(0.002)
                waits.append(office.channels["c0"].sent[n][1] - began)
            await delivering
            return waits

        waits = sorted(asyncio.run(play()))
    yield Figure(name="settle to send, p50, idle", value=waits[len(waits) // 2], unit="s")
    yield Figure(name="settle to send, p99, idle", value=waits[int(len(waits) * 0.99) - 1], unit="s", target=1.0)


def _drain(count: int, channels: int = 20) -> Iterator[Figure]:
    with _office(channels) as office:
        office.put(*(_alert(f"d{n}", f"c{n % channels}") for n in range(count)))
        began = time.perf_counter()
        asyncio.run(office.deliver_until(count, count * PACE_S))
        took = time.perf_counter() - began
        sent = sum(len(c.sent) for c in office.channels.values())
        early = sum(
            b[1] - a[1] < PACE_S - 0.05
            for c in office.channels.values()
            for a, b in zip(c.sent, c.sent[1:], strict=False)
        )
    ideal = (count / channels - 1) * PACE_S
    yield Figure(
        name=f"{count} alerts to {channels} channels, drained",
        value=sent,
        unit="alerts",
        target=float(count),
        below=False,
    )
    yield Figure(name="drain time against the pacing limit", value=took / ideal, unit="x", target=1.2)
    yield Figure(name="messages sooner than the pace", value=early, unit="messages", target=0.0)


def _overtaking(count: int) -> Iterator[Figure]:
    with _office(1) as office:
        updates = [replace(_alert(f"u{n}", "c0"), kind=AlertKind.UPDATE, revision=2) for n in range(count)]
        known = {"channel": "c0", "address": "c0", "handle": "{}", "trial": False, "at": datetime.now(UTC)}
        rows = [known | {"thread": u.thread} for u in updates]  # the channel heard how each of these cases began
        office.database.transact_now(lambda conn: conn.execute(receipts.insert(), rows))
        office.put(*updates)

        async def play() -> float:
            delivering = asyncio.create_task(office.deliver_until(count, 6.0))
            await asyncio.sleep(2.0)
            began = time.perf_counter()
            office.put(_alert("arrest", "c0"))
            await delivering
            return next((at - began for name, at in office.channels["c0"].sent if name == "arrest:1"), 99.0)

        yield Figure(
            name=f"a new arrest behind {count} queued updates, sent after",
            value=asyncio.run(play()),
            unit="s",
            target=2 * PACE_S,
        )


@contextmanager
def _office(channels: int, pace_s: float = PACE_S) -> Iterator[Office]:
    with tempfile.TemporaryDirectory() as folder:
        made = Office(Path(folder), channels, pace_s)
        try:
            yield made
        finally:
            made.database.close()


def _alert(name: str, channel: str) -> Alert:
    return Alert(
        id=f"{name}:1",
        thread=name,
        revision=1,
        kind=AlertKind.NEW,
        severity=Severity.HIGH,
        sensitivity=Sensitivity.OPEN,
        reason="first_report",
        at=datetime.now(UTC),
        title="An arrest",
        preview="One arrest",
        lines=(Line(text="A sentence of the usual length about what happened.", style=LineStyle.QUOTE),) * 6,
        tag=(channel,),
    )


__all__ = ["measure"]
