"""A database comes forward to this release whole or not at all, however many processes start at once, also from an installed wheel."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, inspect, text

from alerts.tables import metadata as outbox
from monitor.errors import StoreError
from monitor.failpoints import EXIT_CODE
from monitor.store import install, migrate, tables
from monitor.store.database import Database
from tests.fakes.stored import NOW

ROOT = Path(__file__).resolve().parents[2]
Open = Callable[[str], Database]

#: A process of its own that brings a database forward, as a start of the daemon would.
START = """
import sys
from datetime import UTC, datetime
from monitor.failpoints import passing
from monitor.store import install
from monitor.store.database import Database
from monitor.store.migrate import migrate
database = Database.open(sys.argv[1])
migrate(database, datetime.now(UTC), passing(sys.argv[2] or None))
print(database.read_now(install.secret).hex(), "alembic" in sys.modules, install.__file__)
database.close()
"""


def _start(url: str, failpoint: str = "", cwd: Path = ROOT) -> subprocess.Popen[str]:
    command = [sys.executable, "-W", "error", "-c", START, url, failpoint]
    return subprocess.Popen(command, cwd=cwd, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def _ended(process: subprocess.Popen[str]) -> tuple[int, str]:
    out, err = process.communicate(timeout=60)
    return process.returncode, out + err


def _tables(connection: Connection) -> set[str]:
    return set(inspect(connection).get_table_names())


def test_migrating_makes_exactly_the_tables_the_code_knows(database: Database) -> None:
    def differences(connection: Connection) -> list[object]:
        both = MetaData()
        for known in (*tables.metadata.sorted_tables, *outbox.sorted_tables):
            known.to_metadata(both)
        found: list[object] = compare_metadata(MigrationContext.configure(connection), both)
        return found

    assert database.read_now(differences) == []


def test_a_database_in_memory_has_the_same_tables_as_a_migrated_one(sqlite_url: str, open_database: Open) -> None:
    memory, file = open_database("sqlite://"), open_database(sqlite_url)
    migrate.migrate(memory, NOW)

    def shape(connection: Connection) -> set[tuple[object, ...]]:
        found = inspect(connection)
        columns = {
            (t, c["name"], str(c["type"]), c["nullable"]) for t in found.get_table_names() for c in found.get_columns(t)
        }
        indexes = {(t, i["name"], *i["column_names"]) for t in found.get_table_names() for i in found.get_indexes(t)}
        return {row for row in columns | indexes if row[0] != "alembic_version"}

    assert memory.read_now(shape) == file.read_now(shape)


def test_the_code_knows_which_revision_is_the_newest(database: Database) -> None:
    scripts = ScriptDirectory(str(ROOT / "monitor" / "store" / "migrations"))
    revisions = [r.revision for r in scripts.walk_revisions()]
    assert scripts.get_heads() == [migrate.HEAD]
    assert revisions == sorted(revisions, reverse=True), "revisions compare as text"
    assert all(len(r) == 4 and r.isdigit() for r in revisions)
    assert database.read_now(migrate.version) == migrate.HEAD


def test_four_processes_that_start_at_once_make_one_database(empty_url: str) -> None:
    ended = [_ended(p) for p in [_start(empty_url) for _ in range(4)]]
    assert [code for code, _ in ended] == [0, 0, 0, 0], ended
    assert len({said.split()[0] for _, said in ended}) == 1, "all have the same secret"


def test_a_database_that_is_up_to_date_costs_no_import_of_alembic(database_url: str) -> None:
    code, said = _ended(_start(database_url))
    assert (code, said.split()[1]) == (0, "False")


def test_a_process_that_dies_while_migrating_leaves_nothing_and_the_next_one_succeeds(
    empty_url: str, open_database: Open
) -> None:
    code, said = _ended(_start(empty_url, "in_migration@1"))
    assert code == EXIT_CODE, said
    database = open_database(empty_url)
    assert database.read_now(_tables) == set()
    migrate.migrate(database, NOW)
    assert database.read_now(_tables) >= {"incidents", "deliveries", "install"}
    assert len(database.read_now(install.secret)) == install.SECRET_BYTES


def test_a_database_of_a_newer_release_is_refused_and_left_as_it_is(database: Database) -> None:
    database.transact_now(lambda c: c.execute(text("UPDATE alembic_version SET version_num = '9999'")))
    for ask in (lambda: migrate.migrate(database, NOW), lambda: migrate.require_current(database)):
        with pytest.raises(
            StoreError,
            match=rf"changed by a newer release \(schema 9999, this one knows {migrate.HEAD}\): install that release",
        ):
            ask()
    assert database.read_now(migrate.version) == "9999"


def test_a_command_that_only_looks_leaves_an_older_database_alone(database: Database) -> None:
    database.transact_now(lambda c: c.execute(text("UPDATE alembic_version SET version_num = '0000'")))
    with pytest.raises(StoreError, match="start `hrd-monitor run` once, it is brought forward"):
        migrate.require_current(database)


def test_a_server_database_that_cannot_hold_every_script_is_refused(
    postgres_server: object, open_database: Open
) -> None:
    url = postgres_server.url(postgres_server.empty("LATIN1"))
    try:
        with pytest.raises(StoreError, match="keeps text as LATIN1: create it with ENCODING 'UTF8'"):
            migrate.migrate(open_database(url), NOW)
    finally:
        postgres_server.drop(url)


def test_an_installed_wheel_brings_its_migrations_along(tmp_path: Path) -> None:
    copy = tmp_path / "project"
    copy.mkdir()
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    for name in ("monitor", "alerts"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    build = "import sys; from setuptools import build_meta; print(build_meta.build_wheel(sys.argv[1]))"
    subprocess.run([sys.executable, "-c", build, str(tmp_path)], cwd=copy, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("*.whl")
    installed = tmp_path / "installed"
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(installed)
    code, said = _ended(_start(f"sqlite:///{tmp_path / 'monitor.sqlite3'}", cwd=installed))
    assert code == 0, said
    assert said.split()[1:] == ["True", str(installed / "monitor" / "store" / "install.py")]
