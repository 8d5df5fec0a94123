"""`hrd-monitor replay`: the whole journey on an archive, with the clock of its articles; no network, nobody is written to."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Annotated, Any, TextIO

import typer
from rich.console import Console
from rich.progress import track
from rich.table import Table
from sqlalchemy import Connection

from alerts.channels import destination
from alerts.model import Routing
from alerts.routing import Destination
from monitor.casework.clock import ring
from monitor.casework.terms import Terms, Told
from monitor.cli import records
from monitor.cli.options import settings
from monitor.config.clocks import read_clocks
from monitor.model import Article, Incident, Poll, Reading, Source, SourceState
from monitor.poll import settle
from monitor.read import Reader
from monitor.store import clocks, incidents
from monitor.store.database import Database
from monitor.store.install import secret
from monitor.store.migrate import migrate

BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)


def replay(articles: Sequence[Article], reader: Reader, terms: Terms, database: Database) -> list[Told]:
    """Settle each article as if its source had just listed it, in the order of the clock. No first-poll rule."""
    told: list[Told] = []
    for article in track(
        articles, description="Reading", console=Console(stderr=True), disable=not Console(stderr=True).is_terminal
    ):
        at = moment(article)
        told += ring_until(at, terms, database)
        reading = _read(reader, replace(article, seen=article.seen or at))
        poll = Poll(
            source_id=article.source_id or "",
            at=at,
            outcome="new",
            state=SourceState(source_id="", next_visit=at),
            readings=(reading,),
        )
        told += database.transact_now(partial(settle, poll=poll, terms=terms, now=at))
    return told


def ring_until(at: datetime, terms: Terms, database: Database) -> list[Told]:
    """Let the custody clocks run to a moment, each alarm at the time it is due."""
    told: list[Told] = []
    while (due := database.read_now(clocks.soonest)) is not None and due <= at:
        told += database.transact_now(partial(ring, terms=terms, now=due))
    return told


def moment(article: Article) -> datetime:
    """When an article is taken to have arrived: when it was seen, else published; the beginning of time where nothing says."""
    return article.seen or article.published or BEGINNING


def _read(reader: Reader, article: Article) -> Reading:
    try:
        return reader.read(article)
    except Exception as error:  # noqa: BLE001 - the boundary of one article: it is kept as unread, the archive goes on
        return Reading(article=article, unread=f"a stage failed on it ({type(error).__name__})")


def write(out: Path, found: Iterable[Incident], told: Sequence[Told]) -> None:
    """incidents.jsonl and alerts.jsonl as outsiders rely on them."""
    out.mkdir(parents=True, exist_ok=True)
    with (out / "incidents.jsonl").open("w", encoding="utf-8") as stream:
        _lines(stream, (incident_line(i) for i in found))
    with (out / "alerts.jsonl").open("w", encoding="utf-8") as stream:
        _lines(stream, (_alert(t) for t in told))


def _lines(stream: TextIO, rows: Iterable[Mapping[str, Any]]) -> None:
    stream.writelines(records.dump(row) + "\n" for row in rows)


def incident_line(incident: Incident) -> Mapping[str, Any]:
    """One incident as outsiders rely on it."""
    return {
        "id": incident.id,
        "key": incident.key,
        "watch": list(incident.watch),
        "act": incident.act.value,
        "liberty": incident.liberty.value,
        "charges": incident.charges.value,
        "country": list(incident.country),
        "place": incident.place,
        "date": str(incident.occurrence) if incident.occurrence else None,
        "opened": records.stamp(incident.opened),
        "updated": records.stamp(incident.updated),
        "articles": list(incident.articles),
        "independent": incident.independent,
        "severity": incident.severity.value,
    }


def _alert(told: Told) -> Mapping[str, Any]:
    alert = told.alert
    return {
        "incident": told.incident.id,
        "revision": alert.revision,
        "kind": alert.kind.value,
        "reason": alert.reason,
        "at": records.stamp(alert.at),
        "article": told.article_id,
        "to": list(dict.fromkeys(t.channel for t in told.targets)),
        "title": alert.title,
        "lines": [f"{line.label}: {line.text}" if line.label else line.text for line in (*alert.changes, *alert.lines)],
    }


def _sources(articles: Sequence[Article], path: Path | None) -> dict[str, Source]:
    """The configured sources, and one of its own for every other publisher of the archive."""
    from monitor.config import load_sources  # noqa: PLC0415 - only where sources are named

    known = {s.id: s for s in load_sources(path)} if path else {}
    for article in articles:
        name = article.source_id or ""
        if name and name not in known:
            known[name] = Source(id=name, name=name, url=article.url or "", group=name, country=article.country)
    return known


def _with_publisher(article: Article) -> Article:
    """The publisher is the article's source, else the host of its address."""
    if article.source_id or not article.url:
        return article
    host = article.url.split("//")[-1].split("/")[0].removeprefix("www.")
    return replace(article, source_id=host or None)


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("replay")
    def command(
        file: Annotated[Path, typer.Argument(help="Articles as JSON Lines.", exists=True, dir_okay=False)],
        out: Annotated[Path, typer.Option("--out", help="Folder for incidents.jsonl and alerts.jsonl.")],
        watchlist: Annotated[Path | None, typer.Option("--watchlist", help="The watchlist.")] = None,
        sources: Annotated[
            Path | None, typer.Option("--sources", help="The list of sources, for names and groups.")
        ] = None,
        alerts: Annotated[
            Path | None, typer.Option("--alerts", help="Channels and routes, to see who would be told.")
        ] = None,
    ) -> None:
        """Take an archive of articles through the whole journey, as if they arrived one after the other.

        Example: hrd-monitor replay articles.jsonl --watchlist watchlist.yaml --out replayed
        """
        from monitor.app import reader_for  # noqa: PLC0415 - the models load only for commands that read
        from monitor.config import load_alerts  # noqa: PLC0415

        given, wrong = _articles(file)
        reader = reader_for(settings(watchlist=watchlist).watchlist)
        channels, routing = load_alerts(alerts) if alerts else ({}, Routing(routes=()))
        destinations: Mapping[str, Destination] = {n: destination(k, s) for n, (k, s) in channels.items()}
        became: Counter[str] = Counter()
        database = Database.open("sqlite://")
        migrate(database, BEGINNING)
        terms = Terms(
            watchlist=reader.watchlist,
            sources=_sources(given, sources),
            routing=routing,
            destinations=destinations,
            secret=database.read_now(secret),
            clocks=read_clocks(None),
            tally=lambda what: became.update([what]),
        )
        told = replay(given, reader, terms, database)
        write(out, database.read_now(_every), told)
        database.close()
        _table(len(given), told, became, wrong)
        raise typer.Exit(1 if wrong else 0)


