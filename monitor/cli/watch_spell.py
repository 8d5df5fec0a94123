"""`hrd-monitor watch spell`: what an entry will be found under, what it will not, and where nobody writes it as the list does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.progress import track
from sqlalchemy import Connection

from monitor.cli import records
from monitor.cli.options import Json, Sources, WatchlistPath, settings
from monitor.config import load_packs, load_sources, load_watchlist
from monitor.config.settings import Settings
from monitor.errors import ConfigError, Mistake, StoreError
from monitor.languages.pack import Packs
from monitor.match import build, lab
from monitor.model import Article, Defender, Source, Watchlist
from monitor.store import articles
from monitor.store.database import Database

PAGE = 500  #: articles read from the database at once
MOSTLY = 4  #: a script that one source in so many writes is worth a spelling
DAYS = 30  #: of stored articles that are searched


def examined(defender: Defender, watchlist: Watchlist, packs: Packs, sources: tuple[Source, ...]) -> dict[str, Any]:
    """Everything that can be said without the stored articles."""
    index = build(watchlist, packs)
    wanted = {*defender.country, *defender.lives_in}
    near = {s.id: _scripts(s, packs) for s in sources if wanted & set(s.country)}
    covered = lab.coverage(defender, near)
    return {
        "id": defender.id,
        "spellings": [
            {"text": s.text, "script": s.script, "strength": s.strength.value if s.strength else None, "why": s.why}
            for s in lab.spellings(defender, index)
        ],
        "shared": [{"id": other, "how": how} for other, how in lab.sharers(defender, index)],
        "coverage": [{"script": s, "sources": count, "found": how} for s, count, how in covered],
        "warnings": list(_warnings(defender, covered, len(near))),
    }


def _scripts(source: Source, packs: Packs) -> tuple[str, ...]:
    codes = [language.partition("-")[0].lower() for language in source.language]
    return tuple(packs[c].script for c in codes if c in packs.codes)


def _warnings(defender: Defender, covered: list[tuple[str, int, str]], sources: int) -> Iterator[str]:
    """What a person should do about the scripts the entry is not written in."""
    if not defender.country and not defender.lives_in:
        yield "the entry has no country, so it cannot be said which scripts matter"
    elif not sources:
        yield "no source of the countries of this entry is configured"
    for script, count, how in covered:
        if how == lab.UNFOUND:
            yield f"{count} of {sources} sources write {script}, and the entry has no spelling in it: they cannot name this entry"
        elif how == lab.BY_EAR and MOSTLY * count >= sources:
            yield f"{count} of {sources} sources write {script}, and the entry has no spelling in it: it is found by ear, about {lab.FOUND_BY_EAR.get(script, lab.FOUND_ELSEWHERE):.0%} of the times it is named"


def _stored(chosen: Settings, index_of: Watchlist, packs: Packs, watch: str) -> list[dict[str, Any]] | None:
    """The spellings that stand in the articles of the last days; None where nothing has run yet."""
    from monitor.app import now  # noqa: PLC0415 - only the stored articles ask for the time

    try:
        database = Database.open(chosen.database_url, chosen.data, make=False)
    except StoreError:
        return None
    try:
        since = now() - timedelta(days=DAYS)
        console = Console(stderr=True)
        pages = track(_pages(database, since), "Searching", console=console, disable=not console.is_terminal)
        found = lab.met((a for page in pages for a in page), build(index_of, packs), watch)
    finally:
        database.close()
    return [{"text": t, "strength": s.value, "articles": n} for (t, s), n in found.most_common()]


def _pages(database: Database, since: datetime) -> Iterator[list[Article]]:
    mark = (since, "")
    while page := database.read_now(partial(_page, mark)):
        yield page
        mark = (page[-1].seen or since, page[-1].id)


def _page(after: tuple[datetime, str], connection: Connection) -> list[Article]:
    return articles.since(connection, *after, PAGE)


def told(found: dict[str, Any]) -> str:
    """The same for a person to read."""
    lines = [found["id"]]
    for spelling in found["spellings"]:
        mark = {"strong": "found", "weak": "weak", "ambiguous": "two fit"}.get(spelling["strength"], "not found")
        lines.append(f"  {spelling['script']}  {mark:<10}{spelling['text']}  ({spelling['why']})")
    lines += [f"  shares a name with {s['id']}: they {s['how']}" for s in found["shared"]]
    if found["stored"] is not None:
        lines.append(f"in the articles of the last {DAYS} days: {'nothing' if not found['stored'] else ''}".rstrip())
        lines += [f"  {s['articles']:>5} × {s['text']}  ({s['strength']})" for s in found["stored"]]
    lines += [f"sources of the place: {c['sources']} write {c['script']}: {c['found']}" for c in found["coverage"]]
    return "\n".join([*lines, *(f"warning: {w}" for w in found["warnings"])])


def register(group: typer.Typer) -> None:
    """Add the command to `hrd-monitor watch`."""

    @group.command("spell")
    def _spell(
        name: Annotated[str, typer.Argument(help="The id of an entry, as `watch list` shows it.")],
        watchlist: WatchlistPath = None,
        sources: Sources = None,
        as_json: Json = False,
    ) -> None:
        """Show under which spellings an entry is found, under which it is not, how often each was met, and who shares them.

        Example: hrd-monitor watch spell kh-0001
        """
        chosen = settings(sources, watchlist)
        whole = load_watchlist(chosen.watchlist, number_missing=True)
        defender = whole.by_id().get(name)
        if defender is None:
            mistake = Mistake(
                str(chosen.watchlist), 0, 0, f"no entry has the id {name!r}", "`hrd-monitor watch list` shows the ids"
            )
            raise ConfigError((mistake,))
        packs = load_packs(chosen.packs)
        given = load_sources(chosen.sources) if chosen.sources.exists() else ()
        found = examined(defender, whole, packs, given)
        found["stored"] = _stored(chosen, whole, packs, name)
        typer.echo(records.dump(found) if as_json else told(found))
