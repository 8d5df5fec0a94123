"""The idle daemon: how soon it watches, and how much memory it and its workers hold."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import httpx

from benchmarks.figure import Figure

SOURCES, DEFENDERS = 1_000, 10_000  #: of a large team
IDLE_S = 5.0  #: seconds of rest before memory is read
START_LIMIT_S = 60.0


def measure(quick: bool) -> Iterator[Figure]:
    """Start the real daemon on sources that never answer, wait until it is healthy, and read its memory."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        _files(folder)
        environment = {k: v for k, v in os.environ.items() if not k.startswith("HRD_MONITOR_")}
        environment |= {"HRD_MONITOR_DATA": str(folder / "data"), "HRD_MONITOR_WEB": f"127.0.0.1:{port}"}
        began = time.monotonic()
        process = subprocess.Popen(
            [sys.executable, "-m", "monitor", "run"],
            cwd=folder,
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            yield Figure(name="start to healthy", value=_healthy(port, began), unit="s")
            time.sleep(1.0 if quick else IDLE_S)
            yield Figure(
                name="resident memory of the idle parent", value=_megabytes(process.pid), unit="MB", target=200.0
            )
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=15)


def _files(folder: Path) -> None:
    listed = [
        f"  - {{id: s{n}, name: Nobody, url: 'http://127.0.0.1:9/{n}', every: 1h, allow_private: true}}\n"
        for n in range(SOURCES)
    ]
    people = [f"  - {{id: p{n}, name: Fanwi Zurelma{n}, country: [KH]}}\n" for n in range(DEFENDERS)]
    (folder / "sources.yaml").write_text("sources:\n" + "".join(listed))
    (folder / "watchlist.yaml").write_text("defenders:\n" + "".join(people))
    (folder / "alerts.yaml").write_text(
        "channels:\n  terminal: {kind: console}\nroutes:\n  - {match: {}, to: [terminal]}\n"
    )


def _healthy(port: int, began: float) -> float:
    while time.monotonic() - began < START_LIMIT_S:
        try:
            if httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=1, trust_env=False).status_code == 200:
                return time.monotonic() - began
        except httpx.TransportError:
            time.sleep(0.02)
    raise TimeoutError("the daemon did not become healthy")


def _megabytes(pid: int) -> float:
    """Resident memory of one process. Source: /proc/PID/status, VmRSS in kB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1000
    return 0.0
