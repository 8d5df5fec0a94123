"""`hrd-monitor doctor`: everything that could go wrong on this machine → what is wrong, and what to do about each, without a name."""

from __future__ import annotations

import platform
import pyexpat
import shutil
import sqlite3
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import typer
from rich.console import Console
from rich.table import Table

from alerts import outbox
from alerts.model import DeliveryState
from monitor import __version__
from monitor.cli import records
from monitor.cli.check import exposed
from monitor.cli.options import Json, settings
from monitor.config import load
from monitor.config.in_force import recall
from monitor.config.permissions import permissions
from monitor.config.settings import Settings
from monitor.daily import MIN_FREE_MB
from monitor.errors import ConfigError, StoreError
from monitor.store import sources
from monitor.store.database import Database
from monitor.store.migrate import require_current

WAITED: Final = timedelta(minutes=15)  #: a delivery that is due for longer is stuck
AHEAD: Final = timedelta(minutes=5)  #: what was seen later than now by more: the clock was set back
EXPAT: Final = (
    2,
    7,
    2,
)  #: older ones can be made to overflow the stack or eat memory. Source: CVE-2024-8176, CVE-2025-59375
SQLITE: Final = (3, 35, 0)  #: older ones lack what the store asks of it (RETURNING)
_WELL: Final = frozenset({"heard", "quiet", "new"})


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not well. grave: it stops or endangers alerts; else it is worth a look."""

    what: str
    fix: str
    grave: bool = True


def examine(chosen: Settings, now: datetime) -> tuple[list[Finding], dict[str, Any]]:
    """What is wrong, gravest first, and the figures behind it. Names, addresses and secrets are in neither."""
    findings: list[Finding] = [*_machine(chosen), *_configuration(chosen)]
    last = recall(chosen.data)
    figures: dict[str, Any] = {
        "version": __version__,
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "expat": pyexpat.EXPAT_VERSION.removeprefix("expat_"),
        "configuration": None
        if last is None
        else {**asdict(last), "since": records.stamp(last.since), "age_s": round((now - last.since).total_seconds())},
    }
    try:
        database = Database.open(chosen.database_url, chosen.data, make=False)
    except StoreError as error:
        return [Finding(str(error), "start it once: hrd-monitor run"), *findings], {**figures, "database": "missing"}
    try:
        ailment = database.check()
        if ailment is not None:
            findings.insert(0, Finding(ailment, "hrd-monitor restore FILE, with the newest backup"))
            return findings, {**figures, "database": "damaged"}
        require_current(database)
        figures |= {"database": "sound", **_store(database, findings, now)}
    except StoreError as error:
        findings.insert(0, Finding(str(error), "hrd-monitor run brings it forward"))
        figures["database"] = "of another release"
    finally:
        database.close()
    return sorted(findings, key=lambda f: not f.grave), figures


def _machine(chosen: Settings) -> Iterator[Finding]:
    """The disk, and the parts of other people's software that have known holes."""
    folder = chosen.data if chosen.data.exists() else Path()
    free = shutil.disk_usage(folder).free / 1e6
    if free < MIN_FREE_MB:
        yield Finding(
            f"the disk of the data folder has {free:.0f} MB left", "make room now; a full disk stops everything"
        )
    if pyexpat.version_info < EXPAT:
        wanted = ".".join(map(str, EXPAT))
        what = f"expat {'.'.join(map(str, pyexpat.version_info))} reads XML here, {wanted} mends known holes"
        yield Finding(
            what, "update the system's Python or libexpat; a feed that uses them costs one worker", grave=False
        )
    if sqlite3.sqlite_version_info < SQLITE:
        yield Finding(f"SQLite {sqlite3.sqlite_version} is too old", "use a Python with SQLite 3.35 or newer")


def _configuration(chosen: Settings) -> Iterator[Finding]:
    """The files as they are now, who else may read or change them, and whether anybody outside may see the list."""
    try:
        load(chosen)
    except ConfigError as error:
        for mistake in error.mistakes:
            yield Finding(f"{mistake.path}:{mistake.line}: {mistake.what}", mistake.fix)
    for note in permissions(chosen)[1]:
        yield Finding(f"{note.path}: {note.what}", note.fix.removeprefix("run: "), grave=False)
    for mistake in exposed(chosen.watchlist):
        yield Finding(f"{mistake.path}: {mistake.what}", mistake.fix)


def _store(database: Database, findings: list[Finding], now: datetime) -> dict[str, Any]:
    """Queue and sources as the database has them; what is wrong with them is added to the findings."""
    depth, oldest, known = database.read_now(
        lambda c: (outbox.depth(c), outbox.oldest_undelivered(c), sources.states(c))
    )
    ill = Counter(s.verdict for s in known.values() if s.verdict not in _WELL)
    if oldest is not None and now - oldest > WAITED:
        minutes = (now - oldest).total_seconds() / 60
        findings.append(Finding(f"an alert has waited {minutes:.0f} minutes", "hrd-monitor channels check"))
    if dead := depth.get(DeliveryState.DEAD, 0):
        findings.append(
            Finding(f"{dead} deliveries were given up", "hrd-monitor status, then hrd-monitor channels check")
        )
    if ill:
        told = ", ".join(f"{n} {verdict}" for verdict, n in ill.most_common())
        findings.append(
            Finding(f"sources not heard: {told}", "hrd-monitor sources check", grave=len(ill) == len(known))
        )
    if known and max((s.visited for s in known.values() if s.visited), default=now) > now + AHEAD:
        findings.append(
            Finding("sources were visited later than now: the clock was set back", "set the clock, use NTP")
        )
    return {
        "deliveries": {state.value: n for state, n in depth.items() if n},
        "oldest_undelivered": records.stamp(oldest),
        "sources": dict(Counter(s.verdict for s in known.values())),
    }


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("doctor")
    def command(as_json: Json = False) -> None:
        """Look at everything that could be wrong, and say what to do about each.

        Example: hrd-monitor doctor --json
        """
        from monitor.app import now  # noqa: PLC0415 - the clock is read where the daemon reads it

        findings, figures = examine(settings(), now())
        if as_json:
            typer.echo(records.dump({"findings": [asdict(f) for f in findings], **figures}))
        else:
            console = Console()
            for key, value in figures.items():
                console.print(f"{key:<19}", value if value is not None else "-")
            if findings:
                table = Table("what is wrong", "what to do", title=None)
                for one in findings:
                    table.add_row(one.what if one.grave else f"(note) {one.what}", one.fix)
                console.print(table)
            else:
                console.print("All is well.")
        raise typer.Exit(1 if any(f.grave for f in findings) else 0)
