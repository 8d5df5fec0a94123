"""`hrd-monitor analyse`: articles in, what they say out, line by line; no network, no store, no clock."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, TextIO

import typer

from monitor.cli import records
from monitor.cli.options import WatchlistPath, settings
from monitor.read import Reader


def analyse(articles: Iterable[str], reader: Reader, out: TextIO) -> bool:
    """Write one line for each line given, in order. True when every line was an article that could be read.

    A line that is no article, or that breaks a stage, gives {"id", "error"}: its neighbours are read all the same.
    """
    clean = True
    for record in records.lines(articles):
        if isinstance(record, records.BadLineError):
            line: dict[str, object] = {"id": None, "error": str(record)}
        else:
            try:
                line = records.reading(reader.read(records.article(record)))
            except records.BadLineError as error:
                line = {"id": record.get("id"), "error": str(error)}
            except Exception as error:  # noqa: BLE001 - the boundary of one article: what broke is told, the rest is read
                line = {"id": record.get("id"), "error": f"this article could not be read: {type(error).__name__}"}
        clean = clean and "error" not in line
        out.write(records.dump(line) + "\n")
    return clean


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("analyse")
    def command(
        file: Annotated[str, typer.Argument(help="Articles as JSON Lines; - reads standard input.")] = "-",
        watchlist: WatchlistPath = None,
    ) -> None:
        """Say what each article of a file reports, and about whom.

        Example: hrd-monitor analyse articles.jsonl --watchlist watchlist.yaml
        """
        from monitor.app import reader_for  # noqa: PLC0415 - the models load only for commands that read

        reader = reader_for(settings(watchlist=watchlist).watchlist)
        if file == "-":
            clean = analyse(sys.stdin, reader, sys.stdout)
        else:
            with Path(file).open(encoding="utf-8") as stream:
                clean = analyse(stream, reader, sys.stdout)
        raise typer.Exit(0 if clean else 1)
