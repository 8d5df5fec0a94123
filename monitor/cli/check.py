"""`hrd-monitor check`: the files, the routes and the sentences of the watchlist → what is to be mended."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer
from ruamel.yaml import YAML

from alerts.channels import KINDS, destination
from alerts.channels.protocol import Secrets
from alerts.model import Alert, AlertKind, Sensitivity, Severity
from alerts.routing import explain
from monitor.cli import records
from monitor.cli.options import Alerts, Json, Sources, WatchlistPath, settings
from monitor.config import Configuration, load
from monitor.config.files import watchlist_files
from monitor.config.settings import Settings
from monitor.errors import ConfigError, Mistake
from monitor.match import build
from monitor.match.expected import unmet


def sentences(configuration: Configuration) -> Iterator[str]:
    """Each sentence of the watchlist that turns out otherwise than its entry says: by id and number, never the text."""
    yield from map(str, unmet(build(configuration.watchlist, configuration.packs)))


def reached(configuration: Configuration, act: str, country: str, severity: str) -> tuple[str, ...]:
    """Who an alert like this would reach, and why, one sentence a step."""
    from monitor.app import now  # noqa: PLC0415 - only a check of routes asks for the time

    alert = Alert(
        id="check",
        thread="check",
        revision=1,
        kind=AlertKind.NEW,
        severity=Severity(severity),
        sensitivity=Sensitivity.OPEN,
        reason="first_report",
        at=now(),
        title="",
        preview="",
        country=(country,),
        act=act,
    )
    destinations = {n: destination(k, s) for n, (k, s) in configuration.channels.items()}
    return explain(alert, configuration.routing, destinations, now())


def exposed(watchlist: Path) -> Iterator[Mistake]:
    """A watchlist that git tracks, or that stands inside a container image."""
    git = shutil.which("git")
    for path in watchlist_files(watchlist):
        if git and path.exists():
            done = subprocess.run(  # noqa: S603 - git, with a file name of ours
                [git, "-C", str(path.resolve().parent), "ls-files", "--error-unmatch", path.name],
                capture_output=True,
                check=False,
            )
            if done.returncode == 0 and "example" not in path.name:
                yield Mistake(
                    str(path),
                    0,
                    0,
                    "git tracks it: whoever sees the repository sees your list",
                    f"run: git rm --cached {path.name}",
                )
        if (
            Path("/.dockerenv").exists()
            and not path.is_symlink()
            and path.resolve().is_relative_to(Path(__file__).parents[2])
        ):
            yield Mistake(
                str(path), 0, 0, "it is part of the image: whoever has the image has your list", "mount it from outside"
            )


def missing_secrets(configuration: Configuration) -> Iterator[str]:
    """The secrets that configured channels still need."""
    s = configuration.settings
    given = Secrets(
        slack_token=s.slack_token.get_secret_value() if s.slack_token else None,
        slack_api_url=s.slack_api_url,
        smtp_url=s.smtp_url.get_secret_value() if s.smtp_url else None,
        smtp_password=s.smtp_password.get_secret_value() if s.smtp_password else None,
        mail_from=s.mail_from,
        proxy=s.proxy,
    )
    for kind in dict.fromkeys(k for k, _ in configuration.channels.values()):
        for wrong in KINDS[kind].check(given):
            yield f"{kind} channels: {wrong.what}; {wrong.fix}"


def fix(watchlist: Path) -> int:
    """Write an id into every entry that has none; comments and order are kept. How many were written."""
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 4096
    written = 0
    for path in watchlist_files(watchlist):
        if path.suffix == ".csv" or not path.exists():
            continue
        document = yaml.load(path.read_text("utf-8"))
        entries = (document or {}).get("defenders") or []
        taken = {e.get("id") for e in entries}
        for position, entry in enumerate(entries, 1):
            if not entry.get("id"):
                name = next(n for n in (f"{path.stem[:8]}-{k:04d}" for k in range(position, 100_000)) if n not in taken)
                taken.add(name)
                entry.insert(0, "id", name)
                written += 1
        if written:
            fresh = path.with_name(f".{path.name}.new")
            with fresh.open("w", encoding="utf-8") as stream:
                yaml.dump(document, stream)
            fresh.chmod(path.stat().st_mode & 0o777)
            fresh.replace(path)
    return written


def check(chosen: Settings, act: str, country: str, severity: str) -> tuple[list[str], list[str], dict[str, Any]]:
    """Problems, notes, and what is in force."""
    try:
        configuration = load(chosen)
    except ConfigError as error:
        return [str(m) for m in error.mistakes], [], {}
    problems = [*sentences(configuration), *missing_secrets(configuration), *map(str, exposed(chosen.watchlist))]
    told = reached(configuration, act, country, severity)
    facts = {
        "sources": len(configuration.sources),
        "defenders": len(configuration.watchlist.defenders),
        "assemblies": len(configuration.watchlist.assemblies),
        "channels": sorted(configuration.channels),
        "languages": list(configuration.packs.codes),
        "route": {"act": act, "country": country, "severity": severity, "reaches": list(told)},
    }
    return problems, [str(n) for n in configuration.notes], facts


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("check")
    def command(
        sources: Sources = None,
        watchlist: WatchlistPath = None,
        alerts: Alerts = None,
        act: Annotated[str, typer.Option(help="Whom would an alert about this act reach?")] = "arrest",
        country: Annotated[str, typer.Option(help="… in this country?")] = "KH",
        severity: Annotated[Severity, typer.Option(help="… of this severity?")] = Severity.HIGH,
        write_ids: Annotated[bool, typer.Option("--fix", help="Write an id into every entry that has none.")] = False,
        as_json: Json = False,
    ) -> None:
        """Read all files, try every sentence, and show who an arrest would reach.

        Example: hrd-monitor check --country KH --act arrest
        """
        chosen = settings(sources, watchlist, alerts)
        if write_ids:
            typer.echo(f"{fix(chosen.watchlist)} ids written", err=True)
        problems, notes, facts = check(chosen, act, country.upper(), severity.value)
        if as_json:
            typer.echo(records.dump({"problems": problems, "notes": notes, **facts}))
        else:
            for line in (*problems, *(f"note: {n}" for n in notes)):
                typer.echo(line, err=True)
            for key, value in facts.items():
                if key == "route":
                    typer.echo(f"{country.upper()} {act}, {severity.value}: {'; '.join(value['reaches'])}")
                else:
                    typer.echo(f"{key:<11}{', '.join(value) if isinstance(value, list) else value}")
            typer.echo("There is something to mend." if problems else "All is well.")
        raise typer.Exit(2 if problems and not facts else 1 if problems else 0)
