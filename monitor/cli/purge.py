"""`hrd-monitor purge`: take one person out of everything this installation remembers and, where that can be done, of what it sent."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from monitor.channels import channels_of
from monitor.cli.options import opened, settings
from monitor.config import Configuration, load
from monitor.errors import ConfigError, Mistake
from monitor.failpoints import passing
from monitor.incidents.redact import Redactor
from monitor.match import build
from monitor.model import Defender, Watchlist
from monitor.purge import Purged
from monitor.purge import purge as purged
from monitor.store import backup
from monitor.store.database import Database
from monitor.store.hold import Hold


def purge(
    watch: Annotated[str, typer.Option("--watch", help="Whom: the id in the watchlist.")],
    names: Annotated[
        list[str] | None, typer.Option("--name", help="A spelling that is not, or no longer, in the watchlist.")
    ] = None,
    drop_backups: Annotated[
        bool, typer.Option("--backups", help="Delete the backups on this machine too; they still name the person.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Black a person out of every record, delete our Slack messages about them, and say which mails cannot be called back.

    The daemon must be stopped. A purge that was interrupted is finished by running it again.

    Example: hrd-monitor purge --watch kh-0001
    """
    chosen = settings()
    configuration = load(chosen)
    person = _person(configuration, watch, names or [])
    channels, _ = channels_of(configuration)
    database = opened()
    try:
        hold = Hold(database).take(datetime.now(UTC))
        try:
            typer.echo(
                f"Everything about {watch} is blacked out or deleted, for good: texts, incidents, alerts, Slack messages."
            )
            if not yes and not typer.confirm("Purge?"):
                raise typer.Exit(1)
            others = [d for d in configuration.watchlist.defenders if d.id != watch]
            index = build(Watchlist(defenders=(person,)), configuration.packs)
            redactor = Redactor(person, index, others, names or ())
            found = asyncio.run(purged(database, watch, redactor, channels, passing(chosen.failpoint)))
        finally:
            hold.release()
    finally:
        database.close()
    left = _copies(database, chosen.backup_folder, drop=drop_backups)
    _say(found, left, watch, listed=watch in configuration.watchlist.by_id(), server=not database.embedded)
    if found.kept:
        raise typer.Exit(1)


def _person(configuration: Configuration, watch: str, names: list[str]) -> Defender:
    person = configuration.watchlist.by_id().get(watch)
    if person is None and not names:
        at, fix = str(configuration.settings.watchlist), "give each spelling with --name"
        raise ConfigError((Mistake(at, 0, 0, f"{watch} is not listed, so nobody knows what to look for", fix),))
    return person or Defender(id=watch, name=names[0], names=tuple(names[1:]))


def _copies(database: Database, folder: Path, *, drop: bool) -> list[Path]:
    """The copies on this machine that still name the person; none once they are deleted."""
    found = backup.kept(folder)
    if database.embedded:
        backup.sweep(folder)
        found += backup.aside(database.file)
    if drop:
        for path in found:
            path.unlink(missing_ok=True)
        return []
    return found


def _say(found: Purged, left: Iterable[Path], watch: str, *, listed: bool, server: bool) -> None:
    typer.echo(
        f"{found.articles} texts, {found.incidents} incidents, {found.deliveries} alerts blacked out; {found.deleted} Slack messages deleted"
    )
    _list("These messages still stand; run this again, or delete them by hand:", found.kept)
    _list("These cannot be called back; ask who got them to delete them:", found.beyond)
    _list("These copies still name the person; delete them, or run this again with --backups:", left)
    if server:
        typer.echo("The server's own files: run VACUUM FULL there, and let its old dumps and logs expire.")
    if listed:
        typer.echo(
            f"{watch} still stands in the watchlist: remove the entry before the daemon starts, or it begins again."
        )


def _list(head: str, lines: Iterable[object]) -> None:
    shown = [f"  {line}" for line in lines]
    if shown:
        typer.echo("\n".join([head, *shown]))


def register(root: typer.Typer) -> None:
    """Add the command."""
    root.command("purge")(purge)
