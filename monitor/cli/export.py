"""`hrd-monitor export incidents`: every incident as JSON Lines or CSV, in the order they were opened."""

from __future__ import annotations

import csv
import sys
from enum import StrEnum
from typing import Annotated, Any

import typer

from monitor.cli import records
from monitor.cli.options import opened
from monitor.cli.replay import incident_line
from monitor.store import incidents

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Take what was found along, in files.")


class Format(StrEnum):
    """How the rows are written."""

    JSONL = "jsonl"
    CSV = "csv"


@app.command("incidents")
def export(form: Annotated[Format, typer.Option("--format", help="jsonl or csv.")] = Format.JSONL) -> None:
    """Write every incident to standard output; names stay out, defenders are their ids.

    Example: hrd-monitor export incidents --format csv > incidents.csv
    """
    database = opened()
    try:
        rows = database.read_now(lambda c: [incident_line(i) for i in incidents.every(c)])
    finally:
        database.close()
    if form is Format.JSONL:
        for row in rows:
            typer.echo(records.dump(row))
        return
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(rows[0] if rows else ["id"])
    writer.writerows([_cell(v) for v in row.values()] for row in rows)


@app.callback()
def _only() -> None:
    """Take what was found along, in files."""


def register(root: typer.Typer) -> None:
    """Add the commands."""
    root.add_typer(app, name="export")


def _cell(value: Any) -> str:
    """A value as a table shows it; one that a table program would take for a formula is told as text."""
    text = " ".join(value) if isinstance(value, list) else "" if value is None else str(value)
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
