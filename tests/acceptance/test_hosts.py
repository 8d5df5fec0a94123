"""Several real daemons on one real PostgreSQL: they share the work, one dies or is paused, another takes over, nothing is lost or doubled."""

from __future__ import annotations

import json
import os
import signal
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import text

from demo import stories
from demo.publisher import Publisher
from monitor.store import hosts
from monitor.store.database import Database
from tests.acceptance.journey import Installed, until
from tests.campaign.hosts import play
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_socket import APP_TOKEN, FakeSocket

pytestmark = pytest.mark.timeout(300)
NAMES = ("kh-1", "kh-2", "kh-3")


class Network:
    """Three hosts on one database, one publisher and one Slack."""

    def __init__(self, folder: Path, url: str) -> None:
        self.publisher, self.slack, self.socket, self.url = Publisher(), FakeSlack(), FakeSocket(), url
        for server in (self.publisher, self.slack, self.socket):
            server.__enter__()
        self.slack.workspace.config["socket"] = self.socket.link
        self.database = Database.open(url)
        self.hosts: dict[str, Installed] = {}
        for name in NAMES:
            (folder / name).mkdir()
            settings = {"HRD_MONITOR_DATABASE_URL": url, "HRD_MONITOR_HOST": name}
            self.hosts[name] = Installed(folder / name, self.publisher, slack=self.slack.url, **settings)

    def close(self) -> None:
        """End every process and server."""
        for one in self.hosts.values():
            if one._process is not None and one.ended() is None:
                os.kill(one._process.pid, signal.SIGCONT)
                one.kill()
        self.database.close()
        for server in (self.socket, self.slack, self.publisher):
            server.__exit__(None, None, None)

    def leader(self) -> str | None:
        """Who leads now."""
        return next((h.name for h in self.database.read_now(hosts.listing) if h.leads), None)

    def signal(self, name: str, what: signal.Signals) -> None:
        """Pause or resume a process."""
        process = self.hosts[name]._process
        assert process
        process.send_signal(what)

    def roots(self) -> list[str]:
        """The first messages in the channel."""
        found = self.slack.workspace.messages()
        return [json.dumps(m["blocks"]) for m in found if not m.get("thread_ts") or m["thread_ts"] == m["ts"]]


@pytest.fixture
def network(tmp_path: Path, postgres_url: str) -> Iterator[Network]:
    made = Network(tmp_path, postgres_url)
    yield made
    made.close()


def _heard(network: Network) -> bool:
    query = text("SELECT count(*) FROM sources WHERE verdict = 'heard'")
    return network.database.read_now(lambda c: c.scalar(query)) == len(stories.PUBLISHERS)


def test_hosts_share_the_work_and_one_arrest_is_one_message_over_a_kill_of_the_leader(network: Network) -> None:
    today = datetime.now(UTC).date()
    network.publisher.release(stories.quiet(today))
    for one in network.hosts.values():
        one.start(HRD_MONITOR_SLACK_APP_TOKEN=APP_TOKEN)
    until(lambda: len(network.database.read_now(hosts.listing)) == 3, "three hosts are there")
    until(lambda: _heard(network), "every source was heard")
    network.publisher.release(stories.arrest(today))
    until(network.roots, "the arrest reached Slack")
    first = network.leader()
    assert first
    until(lambda: network.socket.connections, "somebody hears the buttons")
    time.sleep(6)
    assert network.socket.connections == 1, "one host at a time hears the buttons"
    network.hosts[first].kill()
    killed = time.monotonic()
    network.publisher.release(stories.retellings(today) + stories.charge(today))
    until(lambda: network.leader() not in {None, first}, "another host leads", 60)
    until(lambda: "charged" in network.roots()[0], "the thread goes on", max(1.0, 60 - (time.monotonic() - killed)))
    assert len(network.roots()) == 1, "one arrest, one message"
    until(lambda: network.socket.connections == 2, "the buttons moved to the new leader")
    (root,) = (m for m in network.slack.workspace.messages() if m.get("thread_ts", m["ts"]) == m["ts"])
    (thread,) = {e["value"] for b in root["blocks"] if b["type"] == "actions" for e in b["elements"]}
    network.socket.press("take", thread)
    until(lambda: "On it: mina" in network.roots()[0], "what is pressed is shown to all")
    status = network.hosts[next(n for n in NAMES if n != first)].command("status", "--json")
    told = {h["name"]: h for h in json.loads(status.stdout)["hosts"]}
    assert told[first]["heard_s"] > 5
    assert Counter(h["leads"] for h in told.values())[True] == 1
    assert network.slack.workspace.violations == []


def test_a_host_that_is_paused_past_its_lease_and_wakes_up_doubles_nothing(network: Network) -> None:
    today = datetime.now(UTC).date()
    network.publisher.release(stories.quiet(today))
    for name in NAMES[:2]:
        network.hosts[name].start()
    until(lambda: _heard(network), "every source was heard")
    until(network.leader, "somebody leads")
    paused = network.leader()
    assert paused
    network.signal(paused, signal.SIGSTOP)
    network.publisher.release(stories.arrest(today))
    until(lambda: network.leader() not in {None, paused}, "the other host leads", 60)
    until(network.roots, "the arrest reached Slack", 60)
    network.signal(paused, signal.SIGCONT)
    network.publisher.release(stories.retellings(today) + stories.release(today))
    until(lambda: "released" in network.roots()[0], "the release is told")
    time.sleep(5)
    assert len(network.roots()) == 1
    assert network.hosts[paused].ended() is None, "it goes on as one of the hosts"
    assert Counter(h.leads for h in network.database.read_now(hosts.listing))[True] == 1


def test_a_server_that_cuts_every_connection_loses_nothing(network: Network) -> None:
    today = datetime.now(UTC).date()
    network.publisher.release(stories.quiet(today))
    for name in NAMES[:2]:
        network.hosts[name].start()
    until(lambda: _heard(network), "every source was heard")
    others = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    for _ in range(4):
        network.database.transact_now(lambda c: c.execute(text(others)).all())
        time.sleep(1)
    network.publisher.release(stories.arrest(today))
    until(network.roots, "the arrest reached Slack", 60)
    network.publisher.release(stories.charge(today))
    until(lambda: "charged" in network.roots()[0], "the charge is told", 60)
    assert len(network.roots()) == 1
    assert all(network.hosts[name].ended() is None for name in NAMES[:2])


def test_a_short_campaign_of_three_hosts_misses_nothing_and_doubles_nothing() -> None:
    said: list[str] = []
    verdict = play(seed=2, rounds=2, say=said.append)
    assert verdict["holds"], (verdict, said)
    assert verdict["incidents"] == 20
