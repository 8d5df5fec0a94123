"""One installation of the real daemon for a campaign: files, database, and a process that is killed and started again."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from tests.fakes.slack import CHANNEL, TOKEN

HASTE = 30  #: how much shorter the daemon's own waits are; the pacing of one message a second is never shortened
QUIET_S = 2.5  #: seconds before an unknown outcome is looked up, in place of a minute
DESK, DUTY = "desk", "duty"
DUTY_ADDRESS, OPERATOR_ADDRESS = "duty@ngo.example", "operator@ngo.example"
_ROOT = Path(__file__).resolve().parents[2]


class Daemon:
    """The process and its folder. mutant: the name of a planted fault in its code, "" for the real thing."""

    def __init__(self, folder: Path, feed: str, slack: str, smtp: str, people: Sequence[str], mutant: str = "") -> None:
        self.folder, self._mutant = folder, mutant
        self.log = folder / "log"
        self._process: subprocess.Popen[bytes] | None = None
        self._ran = 0
        self._environment = {k: v for k, v in os.environ.items() if not k.startswith("HRD_MONITOR_")} | {
            "HRD_MONITOR_DATA": str(folder / "data"),
            "HRD_MONITOR_WEB": "off",
            "HRD_MONITOR_LOG": "json",
            "HRD_MONITOR_TIME_SCALE": str(HASTE),
            "HRD_MONITOR_RECONCILE_AFTER_S": str(QUIET_S),
            "HRD_MONITOR_SLACK_TOKEN": TOKEN,
            "HRD_MONITOR_SLACK_API_URL": slack,
            "HRD_MONITOR_SMTP_URL": smtp,
            "HRD_MONITOR_MAIL_FROM": "monitor@ngo.example",
            "PYTHONPATH": str(_ROOT),
        }
        feeds = [{"id": "press", "name": "Press", "url": feed, "every": "1s", "allow_private": True, "country": ["KH"]}]
        self._write("sources.yaml", {"sources": feeds})
        defenders = [
            {"id": f"m-{n:04}", "name": name, "country": ["KH"], "sensitivity": "open"} for n, name in enumerate(people)
        ]
        self._write("watchlist.yaml", {"defenders": defenders})
        channels = {
            DESK: {"kind": "slack", "channel": CHANNEL},
            DUTY: {"kind": "email", "to": [DUTY_ADDRESS]},
            "operator": {"kind": "email", "to": [OPERATOR_ADDRESS]},
        }
        routes = [{"match": {}, "to": [DESK, DUTY]}]
        self._write("alerts.yaml", {"channels": channels, "routes": routes, "operator": {"to": ["operator"]}})

    def _write(self, name: str, value: object) -> None:
        path = self.folder / name
        path.write_text(json.dumps(value), encoding="utf-8")
        path.chmod(0o600)

    def start(self, failpoint: str = "") -> None:
        """Start the process."""
        self._ran = self._running()
        module = ["tests.campaign.mutants", self._mutant] if self._mutant else ["monitor"]
        extra = {"HRD_MONITOR_FAILPOINT": failpoint} if failpoint else {}
        if self._mutant == "quiet_period_0":
            extra["HRD_MONITOR_RECONCILE_AFTER_S"] = "0"
        with self.log.open("ab") as log:
            command = [sys.executable, "-m", *module, "run"]
            environment = self._environment | extra
            self._process = subprocess.Popen(command, cwd=self.folder, env=environment, stdout=log, stderr=log)

    def watching(self) -> bool:
        """Whether the process that was started last says that it watches."""
        return self._running() > self._ran

    def ended(self) -> bool:
        """Whether no process runs."""
        return self._process is None or self._process.poll() is not None

    def kill(self) -> None:
        """As a power cut would."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def stop(self) -> int:
        """As a service manager would; the exit status."""
        if self._process is None:
            return 0
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        return self._process.wait(timeout=20)

    def open_deliveries(self) -> dict[str, int]:
        """How many deliveries are not settled, by state; read past the daemon."""
        return self._counted(
            "select state, count(*) from deliveries where state in ('queued','sending','unknown') group by 1"
        )

    def known_entries(self) -> int:
        """How many sources were greeted; 0 while there is no database yet."""
        return sum(self._counted("select 'heard', count(*) from sources where greeted = 1").values())

    def threads(self) -> dict[str, str]:
        """Thread → the alert as it was frozen: a message so plain that it names nobody still names its thread."""
        try:
            with closing(sqlite3.connect(f"file:{self._file()}?mode=ro", uri=True, timeout=5)) as conn:
                return dict(conn.execute("select thread, alert from deliveries where kind = 'new'"))
        except sqlite3.OperationalError:
            return {}

    def whole(self) -> bool:
        """Whether the database is sound."""
        return self._counted("select integrity_check, 1 from pragma_integrity_check") == {"ok": 1}

    def _counted(self, sql: str) -> dict[str, int]:
        try:
            with closing(sqlite3.connect(f"file:{self._file()}?mode=ro", uri=True, timeout=5)) as conn:
                return {str(k): int(n) for k, n in conn.execute(sql)}
        except sqlite3.OperationalError:
            return {}

    def _file(self) -> Path:
        return self.folder / "data" / "monitor.sqlite3"

    def _running(self) -> int:
        return self.log.read_bytes().count(b'"running"') if self.log.exists() else 0


def until(true: object, seconds: float) -> bool:
    """Wait for a function to become true; whether it did."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():  # type: ignore[operator]  # any function without arguments
            return True
        time.sleep(0.05)
    return False
