"""`hrd-monitor backup` and `restore`: the whole memory in one encrypted file, and back."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from monitor.cli.options import settings
from monitor.config.settings import Settings
from monitor.errors import StoreError
from monitor.store import backup as backups
from monitor.store import sealing
from monitor.store.engine import default_url


def backup(
    file: Annotated[Path | None, typer.Argument(help="Where to; without it, the folder of the backups.")] = None,
    plain: Annotated[
        bool, typer.Option("--plain", help="Do not encrypt: for a disk that is encrypted itself.")
    ] = False,
    new_key: Annotated[
        Path | None, typer.Option("--new-key", help="Make a key instead: the secret half into this file.")
    ] = None,
) -> None:
    """Save the database while it is in use, encrypted to HRD_MONITOR_BACKUP_KEY, and prove that it can be restored.

    Example: hrd-monitor backup /media/stick/monitor.sqlite3.age
    """
    if new_key is not None:
        _make_key(new_key)
        return
    chosen, now = settings(), datetime.now(UTC)
    if not chosen.backup_key and not plain:
        raise StoreError(
            "no key to encrypt to: `hrd-monitor backup --new-key FILE` makes one; set HRD_MONITOR_BACKUP_KEY to what it prints. Or --plain"
        )
    key = None if plain else chosen.backup_key
    to = file or chosen.backup_folder / backups.name_at(now, encrypted=key is not None)
    if to.exists():
        raise StoreError(f"{to}: there is something already; name another file")
    size = backups.save(_database(chosen), to, key)
    typer.echo(f"{to}: {size / 1e6:.1f} MB, {'encrypted' if key else 'NOT encrypted'}, restored and checked")


def restore(
    file: Annotated[Path, typer.Argument(help="The backup.")],
    key: Annotated[Path | None, typer.Option("--key", help="The file with the secret key.")] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Put a backup in the place of the database; the daemon must be stopped. The old database is kept beside it.

    Example: hrd-monitor restore /media/stick/monitor.sqlite3.age --key /media/stick/backup.key
    """
    database, now = _database(settings()), datetime.now(UTC)
    with backups.unused(database), backups.opened_copy(file, database, key) as copy:
        size = copy.stat().st_size / 1e6
        typer.echo(f"{file}: whole, schema {backups.whole(copy)}, {size:.1f} MB")
        typer.echo(
            f"It takes the place of {database}, {'which is kept beside it' if database.exists() else 'a new file'}."
        )
        typer.echo(
            "What was told since the backup is not in it: those incidents may be told again. Purge again whom you purged since."
        )
        if not yes and not typer.confirm("Restore it?"):
            raise typer.Exit(1)
        aside = backups.put_back(copy, database, now)
    typer.echo(f"restored; the old one is {aside}: delete it when all is well" if aside else "restored")


def _database(chosen: Settings) -> Path:
    return backups.file_of(chosen.database_url or default_url(chosen.data))


def _make_key(path: Path) -> None:
    secret, public = sealing.new_key()
    try:
        opened = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    except OSError as error:
        raise StoreError(f"{path}: the key cannot be written here ({error.strerror})") from None
    with os.fdopen(opened, "w") as file:
        file.write(f"{secret}\n")
    typer.echo(f"HRD_MONITOR_BACKUP_KEY={public}")
    typer.echo(f"{path} opens the backups: keep it away from this machine, in two places.", err=True)


def register(root: typer.Typer) -> None:
    """Add the commands."""
    root.command("backup")(backup)
    root.command("restore")(restore)
