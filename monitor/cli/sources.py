"""`hrd-monitor sources check`: which sources answer, which have moved, and which are no feed; goes to the network."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import Progress

from monitor.cli import records, sources_add
from monitor.cli.options import Json, Sources, settings
from monitor.config import load_sources
from monitor.errors import ParseError
from monitor.fetch import Fetcher
from monitor.model import FetchFailure, NotModified, Source, SourceState
from monitor.sources import KINDS

AT_ONCE = 20  #: visits at the same time


async def look(source: Source, fetcher: Fetcher, now: datetime) -> dict[str, str]:
    """One visit: the verdict and, where something is to be done, what."""
    answer = await fetcher.fetch(source, SourceState(source_id=source.id, next_visit=now), now)
    if isinstance(answer, FetchFailure):
        return {"id": source.id, "verdict": "fails", "why": answer.why}
    if isinstance(answer, NotModified):
        return {"id": source.id, "verdict": "fails", "why": "it answers 304 to an unconditional request"}
    try:
        feed = KINDS[source.kind](answer.body, {**answer.headers, "content-location": answer.url}, source)
    except ParseError as error:
        return {"id": source.id, "verdict": "no feed", "why": str(error)}
    if answer.moved_to:
        return {"id": source.id, "verdict": "moved", "why": f"write into sources.yaml: url: {answer.moved_to}"}
    newest = max((e.published for e in feed.entries if e.published), default=None)
    return {
        "id": source.id,
        "verdict": "answers",
        "why": f"{len(feed.entries)} entries, newest {newest:%Y-%m-%d}" if newest else f"{len(feed.entries)} entries",
    }


async def look_at_all(sources: tuple[Source, ...], proxy: str | None, console: Console) -> list[dict[str, str]]:
    """Every source, a few at a time, with progress on a terminal."""
    fetcher = Fetcher(proxy)
    room = asyncio.Semaphore(AT_ONCE)
    with Progress(console=console, disable=not console.is_terminal) as progress:
        bar = progress.add_task("Visiting", total=len(sources))

        async def one(source: Source) -> dict[str, str]:
            """One visit, when there is room."""
            async with room:
                found = await look(source, fetcher, datetime.now(UTC))
            progress.advance(bar)
            return found

        try:
            return list(await asyncio.gather(*(one(s) for s in sources)))
        finally:
            await fetcher.close()


def register(app: typer.Typer) -> None:
    """Add the command group."""
    group = typer.Typer(no_args_is_help=True, help="The sources: which of them can be heard.")
    app.add_typer(group, name="sources")

    @group.command("check")
    def command(
        sources: Sources = None,
        only: Annotated[list[str] | None, typer.Option("--only", help="Ids of the sources to visit.")] = None,
        as_json: Json = False,
    ) -> None:
        """Visit every source once and say which answer, which have moved, and which are no feed.

        Example: hrd-monitor sources check --only camboja-news
        """
        chosen = settings(sources)
        listed = tuple(s for s in load_sources(chosen.sources) if not only or s.id in only)
        found = asyncio.run(look_at_all(listed, chosen.proxy, Console(stderr=True)))
        for line in found:
            typer.echo(records.dump(line) if as_json else f"{line['verdict']:<8} {line['id']:<32} {line['why']}")
        raise typer.Exit(1 if any(f["verdict"] != "answers" for f in found) else 0)

    sources_add.register(group)
