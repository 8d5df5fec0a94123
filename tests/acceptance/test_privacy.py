"""Planted names, code names and tokens, every failure that can be driven in the real daemon, and a search of all that comes out of it."""

from __future__ import annotations

import json
import re
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, Self

import pytest

from demo import stories
from demo.publisher import Publisher
from monitor.failpoints import EXIT_CODE
from tests.acceptance.journey import Installed, until
from tests.fakes.slack import FakeSlack

pytestmark = pytest.mark.timeout(240)

#: What stands in the watchlist and the settings and must stand nowhere else. The first is arrested in the news.
NAMES = (
    "Sok Dara",
    "សុខ ដារ៉ា",
    "Zebulon Quaxwater",
    "the widow of Quaxhill",
    "Quaxwater Circle",
    "HERON-4711",
    "a note on Quaxnote",
)
SECRETS = {
    "HRD_MONITOR_SLACK_TOKEN": "xoxb-4711-quaxtoken",
    "HRD_MONITOR_SLACK_APP_TOKEN": "xapp-4711-quaxapp",
    "HRD_MONITOR_WEB_TOKEN": "quaxweb-4711",
    "HRD_MONITOR_SMTP_PASSWORD": "quaxmail-4711",
}
HEARTBEAT = "quaxbeat-4711"
FORBIDDEN = (*NAMES, *SECRETS.values(), HEARTBEAT)
PEOPLE = {
    "defenders": [
        {"id": "kh-0001", "name": NAMES[0], "names": [NAMES[1]], "country": ["KH"], "sensitivity": "open"},
        {
            "id": "kh-0002",
            "name": NAMES[2],
            "known_as": [NAMES[3]],
            "organisations": [NAMES[4]],
            "codename": NAMES[5],
            "note": NAMES[6],
            "country": ["KH"],
        },
    ]
}


class Breaking:
    """A publisher whose feeds are wrong each in a way of its own, and who keeps every byte that it was asked."""

    def __init__(self) -> None:
        self.asked: list[bytes] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                outer.asked.append(f"{self.requestline}\n{self.headers}".encode())
                body = f"<html><title>{NAMES[2]} login</title>{NAMES[0]}</html>".encode()
                answers: dict[str, tuple[int, bytes]] = {
                    "/gone": (410, body),
                    "/error": (500, body),
                    "/html": (200, body),
                    "/torn": (200, f"<rss><channel><item><title>{NAMES[2]}".encode()),
                    "/bomb": (200, b"<!DOCTYPE a [<!ENTITY b '" + NAMES[2].encode() + b"'>]><rss>&b;</rss>"),
                    "/empty": (200, b""),
                }
                status, body = answers.get(self.path.partition("?")[0], (404, body))
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


def _free_port() -> int:
    with socket.socket() as made:
        made.bind(("127.0.0.1", 0))
        return int(made.getsockname()[1])


def _found(text: str | bytes) -> list[str]:
    """Which of the planted words stand in this, as they are written or escaped."""
    read = text if isinstance(text, str) else text.decode("utf-8", "replace")
    forms = {w: {w, w.casefold(), json.dumps(w)[1:-1], w.replace(" ", "-"), w.replace(" ", "%20")} for w in FORBIDDEN}
    return [w for w, several in forms.items() if any(f in read or f in read.casefold() for f in several)]


@pytest.fixture
def planted(tmp_path: Path) -> Iterator[tuple[Installed, Publisher, Breaking, str]]:
    web = f"127.0.0.1:{_free_port()}"
    with Publisher() as publisher, Breaking() as breaking:
        installed = Installed(
            tmp_path,
            publisher,
            slack="http://127.0.0.1:9/api/",
            HRD_MONITOR_HEARTBEAT_URL=f"{breaking.address}/{HEARTBEAT}",
            HRD_MONITOR_WEB=web,
            HRD_MONITOR_TIME_SCALE="20",
        )
        installed._environment |= SECRETS
        installed.write("watchlist.yaml", PEOPLE)
        known = json.loads((tmp_path / "sources.yaml").read_text("utf-8"))
        for path in ("gone", "error", "html", "torn", "bomb", "empty"):
            known["sources"].append(
                {"id": path, "name": path, "url": f"{breaking.address}/{path}", "every": "1s", "allow_private": True}
            )
        known["sources"].append(
            {"id": "dead", "name": "dead", "url": "http://127.0.0.1:9/x", "every": "1s", "allow_private": True}
        )
        installed.write("sources.yaml", known)
        yield installed, publisher, breaking, web


def _children(pid: int) -> list[int]:
    out = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False).stdout
    found = [int(p) for p in out.split()]
    return found + [g for c in found for g in _children(c)]


def _processes(pid: int) -> bytes:
    """The command lines of a process and its children, and the environments of the children."""
    seen = Path(f"/proc/{pid}/cmdline").read_bytes()
    for child in _children(pid):
        for name in ("cmdline", "environ"):
            try:
                seen += Path(f"/proc/{child}/{name}").read_bytes()
            except OSError:
                continue
    return seen


def _metrics(web: str) -> str:
    with urllib.request.urlopen(f"http://{web}/metrics", timeout=10) as answer:
        return str(answer.read().decode())


