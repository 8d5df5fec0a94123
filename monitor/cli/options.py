"""The options that several commands share, and the settings they make of the environment."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from monitor.config.settings import Settings
from monitor.errors import StoreError
from monitor.store.database import Database
from monitor.store.migrate import require_current

Sources = Annotated[Path | None, typer.Option("--sources", help="The list of sources.")]
WatchlistPath = Annotated[Path | None, typer.Option("--watchlist", help="The watchlist.")]
Alerts = Annotated[Path | None, typer.Option("--alerts", help="Channels and routes.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]


def settings(sources: Path | None = None, watchlist: Path | None = None, alerts: Path | None = None) -> Settings:
    """The settings of the environment, with the files named on the command line. Raises ConfigError."""
    named = {"sources": sources, "watchlist": watchlist, "alerts": alerts}
    return Settings.load(os.environ, Path()).model_copy(update={k: v for k, v in named.items() if v is not None})


def opened() -> Database:
    """The database of the settings in force, of this release. Raises StoreError when nothing has run yet or it is of another one."""
    chosen = settings()
    database = Database.open(chosen.database_url, chosen.data, make=False)
    try:
        require_current(database)
    except StoreError:
        database.close()
        raise
    return database
