"""`hrd-monitor why-not`: which stage and which rule kept an article from becoming an alert about one entry."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from monitor import whynot
from monitor.cli import records
from monitor.cli.explain import from_file
from monitor.cli.options import Json, WatchlistPath, settings
from monitor.config import load_sources, load_watchlist
from monitor.config.settings import Settings
from monitor.errors import ConfigError, Mistake
from monitor.model import Article, Defender
from monitor.store import articles, sources
from monitor.store.database import Database
from monitor.store.fate import fate
from monitor.store.migrate import require_current

_ADDRESS = ("http://", "https://")


def answer(named: str, defender: Defender, chosen: Settings) -> whynot.WhyNot:
    """The answer for an address, an id, a file or a text. Raises ConfigError, StoreError."""
    from monitor.app import reader_for  # noqa: PLC0415 - the models load only for commands that read

    given = _given(named)
    if given is not None:
        return whynot.of_reading(reader_for(chosen.watchlist, chosen.packs).read(given), defender) or whynot.WhyNot(
            "alerted", "this text alerts", "nothing"
        )
    database = Database.open(chosen.database_url, chosen.data, make=False)
    try:
        require_current(database)
        stored = database.read_now(lambda c: articles.get(c, named) or articles.by_url(c, named))
        if stored is None and not named.startswith(_ADDRESS):
            raise ConfigError(
                (Mistake(named, 0, 0, "no article has this id", "give an address, a file, or the text itself"),)
            )
        if stored is None:
            return whynot.unheard(named, load_sources(chosen.sources), database.read_now(sources.states))
        unread = database.read_now(lambda c: articles.why_unread(c, stored.id))
        if unread is not None:
            return whynot.WhyNot(
                "read", f"the article could not be read: {unread}", "read it yourself; `status` lists all such"
            )
        reading = reader_for(chosen.watchlist, chosen.packs).read(stored)
        return whynot.of_reading(reading, defender) or whynot.of_fate(
            database.read_now(lambda c: fate(c, stored.id, defender.id))
        )
    finally:
        database.close()


def _given(named: str) -> Article | None:
    """The article of a file, or a text; None for what is looked up."""
    if len(named) < 256 and Path(named).is_file():
        return from_file(Path(named))
    return Article(id="text", title="", text=named) if " " in named.strip() else None


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("why-not")
    def command(
        article: Annotated[
            str,
            typer.Argument(help="An address, an article's id, a file with one article as JSON, or the text itself."),
        ],
        watch: Annotated[str, typer.Option("--watch", help="The id of the entry it should have told of.")],
        watchlist: WatchlistPath = None,
        as_json: Json = False,
    ) -> None:
        """Name the stage and the rule that kept an article from becoming an alert about somebody.

        Example: hrd-monitor why-not https://ngo.example/1 --watch kh-0001
        """
        chosen = settings(watchlist=watchlist)
        known = load_watchlist(chosen.watchlist, number_missing=True).by_id()
        if watch not in known:
            mistake = Mistake(
                str(chosen.watchlist), 0, 0, f"no entry has the id {watch!r}", "`hrd-monitor watch list` shows the ids"
            )
            raise ConfigError((mistake,))
        found = answer(article, known[watch], chosen)
        typer.echo(records.dump(asdict(found)) if as_json else f"{found.stage}: {found.why}\nnext: {found.next}")
