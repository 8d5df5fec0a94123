"""An opened database → one with this release's tables, in one locked transaction, however many processes start at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, inspect, text

from alerts.tables import metadata as outbox
from monitor.errors import StoreError
from monitor.store import install
from monitor.store.database import Database
from monitor.store.tables import metadata

HEAD = "0007"  #: the newest revision in migrations/versions; revisions are numbers of four digits, so that they compare as text
_SCRIPTS = Path(__file__).parent / "migrations"


def migrate(database: Database, now: datetime, passing: Callable[[str], None] = lambda _name: None) -> None:
    """Bring the tables to this release. Raises StoreError for a database that a newer release has changed."""
    if database.in_memory:
        database.transact_now(lambda c: _make(c, now))
    elif database.read_now(version) != HEAD:
        database.transact_now(lambda c: _upgrade(c, now, passing))


def require_current(database: Database) -> None:
    """Refuse a database that is not of this release, for commands that only look and must not change it. Raises StoreError."""
    found = database.read_now(version)
    if found is None:
        raise StoreError("the database is empty: start `hrd-monitor run` first, or name the right one")
    _refuse_newer(found)
    if found != HEAD:
        raise StoreError(
            f"the database is of an older release (schema {found}, this one needs {HEAD}): start `hrd-monitor run` once, it is brought forward"
        )


def version(connection: Connection) -> str | None:
    """The revision the database is at; None for a new one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def _make(connection: Connection, now: datetime) -> None:
    """The newest tables at once: a database in memory has no past, and a replay should not wait for alembic's import."""
    metadata.create_all(connection)
    outbox.create_all(connection)
    install.ensure(connection, now)


def _upgrade(connection: Connection, now: datetime, passing: Callable[[str], None]) -> None:
    found = version(connection)  # another process may have been faster
    if found == HEAD:
        return
    if found is not None:
        _refuse_newer(found)
    if connection.dialect.name == "postgresql":
        _refuse_encoding(connection)
    _run_scripts(connection)
    passing("in_migration")
    install.ensure(connection, now)


def _refuse_newer(found: str) -> None:
    if found > HEAD:
        raise StoreError(
            f"the database was changed by a newer release (schema {found}, this one knows {HEAD}):"
            " install that release again, or put back a backup from before the upgrade"
        )


def _refuse_encoding(connection: Connection) -> None:
    encoding = connection.execute(text("SHOW server_encoding")).scalar_one()
    if encoding != "UTF8":
        raise StoreError(
            f"the PostgreSQL database keeps text as {encoding}: create it with ENCODING 'UTF8', names come in every script"
        )


def _run_scripts(connection: Connection) -> None:
    # alembic takes most of a second to import: only who has something to migrate pays for it
    from alembic.config import Config  # noqa: PLC0415
    from alembic.runtime.environment import EnvironmentContext  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    scripts = ScriptDirectory.from_config(config)

    def steps(revision: str, _context: object) -> list[object]:
        return list(scripts._upgrade_revs("head", revision))  # noqa: SLF001 - what alembic's own upgrade command calls

    with EnvironmentContext(config, scripts) as environment:
        environment.configure(connection=connection, fn=steps, transaction_per_migration=False)
        environment.run_migrations()
