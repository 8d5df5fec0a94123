"""`hrd-monitor silence …`: ask for quiet until a date; a hold lets nothing through, a silence what cannot wait."""

from __future__ import annotations

import getpass
import json
import re
from datetime import UTC, datetime, timedelta
from typing import Annotated

import typer

from monitor.cli import records
from monitor.cli.options import Json, opened
from monitor.errors import CaseworkError
from monitor.incidents.silence import Silence
from monitor.store import rulings
from monitor.terms import Act

LONGEST = timedelta(days=90)  #: a silence nobody remembers is a hole in the watch; longer ones are asked for again

_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1)}
_SPAN = re.compile(r"(\d{1,4})([mhd])")

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Quiet until a date, with who asked and why.")


@app.command("add")
def add(
    reason: Annotated[str, typer.Option("--reason", help="Why, in a few words.")],
    until: Annotated[str, typer.Option("--until", help="When it ends: 3h, 2d, 2026-03-20 or 2026-03-20T18:00:00Z.")],
    hold: Annotated[
        bool, typer.Option("--hold", help="Let nothing through at all: a negotiation, a family's request.")
    ] = False,
    watch: Annotated[str | None, typer.Option("--watch", help="Only about this defender, by id.")] = None,
    incident: Annotated[str | None, typer.Option("--incident", help="Only about this incident.")] = None,
    country: Annotated[
        str | None, typer.Option("--country", help="Only about this country, by its two letters.")
    ] = None,
    act: Annotated[str | None, typer.Option("--act", help="Only about this act, for example arrest.")] = None,
    to: Annotated[list[str] | None, typer.Option("--to", help="Channels that still hear while a hold is on.")] = None,
    by: Annotated[str | None, typer.Option("--by", help="Who asks for it.")] = None,
) -> None:
    """Ask for quiet about a defender, an incident or a country.

    Example: hrd-monitor silence add --incident i-0123456789abcdef --hold --reason "the family asked" --until 2026-03-20
    """
    now = datetime.now(UTC)
    try:
        end = _span(until, now) or records.moment(until, "until")
    except records.BadLineError as error:
        raise CaseworkError(str(error)) from None
    if end is None or end <= now or end > now + LONGEST:
        raise CaseworkError(f"--until must lie ahead, at most {LONGEST.days} days")
    if watch is None and incident is None and country is None and act is None:
        raise CaseworkError("say what is to be quiet: --watch ID, --incident ID, --country XX or --act ACT")
    if act is not None and act not in {a.value for a in Act}:
        raise CaseworkError(f"--act is one of {', '.join(sorted(a.value for a in Act))}")
    asked = Silence(
        by=by or getpass.getuser(), made=now, until=end, reason=reason, hold=hold, watch=watch, incident=incident,
        country=country.upper() if country else None, act=act, to=tuple(to or ()),
    )  # fmt: skip
    database = opened()
    try:
        kept = database.transact_now(lambda c: rulings.silence(c, asked))
    finally:
        database.close()
    typer.echo(f"{'hold' if hold else 'silence'} {kept.id} until {records.stamp(end)}")


def _span(text: str, now: datetime) -> datetime | None:
    """`90m`, `3h` or `2d` from now on; None when it is written as a time."""
    span = _SPAN.fullmatch(text.strip())
    return now + int(span[1]) * _UNITS[span[2]] if span else None


@app.command("list")
def listing(
    past: Annotated[bool, typer.Option("--past", help="Those that have ended too.")] = False, as_json: Json = False
) -> None:
    """List the silences and holds in force.

    Example: hrd-monitor silence list --past
    """
    database = opened()
    try:
        found = database.read_now(lambda c: rulings.silences_at(c, datetime.now(UTC), past=past))
    finally:
        database.close()
    for one in found:
        row = {
            "number": one.id, "kind": "hold" if one.hold else "silence", "until": records.stamp(one.ended or one.until), "by": one.by,
            "watch": one.watch, "incident": one.incident, "country": one.country, "act": one.act, "to": list(one.to), "reason": one.reason,
        }  # fmt: skip
        typer.echo(json.dumps(row, ensure_ascii=False) if as_json else "  ".join(str(v) for v in row.values() if v))


@app.command("end")
def end(number: Annotated[int, typer.Argument(help="The number `silence list` shows.")]) -> None:
    """End a silence or hold now.

    Example: hrd-monitor silence end 3
    """
    database = opened()
    try:
        ended = database.transact_now(lambda c: rulings.end_silence(c, number, datetime.now(UTC)))
    finally:
        database.close()
    if not ended:
        raise CaseworkError(f"there is no silence {number} in force: `hrd-monitor silence list` shows them")
    typer.echo(f"ended: {number}")


def register(root: typer.Typer) -> None:
    """Add the commands."""
    root.add_typer(app, name="silence")
