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
from monitor.model import Incident
from monitor.store import incidents
from monitor.taxonomies import CODES, full, status, whereabouts

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Take what was found along, in files.")


class Format(StrEnum):
    """How the rows are written."""

    JSONL = "jsonl"
    CSV = "csv"


@app.command("incidents")
def export(form: Annotated[Format, typer.Option("--format", help="jsonl or csv.")] = Format.JSONL) -> None:
    """Write every incident to standard output; names stay out, defenders are their ids.

    CSV has a title, `|` between several values, and the codes of HURIDOCS, PLOVER, ACLED and CIVICUS beside our own words, so that Uwazi
    and OpenEvSys can take it in: make a template whose properties are named as the columns.

    Example: hrd-monitor export incidents --format csv > incidents.csv
    """
    database = opened()
    try:
        found = database.read_now(lambda c: list(incidents.every(c)))
    finally:
        database.close()
    if form is Format.JSONL:
        for incident in found:
            typer.echo(records.dump(incident_line(incident)))
        return
    writer = csv.writer(sys.stdout, lineterminator="\n")
    rows = [columns(i) for i in found]
    writer.writerow(rows[0] if rows else ["title", "id"])
    writer.writerows([_cell(v) for v in row.values()] for row in rows)


def columns(incident: Incident) -> dict[str, Any]:
    """One incident as a row of a table: a title without a name, our own words, and the codes others count by."""
    codes = CODES[incident.act]
    who = " ".join(incident.watch) or incident.assembly or ""
    when = incident.occurrence or f"reported {incident.opened:%Y-%m-%d}"
    return {
        "title": f"{incident.act.value.replace('_', ' ')}, {who}, {when} ({incident.id})",
        **incident_line(incident),
        "acts": [a.value for a in incident.acts],
        "huridocs_act": [full(c) for c in codes.huridocs],
        "huridocs_status": status(incident.liberty, incident.charges),
        "huridocs_whereabouts": whereabouts(incident.custody),
        "plover": codes.plover,
        "acled": codes.acled,
        "civicus": codes.civicus,
    }


@app.callback()
def _only() -> None:
    """Take what was found along, in files."""


def register(root: typer.Typer) -> None:
    """Add the commands."""
    root.add_typer(app, name="export")


def _cell(value: Any) -> str:
    """A value as a table shows it; one that a table program would take for a formula is told as text."""
    text = "|".join(value) if isinstance(value, list) else "" if value is None else str(value)
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