def test_no_failure_of_the_daemon_lets_a_name_or_a_token_out(
    planted: tuple[Installed, Publisher, Breaking, str],
) -> None:
    installed, publisher, breaking, web = planted
    today = datetime.now(UTC).date()
    publisher.release(stories.quiet(today))
    installed.start()
    until(installed.watching, "it watches")
    until(lambda: len(breaking.asked) > 12, "the broken sources were asked")
    publisher.release(stories.arrest(today))
    until(lambda: '"alert"' in installed.log.read_text("utf-8"), "the arrest was found")
    process = installed._process
    assert process is not None
    seen = _processes(process.pid)
    assert b"monitor" in seen
    assert len(_children(process.pid)) >= 2, "the workers were looked at too"
    assert _found(seen) == []
    text = (
        f"defenders:\n  - {{id: kh-0002, name: {NAMES[2]}, sensitivity: {NAMES[5]}, {NAMES[3]}: 1}}\n  - [{NAMES[0]}\n"
    )
    (installed.folder / "watchlist.yaml").write_text(text, "utf-8")
    process.send_signal(1)
    until(lambda: "not taken over" in installed.log.read_text("utf-8"), "the wrong files were refused")
    for child in _children(process.pid):
        subprocess.run(["kill", "-SEGV", str(child)], check=False, capture_output=True)
    time.sleep(2)
    assert _found(_metrics(web)) == []
    installed.write("watchlist.yaml", PEOPLE)
    process.send_signal(6)
    process.wait(30)
    assert installed.ended() != 0
    log = installed.log.read_text("utf-8")
    assert len(log) > 1_000
    assert _found(log) == []
    assert [a for a in breaking.asked if _found(a) and HEARTBEAT.encode() not in a] == []


@pytest.mark.parametrize("point", ["before_settle@1", "in_settle@1", "during_send@1"])
def test_a_process_that_dies_at_a_point_of_its_journey_says_nothing(
    planted: tuple[Installed, Publisher, Breaking, str], point: str
) -> None:
    installed, publisher, _breaking, _web = planted
    today = datetime.now(UTC).date()
    publisher.release([*stories.quiet(today), *stories.arrest(today)])
    with FakeSlack() as slack:
        settings: dict[str, str] = {"HRD_MONITOR_FAILPOINT": point, "HRD_MONITOR_SLACK_API_URL": slack.url}
        done = installed.once(**settings)
    assert done.returncode == EXIT_CODE, done.stderr
    assert _found(done.stdout + done.stderr) == []


@pytest.mark.parametrize(
    ("command", "spoil"),
    [
        (("status",), ""),
        (("status", "--json"), ""),
        (("channels", "check"), ""),
        (("run", "--once"), "settings"),
        (("run", "--once"), "database"),
        (("purge", "--watch", "kh-0002"), ""),
        (("backup", "copy", "--plain"), ""),
        (("restore", "watchlist.yaml", "--yes"), ""),
        (("incident", "show", "i-0"), ""),
    ],
    ids=lambda v: v if isinstance(v, str) else " ".join(v),
)
def test_commands_that_go_wrong_or_tell_of_the_service_name_nobody(
    planted: tuple[Installed, Publisher, Breaking, str], command: tuple[str, ...], spoil: str
) -> None:
    installed, publisher, _breaking, _web = planted
    publisher.release(stories.quiet(datetime.now(UTC).date()))
    assert installed.once().returncode == 0
    if spoil == "settings":
        installed._environment |= {
            "HRD_MONITOR_SMTP_URL": f"smtp://u:{SECRETS['HRD_MONITOR_SMTP_PASSWORD']}@[",
            "HRD_MONITOR_WEB": HEARTBEAT,
        }
    if spoil == "database":
        file = installed.folder / "data" / "monitor.sqlite3"
        held = bytearray(file.read_bytes())
        held[4096:40960] = b"\xff" * 36864
        file.write_bytes(held)
    done = installed.command(*command)
    assert "Traceback" not in done.stderr
    assert _found(done.stdout + done.stderr) == []


def test_a_surprise_in_a_job_is_logged_without_the_values_it_met(tmp_path: Path) -> None:
    crash = (
        "from monitor import logs\nimport structlog\n"
        f"name = {NAMES[2]!r}\nlogs.configure('json', [name])\n"
        "try:\n    raise ValueError(f'no {name} here: xoxb-1-abc')\nexcept ValueError:\n    structlog.get_logger().exception('surprise')\n"
    )
    done = subprocess.run([sys.executable, "-c", crash], capture_output=True, text=True, check=False)
    assert "surprise" in done.stderr
    assert re.search(r"Quaxwater|xoxb-1", done.stderr) is None


def _requests(folder: Path, people: dict[str, Any]) -> list[bytes]:
    folder.mkdir()
    with Breaking() as breaking, Publisher() as publisher:
        installed = Installed(folder, publisher)
        installed.write("watchlist.yaml", people)
        known = [
            {"id": p, "name": p, "url": f"{breaking.address}/{p}", "every": "60s", "allow_private": True}
            for p in ("torn", "html", "gone")
        ]
        installed.write("sources.yaml", {"sources": known})
        assert installed.once().returncode == 0
        return sorted(re.sub(rb"127\.0\.0\.1:\d+", b"host", a) for a in breaking.asked)


def test_failing_sources_are_asked_the_same_bytes_whoever_is_on_the_list(tmp_path: Path) -> None:
    mine = _requests(tmp_path / "mine", PEOPLE)
    other = [{"id": "ke-1", "name": "Amina Yusuf", "country": ["KE"], "sensitivity": "open"}]
    assert mine == _requests(tmp_path / "other", {"defenders": other})
    assert mine != []
