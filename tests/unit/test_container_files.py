"""What the container promises, read from Dockerfile, .dockerignore and compose.yaml; the health check is run as written."""

from __future__ import annotations

import fnmatch
import json
import re
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
WEB_PORT = 8765
#: Paths that must never reach the builder, whoever put them where.
PRIVATE = [
    *("watchlist.yaml", "watchlist.csv", "watchlist.d/team.yaml", "monitor/watchlist.yaml", "alerts.yaml"),
    *(".env", ".env.local", "alerts/.env", "secrets/gateway-url", "keys/duty.asc"),
    *(
        "data/monitor.sqlite3",
        "data/monitor.sqlite3-wal",
        "monitor/data/monitor.sqlite3",
        ".git/config",
        "tests/fakes/x.py",
    ),
]
NEEDED = [
    *("pyproject.toml", "requirements.lock", "README.md", "LICENSE", "monitor/app.py", "alerts/channels/slack.py"),
    *("monitor/web/templates/overview.html", "monitor/languages/km.yaml"),
]


def _instructions() -> list[tuple[str, str]]:
    """The Dockerfile as (instruction, rest) in order, comments out, continued lines joined."""
    lines = [
        line for line in (ROOT / "Dockerfile").read_text("utf-8").splitlines() if not line.lstrip().startswith("#")
    ]
    joined = re.sub(r"\\\n\s*", " ", "\n".join(lines))
    return [
        (word.upper(), rest.strip())
        for word, _, rest in (line.partition(" ") for line in joined.splitlines() if line.strip())
    ]


def _last_stage() -> list[tuple[str, str]]:
    instructions = _instructions()
    start = max(i for i, (word, _) in enumerate(instructions) if word == "FROM")
    return instructions[start:]


def _all(word: str, instructions: list[tuple[str, str]]) -> list[str]:
    return [rest for name, rest in instructions if name == word]


def _environment() -> dict[str, str]:
    return dict(pair.split("=", 1) for rest in _all("ENV", _last_stage()) for pair in rest.split())


def _health_command() -> list[str]:
    [rest] = _all("HEALTHCHECK", _last_stage())
    return json.loads(rest[rest.index("CMD ") + len("CMD ") :])


def _sent_to_builder(path: str) -> bool:
    """Whether .dockerignore lets a path through: the last pattern that fits it or a folder above it decides."""
    sent = True
    for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines():
        pattern = line.strip()
        if not pattern or pattern.startswith("#"):
            continue
        keep, pattern = pattern.startswith("!"), pattern.lstrip("!")
        parts = path.split("/")
        above = ["/".join(parts[: n + 1]) for n in range(len(parts))]
        anywhere = pattern.removeprefix("**/")
        hit = any(
            fnmatch.fnmatch(p, pattern) or (anywhere != pattern and fnmatch.fnmatch(p.split("/")[-1], anywhere))
            for p in above
        )
        if hit:
            sent = keep
    return sent


@pytest.fixture(scope="module")
def service() -> dict[str, Any]:
    [found] = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"].values()
    return found


def test_the_base_is_a_slim_python_given_by_an_argument_that_names_no_registry() -> None:
    [base] = [rest for rest in _all("ARG", _instructions()) if rest.startswith("BASE=")]
    assert re.fullmatch(r"BASE=python:3\.\d+-slim", base)
    assert {rest.split()[0] for rest in _all("FROM", _instructions())} == {"${BASE}"}


def test_dependencies_are_the_locked_ones_as_wheels_so_that_nothing_is_compiled() -> None:
    installs = [rest for rest in _all("RUN", _instructions()) if " install " in rest and "pip" in rest]
    assert any(
        "--require-hashes" in rest and "--only-binary :all:" in rest and "requirements.lock" in rest
        for rest in installs
    )
    assert all("--require-hashes" in rest or "--no-deps" in rest for rest in installs)
    assert re.search(r"\b(gcc|g\+\+|build-essential|apk add|apt-get|cargo|curl|wget)\b", str(_instructions())) is None


def test_the_last_stage_only_copies_what_was_built() -> None:
    assert _all("COPY", _last_stage()) == ["--from=build /opt/hrd-monitor /opt/hrd-monitor"]
    assert not any("pip" in rest for rest in _all("RUN", _last_stage()))
    assert _all("ADD", _instructions()) == []


def test_what_is_copied_into_the_builder_is_named_one_by_one() -> None:
    sources = {
        part for rest in _all("COPY", _instructions()) for part in rest.split()[:-1] if not part.startswith("--")
    }
    assert sources == {
        "requirements.lock",
        "pyproject.toml",
        "README.md",
        "LICENSE",
        "monitor",
        "alerts",
        "/opt/hrd-monitor",
    }


def test_it_runs_as_a_numbered_user_that_is_not_root() -> None:
    *_, user = _all("USER", _last_stage())
    assert all(int(part) >= 1000 for part in user.split(":"))
    words = [word for word, _ in _last_stage()]
    assert words.index("USER") < words.index("ENTRYPOINT")


