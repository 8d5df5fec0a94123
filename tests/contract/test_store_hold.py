"""One daemon per embedded database, any number of hosts on a server; whoever dies lets go; commands that only look need no hold."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, select, text

from monitor.errors import StoreError
from monitor.store import database, hosts, sources
from monitor.store.database import Database
from monitor.store.hold import DAEMON_LOCK, SURE_S, HeldElsewhereError, Hold
from monitor.store.tables import holders
from tests.fakes.stored import NOW

ROOT = Path(__file__).resolve().parents[2]
Open = Callable[[str], Database]

#: Another daemon: takes the hold, says so, and waits to be ended.
HOLDER = """
import sys
from datetime import datetime
from monitor.store.database import Database
from monitor.store.hold import Hold
hold = Hold(Database.open(sys.argv[1])).take(datetime.fromisoformat(sys.argv[2]))
print("held", flush=True)
sys.stdin.read()
"""


@contextmanager
def _another_daemon(url: str) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-c", HOLDER, url, NOW.isoformat()]
    with subprocess.Popen(command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        try:
            assert process.stdout.readline() == "held\n"
            yield process
        finally:
            process.kill()


def test_a_second_daemon_is_refused_and_told_who_holds_the_database_since_when(
    sqlite_url: str, open_database: Open
) -> None:
    with _another_daemon(sqlite_url) as holder, pytest.raises(HeldElsewhereError) as refused:
        Hold(open_database(sqlite_url)).take(NOW)
    assert str(refused.value) == (
        f"another hrd-monitor runs on this database: process {holder.pid} on {socket.gethostname()}, since 2026-03-14 09:26 UTC;"
        " stop it first, or give this one a database of its own"
    )


def test_two_holds_in_one_process_exclude_each_other_too(sqlite_url: str, open_database: Open) -> None:
    first = Hold(open_database(sqlite_url)).take(NOW)
    with pytest.raises(HeldElsewhereError, match=f"process {os.getpid()} on"):
        Hold(open_database(sqlite_url)).take(NOW)
    first.release()


def test_a_refused_daemon_can_still_look(database_url: str, open_database: Open) -> None:
    with _another_daemon(database_url):
        assert open_database(database_url).read_now(sources.states) == {}


def test_a_daemon_that_is_killed_has_let_go(database_url: str, open_database: Open) -> None:
    with _another_daemon(database_url) as holder:
        holder.send_signal(signal.SIGKILL)
        holder.wait()
    hold = Hold(_patient(open_database, database_url)).take(NOW + timedelta(hours=1))
    hold.release()


def _patient(open_database: Open, url: str) -> Database:
    """An opened database, once a server has noticed that its client is gone."""
    database = open_database(url)
    if not database.embedded:
        there = text("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'")
        for _ in range(500):
            if database.read_now(lambda c: c.scalar(there)) == 0:
                break
    return database


def test_a_hold_that_was_released_can_be_taken_by_another(
    database: Database, database_url: str, open_database: Open
) -> None:
    Hold(database).take(NOW).release()
    assert database.read_now(lambda c: c.execute(select(holders)).all()) == []
    second = Hold(open_database(database_url)).take(NOW)
    second.release()


def test_releasing_what_is_not_held_does_nothing(database: Database) -> None:
    hold = Hold(database)
    hold.release()
    hold.take(NOW)
    hold.release()
    hold.release()
    assert database.read_now(lambda c: c.execute(select(holders)).all()) == []


def test_a_holder_says_that_it_is_alive(sqlite_url: str, open_database: Open) -> None:
    database = open_database(sqlite_url)
    hold = Hold(database).take(NOW)
    hold.renew(NOW + timedelta(minutes=1))
    (row,) = database.read_now(lambda c: c.execute(select(holders)).all())
    assert (row.since, row.renewed) == (NOW, NOW + timedelta(minutes=1))
    hold.release()


def test_hosts_share_a_server_and_one_of_them_leads(postgres_url: str, open_database: Open) -> None:
    first = Hold(open_database(postgres_url), "kh-1").take(NOW)
    second = Hold(open_database(postgres_url), "kh-2").take(NOW)
    second.renew(NOW, doing=7)
    assert (first.leads, second.leads, second.sure) == (True, False, True)
    found = open_database(postgres_url).read_now(hosts.listing)
    assert [(h.name, h.leads, h.doing) for h in found] == [("kh-1", True, 0), ("kh-2", False, 7)]
    first.release()
    second.renew(NOW)
    assert second.leads, "a lease that is given back is taken at the next sign of life"
    second.release()
    assert open_database(postgres_url).read_now(hosts.listing) == []


def test_a_leader_that_is_not_heard_loses_its_lease_and_knows_it(
    postgres_url: str, open_database: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Hold(open_database(postgres_url), "kh-1").take(NOW)
    second = Hold(open_database(postgres_url), "kh-2").take(NOW)
    later = time.monotonic() + SURE_S + 1
    monkeypatch.setattr("monitor.store.hold.time.monotonic", lambda: later)
    assert (first.leads, first.sure) == (False, False), "a host that was paused begins nothing, even before it asks"
    long_ago = "UPDATE hosts SET leads_until = leads_until - interval '1 hour'"
    open_database(postgres_url).transact_now(lambda c: c.execute(text(long_ago)))
    second.renew(NOW)
    first.renew(NOW)
    assert (first.leads, first.sure, second.leads) == (False, True, True)
    for hold in (first, second):
        hold.release()


def test_a_release_that_runs_alone_and_one_that_shares_exclude_each_other(
    postgres_url: str, open_database: Open
) -> None:
    alone = open_database(postgres_url)
    with alone.engine.connect() as session:
        assert session.scalar(text(f"SELECT pg_try_advisory_lock({DAEMON_LOCK})"))
        with pytest.raises(HeldElsewhereError, match="another hrd-monitor runs"):
            Hold(open_database(postgres_url)).take(NOW)
        session.scalar(text(f"SELECT pg_advisory_unlock({DAEMON_LOCK})"))
        hold = Hold(open_database(postgres_url)).take(NOW)
        assert not session.scalar(text(f"SELECT pg_try_advisory_lock({DAEMON_LOCK})"))
        hold.release()


def test_a_place_that_the_server_has_dropped_is_taken_anew(postgres_url: str, open_database: Open) -> None:
    hold = Hold(open_database(postgres_url)).take(NOW)
    other = open_database(postgres_url)
    _cut_all_connections(other)
    hold.renew(NOW + timedelta(minutes=1))
    with other.engine.connect() as session:
        assert not session.scalar(text(f"SELECT pg_try_advisory_lock({DAEMON_LOCK})"))
    hold.release()


def test_a_server_that_is_away_is_asked_again_later(postgres_url: str, open_database: Open) -> None:
    hold = Hold(open_database(postgres_url)).take(NOW)
    other = open_database(postgres_url)
    _cut_all_connections(other)
    other.transact_now(lambda c: c.execute(text("ALTER TABLE hosts RENAME TO away")))
    with pytest.raises(StoreError) as refused:
        hold.renew(NOW)
    assert not isinstance(refused.value, HeldElsewhereError)
    other.transact_now(lambda c: c.execute(text("ALTER TABLE away RENAME TO hosts")))
    hold.renew(NOW + timedelta(minutes=1))
    assert hold.leads
    hold.release()


def _cut_all_connections(database: Database) -> None:
    others = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
    database.transact_now(lambda c: c.execute(text(others)).all())


def test_a_database_in_memory_is_its_own(open_database: Open) -> None:
    for memory in (open_database("sqlite://"), open_database("sqlite://")):
        holders.create(memory.engine)
        hold = Hold(memory).take(NOW)
        hold.renew(NOW)
        hold.release()
        assert memory.read_now(lambda c: c.execute(select(holders)).all()) == []


def test_a_lock_file_that_cannot_be_made_is_refused_with_its_name(
    sqlite_url: str, open_database: Open, tmp_path: Path
) -> None:
    (tmp_path / "monitor.sqlite3.lock").mkdir()
    with pytest.raises(StoreError, match=r"monitor\.sqlite3\.lock: cannot be made"):
        Hold(open_database(sqlite_url)).take(NOW)


def test_the_lock_file_belongs_to_its_owner_alone(sqlite_url: str, open_database: Open, tmp_path: Path) -> None:
    hold = Hold(open_database(sqlite_url)).take(NOW)
    assert (tmp_path / "monitor.sqlite3.lock").stat().st_mode & 0o777 == 0o600
    hold.release()


def test_a_host_that_is_paused_in_a_transaction_does_not_hold_up_the_others(
    postgres_url: str, open_database: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    short = database._BEGIN_POSTGRESQL.replace(str(database.IDLE_MS), "500")
    monkeypatch.setattr(database, "_BEGIN_POSTGRESQL", short)
    paused, other = open_database(postgres_url), open_database(postgres_url)

    def sleeping(connection: Connection) -> None:
        """Hold the writer's lock, do nothing for long, then go on as if nothing had been."""
        connection.execute(text("SELECT 1"))
        assert other.transact_now(lambda c: c.scalar(text("SELECT 2"))) == 2, "the others go on meanwhile"
        connection.execute(text("SELECT 3"))

    with pytest.raises(StoreError):
        paused.transact_now(sleeping)
    assert paused.transact_now(lambda c: c.scalar(text("SELECT 4"))) == 4
