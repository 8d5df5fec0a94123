"""Polling: CPU milliseconds a feed, the whole of fetch, parse, store and schedule, against the `reader` package in the same run."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from types import TracebackType
from typing import Self

from benchmarks.figure import Figure
from monitor.store.database import Database
from monitor.store.migrate import migrate

FEEDS, FEEDS_QUICK = 1_000, 60
PEER = f"reader {version('reader')} update_feeds(workers=8)"


@dataclass(frozen=True, slots=True)
class Phase:
    """One kind of round. orders: what the publishers are told before it; target: how many times cheaper than the peer it is to be."""

    name: str
    orders: tuple[str, ...]
    target: float
    rounds: int = 1


PHASES = (
    Phase("cold", (), 1.5),
    Phase("unchanged, 304", (), 2, rounds=2),
    Phase("5 % changed", ("grow 0.05",), 2, rounds=2),
    Phase("all changed, 1-3 new", ("grow 1.0",), 10),
    Phase("same bytes without validators", ("validators off",), 30, rounds=2),
    Phase("volatile lastBuildDate", ("volatile on",), 20, rounds=2),
)


class Child:
    """A process of the benchmark that answers each line with a line."""

    def __init__(self, module: str, *arguments: object) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", f"benchmarks.{module}", *map(str, arguments)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        assert self._process.stdin
        self._process.stdin.close()
        try:
            self._process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    @property
    def pid(self) -> int:
        """Its process number."""
        return self._process.pid

    def line(self) -> str:
        """The next line it says. Raises EOFError when it has ended."""
        assert self._process.stdout
        said = self._process.stdout.readline()
        if not said:
            raise EOFError("a process of the benchmark has ended")
        return said.strip()

    def tell(self, line: str) -> str:
        """Say a line and hear the answer."""
        assert self._process.stdin
        self._process.stdin.write(line + "\n")
        self._process.stdin.flush()
        return self.line()


def measure(quick: bool) -> Iterator[Figure]:
    """Run every phase on both sides over the same publishers, one side after the other in each round."""
    feeds = FEEDS_QUICK if quick else FEEDS
    with tempfile.TemporaryDirectory() as folder, Child("publisher", feeds) as town:
        port = town.line()
        database = Database.open(f"sqlite:///{folder}/ours.sqlite3")
        migrate(
            database, datetime.now(UTC)
        )  # the libraries of a migration are not what a daemon holds from its second start on
        database.close()
        with Child("poll_ours", feeds, port, folder) as ours, Child("poll_peer", feeds, port, folder) as peer:
            ours.line(), peer.line()
            for phase in PHASES:
                if phase.name == "volatile lastBuildDate":
                    town.tell("validators on")
                _settle(phase, town, ours, peer)
                yield from _phase(phase, feeds, town, ours, peer)


def _settle(phase: Phase, town: Child, ours: Child, peer: Child) -> None:
    """Bring both sides to where a phase begins: the first round after the validators went is not what it measures."""
    if phase.orders and not phase.orders[0].startswith("grow"):
        for order in phase.orders:
            town.tell(order)
        ours.tell("go"), peer.tell("go")


def _phase(phase: Phase, feeds: int, town: Child, ours: Child, peer: Child) -> Iterator[Figure]:
    spent: dict[str, list[dict[str, float]]] = {"ours": [], "peer": []}
    for _ in range(phase.rounds):
        for order in phase.orders:
            if order.startswith("grow"):
                town.tell(order)
        spent["ours"].append(json.loads(ours.tell("go")))
        spent["peer"].append(json.loads(peer.tell("go")))
    mine, theirs = (
        1_000 * sum(r["own_s"] + r["children_s"] for r in spent[side]) / phase.rounds / feeds for side in spent
    )
    if spent["ours"][-1]["entries"] < spent["peer"][-1]["entries"]:
        raise ValueError(
            f"{phase.name}: {spent['ours'][-1]['entries']} articles kept, the peer has {spent['peer'][-1]['entries']}"
        )
    yield Figure(
        name=f"{phase.name}, CPU a feed", value=mine, unit="ms", peer=PEER, peer_value=theirs, target=phase.target
    )
    if phase is PHASES[-1]:
        yield Figure(
            name="memory of the parent process at the end (PSS), reader's share at least",
            value=spent["ours"][-1]["pss_mb"],
            unit="MB",
            peer=PEER,
            peer_value=spent["peer"][-1]["pss_mb"],
            target=0.5,
        )
