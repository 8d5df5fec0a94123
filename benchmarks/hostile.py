"""Hostile documents and hostile servers: what they cost the daemon, the other sources and the feeds that can be read.

bodies  every document of the corpus of real and test feeds (where it is present) and every crafted one, read by the program's own
        workers and, each in a process that may die, by feedparser alone
daemon  the real daemon on ten good sources among servers that misbehave in every way, watched from outside
"""

from __future__ import annotations

import asyncio
import io
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import feedparser
import httpx
import yaml

from benchmarks.crafted import documents
from benchmarks.figure import Figure
from monitor.model import FetchFailure, Response, Source, SourceState
from monitor.sources import Feed
from monitor.workers import Pool, WorkerLost, bodies
from tests.fakes.web import MODES, Publisher

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpus" / "feeds"
SUFFIXES = {".xml", ".rss", ".atom", ".json", ".html", ".rdf"}
QUICK = 10  #: every so many documents in a quick run
PEER_S = 12.0  #: seconds feedparser alone is given for one document
GOOD = 10  #: sources that behave
EVERY_S = 5  #: seconds between two visits to a good source
LENGTH_S, LENGTH_QUICK_S = 90, 25
SOURCE = Source(id="s", name="s", url="https://ngo.example/feed", allow_private=True)
NOW = datetime(2026, 11, 2, tzinfo=UTC)


def measure(quick: bool) -> Iterator[Figure]:
    """Both parts, one after the other."""
    yield from _bodies(quick)
    yield from _daemon(LENGTH_QUICK_S if quick else LENGTH_S)


def corpus() -> Iterator[tuple[str, bytes]]:
    """The documents of the corpus; none where it is absent."""
    for path in sorted(CORPUS.rglob("*")) if CORPUS.is_dir() else ():
        if path.suffix in SUFFIXES and path.is_file():
            yield str(path.relative_to(CORPUS)), path.read_bytes()


def _bodies(quick: bool) -> Iterator[Figure]:
    tried = [*corpus(), *documents()]
    counts, wrong = asyncio.run(_read_all(tried[::QUICK] if quick else tried))
    for name, why in wrong[:40]:
        print(f"{name}: {why}", file=sys.stderr)
    yield Figure(name="documents read", value=counts["read"], unit="documents")
    yield Figure(
        name="documents that feedparser can read and we cannot", value=counts["rejected"], unit="documents", target=0
    )
    yield Figure(
        name="documents with another number of entries than feedparser's",
        value=counts["differ"],
        unit="documents",
        target=0,
    )
    yield Figure(
        name="documents that cost a worker",
        value=counts["lost"],
        unit="documents",
        peer="feedparser alone: raises, hangs 12 s or dies",
        peer_value=counts["peer lost"],
        target=1,
    )
    yield Figure(
        name="documents that raised in the daemon's own process", value=counts["raised"], unit="documents", target=0
    )


async def _read_all(tried: list[tuple[str, bytes]]) -> tuple[Counter[str], list[tuple[str, str]]]:
    counts: Counter[str] = Counter()
    wrong: list[tuple[str, str]] = []
    blank = SourceState(source_id="s", next_visit=NOW)
    async with Pool(1) as ours, Pool(1, deadline_s=PEER_S) as peer:
        for name, body in tried:
            lost = ours.lost
            theirs = await peer.run(_feedparser, body)
            answer = Response(url=SOURCE.url, status=200, headers={}, body=body)
            try:
                found = await bodies.parse(ours, answer, SOURCE, blank)
            except Exception as error:  # noqa: BLE001 - what this benchmark looks for
                counts["raised"] += 1
                wrong.append((name, f"raised {type(error).__name__}"))
                continue
            counts["read"] += 1
            counts["lost"] += ours.lost > lost
            counts["peer lost"] += isinstance(theirs, WorkerLost)
            if isinstance(theirs, WorkerLost) or not theirs:
                continue
            if isinstance(found, FetchFailure):
                counts["rejected"] += 1
                wrong.append((name, f"feedparser finds {theirs} entries; {found.why}"))
            elif isinstance(found, Feed) and found.items != min(theirs, bodies_limit()):
                counts["differ"] += 1
                wrong.append((name, f"feedparser finds {theirs} entries, we {found.items}"))
    return counts, wrong


