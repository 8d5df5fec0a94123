"""`hrd-monitor backtest`: what an edit of the watchlist would have changed, tried on the articles that are stored."""

from __future__ import annotations

import asyncio
import re
from dataclasses import asdict
from datetime import timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from sqlalchemy import func, select

from monitor.backtest import Alerted, Difference, backtest
from monitor.cli import records
from monitor.cli.options import Json, WatchlistPath, opened, settings
from monitor.config import load_packs, load_sources, load_watchlist
from monitor.errors import ConfigError, Mistake
from monitor.model import Watchlist
from monitor.store.tables import articles

_SINCE = re.compile(r"(\d{1,4})([dh])")


def span(text: str) -> timedelta:
    """`30d` or `12h`. Raises ConfigError."""
    found = _SINCE.fullmatch(text.strip())
    if not found:
        raise ConfigError((Mistake("command line", 0, 0, f"{text!r} is no span of time", "write 30d or 12h"),))
    return timedelta(days=int(found[1])) if found[2] == "d" else timedelta(hours=int(found[1]))


def line(sign: str, alerted: Alerted) -> str:
    """One alert of a difference, for the terminal, with the sentence it rests on."""
    what = (
        f"{sign} {alerted.at:%Y-%m-%d}  {', '.join(alerted.watch) or 'assembly'}  {alerted.act.value.replace('_', ' ')}"
    )
    return f"{what}  {alerted.publisher}  {alerted.url or alerted.article_id}\n      “{alerted.quote}”"


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("backtest")
    def command(
        since: Annotated[str, typer.Option(help="How far back: 30d, 12h.")] = "30d",
        watchlist: WatchlistPath = None,
        as_json: Json = False,
    ) -> None:
        """Show which alerts an edited watchlist would have added and taken away, before it is saved.

        With --watchlist NEW the new file is compared with the one in use; without it, everything the one in use would have told is shown.

        Example: hrd-monitor backtest --since 30d --watchlist watchlist.new.yaml
        """
        from monitor.app import now  # noqa: PLC0415 - the models load only for commands that read

        chosen = settings()
        used = load_watchlist(chosen.watchlist, number_missing=True)
        before, after = (
            (Watchlist(), used) if watchlist is None else (used, load_watchlist(watchlist, number_missing=True))
        )
        begin = now() - span(since)
        database = opened()
        try:
            stored = articles.c.seen >= begin, articles.c.unread.is_(None)
            total = (
                database.read_now(lambda c: c.scalar(select(func.count()).select_from(articles).where(*stored))) or 0
            )
            with _progress() as progress:
                task = progress.add_task("Reading", total=total)
                found = asyncio.run(
                    backtest(
                        database,
                        load_packs(chosen.packs),
                        before,
                        after,
                        load_sources(chosen.sources),
                        begin,
                        lambda count: progress.advance(task, count),
                    )
                )
        finally:
            database.close()
        typer.echo(records.dump(_plain(found)) if as_json else _told(found, watchlist))


def _progress() -> Progress:
    console = Console(stderr=True)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=console, disable=not console.is_terminal, transient=True)


def _plain(found: Difference) -> dict[str, object]:
    return {
        "changed": found.changed,
        "articles": found.looked,
        "unread": found.lost,
        "gained": [_record(a) for a in found.gained],
        "missed": [_record(a) for a in found.missed],
    }


def _record(alerted: Alerted) -> dict[str, object]:
    return {**asdict(alerted), "act": alerted.act.value, "at": records.stamp(alerted.at)}


def _told(found: Difference, new: Path | None) -> str:
    lines = [line("+", a) for a in found.gained] + [line("-", a) for a in found.missed]
    who = f"{len(found.changed)} entries" if new is None else f"{len(found.changed)} entries that the edit touches"
    lines.append(
        f"{found.looked} articles looked at for {who}: {len(found.gained)} alerts more, {len(found.missed)} fewer"
        + (f"; {found.lost} articles could not be read" if found.lost else "")
    )
    return "\n".join(lines)
