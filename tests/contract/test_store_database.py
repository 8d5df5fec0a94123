"""What every stage may rely on in the database, whichever it is: whole transactions, one writer, plain refusals."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, select, text

from monitor.errors import StoreError
from monitor.store import install, sources
from monitor.store.database import Database
from monitor.store.engine import default_url
from monitor.store.migrate import migrate, require_current
from tests.fakes.stored import NOW

Open = Callable[[str], Database]


def _known(connection: Connection) -> list[str]:
    return sorted(sources.states(connection))


async def test_what_a_transaction_wrote_is_there_for_the_next_reader(database: Database) -> None:
    await database.transact(lambda c: sources.ensure(c, ["a-paper"], NOW))
    assert await database.read(_known) == ["a-paper"]


async def test_what_raises_inside_a_transaction_undoes_all_of_it(database: Database) -> None:
    def half(connection: Connection) -> None:
        sources.ensure(connection, ["a-paper"], NOW)
        raise LookupError("in the middle")

    with pytest.raises(LookupError, match="in the middle"):
        await database.transact(half)
    assert await database.read(_known) == []


def test_a_reader_sees_nothing_that_is_not_committed(database: Database) -> None:
    seen: list[list[str]] = []

    def look() -> None:
        seen.append(database.read_now(_known))

    def write(connection: Connection) -> None:
        sources.ensure(connection, ["a-paper"], NOW)
        other = threading.Thread(target=look)
        other.start()
        other.join()

    database.transact_now(write)
    assert seen == [[]]


def test_a_reader_sees_one_moment_from_beginning_to_end(database: Database) -> None:
    def read(connection: Connection) -> tuple[list[str], list[str]]:
        before = _known(connection)
        writer = threading.Thread(target=database.transact_now, args=[lambda c: sources.ensure(c, ["a-paper"], NOW)])
        writer.start()
        writer.join()
        return before, _known(connection)

    assert database.read_now(read) == ([], [])
    assert database.read_now(_known) == ["a-paper"]


def test_a_reader_cannot_write(database: Database) -> None:
    with pytest.raises(StoreError, match="may not be written to"):
        database.read_now(lambda c: sources.ensure(c, ["a-paper"], NOW))
    database.transact_now(lambda c: sources.ensure(c, ["b-paper"], NOW))
    assert database.read_now(_known) == ["b-paper"]


def test_writers_wait_for_each_other_even_when_they_read_first(database: Database) -> None:
    def longer(connection: Connection) -> None:
        why = connection.execute(text("SELECT why FROM sources")).scalar_one()
        time.sleep(0.002)
        connection.execute(text("UPDATE sources SET why = :why"), {"why": why + "x"})

    database.transact_now(lambda c: sources.ensure(c, ["a-paper"], NOW))
    writers = [threading.Thread(target=lambda: [database.transact_now(longer) for _ in range(10)]) for _ in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert len(database.read_now(sources.states)["a-paper"].why) == 40


async def test_many_transactions_at_once_all_succeed(database: Database) -> None:
    await asyncio.gather(*(database.transact(lambda c, i=i: sources.ensure(c, _upto(i), NOW)) for i in range(20)))
    assert len(await database.read(lambda c: list(c.scalars(text("SELECT source_id FROM sources"))))) == 20


def _upto(number: int) -> list[str]:
    return [f"paper-{i}" for i in range(number + 1)]


def test_a_closed_database_has_finished_what_was_being_written(database_url: str, open_database: Open) -> None:
    async def write_and_leave() -> None:
        first = open_database(database_url)
        asyncio.get_running_loop().create_task(first.transact(lambda c: sources.ensure(c, ["a-paper"], NOW)))
        await asyncio.sleep(0)
        first.close()
        await asyncio.sleep(0)

    asyncio.run(write_and_leave())
    assert open_database(database_url).read_now(_known) == ["a-paper"]


def test_a_database_in_memory_keeps_what_it_was_told(open_database: Open) -> None:
    database = open_database("sqlite://")
    migrate(database, NOW)
    migrate(database, NOW + timedelta(days=1))
    database.transact_now(lambda c: sources.ensure(c, ["a-paper"], NOW))
    assert database.read_now(_known) == ["a-paper"]
    assert len(database.read_now(install.secret)) == install.SECRET_BYTES
    assert database.check() is None


async def test_a_database_in_memory_serves_threads_in_turn(open_database: Open) -> None:
    database = open_database("sqlite://")
    migrate(database, NOW)
    await asyncio.gather(
        *(database.transact(lambda c, i=i: sources.ensure(c, _upto(i), NOW)) for i in range(5)),
        *(asyncio.to_thread(database.read_now, _known) for _ in range(5)),
        *(asyncio.to_thread(database.transact_now, lambda c: sources.ensure(c, _upto(4), NOW)) for _ in range(5)),
    )
    assert database.read_now(_known) == _upto(4)


def test_the_secret_is_drawn_once_and_stays(database: Database) -> None:
    secret = database.read_now(install.secret)
    database.transact_now(lambda c: install.ensure(c, NOW))
    assert len(secret) == install.SECRET_BYTES
    assert database.read_now(install.secret) == secret


def test_two_installations_draw_different_secrets(open_database: Open) -> None:
    first, second = open_database("sqlite://"), open_database("sqlite://")
    migrate(first, NOW)
    migrate(second, NOW)
    assert first.read_now(install.secret) != second.read_now(install.secret)


def test_a_sound_database_has_nothing_wrong(database: Database) -> None:
    assert database.check() is None


def test_postgresql_confirms_only_what_is_on_disk(postgres_url: str, open_database: Open) -> None:
    database = open_database(f"{postgres_url}&options=-csynchronous_commit%3Doff")
    assert database.transact_now(lambda c: c.scalar(text("SHOW synchronous_commit"))) == "on"


def test_sqlite_is_set_up_so_that_a_power_cut_loses_no_commit(sqlite_url: str, open_database: Open) -> None:
    def asked(connection: Connection) -> list[object]:
        names = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "busy_timeout")
        return [connection.exec_driver_sql(f"PRAGMA {name}").scalar() for name in names]

    assert open_database(sqlite_url).read_now(asked) == ["wal", 2, 1, 1, 30_000]


def test_an_article_that_is_not_there_cannot_be_reported_on(database: Database) -> None:
    with pytest.raises(StoreError, match="IntegrityError"):
        database.transact_now(
            lambda c: c.execute(
                text("INSERT INTO reports (article_id, act, alerts, report) VALUES ('gone', 'arrest', false, '')")
            )
        )


def test_without_an_address_the_data_folder_is_used_and_belongs_to_its_owner(tmp_path: Path) -> None:
    data = tmp_path / "data #1?%20"
    database = Database.open(None, data)
    try:
        migrate(database, NOW)
        files = sorted(p.name for p in data.iterdir())
        assert files == ["monitor.sqlite3", "monitor.sqlite3-shm", "monitor.sqlite3-wal"]
        assert {p.stat().st_mode & 0o077 for p in (data, *data.iterdir())} == {0}
    finally:
        database.close()
    assert default_url(data).startswith("sqlite:///")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("nonsense", "HRD_MONITOR_DATABASE_URL is no database address"),
        ("mysql://root:hunter2@localhost/x", "mysql databases are not supported"),
        ("oracle://root:hunter2@localhost/x", "oracle databases are not supported"),
    ],
)
def test_an_address_that_cannot_be_used_is_refused_by_the_name_of_its_setting(address: str, said: str) -> None:
    with pytest.raises(StoreError, match=said) as refused:
        Database.open(address)
    assert "hunter2" not in str(refused.value)
    assert "HRD_MONITOR_DATABASE_URL" in str(refused.value)


@pytest.mark.parametrize("scheme", ["postgresql", "postgres", "postgresql+psycopg"])
def test_a_server_that_does_not_answer_is_told_without_the_password(scheme: str, tmp_path: Path) -> None:
    database = Database.open(f"{scheme}://sok:hunter2@/x?host={tmp_path}")
    try:
        with pytest.raises(StoreError, match="the database server cannot be reached") as refused:
            database.read_now(lambda c: c.execute(select(1)))
    finally:
        database.close()
    assert "hunter2" not in str(refused.value)


def test_a_command_that_only_looks_makes_no_database(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="there is no database here yet; start `hrd-monitor run` first"):
        Database.open(None, tmp_path, make=False)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_made_is_refused_with_the_reason(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder")
    with pytest.raises(StoreError, match="the database cannot be made here"):
        Database.open(None, tmp_path / "file" / "data")


def test_a_migrated_database_is_current_and_an_empty_one_says_what_to_do(
    database: Database, open_database: Open, tmp_path: Path
) -> None:
    require_current(database)
    with pytest.raises(StoreError, match="the database is empty: start `hrd-monitor run` first"):
        require_current(open_database(f"sqlite:///{tmp_path / 'empty.sqlite3'}"))
