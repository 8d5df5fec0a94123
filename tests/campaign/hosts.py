"""`python -m tests.campaign.hosts --seed S --rounds N`: three real daemons on a real PostgreSQL that are killed, paused and cut off; the last line is the verdict."""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import Any

from sqlalchemy import text

from monitor.errors import StoreError
from monitor.store import hosts
from monitor.store.database import Database
from tests import postgres
from tests.acceptance.journey import Installed
from tests.campaign import people
from tests.campaign.daemon import until
from tests.campaign.press import Press
from tests.campaign.verdict import FLAG
from tests.fakes.slack import FakeSlack

NAMES = ("kh-1", "kh-2", "kh-3")
FEEDS = 6  #: publishers, each at a loopback address of its own
EVERY_S = 10  #: seconds between two visits to each
ITEMS = 10  #: arrests printed in a round
PAUSE_S = 40.0  #: longer than a lease, and than the silence after which jobs are taken over
TAKEOVER_S = 60.0  #: seconds within which another host leads
REST_S = 240.0  #: seconds for everything to be told once nothing breaks any more; a channel takes one message a second
CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"


class Campaign:
    """Three hosts and the servers around them."""

    def __init__(self, folder: Path, server: postgres.Server, seed: int, rounds: int) -> None:
        self._chance, self._rounds, self._seed, self._server = Random(seed), rounds, seed, server
        self._stack = ExitStack()
        self._presses = [self._stack.enter_context(Press(f"127.0.0.{n + 2}")) for n in range(FEEDS)]
        self._slack = self._stack.enter_context(FakeSlack())
        self._names = people.names(Random(seed), rounds * ITEMS)
        self._url = server.url(server.empty())
        self._hosts = {name: self._installed(folder / name, name) for name in NAMES}
        self._printed: list[str] = []
        self._takeovers: list[float] = []
        self._disturbed: list[tuple[float, float]] = []

    def play(self, say: Callable[[str], None]) -> dict[str, Any]:
        """Every round, then rest and the verdict."""
        with self._stack:
            try:
                for one in self._hosts.values():
                    one.start()
                self._until(lambda: len(self._listing()) == len(NAMES), "the hosts did not begin")
                self._until(lambda: all(p.asked for p in self._presses), "the feeds were not asked for")
                time.sleep(2 * EVERY_S)
                for number in range(self._rounds):
                    began = time.monotonic()
                    say(f"{number + 1}/{self._rounds} {self._round(number)} {time.monotonic() - began:.1f} s")
                until(lambda: all(map(self._told, self._printed)), REST_S)
                time.sleep(5)
                return self._verdict()
            finally:
                for one in self._hosts.values():
                    self._signal(one, signal.SIGCONT)
                    if one.ended() is None:
                        one.kill()

    def _round(self, number: int) -> str:
        for place in range(ITEMS):
            name = self._names.pop()
            self._printed.append(name)
            self._chance.choice(self._presses).arrest(f"r{number:04}-{place}", name)
        fault = self._chance.choice(("kill", "kill the leader", "pause", "storm", "restart"))
        began = time.monotonic()
        {
            "kill": self._kill,
            "kill the leader": self._kill_leader,
            "pause": self._pause,
            "storm": self._storm,
            "restart": self._restart,
        }[fault]()
        self._disturbed.append((began - EVERY_S, time.monotonic() + PAUSE_S))
        time.sleep(self._chance.uniform(0, 4))
        return fault

    def _kill(self) -> None:
        one = self._hosts[self._chance.choice(NAMES)]
        time.sleep(self._chance.uniform(0, 3))
        one.kill()
        time.sleep(self._chance.uniform(0, 3))
        one.start()

    def _kill_leader(self) -> None:
        leader = self._leader()
        if leader is not None:
            self._hosts[leader].kill()
            self._followed(leader)
            self._hosts[leader].start()

    def _pause(self) -> None:
        leader = self._leader() or NAMES[0]
        self._signal(self._hosts[leader], signal.SIGSTOP)
        began = time.monotonic()
        self._followed(leader)
        time.sleep(max(0.0, PAUSE_S - (time.monotonic() - began)))
        self._signal(self._hosts[leader], signal.SIGCONT)

    def _storm(self) -> None:
        for _ in range(5):
            with self._opened() as database:
                database.transact_now(lambda c: c.execute(text(CUT)).all())
            time.sleep(self._chance.uniform(0, 1))

    def _restart(self) -> None:
        if self._server.restart is not None:
            self._server.restart(self._chance.uniform(0, 3))

    def _followed(self, old: str) -> None:
        """Wait for another leader, and note how long it took."""
        began = time.monotonic()
        until(lambda: self._leader() not in {None, old}, 2 * TAKEOVER_S)
        self._takeovers.append(time.monotonic() - began)

    def _verdict(self) -> dict[str, Any]:
        messages = self._slack.workspace.messages()
        roots = [
            json.dumps([m.get("text"), m["blocks"]])
            for m in messages
            if not m.get("thread_ts") or m["thread_ts"] == m["ts"]
        ]
        missing = unflagged = flagged = 0
        for name in self._printed:
            mine = [said for said in roots if name in said]
            missing += not mine
            doubles = max(0, len(mine) - 1)
            marked = min(doubles, sum(FLAG in said for said in mine))
            flagged += marked
            unflagged += doubles - marked
        unexpected = sum(all(name not in said for name in self._printed) for said in roots)
        gaps = [(a, b) for p in self._presses for a, b in pairwise(p.asked) if b - a < EVERY_S / 2]
        early = sum(not any(x <= b <= y for x, y in self._disturbed) for _, b in gaps)
        with self._opened() as database:
            stuck = database.read_now(
                lambda c: c.scalar(
                    text("SELECT count(*) FROM deliveries WHERE state IN ('queued', 'sending', 'unknown')")
                )
            )
        logs = "".join(one.log.read_text("utf-8", "replace") for one in self._hosts.values())
        leaked = sum(name in logs for name in self._printed)
        slowest = max(self._takeovers, default=0.0)
        holds = not (missing or unflagged or unexpected or early or stuck or leaked) and slowest <= TAKEOVER_S
        return {
            "seed": self._seed, "rounds": self._rounds, "incidents": len(self._printed), "missing": missing, "unexpected": unexpected,
            "unflagged": unflagged, "flagged": flagged, "early": early, "stuck": stuck, "takeovers": len(self._takeovers),
            "slowest_takeover_s": round(slowest, 1), "polled_again_in_a_takeover": len(gaps) - early, "names_in_logs": leaked, "holds": holds,
        }  # fmt: skip

    def _installed(self, folder: Path, name: str) -> Installed:
        folder.mkdir(parents=True, exist_ok=True)
        settings = {"HRD_MONITOR_DATABASE_URL": self._url, "HRD_MONITOR_HOST": name}
        made = Installed(folder, _NoPublisher(), slack=self._slack.url, **settings)  # type: ignore[arg-type]  # its files are written anew below
        feeds = [
            {
                "id": f"press-{n}",
                "name": f"Press {n}",
                "url": p.url,
                "every": f"{EVERY_S}s",
                "allow_private": True,
                "country": ["KH"],
            }
            for n, p in enumerate(self._presses)
        ]
        made.write("sources.yaml", {"sources": feeds})
        listed = [
            {"id": f"m-{n:04}", "name": x, "country": ["KH"], "sensitivity": "open"} for n, x in enumerate(self._names)
        ]
        made.write("watchlist.yaml", {"defenders": listed})
        return made

    def _told(self, name: str) -> bool:
        return any(name in said for said in self._slack.texts())

    def _leader(self) -> str | None:
        return next((h.name for h in self._listing() if h.leads), None)

    def _listing(self) -> list[hosts.Host]:
        try:
            with self._opened() as database:
                return database.read_now(hosts.listing)
        except StoreError:
            return []

    @contextmanager
    def _opened(self) -> Iterator[Database]:
        database = Database.open(self._url)
        try:
            yield database
        finally:
            database.close()

    def _signal(self, one: Installed, what: signal.Signals) -> None:
        if one._process is not None and one._process.poll() is None:
            os.kill(one._process.pid, what)

    def _until(self, true: Callable[[], object], otherwise: str) -> None:
        if not until(true, TAKEOVER_S):
            raise RuntimeError(otherwise)


class _NoPublisher:
    """Stands where an installation names its publisher's feeds; the campaign writes feeds of its own."""

    def url(self, name: str) -> str:
        """An address nobody serves."""
        return f"http://127.0.0.1:9/{name}"


def play(seed: int, rounds: int, say: Callable[[str], None]) -> dict[str, Any]:
    """A whole campaign with a server of its own; its verdict."""
    with tempfile.TemporaryDirectory() as folder, postgres.server() as server:
        return Campaign(Path(folder), server, seed, rounds).play(say)


def main() -> int:
    """Play, say what happens, and exit 1 when the verdict falls short."""
    asked = argparse.ArgumentParser(prog="python -m tests.campaign.hosts", description=__doc__)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--rounds", type=int, default=10)
    given = asked.parse_args()
    verdict = play(given.seed, given.rounds, _say)
    _say(json.dumps(verdict))
    return 0 if verdict["holds"] else 1


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
