"""What tests of every folder share: databases of both kinds, each fresh and at this release's tables."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from monitor.store.database import Database
from monitor.store.migrate import migrate
from tests import postgres
from tests.fakes.stored import NOW

BOTH = ("sqlite", "postgresql")


def _migrated(url: str) -> None:
    database = Database.open(url)
    try:
        migrate(database, NOW)
    finally:
        database.close()


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[postgres.Server]:
    """The session's PostgreSQL, started when a test first asks for it."""
    with postgres.server() as running:
        yield running


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database file, to be copied: migrating takes a second."""
    path = tmp_path_factory.mktemp("template") / "template.sqlite3"
    _migrated(f"sqlite:///{path}")
    return path


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """The address of a fresh, migrated SQLite file."""
    shutil.copyfile(sqlite_template, tmp_path / "monitor.sqlite3")
    return f"sqlite:///{tmp_path / 'monitor.sqlite3'}"


@pytest.fixture
def postgres_url(postgres_server: postgres.Server) -> Iterator[str]:
    """The address of a fresh, migrated PostgreSQL database."""
    url = postgres_server.database(_migrated)
    yield url
    postgres_server.drop(url)


@pytest.fixture
def empty_postgres_url(postgres_server: postgres.Server) -> Iterator[str]:
    """The address of a PostgreSQL database without a table."""
    url = postgres_server.url(postgres_server.empty())
    yield url
    postgres_server.drop(url)


@pytest.fixture(params=BOTH)
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of a fresh, migrated database: the test runs once on SQLite and once on PostgreSQL."""
    url: str = request.getfixturevalue("sqlite_url" if request.param == "sqlite" else "postgres_url")
    return url


@pytest.fixture(params=BOTH)
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of a database without a table, of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'monitor.sqlite3'}"
        return
    server: postgres.Server = request.getfixturevalue("postgres_server")
    url = server.url(server.empty())
    yield url
    server.drop(url)


@pytest.fixture
def open_database() -> Iterator[Callable[[str], Database]]:
    """Opens databases, as many as a test likes, and closes them when it ends."""
    opened: list[Database] = []

    def opening(url: str) -> Database:
        opened.append(Database.open(url))
        return opened[-1]

    yield opening
    for database in reversed(opened):
        database.close()


@pytest.fixture
def database(database_url: str, open_database: Callable[[str], Database]) -> Database:
    """A fresh, migrated, open database of each kind."""
    return open_database(database_url)
