"""The installed daemon as a process, with real servers around it: what an acceptance test starts, kills and asks."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from demo.publisher import Publisher
from demo.stories import PUBLISHERS
from tests.fakes.slack import CHANNEL, TOKEN

PATIENCE_S = 60.0  #: seconds a step may take on a busy machine before the test fails


def until(true: Callable[[], object], what: str, seconds: float = PATIENCE_S) -> None:
    """Wait for something to become true; fail saying what did not."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if true():
            return
        time.sleep(0.1)
    raise AssertionError(f"{what} within {seconds:.0f} s")


class Installed:
    """One installation: files, database and, while it runs, a process."""

    def __init__(self, folder: Path, publisher: Publisher, *, slack: str = "", smtp: str = "", **settings: str) -> None:
        self.folder = folder
        self._environment = {k: v for k, v in os.environ.items() if not k.startswith("HRD_MONITOR_")} | {
            "HRD_MONITOR_DATA": str(folder / "data"),
            "HRD_MONITOR_WEB": "off",
            "HRD_MONITOR_LOG": "json",
            "HRD_MONITOR_RECONCILE_AFTER_S": "1",
            "PYTHONPATH": str(Path(__file__).resolve().parents[2]),
            **({"HRD_MONITOR_SLACK_TOKEN": TOKEN, "HRD_MONITOR_SLACK_API_URL": slack} if slack else {}),
            **({"HRD_MONITOR_SMTP_URL": smtp, "HRD_MONITOR_MAIL_FROM": "monitor@ngo.example"} if smtp else {}),
            **settings,
        }
        self._process: subprocess.Popen[bytes] | None = None
        self.log = folder / "log"
        self._before = 0
        channels = {"terminal": {"kind": "console"}}
        if slack:
            channels["desk"] = {"kind": "slack", "channel": CHANNEL}
        if smtp:
            channels["duty"] = {"kind": "email", "to": ["duty@ngo.example"]}  # type: ignore[dict-item]
        to = [c for c in channels if c != "terminal"] or ["terminal"]
        self.write(
            "alerts.yaml", {"channels": channels, "routes": [{"match": {}, "to": to}], "operator": {"to": ["terminal"]}}
        )
        self.write(
            "sources.yaml",
            {
                "sources": [
                    {
                        "id": k,
                        "name": n,
                        "url": publisher.url(k),
                        "country": ["KH"],
                        "language": [lang],
                        "publisher": p,
                        "every": "1s",
                        "allow_private": True,
                    }
                    for k, (n, lang, p) in PUBLISHERS.items()
                ]
            },
        )
        watched = {"id": "kh-0001", "name": "Sok Dara", "names": ["សុខ ដារ៉ា"], "country": ["KH"], "sensitivity": "open"}
        self.write("watchlist.yaml", {"defenders": [watched]})

    def write(self, name: str, value: dict[str, Any]) -> None:
        """Write a configuration file (JSON is YAML)."""
        path = self.folder / name
        path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
        path.chmod(0o600)

    def start(self, **settings: str) -> None:
        """Start the daemon."""
        self._before = self.log.read_text("utf-8").count('"running"') if self.log.exists() else 0
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "monitor", "run"],
                cwd=self.folder,
                env=self._environment | settings,
                stdout=log,
                stderr=log,
            )

    def watching(self) -> bool:
        """Whether the process started last says that it watches."""
        return self.log.read_text("utf-8").count('"running"') > self._before

    def once(self, **settings: str) -> subprocess.CompletedProcess[str]:
        """One round, to its end."""
        command = [sys.executable, "-m", "monitor", "run", "--once"]
        return subprocess.run(
            command,
            cwd=self.folder,
            env=self._environment | settings,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Any other command."""
        return subprocess.run(
            [sys.executable, "-m", "monitor", *words],
            cwd=self.folder,
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )

    def heard(self) -> bool:
        """Whether every source was heard."""
        done = self.command("status", "--json")
        return done.returncode == 0 and json.loads(done.stdout)["sources"].get("heard") == len(PUBLISHERS)

    def hang_up(self) -> None:
        """As an administrator who asks for the files to be read anew."""
        assert self._process
        self._process.send_signal(signal.SIGHUP)

    def kill(self) -> None:
        """As a power cut would."""
        assert self._process
        self._process.kill()
        self._process.wait()

    def ended(self) -> int | None:
        """The exit status, None while it runs."""
        assert self._process
        return self._process.poll()

    def stop(self) -> int:
        """As a service manager would; the exit status."""
        assert self._process
        if self._process.poll() is None:
            self._process.send_signal(signal.SIGTERM)
        return self._process.wait(timeout=15)
