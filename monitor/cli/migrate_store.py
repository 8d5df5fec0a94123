"""`hrd-monitor migrate-store`: from the embedded database to a PostgreSQL that several hosts share."""

from __future__ import annotations

from typing import Annotated

import typer

from monitor.cli.options import settings
from monitor.errors import StoreError
from monitor.store.database import Database
from monitor.store.engine import default_url
from monitor.store.hold import Hold
from monitor.store.migrate import migrate, require_current
from monitor.store.move import move


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("migrate-store")
    def command(
        to: Annotated[str, typer.Option("--to", help="The new database, empty: postgresql://user@host/name.")],
        source: Annotated[str | None, typer.Option("--from", help="The old one; default: the one in use.")] = None,
    ) -> None:
        """Move everything a team remembers to another database; the daemon must be stopped. The old one stays as it is.

        Keep the password out of the command: libpq reads it from ~/.pgpass or PGPASSFILE.

        Example: hrd-monitor migrate-store --from sqlite:///data/monitor.sqlite3 --to postgresql://monitor@db.ngo.example/monitor
        """
        from monitor.app import now  # noqa: PLC0415 - the wall clock has one home

        chosen = settings()
        old = Database.open(source or chosen.database_url or default_url(chosen.data), make=False)
        new = Database.open(to)
        try:
            if old.engine.url == new.engine.url:
                raise StoreError("both addresses name the same database")
            require_current(old)
            migrate(new, now())
            held = [Hold(old).take(now()), Hold(new).take(now())]
            try:
                copied = move(old, new, lambda table, rows: typer.echo(f"  {table}: {rows}", err=True))
            finally:
                for hold in held:
                    hold.release()
        finally:
            old.close()
            new.close()
        typer.echo(f"{copied} rows moved. Set HRD_MONITOR_DATABASE_URL to the new address, then start the daemon.")