def test_only_the_data_folder_is_a_volume_and_belongs_to_that_user() -> None:
    assert [json.loads(rest) for rest in _all("VOLUME", _last_stage())] == [["/data"]]
    assert any("--owner 10001 --group 10001 /data" in rest for rest in _all("RUN", _last_stage()))
    assert _environment()["HRD_MONITOR_DATA"] == "/data"


def test_the_files_of_the_team_are_read_from_the_mounted_folder() -> None:
    environment = _environment()
    assert {n: environment[f"HRD_MONITOR_{n.upper()}"] for n in ("sources", "watchlist", "alerts")} == {
        n: f"/config/{n}.yaml" for n in ("sources", "watchlist", "alerts")
    }
    assert environment["PYTHONDONTWRITEBYTECODE"] == "1", "nothing but /data and /tmp can be written"
    assert not any(re.search(r"TOKEN|PASSWORD|SMTP|SECRET", name) for name in environment)


def test_it_is_the_command_itself_so_that_signals_reach_it() -> None:
    assert [json.loads(rest) for rest in _all("ENTRYPOINT", _last_stage())] == [["hrd-monitor"]]
    assert [json.loads(rest) for rest in _all("CMD", _last_stage())] == [["run"]]


class _Daemon(BaseHTTPRequestHandler):
    """Answers /healthz with the status of its server."""

    def do_GET(self) -> None:
        status = self.server.status if self.path == "/healthz" else 404  # type: ignore[attr-defined]  # set by the fixture
        self.send_response(status)
        self.end_headers()

    def log_message(self, *_args: Any) -> None:
        """Nothing is printed."""


@pytest.fixture
def daemon() -> Iterator[HTTPServer]:
    server = HTTPServer(("127.0.0.1", 0), _Daemon)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(("status", "healthy"), [(200, True), (503, False)])
def test_the_health_check_as_written_tells_a_well_daemon_from_a_sick_one(
    daemon: HTTPServer, status: int, healthy: bool
) -> None:
    daemon.status = status  # type: ignore[attr-defined]  # read by the handler
    program, *arguments = _health_command()
    assert program == "python"
    here = [a.replace(str(WEB_PORT), str(daemon.server_port)) for a in arguments]
    hostile = {"http_proxy": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9"}
    done = subprocess.run([sys.executable, "-I", *here], env=hostile, capture_output=True, check=False, timeout=20)
    assert (done.returncode == 0) is healthy


def test_the_health_check_asks_where_the_desk_listens(service: dict[str, Any]) -> None:
    assert _environment()["HRD_MONITOR_WEB"].endswith(f":{WEB_PORT}")
    assert _all("EXPOSE", _last_stage()) == [str(WEB_PORT)]
    assert service["healthcheck"]["test"] == ["CMD", *_health_command()], "builders that drop HEALTHCHECK still check"


@pytest.mark.parametrize("path", PRIVATE)
def test_nothing_private_is_sent_to_the_builder(path: str) -> None:
    assert not _sent_to_builder(path)


@pytest.mark.parametrize("path", NEEDED)
def test_what_the_image_is_made_of_is_sent(path: str) -> None:
    assert _sent_to_builder(path)


def test_git_ignores_the_private_files_too() -> None:
    ignored = (ROOT / ".gitignore").read_text("utf-8").splitlines()
    assert {"/watchlist.yaml", "/watchlist.csv", "/watchlist.d/", "/.env", "/secrets/", "/keys/", "/data/"} <= set(
        ignored
    )


def test_compose_gives_no_rights_that_are_not_needed(service: dict[str, Any]) -> None:
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "cap_add" not in service
    assert "privileged" not in service
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["user"] == _all("USER", _last_stage())[-1]
    [temporary] = service["tmpfs"]
    assert temporary.startswith("/tmp:")
    assert {"noexec", "nosuid", "nodev"} <= set(temporary.split(":", 1)[1].split(","))


def test_compose_bounds_memory_and_processes_and_grants_time_to_stop(service: dict[str, Any]) -> None:
    assert service["mem_limit"] == "1g"
    assert 0 < service["pids_limit"] <= 1024
    assert int(service["stop_grace_period"].removesuffix("s")) > 10, "the daemon takes up to 10 s"
    assert service["init"] is True


def test_compose_mounts_the_configuration_read_only_and_shows_the_desk_to_this_machine_only(
    service: dict[str, Any],
) -> None:
    assert [v.rsplit(":", 1)[1] for v in service["volumes"] if ":/config" in v] == ["ro"]
    assert "data:/data" in service["volumes"]
    assert service["ports"] == [f"127.0.0.1:{WEB_PORT}:{WEB_PORT}"]
    assert service["env_file"].endswith("/env")
    assert "environment" not in service, "secrets stand in the env file, never in a file of the repository"
