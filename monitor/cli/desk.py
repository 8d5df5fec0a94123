"""`hrd-monitor desk`: where the desk is, and what opens it."""

from __future__ import annotations

import typer

from monitor.cli import records
from monitor.cli.options import Json, settings
from monitor.config.desk_token import desk_token


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("desk")
    def command(as_json: Json = False) -> None:
        """Show the address of the desk and the token that opens its pages with names; keep it as you keep the list.

        Example: hrd-monitor desk
        """
        chosen = settings()
        if chosen.web == "off":
            typer.echo("The desk is off: HRD_MONITOR_WEB is off.", err=True)
            raise typer.Exit(1)
        found = {"address": f"http://{chosen.web}/", "token": desk_token(chosen)}
        typer.echo(records.dump(found) if as_json else f"address  {found['address']}\ntoken    {found['token']}")
