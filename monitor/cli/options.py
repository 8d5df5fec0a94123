"""The options that several commands share, and the settings they make of the environment."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from monitor.config.settings import Settings

Sources = Annotated[Path | None, typer.Option("--sources", help="The list of sources.")]
WatchlistPath = Annotated[Path | None, typer.Option("--watchlist", help="The watchlist.")]
Alerts = Annotated[Path | None, typer.Option("--alerts", help="Channels and routes.")]
Json = Annotated[bool, typer.Option("--json", help="Print JSON, for scripts.")]


def settings(sources: Path | None = None, watchlist: Path | None = None, alerts: Path | None = None) -> Settings:
    """The settings of the environment, with the files named on the command line. Raises ConfigError."""
    named = {"sources": sources, "watchlist": watchlist, "alerts": alerts}
    return Settings.load(os.environ, Path()).model_copy(update={k: v for k, v in named.items() if v is not None})