def _every(connection: Connection) -> list[Incident]:
    return list(incidents.every(connection))


def _articles(file: Path) -> tuple[list[Article], int]:
    """The articles in the order of the clock, and how many lines were none; those are told on standard error."""
    found: list[Article] = []
    wrong = 0
    with file.open(encoding="utf-8") as stream:
        for record in records.lines(stream):
            try:
                if isinstance(record, records.BadLineError):
                    raise record
                found.append(_with_publisher(records.article(record)))
            except records.BadLineError as error:
                wrong += 1
                typer.echo(f"{file}: {error}", err=True)
    return sorted(found, key=moment), wrong


def _table(read: int, told: Sequence[Told], became: Counter[str], wrong: int) -> None:
    """What came of the archive, by reason, on standard error: as a table for people, as one JSON line for scripts."""
    console = Console(stderr=True)
    if console.is_terminal:
        table = Table("what became of it", "times", title=f"{read} articles, {len(told)} messages")
        for what, times in sorted(became.items(), key=lambda pair: (-pair[1], pair[0])):
            table.add_row(what, str(times))
        console.print(table)
        return
    reasons = Counter(one.alert.reason for one in told)
    counted = {"articles": read, "lines_that_are_no_article": wrong, "alerts": len(told), **reasons, "became": became}
    typer.echo(json.dumps(counted), err=True)
