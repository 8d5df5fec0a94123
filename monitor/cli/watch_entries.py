"""`hrd-monitor watch add|edit|remove|show|list|import|export`: the watchlist by command, with every comment of the file kept."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.table import Table

from monitor.cli import records
from monitor.cli.options import Json, WatchlistPath, settings
from monitor.config import load_packs, load_watchlist, watch_writer
from monitor.errors import ConfigError, Mistake
from monitor.match import build
from monitor.match.compare import compare
from monitor.match.twins import twins

Name = Annotated[str, typer.Argument(help="The name, as your team writes it.")]
Id = Annotated[str, typer.Argument(help="The id of an entry, as `watch list` shows it.")]
COMPARED = 5_000  #: entries up to which a new name is compared with each one; two seconds
_SHOWN = ("id", "name", "country", "priority", "sensitivity", "owner", "review_by")


def assigned(given: Sequence[str]) -> dict[str, Any]:
    """`key=value` as given on the command line. Raises ConfigError for what is none, or a key there is not."""
    found: dict[str, Any] = {}
    for one in given:
        key, sign, value = one.partition("=")
        if not sign:
            raise ConfigError((Mistake("command line", 0, 0, f"{one!r} gives no value", "write key=value"),))
        found[key.strip()] = watch_writer.parsed(key.strip(), value.strip())
    return found


def altered(entry: dict[str, Any], given: Sequence[str]) -> dict[str, Any]:
    """An entry after `key=value` (put), `key+=value` (add to a list), `key-=value` (take from it) and `key=` (take out)."""
    made = dict(entry)
    for one in given:
        key, sign, value = one.partition("=")
        bare, how = (key[:-1].strip(), key[-1:]) if key[-1:] in {"+", "-"} else (key.strip(), "")
        new = watch_writer.parsed(bare, value.strip())
        if not sign or (how and not isinstance(new, list)):
            raise ConfigError(
                (Mistake("command line", 0, 0, f"{one!r} cannot be done", "write key=value, or key+=value for a list"),)
            )
        held = [v for v in made.get(bare, ()) if v not in new] if how else []
        put = [*held, *new] if how == "+" else held if how == "-" else new
        if put in ("", []):
            made.pop(bare, None)
        else:
            made[bare] = put
    return made


def alike(watchlist: Path, names: Iterable[str]) -> list[str]:
    """What is worth a look about these entries: who else on the list is found under their names, in words, by id."""
    whole = load_watchlist(watchlist, number_missing=True)
    wanted = set(names)
    chosen = tuple(d for d in whole.defenders if d.id in wanted)
    found = {frozenset((a, b)): f"{a} and {b} {how}" for a, b, how in twins(build(whole, load_packs()), chosen)}
    others = whole.defenders if len(whole.defenders) <= COMPARED else ()
    for one in chosen:
        for other in others:
            if one.kind == other.kind == "person" and other.id != one.id and compare(one.name, other.name).same:
                found.setdefault(frozenset((one.id, other.id)), f"{one.id} and {other.id} may be one person")
    return list(found.values())


def register(group: typer.Typer) -> None:
    """Add the commands to `hrd-monitor watch`."""
    _changing(group)
    _reading(group)
    _exchanging(group)


def _changing(group: typer.Typer) -> None:

    @group.command("add")
    def _add(
        name: Name,
        given: Annotated[
            list[str] | None, typer.Option("--set", help="key=value, several values separated by |.")
        ] = None,
        watchlist: WatchlistPath = None,
        as_json: Json = False,
    ) -> None:
        """Put somebody on the watchlist; an id is made when none is given.

        Example: hrd-monitor watch add "Sok Dara" --set country=KH --set "names=សុខ ដារ៉ា|Dara Sok"
        """
        path = settings(watchlist=watchlist).watchlist
        said = assigned(given or ())
        entry = {"id": watch_writer.fresh_id(path, said.get("country", ())), "name": name, **said}
        watch_writer.add(path, [entry])
        notes = alike(path, [entry["id"]])
        typer.echo(records.dump({"id": entry["id"], "notes": notes}) if as_json else f"{entry['id']} added to {path}")
        _tell(notes)

    @group.command("edit")
    def _edit(
        name: Id,
        given: Annotated[list[str], typer.Argument(help="key=value, key+=value, key-=value, or key= to take it out.")],
        watchlist: WatchlistPath = None,
    ) -> None:
        """Change an entry of the watchlist; its comments stay.

        Example: hrd-monitor watch edit kh-0001 names+="Sok Darra" priority=urgent
        """
        path = settings(watchlist=watchlist).watchlist
        watch_writer.edit(path, name, lambda entry: altered(entry, given))
        typer.echo(f"{name} changed")
        _tell(alike(path, [name]))

    @group.command("remove")
    def _remove(name: Id, watchlist: WatchlistPath = None) -> None:
        """Take somebody off the watchlist; incidents already found are kept.

        Example: hrd-monitor watch remove kh-0001
        """
        watch_writer.remove(settings(watchlist=watchlist).watchlist, name)
        typer.echo(f"{name} removed")


def _reading(group: typer.Typer) -> None:
    @group.command("show")
    def _show(name: Id, watchlist: WatchlistPath = None, as_json: Json = False) -> None:
        """Show one entry as it is written, and where.

        Example: hrd-monitor watch show kh-0001 --json
        """
        path, line, entry = watch_writer.find(settings(watchlist=watchlist).watchlist, name)
        if as_json:
            typer.echo(records.dump({**entry, "file": str(path), "line": line}))
            return
        typer.echo(f"{path}:{line}")
        for key, value in entry.items():
            typer.echo(f"  {key:<18}{' | '.join(map(str, value)) if isinstance(value, list) else value}")

    @group.command("list")
    def _list(
        due: Annotated[bool, typer.Option("--due", help="Only entries whose review_by is past.")] = False,
        watchlist: WatchlistPath = None,
        as_json: Json = False,
    ) -> None:
        """List the watchlist, or the entries that are to be looked at again.

        Example: hrd-monitor watch list --due
        """
        from monitor.app import now  # noqa: PLC0415 - only what is due asks for the time

        found = [entry for _, _, entry in watch_writer.entries(settings(watchlist=watchlist).watchlist)]
        if due:
            today = now().date().isoformat()
            found = [e for e in found if e.get("review_by") and str(e["review_by"]) < today]
        if as_json:
            typer.echo(records.dump({"defenders": found}))
            return
        table = Table(*_SHOWN)
        for entry in found:
            cells = (entry.get(key, "") for key in _SHOWN)
            table.add_row(*(", ".join(c) if isinstance(c, list) else str(c) for c in cells))
        Console().print(table)


def _exchanging(group: typer.Typer) -> None:
    @group.command("import")
    def _import(
        file: Annotated[
            Path, typer.Argument(help="A CSV file with the keys as columns, or a plain list, one name a line.")
        ],
        dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")] = False,
        watchlist: WatchlistPath = None,
    ) -> None:
        """Take the entries of a file over: an id that is there already is changed, everything else is added.

        Example: hrd-monitor watch import partners.csv --dry-run
        """
        path = settings(watchlist=watchlist).watchlist
        new, known = _sorted(path, watch_writer.read_import(file))
        for entry in (*new, *known):
            typer.echo(f"{'~' if entry in known else '+'} {entry['id']}  {entry['name']}")
        if dry_run:
            typer.echo(f"{len(new)} would be added, {len(known)} changed; nothing was written", err=True)
            return
        if new:
            watch_writer.add(path, new)
        for entry in known:
            watch_writer.edit(path, entry["id"], partial(_over, entry))
        typer.echo(f"{len(new)} added, {len(known)} changed", err=True)
        _tell(alike(path, [e["id"] for e in new]))

    @group.command("export")
    def _export(
        file: Annotated[Path | None, typer.Argument(help="Where to write; standard output when absent.")] = None,
        watchlist: WatchlistPath = None,
    ) -> None:
        """Write the whole watchlist as CSV, which reads back the same.

        Example: hrd-monitor watch export list.csv
        """
        text = watch_writer.exported(settings(watchlist=watchlist).watchlist)
        if file is None:
            sys.stdout.write(text)
        else:
            watch_writer.keep(file, text)


def _sorted(path: Path, given: Sequence[dict[str, Any]]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """The entries to add, each with an id, and those that are there already and differ."""
    held = {e.get("id"): e for _, _, e in watch_writer.entries(path)} if path.exists() else {}
    new: list[dict[str, Any]] = []
    known = [e for e in given if e.get("id") in held and any(held[e["id"]].get(k) != v for k, v in e.items())]
    taken = {*held, *(e.get("id") for e in given)}
    for entry in given:
        if entry.get("id") in held:
            continue
        number = len(new) + 1
        made = entry.get("id") or watch_writer.fresh_id(path, entry.get("country", ()))
        while not entry.get("id") and made in taken:
            number += 1
            stem, _, _ = made.rpartition("-")
            made = f"{stem}-{number:04d}"
        taken.add(made)
        new.append({"id": made, **entry})
    return new, known


def _over(entry: dict[str, Any], held: dict[str, Any]) -> dict[str, Any]:
    """An entry with what another file says of it."""
    return {**held, **entry}


def _tell(notes: Iterable[str]) -> None:
    for note in notes:
        typer.echo(f"note: {note}", err=True)
