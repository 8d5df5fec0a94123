"""`hrd-monitor people …`: names found beside a defender who was taken, for this machine only; each with a ready entry for the watchlist."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from io import StringIO
from typing import Annotated, Any

import typer
from ruamel.yaml import YAML

from monitor.cli import records
from monitor.cli.options import Json, opened
from monitor.errors import CaseworkError
from monitor.store import people

REVIEW = timedelta(days=90)  #: until the suggested entry is to be looked at again
MOST = 500  #: names looked through

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Names that are not on the list, kept for 30 days.")


@app.command("list")
def listing(
    limit: Annotated[int, typer.Option("--limit", min=1, max=MOST, help="At most so many.")] = 50, as_json: Json = False
) -> None:
    """List the names found last, with the incident they stand in.

    Example: hrd-monitor people list
    """
    for one in _found(limit):
        row = {**one, "seen": records.stamp(one["seen"])}
        typer.echo(
            json.dumps(row, ensure_ascii=False) if as_json else f"{row['seen']}  {row['name']}  {row['incident']}"
        )


@app.command("patch")
def patch(name: Annotated[str, typer.Argument(help="The name as `people list` shows it.")]) -> None:
    """Print a ready entry for the watchlist; nothing is added by itself.

    Example: hrd-monitor people patch "Vann Molika" >> watchlist.yaml
    """
    one = next((p for p in _found(MOST) if p["name"] == name), None)
    if one is None:
        raise CaseworkError("no such name was found: `hrd-monitor people list` shows them")
    typer.echo(entry(one, datetime.now(UTC)), nl=False)


@app.command("drop")
def drop(name: Annotated[str, typer.Argument(help="The name as `people list` shows it.")]) -> None:
    """Delete a name: it was taken over into the list, or is of no interest.

    Example: hrd-monitor people drop "Vann Molika"
    """
    database = opened()
    try:
        gone = database.transact_now(lambda c: people.remove(c, name))
    finally:
        database.close()
    if not gone:
        raise CaseworkError("no such name was found: `hrd-monitor people list` shows them")
    typer.echo("deleted")


def entry(one: dict[str, Any], now: datetime) -> str:
    """The entry for the watchlist as YAML: under a code name, consent not asked, to be looked at again."""
    made = {
        "name": one["name"],
        "country": one["country"],
        "sensitivity": "codename",
        "consent": "not_asked",
        "review_by": (now + REVIEW).date(),
        "note": f"named together with somebody of the list, case {one['incident']}",
    }
    stream = StringIO()
    YAML().dump([made], stream)
    return stream.getvalue()


def register(root: typer.Typer) -> None:
    """Add the commands."""
    root.add_typer(app, name="people")


def _found(limit: int) -> list[dict[str, Any]]:
    database = opened()
    try:
        return database.read_now(lambda c: people.listing(c, limit))
    finally:
        database.close()
