"""The daemon under a service manager: it says when it is ready, that it lives, and that it stops; and the unit that is shipped is sound."""

from __future__ import annotations

import shutil
import socket
import subprocess
from pathlib import Path

import pytest

from demo.publisher import Publisher
from monitor import notify
from tests.acceptance.journey import Installed, until

pytestmark = pytest.mark.timeout(120)
UNIT = Path(__file__).resolve().parents[2] / "docs" / "hrd-monitor.service"


def test_the_daemon_tells_its_manager_ready_alive_and_stopping(tmp_path: Path) -> None:
    with Publisher() as publisher, socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        path = tmp_path / "notify"
        manager.bind(str(path))
        manager.setblocking(False)
        said: list[str] = []

        def heard(word: str) -> bool:
            """Whether the word has come by now."""
            while True:
                try:
                    said.append(manager.recv(100).decode())
                except BlockingIOError:
                    return word in said

        installed = Installed(tmp_path, publisher)
        installed.start(NOTIFY_SOCKET=str(path), HRD_MONITOR_TIME_SCALE="10")
        until(lambda: heard(notify.READY), "it says that it is ready")
        until(lambda: heard(notify.ALIVE), "it says that it lives")
        assert installed.stop() == 0
        assert heard(notify.STOPPING)
        assert said[0] == notify.READY


@pytest.mark.parametrize("address", ["", "/nowhere/notify", "vsock:1:2"])
def test_without_a_manager_nothing_is_said_and_nothing_fails(address: str) -> None:
    assert not notify.tell(notify.READY, {"NOTIFY_SOCKET": address})


def test_an_abstract_socket_is_reached() -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as manager:
        manager.bind("\0hrd-monitor-test-notify")
        assert notify.tell(notify.ALIVE, {"NOTIFY_SOCKET": "@hrd-monitor-test-notify"})
        assert manager.recv(100) == b"WATCHDOG=1"


def test_the_shipped_unit_is_sound_and_stops_in_time(tmp_path: Path) -> None:
    text = UNIT.read_text("utf-8")
    said = dict(
        line.split("=", 1) for line in text.splitlines() if "=" in line and not line.startswith(("#", "Environment"))
    )
    assert (said["Type"], said["KillMode"]) == ("notify", "mixed")
    assert int(said["TimeoutStopSec"]) >= 10
    if shutil.which("systemd-analyze") is None:
        pytest.skip("no systemd-analyze on this machine")
    copy = tmp_path / UNIT.name
    copy.write_text(text.replace("/opt/hrd-monitor/.venv/bin/hrd-monitor run", "/bin/true run"), "utf-8")
    done = subprocess.run(["systemd-analyze", "verify", str(copy)], capture_output=True, text=True, check=False)
    assert "hrd-monitor.service" not in done.stderr, done.stderr
