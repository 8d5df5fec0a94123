"""`hrd-monitor run`: the daemon in the foreground, or one round of it."""

from __future__ import annotations

import asyncio
from typing import Annotated

import typer

from monitor.cli.options import Alerts, Sources, WatchlistPath, settings


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("run")
    def command(
        sources: Sources = None,
        watchlist: WatchlistPath = None,
        alerts: Alerts = None,
        once: Annotated[
            bool, typer.Option("--once", help="Visit everything that is due once, deliver, and end.")
        ] = False,
    ) -> None:
        """Watch the sources and send alerts until stopped (SIGTERM or Ctrl-C); saved files are taken over within seconds.

        Example: hrd-monitor run --watchlist watchlist.yaml
        """
        from monitor.app import Daemon  # noqa: PLC0415 - the daemon's libraries load only when it runs

        asyncio.run(_run(Daemon, settings(sources, watchlist, alerts), once=once))


async def _run(daemon: type, chosen: object, *, once: bool) -> None:
    await daemon(chosen).run(once=once)
