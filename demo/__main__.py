"""`make demo`: a local publisher, the real daemon, one arrest from first report to release; exits non-zero if it did not go that way."""

from __future__ import annotations

import json
import os
import queue
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

from demo import stories
from demo.publisher import Publisher

HERE = Path(__file__).parent
CHAPTER_S = 15.0  #: seconds; how long one chapter may take to reach the console (sources are polled every second)
QUIET_S = 3.0  #: seconds without a message that count as silence


class DemoFailedError(Exception):
    """The journey did not go as it should; the message says at which step."""


class Daemon:
    """The installed daemon as a process of its own; its console channel is read line by line."""

    def __init__(self, folder: Path, desk: str) -> None:
        environment = {k: v for k, v in os.environ.items() if not k.startswith("HRD_MONITOR_")}
        environment |= {
            "HRD_MONITOR_DATA": str(folder / "data"),
            "HRD_MONITOR_WEB": desk,
            "HRD_MONITOR_LOG": "json",
            "PYTHONUNBUFFERED": "1",
        }
        command = [sys.executable, "-m", "monitor", "run", *_files(folder)]
        self._log = (folder / "daemon.log").open("w", encoding="utf-8")
        self._process = subprocess.Popen(
            command, cwd=folder, env=environment, stdout=subprocess.PIPE, stderr=self._log, text=True, encoding="utf-8"
        )
        self._lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        for line in self._process.stdout or ():
            self._lines.put(line.rstrip("\n"))

    def listen(self, wanted: str | None, seconds: float) -> list[str]:
        """Print what the console channel says until a line holds `wanted`; None listens until `seconds` have passed."""
        heard: list[str] = []
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self._process.poll() is not None:
                raise DemoFailedError(f"the daemon ended with status {self._process.returncode}")
            try:
                line = self._lines.get(timeout=0.2)
            except queue.Empty:
                continue
            print(f"    │ {line}")
            heard.append(line)
            if wanted and wanted in line:
                end = min(end, time.monotonic() + 1.0)  # the rest of this message
                wanted = None
        if wanted:
            raise DemoFailedError(f"no message said {wanted!r} within {seconds:.0f} s")
        return heard

    def stop(self) -> None:
        """End it as a service manager would."""
        self._process.send_signal(signal.SIGTERM)
        try:
            status = self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
            raise DemoFailedError("the daemon did not stop within 10 s of SIGTERM") from None
        finally:
            self._log.close()
        if status != 0:
            raise DemoFailedError(f"the daemon stopped with status {status}")


def _files(folder: Path) -> list[str]:
    return [a for name in ("sources", "watchlist", "alerts") for a in (f"--{name}", str(folder / f"{name}.yaml"))]


def _say(text: str) -> None:
    print(f"\n\033[1m{text}\033[0m" if sys.stdout.isatty() else f"\n{text}", flush=True)


def _prepare(folder: Path, publisher: Publisher) -> None:
    for name in ("watchlist.yaml", "alerts.yaml"):
        shutil.copy(HERE / name, folder / name)
        (folder / name).chmod(0o600)
    sources = "".join(
        f"  - {{id: {key}, name: {json.dumps(name, ensure_ascii=False)}, url: {publisher.url(key)}, country: [KH], language: [{language}], "
        f"publisher: {kind}, every: 1s, allow_private: true}}\n"
        for key, (name, language, kind) in stories.PUBLISHERS.items()
    )
    (folder / "sources.yaml").write_text(f"sources:\n{sources}", encoding="utf-8")


def _explain_silence(folder: Path, told: list[stories.Story]) -> None:
    """Ask the daemon's own debugger why each quiet story stayed quiet."""
    for story in told:
        article = folder / f"{story.key}.json"
        record = {
            "id": story.key,
            "title": story.title,
            "text": story.text,
            "country": ["KH"],
            "published": datetime.now(UTC).isoformat(),
        }
        article.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
        command = [
            sys.executable,
            "-m",
            "monitor",
            "explain",
            str(article),
            "--watchlist",
            str(folder / "watchlist.yaml"),
            "--json",
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=folder)
        answer = json.loads(done.stdout)
        if any(r["alerts"] for r in answer["reports"]):
            raise DemoFailedError(f"explain says that {story.key} should have been an alert")
        print(f"    · {story.title}\n        {answer['verdict']}")


