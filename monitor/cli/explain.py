"""`hrd-monitor explain`: one article, stage by stage: why it alerted, or why it did not."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from monitor.cli import records
from monitor.cli.options import Json, WatchlistPath, settings
from monitor.config.settings import Settings
from monitor.errors import ConfigError, Mistake
from monitor.model import Article, Reading
from monitor.store import articles
from monitor.store.database import Database
from monitor.store.migrate import require_current


def verdict(reading: Reading) -> str:
    """The whole story in one sentence."""
    alerting = [r for r in reading.reports if r.alerts]
    if alerting:
        return "it alerts: " + "; ".join(
            f"{r.act.value.replace('_', ' ')} of {r.watch or r.assembly}" for r in alerting
        )
    if reading.reports:
        return "no alert: " + "; ".join(
            f"{r.act.value.replace('_', ' ')} of {r.watch or r.assembly}: {r.reasons[-1]}" for r in reading.reports
        )
    if reading.mentions and reading.events:
        return "no alert: what happened did not befall anybody on the list"
    if reading.mentions:
        return "no alert: somebody on the list is named, and nothing is told that was done to anybody"
    if reading.events:
        acts = ", ".join(
            dict.fromkeys(f"{e.act.value.replace('_', ' ')} ({e.relevance.value})" for e in reading.events)
        )
        return f"no alert: {acts}, and nobody on the list is named"
    return "no alert: nobody on the list is named, and nothing is told that was done to anybody"


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("explain")
    def command(
        article: Annotated[
            str,
            typer.Argument(help="A file with one article as JSON, or the id or address of an article that was read."),
        ],
        watchlist: WatchlistPath = None,
        as_json: Json = False,
    ) -> None:
        """Say stage by stage what an article was found to say, and why it alerted or not.

        Example: hrd-monitor explain article.json --watchlist watchlist.yaml
        """
        from monitor.app import reader_for  # noqa: PLC0415 - the models load only for commands that read

        chosen = settings(watchlist=watchlist)
        found = _article(article, chosen)
        reading = reader_for(chosen.watchlist).read(found)
        if as_json:
            typer.echo(records.dump({**records.reading(reading), "verdict": verdict(reading)}))
        else:
            typer.echo(_told(reading))


def from_file(path: Path) -> Article:
    """The article of a file with one JSON object. Raises ConfigError."""
    try:
        return records.article(json.loads(path.read_text("utf-8")))
    except (ValueError, UnicodeDecodeError) as error:
        mistake = Mistake(str(path), 1, 1, str(error), 'write one object with "id", "title", "text"')
        raise ConfigError((mistake,)) from None


def _article(named: str, chosen: Settings) -> Article:
    if Path(named).is_file():
        return from_file(Path(named))
    database = Database.open(chosen.database_url, chosen.data, make=False)
    try:
        require_current(database)
        found = database.read_now(lambda c: articles.get(c, named) or articles.by_url(c, named))
    finally:
        database.close()
    if found is None:
        raise ConfigError(
            (
                Mistake(
                    named,
                    0,
                    0,
                    "no article with this id or address was read",
                    "name a file, or an id that the desk shows",
                ),
            )
        )
    return found


def _told(reading: Reading) -> str:
    article = reading.article
    rows: list[str] = [
        f"article   {article.id}, language {article.language or 'unknown'}, published {records.stamp(article.published) or 'not stated'}"
    ]
    rows += [
        _row("mention", f"{m.watch} ({m.strength.value}, {m.score:.2f})", m.reasons) for m in reading.mentions
    ] or ["mention   nobody on the list"]
    for event in reading.events:
        said: dict[str, Any] = {"when": event.occurrence, "where": event.place, "by": event.by}
        stated = ", ".join(f"{k} {v}" for k, v in said.items() if v)
        rows.append(
            _row(
                "event",
                f"{event.act.value}, {event.aspect.value}, {event.relevance.value}, “{event.trigger}”{', ' + stated if stated else ''}",
                event.reasons,
            )
        )
    if not reading.events:
        rows.append("event     nothing is told that was done to anybody")
    rows += [
        _row(
            "report",
            f"{r.act.value} of {r.watch or r.assembly}: {'alerts' if r.alerts else 'does not alert'}",
            r.reasons[-1:],
        )
        for r in reading.reports
    ] or ["report    none"]
    return "\n".join([*rows, f"verdict   {verdict(reading)}"])


def _row(stage: str, what: str, reasons: tuple[str, ...]) -> str:
    return f"{stage:<10}{what}" + "".join(f"\n{'':<12}because {r}" for r in reasons)
