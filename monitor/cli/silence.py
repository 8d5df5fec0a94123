"""`hrd-monitor silence add|list|end`: quiet about something for a while, by whom, why and until when; nothing is dropped."""

from __future__ import annotations

import getpass
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Annotated, Any

import typer

from alerts import silence
from alerts.model import Match
from monitor.cli import records
from monitor.cli.options import Json, settings
from monitor.errors import ConfigError, Mistake
from monitor.store.database import Database
from monitor.store.migrate import require_current

_UNITS = {"m": 60, "h": 3_600, "d": 86_400}
_SPAN = re.compile(r"(\d{1,4})([mhd])")

Listed = Annotated[list[str] | None, typer.Option(help="May be given more than once.")]


def moment(text: str, now: datetime) -> datetime:
    """`3h`, `2d` or a date and time as a moment. Raises ConfigError for anything else."""
    span = _SPAN.fullmatch(text.strip())
    if span:
        return now + timedelta(seconds=int(span[1]) * _UNITS[span[2]])
    try:
        at = datetime.fromisoformat(text.strip())
    except ValueError:
        raise ConfigError(
            (Mistake("--until", 0, 0, f"{text!r} is no time", "write 3h, 2d or 2026-12-01T08:00"),)
        ) from None
    return at if at.tzinfo else at.astimezone()


def _stored(work: Callable[[Any], Any]) -> Any:
    chosen = settings()
    database = Database.open(chosen.database_url, chosen.data, make=False)
    try:
        require_current(database)
        return database.transact_now(work)
    finally:
        database.close()


def register(app: typer.Typer) -> None:
    """Add the group of commands."""
    group = typer.Typer(no_args_is_help=True, help="Be quiet about something for a while; nothing is dropped.")
    app.add_typer(group, name="silence")
    _register_add(group)
    _register_list(group)
    _register_end(group)


def _register_add(group: typer.Typer) -> None:
    @group.command("add")
    def command(
        reason: Annotated[str, typer.Option(help="Why, for those who wonder later.")],
        until: Annotated[str, typer.Option(help="3h, 2d, or a date and time.")],
        watch: Listed = None,
        country: Listed = None,
        act: Listed = None,
        severity: Listed = None,
        organisation: Listed = None,
        tag: Listed = None,
        author: Annotated[str, typer.Option(help="Who asks for it; you, when absent.")] = "",
        hold: Annotated[bool, typer.Option("--hold", help="Let nothing through, not even a death.")] = False,
    ) -> None:
        """Keep matching alerts back until a moment; what nobody may miss comes through, unless it is a hold.

        Example: hrd-monitor silence add --watch kh-0001 --until 2d --reason "family asks for quiet"
        """
        now = datetime.now(UTC)
        asked = {"watch": watch, "act": act, "severity": severity, "organisation": organisation, "tag": tag}
        match = Match(country=tuple(c.upper() for c in country or ()), **{k: tuple(v or ()) for k, v in asked.items()})
        end = moment(until, now)
        who = author or getpass.getuser()
        try:
            made = _stored(lambda c: silence.add(c, match, hold=hold, author=who, reason=reason, until=end, now=now))
        except ValueError as error:
            raise ConfigError((Mistake("silence", 0, 0, str(error), "see hrd-monitor silence add --help"),)) from None
        typer.echo(f"silence {made} until {end:%Y-%m-%d %H:%M %Z}; end it sooner with: hrd-monitor silence end {made}")


def _register_list(group: typer.Typer) -> None:
    @group.command("list")
    def command(as_json: Json = False) -> None:
        """Print every silence, the newest first.

        Example: hrd-monitor silence list
        """
        found: tuple[silence.Silence, ...] = _stored(silence.listed)
        now = datetime.now(UTC)
        rows = []
        for one in found:
            asked = {k: list(getattr(one.match, k)) for k in Match.__dataclass_fields__ if getattr(one.match, k)}
            state = "ended" if one.ended or one.until <= now else "hold" if one.hold else "silence"
            rows.append(
                {
                    "id": one.id,
                    "state": state,
                    "match": asked,
                    "until": one.until.isoformat(),
                    "author": one.author,
                    "reason": one.reason,
                }
            )
        if as_json:
            typer.echo(records.dump({"silences": rows}))
            return
        for row in rows:
            about = ", ".join(f"{k} {' or '.join(v)}" for k, v in row["match"].items())  # type: ignore[attr-defined]  # a dict
            typer.echo(f"{row['id']} {row['state']} until {row['until']}: {about} ({row['author']}: {row['reason']})")


def _register_end(group: typer.Typer) -> None:
    @group.command("end")
    def command(number: Annotated[int, typer.Argument(help="As `silence list` prints it.")]) -> None:
        """End a silence now; what it kept back is sent.

        Example: hrd-monitor silence end 3
        """
        kept = _stored(lambda c: silence.end(c, number, datetime.now(UTC)))
        if kept is None:
            raise ConfigError(
                (Mistake("silence", 0, 0, f"no silence {number} is in force", "see hrd-monitor silence list"),)
            )
        typer.echo(f"ended; {kept} messages that it kept back are sent now")
