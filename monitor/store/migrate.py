"""An opened database → one with this release's tables, in one locked transaction, however many processes start at once."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, inspect, select, text

from monitor.errors import StoreError
from monitor.store.database import Database
from monitor.store.tables import install

HEAD = "0001"  #: the newest revision in migrations/versions; a contract test compares
SECRET_BYTES = (
    32  #: of the key behind entry and delivery keys; it lives in the database, so that backups and moves carry it
)
_SCRIPTS = Path(__file__).parent / "migrations"


def migrate(database: Database, now: datetime, passing: Callable[[str], None] = lambda _name: None) -> None:
    """Bring the tables to this release. Raises StoreError for a database that a newer release has changed."""
    if database.read_now(version) == HEAD:
        return
    database.transact_now(lambda c: _upgrade(c, now, passing))


def version(connection: Connection) -> str | None:
    """The revision the database is at; None for a new one."""
    if not inspect(connection).has_table("alembic_version"):
        return None
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar()


def secret(connection: Connection) -> bytes:
    """The key of this installation's hashes."""
    return bytes(connection.execute(select(install.c.secret)).scalar_one())


def _upgrade(connection: Connection, now: datetime, passing: Callable[[str], None]) -> None:
    found = version(connection)  # another process may have been faster
    if found == HEAD:
        return
    # alembic takes most of a second to import: only who has something to migrate pays for it
    from alembic.config import Config  # noqa: PLC0415
    from alembic.runtime.environment import EnvironmentContext  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    config = Config()
    config.set_main_option("script_location", str(_SCRIPTS).replace("%", "%%"))
    scripts = ScriptDirectory.from_config(config)
    if found is not None and found not in {r.revision for r in scripts.walk_revisions()}:
        raise StoreError(
            f"the database was changed by a newer release (schema {found}, this one knows {HEAD}): install that release again"
        )

    def steps(revision: str, _context: object) -> list[object]:
        return list(scripts._upgrade_revs("head", revision))  # noqa: SLF001 - what alembic's own upgrade command calls

    with EnvironmentContext(config, scripts) as environment:
        environment.configure(connection=connection, fn=steps, transaction_per_migration=False)
        environment.run_migrations()
    passing("in_migration")
    if connection.execute(select(install.c.id)).first() is None:
        connection.execute(install.insert(), {"id": 1, "secret": secrets.token_bytes(SECRET_BYTES), "made": now})