def bodies_limit() -> int:
    """How many entries of one document are read at most."""
    from monitor.sources.split import MAX_ITEMS  # noqa: PLC0415 - read where it is asked for

    return MAX_ITEMS


def _feedparser(body: bytes) -> int:
    """Runs in a worker: how many entries feedparser finds with its defaults."""
    return len(feedparser.parse(io.BytesIO(body))["entries"])


def _daemon(length_s: float) -> Iterator[Figure]:
    with tempfile.TemporaryDirectory() as name:
        gaps, healthy, log = asyncio.run(_beside(Path(name), length_s))
    late = sum(gap > 2 * EVERY_S for own in gaps for gap in own)
    yield Figure(name="daemon alive and healthy at the end", value=float(healthy), unit="", target=1, below=False)
    yield Figure(name="tracebacks in its log", value=log.count("Traceback"), unit="", target=0)
    yield Figure(name="visits to good sources late by more than one interval", value=late, unit="visits", target=0)
    yield Figure(
        name="longest wait of a good source beyond its interval",
        value=max(max(own, default=length_s) for own in gaps) - EVERY_S,
        unit="s",
        target=EVERY_S,
    )


async def _beside(folder: Path, length_s: float) -> tuple[list[list[float]], bool, str]:
    """Ten good sources beside every kind of misbehaviour: the gaps between visits to each good one, health, and the log."""
    async with Publisher() as web:
        feed = (
            b"<rss version='2.0'><channel><title>t</title><item><title>a</title><guid>1</guid></item></channel></rss>"
        )
        for n in range(GOOD):
            web.put(f"/good{n}", feed)
        bad = [web.put(f"/bad-{mode}", feed, mode=mode) for mode in sorted(MODES - {"plain"})]
        bad += [
            web.redirect("/loop", "/loop"),
            web.redirect("/away", "http://169.254.169.254/"),
            web.put("/500", b"", status=500),
        ]
        bad += [web.put(f"/crafted-{n}", body) for n, (_, body) in enumerate(documents()) if n % 12 == 0]
        process, web_address, log = _start(folder, [web.url(f"/good{n}") for n in range(GOOD)], bad)
        times: dict[str, list[float]] = {f"/good{n}": [] for n in range(GOOD)}
        began = time.monotonic()
        counted = 0
        while time.monotonic() - began < length_s:
            await asyncio.sleep(0.05)
            for visit in web.visits[counted:]:
                if visit.path in times:
                    times[visit.path].append(time.monotonic())
            counted = len(web.visits)
        async with httpx.AsyncClient(trust_env=False, timeout=10) as client:
            healthy = (await client.get(f"http://{web_address}/healthz")).status_code == 200 and process.poll() is None
        process.send_signal(signal.SIGTERM)
        await asyncio.to_thread(process.wait, 20)
    gaps = [[b - a for a, b in pairwise(own)] for own in times.values()]
    return gaps, healthy, log.read_text("utf-8", "replace")


def _start(folder: Path, good: list[str], bad: list[str]) -> tuple[subprocess.Popen[bytes], str, Path]:
    listed = [
        {"id": f"good{n}", "name": "g", "url": u, "every": f"{EVERY_S}s", "allow_private": True}
        for n, u in enumerate(good)
    ]
    listed += [
        {"id": f"bad{n}", "name": "b", "url": u, "every": "2s", "allow_private": True} for n, u in enumerate(bad)
    ]
    (folder / "sources.yaml").write_text(yaml.safe_dump({"sources": listed}))
    (folder / "watchlist.yaml").write_text("defenders: []\n")
    (folder / "alerts.yaml").write_text(
        "channels:\n  t: {kind: console}\nroutes:\n  - {match: {}, to: [t]}\noperator: {to: [t]}\n"
    )
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        web = f"127.0.0.1:{free.getsockname()[1]}"
    environment = {k: v for k, v in os.environ.items() if not k.startswith("HRD_MONITOR_")}
    environment |= {"HRD_MONITOR_DATA": str(folder / "data"), "HRD_MONITOR_WEB": web}
    log = folder / "log"
    with log.open("wb") as to:
        process = subprocess.Popen(
            [sys.executable, "-m", "monitor", "run"], cwd=folder, env=environment, stdout=to, stderr=to
        )
    return process, web, log
