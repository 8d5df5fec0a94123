"""What a killed process, a full disk and a damaged file leave behind: whole transactions, plain words, and a way out."""

from __future__ import annotations

import random
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select

from monitor.errors import StoreError
from monitor.store import articles, incidents, sources
from monitor.store import tables as t
from monitor.store.database import Database
from monitor.store.migrate import migrate
from tests.fakes import stored
from tests.fakes.stored import NOW

ROOT = Path(__file__).resolve().parents[2]
ROUNDS = 4  #: kills per database in the ordinary run; campaigns make hundreds
ARTICLES = 20
Open = Callable[[str], Database]

#: A daemon that settles one poll after the other, each with its articles, one incident and the source's next visit.
WRITER = """
import sys
from datetime import timedelta
from dataclasses import replace
from monitor.model import SourceState
from monitor.store import articles, incidents, reports, sources
from monitor.store.database import Database
from tests.fakes import stored
database = Database.open(sys.argv[1])
def settle(connection, number):
    names = [f"{sys.argv[2]}-{number}-{i}" for i in range(20)]
    articles.add(connection, [stored.reading(n, text="x" * 3000) for n in names])
    articles.remember(connection, "a", names, b"s" * 32, stored.NOW)
    incidents.save(connection, stored.incident(f"i-{sys.argv[2]}-{number}", citations=tuple(stored.citation(n) for n in names)))
    reports.add(connection, [(stored.report(n), f"i-{sys.argv[2]}-{number}") for n in names])
    sources.save(connection, [SourceState(source_id="a", next_visit=stored.NOW, why=names[-1])])
for number in range(100_000):
    database.transact_now(lambda c: settle(c, number))
    print(number, flush=True)
"""


def _kill_while_writing(url: str, name: str, after_s: float) -> int:
    """How many polls were reported as settled by a process that was killed at some moment."""
    command = [sys.executable, "-c", WRITER, url, name]
    with subprocess.Popen(command, cwd=ROOT, text=True, stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == "0\n"
        time.sleep(after_s)
        process.send_signal(signal.SIGKILL)
        return 1 + len(process.stdout.readlines())


def test_a_process_killed_while_writing_leaves_whole_transactions_only(database_url: str, open_database: Open) -> None:
    chance = random.Random(database_url)
    settled = sum(_kill_while_writing(database_url, f"r{n}", chance.uniform(0, 0.05)) for n in range(ROUNDS))
    database = open_database(database_url)
    if not database.embedded:
        database.transact_now(lambda _: None)  # waits for the last session of the killed to be gone

    def counts(connection: Connection) -> list[int]:
        kept = (t.articles, t.entries, t.reports, t.incidents, t.incident_watch)
        return [connection.scalar(select(func.count()).select_from(table)) for table in kept]

    found = database.read_now(counts)
    polls = found[3]
    assert found == [ARTICLES * polls] * 3 + [polls] * 2
    assert settled <= polls <= settled + ROUNDS, (
        "what was reported is there, and at most one more from each killed process"
    )
    last = database.read_now(sources.states)
    assert last == {} or database.read_now(lambda c: articles.get(c, last["a"].why)) is not None
    assert database.check() is None


@contextmanager
def _no_file_grows_beyond(size: int) -> Iterator[None]:
    """As if the disk were full: no file of this process may become larger than so many bytes."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_full_disk_is_told_plainly_writes_nothing_and_work_goes_on_once_there_is_room(
    sqlite_url: str, open_database: Open
) -> None:
    database = open_database(sqlite_url)
    database.transact_now(lambda c: articles.add(c, [stored.reading("before")]))
    written = [stored.reading(f"a{i}", text="x" * 10_000) for i in range(200)]
    with _no_file_grows_beyond(300_000), pytest.raises(StoreError, match="the disk refused to store: make room"):
        database.transact_now(lambda c: articles.add(c, written))
    assert database.read_now(lambda c: (articles.get(c, "before") is not None, articles.get(c, "a0"))) == (True, None)
    database.transact_now(lambda c: articles.add(c, written))
    assert database.read_now(lambda c: articles.get(c, "a199")) is not None
    assert database.check() is None


def _filled(url: str) -> Path:
    database = Database.open(url)
    try:
        for number in range(30):
            database.transact_now(lambda c, n=number: incidents.save(c, stored.incident(f"i-{n}", place="x" * 5000)))
        return Path(str(database.engine.url.database))
    finally:
        database.close()


@pytest.mark.parametrize("page", [1, 3, 12])
def test_a_damaged_page_is_found_and_the_way_out_is_said(sqlite_url: str, open_database: Open, page: int) -> None:
    path = _filled(sqlite_url)
    with path.open("r+b") as file:
        file.seek(4096 * page)
        file.write(random.Random(page).randbytes(4096))
    found = open_database(sqlite_url).check()
    assert found == (
        "the database file is damaged: stop hrd-monitor, keep a copy of the file, and put back the last good backup"
        ": `hrd-monitor restore FILE --key KEY` (docs/operating.md, Backup)"
    )


def test_working_on_a_damaged_file_is_refused_with_the_way_out(sqlite_url: str, open_database: Open) -> None:
    path = _filled(sqlite_url)
    with path.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (path.stat().st_size - 4096))
    database = open_database(sqlite_url)
    with pytest.raises(StoreError, match="the database file is damaged: stop hrd-monitor, keep a copy"):
        database.read_now(lambda c: list(incidents.every(c)))
    with pytest.raises(StoreError, match="the database file is damaged"):
        database.transact_now(lambda c: incidents.save(c, stored.incident("i-1")))


def test_a_file_that_is_no_database_is_refused_and_left_as_it_is(tmp_path: Path, open_database: Open) -> None:
    path = tmp_path / "monitor.sqlite3"
    path.write_text("minutes of the meeting of last Tuesday\n" * 50)
    database = open_database(f"sqlite:///{path}")
    assert "the database file is damaged" in str(database.check())
    with pytest.raises(StoreError, match="the database file is damaged"):
        migrate(database, NOW)
    assert path.read_text() == "minutes of the meeting of last Tuesday\n" * 50


def test_a_file_cut_short_is_found(sqlite_url: str, open_database: Open) -> None:
    path = _filled(sqlite_url)
    with path.open("r+b") as file:
        file.truncate(path.stat().st_size // 2)
    assert "the database file is damaged" in str(open_database(sqlite_url).check())


def test_a_lost_connection_to_the_server_undoes_the_transaction_and_the_next_one_succeeds(
    postgres_url: str, open_database: Open
) -> None:
    database = open_database(postgres_url)

    def cut(connection: Connection) -> None:
        sources.ensure(connection, ["a"], NOW)
        connection.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")

    with pytest.raises(StoreError, match="the database server cannot be reached"):
        database.transact_now(cut)
    assert database.read_now(sources.states) == {}
    database.transact_now(lambda c: sources.ensure(c, ["b"], NOW))
    assert list(database.read_now(sources.states)) == ["b"]
