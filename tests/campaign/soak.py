"""`python -m tests.campaign.soak --minutes M`: three hundred sources with one answer in a hundred broken, while memory and files are watched.

The last line says how fast the parent's memory grows and how many files it holds open, after a quarter of the time to warm up.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

SOURCES = 300
FAULTS = 0.01  #: share of answers that are broken
EVERY_S = 5  #: seconds between two visits of a source; a day of ten-minute visits passes in twelve minutes
VISITS_AN_HOUR = 1_800  #: of three hundred sources at ten minutes each: by these the hours of a soak are counted
MAX_SLOPE_MB_H = 1.0
_ROOT = Path(__file__).resolve().parents[2]


def main() -> int:
    """Run, watch, and exit 1 when memory or files grow."""
    asked = argparse.ArgumentParser(prog="python -m tests.campaign.soak", description=__doc__)
    asked.add_argument("--minutes", type=float, default=12.0)
    asked.add_argument("--seed", type=int, default=1)
    given = asked.parse_args()
    served = [0]
    server = ThreadingHTTPServer(("127.0.0.1", 0), _pages(random.Random(given.seed), served))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with tempfile.TemporaryDirectory() as name:
        process = _start(Path(name), f"http://127.0.0.1:{server.server_address[1]}")
        samples: list[tuple[int, float, int]] = []
        end = time.monotonic() + given.minutes * 60
        while time.monotonic() < end and process.poll() is None:
            time.sleep(2)
            samples.append((served[0], _megabytes(process.pid), len(list(Path(f"/proc/{process.pid}/fd").iterdir()))))
        alive = process.poll() is None
        process.terminate()
        process.wait(timeout=20)
    server.shutdown()
    warm = samples[len(samples) // 4 :]
    slope = _slope([(visits / VISITS_AN_HOUR, size) for visits, size, _ in warm])
    half = len(warm) // 2
    files = [max(n for _, _, n in part) for part in (warm[:half], warm[half:])]
    holds = alive and slope < MAX_SLOPE_MB_H and files[1] <= files[0] * 1.1 + 3
    told = {
        "minutes": given.minutes,
        "sources": SOURCES,
        "answers": served[0],
        "hours": round(served[0] / VISITS_AN_HOUR, 1),
        "slope_mb_h": round(slope, 2),
    }
    sys.stdout.write(json.dumps(told | {"memory_mb": round(warm[-1][1], 1), "files": files, "holds": holds}) + "\n")
    return 0 if holds else 1


def _start(folder: Path, address: str) -> subprocess.Popen[bytes]:
    feeds = [
        {
            "id": f"s-{n}",
            "name": f"Source {n}",
            "url": f"{address}/{n}.xml",
            "every": f"{EVERY_S}s",
            "allow_private": True,
        }
        for n in range(SOURCES)
    ]
    people = [{"id": "kh-0001", "name": "Sok Dara", "country": ["KH"], "sensitivity": "open"}]
    alerts = {"channels": {"terminal": {"kind": "console"}}, "routes": [{"match": {}, "to": ["terminal"]}]}
    written = {"sources.yaml": {"sources": feeds}, "watchlist.yaml": {"defenders": people}, "alerts.yaml": alerts}
    for name, value in written.items():
        (folder / name).write_text(json.dumps(value), encoding="utf-8")
        (folder / name).chmod(0o600)
    environment = {k: v for k, v in os.environ.items() if not k.startswith("HRD_MONITOR_")}
    environment |= {"HRD_MONITOR_DATA": str(folder / "data"), "HRD_MONITOR_WEB": "off", "PYTHONPATH": str(_ROOT)}
    command = [sys.executable, "-m", "monitor", "run"]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)


def _pages(chance: random.Random, served: list[int]) -> type[BaseHTTPRequestHandler]:
    class Pages(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served[0] += 1
            if chance.random() < FAULTS:
                self.send_error(chance.choice((500, 502, 404, 429)))
                return
            minute = int(time.time() // 60)
            items = "".join(_item(self.path, minute - back) for back in range(10))
            body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>S</title>{items}</channel></rss>'.encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/rss+xml")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            with suppress(ConnectionError):  # the daemon was told to stop
                self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Stay quiet."""

    return Pages


def _item(path: str, minute: int) -> str:
    link = f"https://news.example{path}/{minute}"
    day = format_datetime(datetime.fromtimestamp(minute * 60, UTC))
    said = f"The river stood at {minute % 97} marks and the ferries went as usual, the harbour office said."
    return f"<item><guid>{link}</guid><link>{link}</link><title>River {minute}</title><description>{said}</description><pubDate>{day}</pubDate></item>"


def _megabytes(pid: int) -> float:
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1000
    return 0.0


def _slope(points: Sequence[tuple[float, float]]) -> float:
    """Least squares: by how much the second grows with the first."""
    n = len(points)
    mean_x, mean_y = sum(x for x, _ in points) / n, sum(y for _, y in points) / n
    spread = sum((x - mean_x) ** 2 for x, _ in points) or 1.0
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / spread


if __name__ == "__main__":
    sys.exit(main())
