"""`hrd-monitor watch compare`: whether two spellings mean one person; and the group the other commands on the list stand in."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from typing import Annotated, Any

import typer

from monitor.cli import records, watch_entries, watch_spell
from monitor.cli.options import Json
from monitor.match.compare import Likeness, compare


def answer(one: str, other: str) -> dict[str, Any]:
    """The two names with the score in [0, 1] that they mean one person, whether to take them for one, and why."""
    found = compare(one, other)
    return {"a": one, "b": other, "score": found.score, "same": found.same, "reasons": list(found.reasons)}


def answers(given: Iterator[dict[str, Any] | records.BadLineError]) -> Iterator[tuple[dict[str, Any], bool]]:
    """For each line its answer and whether it could be given; an "id" is carried over."""
    for line in given:
        if isinstance(line, records.BadLineError):
            yield {"id": None, "error": str(line)}, False
            continue
        named = {"id": line["id"]} if "id" in line else {}
        one, other = line.get("a"), line.get("b")
        if isinstance(one, str) and isinstance(other, str):
            yield {**named, **answer(one, other)}, True
        else:
            yield {"id": line.get("id"), "error": '"a" and "b" must be text'}, False


def told(found: Likeness) -> str:
    """The answer in words, for the terminal."""
    return "\n".join(
        (
            f"{found.score:.2f}  {'one person' if found.same else 'not known to be one person'}",
            *(f"      {r}" for r in found.reasons),
        )
    )


def register(app: typer.Typer) -> None:
    """Add the group of commands."""
    group = typer.Typer(no_args_is_help=True, help="The watchlist: show, add, change, and ask about names.")
    app.add_typer(group, name="watch")
    watch_entries.register(group)
    watch_spell.register(group)

    @group.callback()
    def _group() -> None:
        """Show, add, change, and ask about names."""

    @group.command("compare")
    def command(
        one: Annotated[str | None, typer.Argument(help="A name.")] = None,
        other: Annotated[str | None, typer.Argument(help="Another spelling.")] = None,
        as_json: Json = False,
    ) -> None:
        """Do two spellings mean one person? Without names: JSON Lines with "a" and "b" on standard input.

        Example: hrd-monitor watch compare "Sok Dara" "សុខ ដារ៉ា"
        """
        if one is not None and other is not None:
            typer.echo(records.dump(answer(one, other)) if as_json else told(compare(one, other)))
            return
        if one is not None:
            typer.echo("Give two names, or none and JSON Lines on standard input.", err=True)
            raise typer.Exit(2)
        bad = False
        for line, given in answers(records.lines(sys.stdin)):
            bad = bad or not given
            sys.stdout.write(records.dump(line) + "\n")
        if bad:
            raise typer.Exit(1)