def _tell(folder: Path, publisher: Publisher) -> None:
    today = datetime.now(UTC).date()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        desk = f"127.0.0.1:{free.getsockname()[1]}"
    _say("1 · A quiet day: a march, a robbery, an anniversary. Nobody should be woken.")
    quiet = stories.quiet(today)
    publisher.release(quiet)
    daemon = Daemon(folder, desk)
    print(f"    the desk: http://{desk}/")
    try:
        _until_heard(desk)
        if daemon.listen(None, QUIET_S):
            raise DemoFailedError("a quiet day made a noise")
        print("    (silence)")
        _say("2 · An organisation reports that Sok Dara was arrested. One alert.")
        publisher.release(stories.arrest(today))
        daemon.listen("arrested", CHAPTER_S)
        _say(
            "3 · Three more outlets tell the same arrest, in English, Khmer and French. No second alert: the first one grows."
        )
        publisher.release(stories.retellings(today))
        daemon.listen("publishers", CHAPTER_S)
        daemon.listen(None, QUIET_S)
        _say("4 · He is charged, and it becomes known where he is held. An update in the same thread.")
        publisher.release(stories.charge(today))
        daemon.listen("charged", CHAPTER_S)
        _say("5 · He is released on bail. The thread says so.")
        publisher.release(stories.release(today))
        daemon.listen("released", CHAPTER_S)
        daemon.listen(None, QUIET_S)
    finally:
        daemon.stop()
    _say("6 · Why the rest stayed silent, in the daemon's own words:")
    _explain_silence(folder, quiet)


def _until_heard(desk: str) -> None:
    """Wait until every publisher was heard once, as the daemon's own page of figures says."""
    import httpx  # noqa: PLC0415 - the demonstration starts its clock before the first library loads

    end = time.monotonic() + CHAPTER_S
    while time.monotonic() < end:
        try:
            text = httpx.get(f"http://{desk}/metrics", timeout=2, trust_env=False).text
        except httpx.TransportError:
            text = ""
        if f'hrd_monitor_sources{{verdict="heard"}} {float(len(stories.PUBLISHERS))}' in text:
            return
        time.sleep(0.2)
    raise DemoFailedError("not every publisher was heard")


def _count(folder: Path) -> None:
    """One incident, one thread: read from what the daemon stored, not from what it printed."""
    from monitor.cli.status import deliveries  # noqa: PLC0415 - see above

    told = deliveries(f"sqlite:///{folder / 'data' / 'monitor.sqlite3'}")
    new = [t for t in told if t["kind"] == "new"]
    if (
        len(new) != 1
        or len({t["thread"] for t in told}) != 1
        or len(told) < 4
        or {t["state"] for t in told} - {"sent", "superseded"}
    ):
        raise DemoFailedError(
            f"expected one alert and its developments in one thread, all delivered; the outbox holds {told}"
        )
    _say(f"One alert, {len(told) - 1} developments in its thread, nothing twice.")


def main() -> int:
    """Run the demonstration; 0 when everything went as told."""
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="hrd-monitor-demo-") as name, Publisher() as publisher:
        folder = Path(name)
        try:
            _prepare(folder, publisher)
            _tell(folder, publisher)
            _count(folder)
        except DemoFailedError as failure:
            log = folder / "daemon.log"
            print(
                f"\nThe demonstration failed: {failure}\n{log.read_text(encoding='utf-8') if log.exists() else ''}",
                file=sys.stderr,
            )
            return 1
    print(f"Done in {time.monotonic() - began:.0f} s.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
