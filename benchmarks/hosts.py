"""One, two and three hosts on one PostgreSQL against the embedded default, on the same load: visits a second, and CPU for each visit."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx

from benchmarks.figure import Figure
from benchmarks.poll import Child
from benchmarks.scale import cpu_of, write_files
from tests import postgres

SOURCES, SOURCES_QUICK = 600, 120
EVERY_S = (
    1  #: seconds between two visits that every source asks for: more than anybody can do, so that the most is measured
)
WARM_S, LENGTH_S, LENGTH_QUICK_S = 180.0, 30.0, 8.0
ROUNDS = (
    2  #: visits to every source before it counts: the first reads everything, and would be most of what is measured
)
STARTING_S = 8.0  #: seconds before the daemons are asked anything
SHARING = 1.5  #: times the embedded default's CPU for a visit that sharing may cost


@dataclass(frozen=True, slots=True)
class Measured:
    """What some daemons did: visits a second of all together, CPU milliseconds of ours for each visit."""

    visits_s: float
    cpu_ms: float


def measure(quick: bool) -> Iterator[Figure]:
    """The embedded default first; each number of hosts is compared with it."""
    count = SOURCES_QUICK if quick else SOURCES
    length_s = LENGTH_QUICK_S if quick else LENGTH_S
    with Child("publisher", count) as town, postgres.server() as server:
        port = int(town.line())
        alone = _run(count, port, ("",), length_s)
        yield Figure(name="embedded, visits a second", value=alone.visits_s, unit="1/s")
        yield Figure(name="embedded, CPU a visit", value=alone.cpu_ms, unit="ms")
        for number in (1, 2, 3):
            url = server.url(server.empty())
            found = _run(count, port, (url,) * number, length_s)
            yield Figure(
                name=f"{number} on PostgreSQL, visits a second",
                value=found.visits_s,
                unit="1/s",
                peer="embedded",
                peer_value=alone.visits_s,
            )
            yield Figure(
                name=f"{number} on PostgreSQL, CPU a visit", value=found.cpu_ms, unit="ms", peer="embedded", peer_value=alone.cpu_ms, target=1 / SHARING
            )  # fmt: skip


def _run(count: int, port: int, urls: Sequence[str], length_s: float) -> Measured:
    """Start a daemon for each address, "" for an embedded database of its own, and watch them from outside."""
    with tempfile.TemporaryDirectory() as name:
        running: list[tuple[subprocess.Popen[bytes], str]] = []
        try:
            for number, url in enumerate(urls):
                folder = Path(name) / str(number)
                folder.mkdir()
                web = write_files(folder, count, port, EVERY_S)
                environment = {k: v for k, v in os.environ.items() if not k.startswith("HRD_MONITOR_")}
                environment |= {
                    "HRD_MONITOR_DATA": str(folder / "data"),
                    "HRD_MONITOR_WEB": web,
                    "HRD_MONITOR_HOST": f"h{number}",
                }
                environment |= {"HRD_MONITOR_DATABASE_URL": url} if url else {}
                with (folder / "log").open("wb") as log:
                    command = [sys.executable, "-m", "monitor", "run"]
                    running.append(
                        (subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log), web)
                    )
            _warm(running, count)
            visits, spent, began = _visits(running), sum(cpu_of(p.pid) for p, _ in running), time.monotonic()
            time.sleep(length_s)
            took, made = time.monotonic() - began, _visits(running) - visits
            cost = sum(cpu_of(p.pid) for p, _ in running) - spent
            return Measured(visits_s=made / took, cpu_ms=1_000 * cost / max(made, 1))
        finally:
            for process, _ in running:
                process.send_signal(signal.SIGTERM)
            for process, _ in running:
                process.wait(timeout=30)


def _warm(running: Sequence[tuple[subprocess.Popen[bytes], str]], count: int) -> None:
    """Wait until every source has been read and is only looked at."""
    until = time.monotonic() + WARM_S
    time.sleep(STARTING_S)
    while _visits(running) < ROUNDS * count:
        if time.monotonic() > until:
            msg = f"{len(running)} hosts did not visit {count} sources {ROUNDS} times in {WARM_S} s"
            raise RuntimeError(msg)
        time.sleep(1)


def _visits(running: Sequence[tuple[subprocess.Popen[bytes], str]]) -> float:
    found = 0.0
    for _, web in running:
        said = httpx.get(f"http://{web}/metrics", timeout=10, trust_env=False).text
        found += sum(float(v) for v in re.findall(r"^hrd_monitor_polls_total\{.*\} (\S+)$", said, re.MULTILINE))
    return found
