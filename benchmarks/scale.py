"""Ten thousand sources for ten minutes: the real daemon's share of one core, how late its loop is, what is overdue, and its memory."""

from __future__ import annotations

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import yaml

from benchmarks.figure import Figure
from benchmarks.poll import Child
from benchmarks.publisher import address
from benchmarks.usage import cpu_s, pss_mb
from monitor.store.database import Database
from monitor.store.migrate import migrate

SOURCES, SOURCES_QUICK = 10_000, 500
EVERY_S, EVERY_QUICK_S = 300, 30
LENGTH_S, LENGTH_QUICK_S = 600, 45
CHANGING, TROUBLED = 0.03, 0.03  #: share of the sources that grow in a round, and that hang or fail always
WARM_S = 20.0  #: seconds after the start that are not measured: the models are loaded
SAMPLE_S = 5.0


def measure(quick: bool) -> Iterator[Figure]:
    """Greet every source, start the daemon on what is remembered of them, and watch it from outside."""
    count, every_s, length_s = (SOURCES_QUICK, EVERY_QUICK_S, LENGTH_QUICK_S) if quick else (SOURCES, EVERY_S, LENGTH_S)
    with tempfile.TemporaryDirectory() as name, Child("publisher", count) as town:
        folder, port = Path(name), town.line()
        (folder / "data").mkdir(mode=0o700)
        database = Database.open(f"sqlite:///{folder / 'data' / 'ours.sqlite3'}")
        migrate(database, datetime.now(UTC))
        database.close()
        with Child("poll_ours", count, port, str(folder / "data")) as first:
            first.line(), first.tell("go")
        _spread(folder / "data" / "ours.sqlite3", every_s)
        town.tell(f"trouble {TROUBLED}")
        web = write_files(folder, count, int(port), every_s)
        yield from _watch(folder, web, town, every_s, length_s)


def _spread(path: Path, every_s: float) -> None:
    """Make the visits due one after the other over one interval, as they are once a daemon has run for a while."""
    now = datetime.now(UTC).replace(tzinfo=None)
    with sqlite3.connect(path) as connection:
        ids = [row[0] for row in connection.execute("SELECT source_id FROM sources ORDER BY source_id")]
        connection.executemany(
            "UPDATE sources SET next_visit = ?, visited = ?, heard = ?, unconditional = ? WHERE source_id = ?",
            [(str(now + timedelta(seconds=every_s * n / len(ids))), str(now), str(now), str(now), i) for n, i in enumerate(ids)],
        )  # fmt: skip
    connection.close()


def write_files(folder: Path, count: int, port: int, every_s: int) -> str:
    """Write the configuration; the address of the desk."""
    listed = [
        {"id": f"s{n}", "name": f"s{n}", "url": address(n, port), "every": f"{every_s}s", "country": ["KH"], "allow_private": True}
        for n in range(count)
    ]  # fmt: skip
    (folder / "sources.yaml").write_text(yaml.safe_dump({"sources": listed}))
    people = [{"id": f"p{n}", "name": f"Fanwi Zurelma{n}", "sensitivity": "open"} for n in range(1_000)]
    (folder / "watchlist.yaml").write_text(yaml.safe_dump({"defenders": people}))
    (folder / "alerts.yaml").write_text(
        "channels:\n  terminal: {kind: console}\nroutes:\n  - {match: {}, to: [terminal]}\noperator: {to: [terminal]}\n"
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return f"127.0.0.1:{free.getsockname()[1]}"


def _watch(folder: Path, web: str, town: Child, every_s: float, length_s: float) -> Iterator[Figure]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("HRD_MONITOR_")}
    environment |= {
        "HRD_MONITOR_DATA": str(folder / "data"),
        "HRD_MONITOR_DATABASE_URL": f"sqlite:///{folder / 'data' / 'ours.sqlite3'}",
        "HRD_MONITOR_WEB": web,
    }
    log = (folder / "log").open("wb")
    process = subprocess.Popen(
        [sys.executable, "-m", "monitor", "run"], cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=log
    )
    try:
        time.sleep(WARM_S)
        before, began, overdue, memory = _metrics(web), time.monotonic(), [0.0], [0.0]
        spent, grown = cpu_of(process.pid), began
        while time.monotonic() - began < length_s:
            time.sleep(SAMPLE_S)
            if time.monotonic() - grown >= every_s / 10:  # a tenth of a round's changes at a time
                town.tell(f"grow {CHANGING / 10}")
                grown = time.monotonic()
            memory.append(sum(pss_mb(pid) for pid in (process.pid, *_children(process.pid))))
            overdue.append(_value(_metrics(web), "hrd_monitor_oldest_due_seconds"))
        took = time.monotonic() - began
        after = _metrics(web)
        yield Figure(name="share of one core", value=100 * (cpu_of(process.pid) - spent) / took, unit="%", target=25.0)
        polls = _sum(after, "hrd_monitor_polls_total") - _sum(before, "hrd_monitor_polls_total")
        yield Figure(name="polls a second", value=polls / took, unit="1/s")
        yield Figure(name="loop lag, p99 below", value=1_000 * _p99(before, after), unit="ms", target=50.0)
        yield Figure(name="oldest overdue poll", value=max(overdue), unit="s", target=0.2 * every_s)
        yield Figure(name="memory with workers (PSS)", value=max(memory), unit="MB", target=700.0)
        yield Figure(name="memory of the parent (PSS)", value=pss_mb(process.pid), unit="MB", target=200.0)
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=20)
        log.close()


def _metrics(web: str) -> str:
    return httpx.get(f"http://{web}/metrics", timeout=10, trust_env=False).text


def _value(metrics: str, name: str) -> float:
    found = re.search(rf"^{name} (\S+)$", metrics, re.MULTILINE)
    return float(found[1]) if found else 0.0


def _sum(metrics: str, name: str) -> float:
    return sum(float(v) for v in re.findall(rf"^{name}\{{.*\}} (\S+)$", metrics, re.MULTILINE))


def _p99(before: str, after: str) -> float:
    """The bound of the bucket in which the 99th of a hundred measurements of the loop lies, in seconds."""
    found = r'^hrd_monitor_loop_lag_seconds_bucket\{le="(\S+)"\} (\S+)$'
    earlier = dict(re.findall(found, before, re.MULTILINE))
    counts = [(float(le), float(n) - float(earlier.get(le, 0))) for le, n in re.findall(found, after, re.MULTILINE)]
    return next(le for le, n in counts if n >= 0.99 * counts[-1][1])


def _children(pid: int) -> list[int]:
    return [int(c) for c in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def cpu_of(pid: int) -> float:
    """CPU seconds of the daemon with its workers, also those that have ended. Source: proc(5), fields 14 to 17."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    ended = (int(fields[13]) + int(fields[14])) / os.sysconf("SC_CLK_TCK")
    return cpu_s(pid) + ended + sum(cpu_s(child) for child in _children(pid))
