"""`hrd-monitor sources add|import|export`: find a publisher's feed, try it, and write it into sources.yaml with every comment kept."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import typer

from monitor.cli.options import Sources, settings
from monitor.config import load_sources, opml, sources_writer
from monitor.errors import ConfigError, ParseError
from monitor.fetch import Fetcher
from monitor.model import FetchFailure, Response, Source
from monitor.sources import KINDS, Feed, discover
from monitor.sources.url import canonical


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A document that lists news: where, of which kind, what it lists, and what its publisher calls itself."""

    url: str
    kind: str
    feed: Feed
    title: str


async def find(
    url: str, fetcher: Fetcher, now: datetime, *, private: bool = False, proxy: str | None = None
) -> Found | str:
    """The first document that can be read as a list of news, at the address or found from it; else why there is none, in words."""
    door = Source(id="found", name="found", url=url, allow_private=private, proxy=proxy)
    first = await fetcher.page(url, door, now)
    if isinstance(first, FetchFailure):
        return f"the address does not answer: {first.why}"
    if found := _read(first, door):
        return found
    title = discover.name_of(first.body)
    for candidate in (*discover.links(first.body, first.url), *discover.guesses(first.url)):
        page = await fetcher.page(candidate, door, now)
        if isinstance(page, Response) and (found := _read(page, door, title)):
            return found
    robots = await fetcher.page(_robots(first.url), door, now)
    for candidate in discover.sitemaps(robots.body if isinstance(robots, Response) else b"", first.url):
        page = await fetcher.page(candidate, door, now)
        if isinstance(page, Response) and (found := _read(page, door, title, ("sitemap",))):
            return found
    return "neither the page nor the usual places name a feed or a sitemap; try  kind: page  with CSS selectors"


def _robots(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/robots.txt"


def _read(page: Response, door: Source, title: str = "", kinds: tuple[str, ...] = ("feed", "sitemap")) -> Found | None:
    for kind in kinds:
        try:
            feed = KINDS[kind](page.body, {**page.headers, "content-location": page.url}, door)
        except ParseError:
            continue
        if feed.entries or feed.children or kind == "feed":
            return Found(url=page.url, kind=kind, feed=feed, title=feed.title or title)
    return None


def item_of(found: Found, id_: str, name: str, **more: Any) -> dict[str, Any]:
    """The item of sources.yaml, what has its default left out."""
    kind = {} if found.kind == "feed" else {"kind": found.kind}
    return {
        "id": id_,
        "name": name or found.title or id_,
        "url": found.url,
        **kind,
        **{k: v for k, v in more.items() if v},
    }


def register(group: typer.Typer) -> None:
    """Add the commands to the group `sources`."""
    group.command("add")(add)
    group.command("import")(import_)
    group.command("export")(export)


def add(
    url: Annotated[str, typer.Argument(help="The publisher's web page, or the feed itself.")],
    sources: Sources = None,
    id_: Annotated[
        str | None, typer.Option("--id", help="A short name of your own; made from the host when absent.")
    ] = None,
    name: Annotated[str, typer.Option("--name", help="How it is called in alerts; its own title when absent.")] = "",
    country: Annotated[list[str] | None, typer.Option("--country", help="Two letters; may be repeated.")] = None,
    language: Annotated[list[str] | None, typer.Option("--language", help="Such as km or en; may be repeated.")] = None,
    publisher: Annotated[
        str, typer.Option("--publisher", help="ngo | independent | wire | state | social | official")
    ] = "",
    proxy: Annotated[
        str | None, typer.Option("--proxy", help="A way around, such as socks5h://127.0.0.1:9050.")
    ] = None,
    allow_private: Annotated[bool, typer.Option("--allow-private", help="For a source on your own network.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be written, write nothing.")] = False,
) -> None:
    """Find a publisher's feed, try it, and write it into sources.yaml.

    Example: hrd-monitor sources add https://ngo.example --country KH --language km
    """
    chosen = settings(sources)
    known = load_sources(chosen.sources) if chosen.sources.exists() else ()
    found = asyncio.run(_find(url, chosen.proxy, private=allow_private, proxy=proxy))
    if isinstance(found, str):
        typer.echo(found, err=True)
        raise typer.Exit(1)
    twin = next((s for s in known if canonical(s.url) == canonical(found.url)), None)
    if twin is not None:
        typer.echo(f"{found.url} is in {chosen.sources} already, as {twin.id}", err=True)
        raise typer.Exit(1)
    taken = frozenset(s.id for s in known)
    if id_ in taken:
        typer.echo(f"the id {id_} stands in {chosen.sources} already; give this one another", err=True)
        raise typer.Exit(1)
    made = item_of(
        found,
        id_ or next(discover.ids(urlsplit(found.url).hostname or "source", taken)),
        name,
        country=[c.upper() for c in country or []],
        language=language or [],
        publisher=publisher,
        proxy=proxy,
        allow_private=allow_private,
    )
    newest = max((e.published for e in found.feed.entries if e.published), default=None)
    typer.echo(
        f"{found.kind} at {found.url}: {len(found.feed.entries)} entries, newest {newest:%Y-%m-%d}"
        if newest
        else f"{found.kind} at {found.url}: {len(found.feed.entries)} entries, none dated"
    )
    _write(chosen.sources, [made], dry_run=dry_run)


def import_(
    file: Annotated[Path, typer.Argument(help="An OPML file from a feed reader.", exists=True, dir_okay=False)],
    sources: Sources = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be written, write nothing.")] = False,
) -> None:
    """Write the feeds of an OPML file into sources.yaml, leaving out those that stand there already.

    Example: hrd-monitor sources import feeds.opml --dry-run
    """
    chosen = settings(sources)
    known = load_sources(chosen.sources) if chosen.sources.exists() else ()
    addresses, taken, made = {canonical(s.url) for s in known}, {s.id for s in known}, []
    outlines = opml.read(file)
    for outline in outlines:
        if canonical(outline.url) in addresses:
            continue
        addresses.add(canonical(outline.url))
        id_ = next(discover.ids(urlsplit(outline.url).hostname or "source", frozenset(taken)))
        taken.add(id_)
        language = [outline.language] if outline.language else []
        item = {
            "id": id_,
            "name": outline.title,
            "url": outline.url,
            "country": list(outline.country),
            "language": language,
        }
        made.append({k: v for k, v in item.items() if v})
    typer.echo(f"{len(outlines)} feeds in the file, {len(made)} of them new")
    _write(chosen.sources, made, dry_run=dry_run)


def export(
    file: Annotated[Path, typer.Argument(help="The OPML file to write.")],
    sources: Sources = None,
) -> None:
    """Write the feeds of sources.yaml into an OPML file that any feed reader opens.

    Example: hrd-monitor sources export feeds.opml
    """
    listed = load_sources(settings(sources).sources)
    file.write_bytes(opml.write(listed))
    left = sum(s.kind != "feed" for s in listed)
    typer.echo(
        f"{len(listed) - left} feeds written"
        + (f"; {left} sources of other kinds have no place in OPML" if left else "")
    )


async def _find(url: str, way: str | None, *, private: bool, proxy: str | None) -> Found | str:
    async with Fetcher(way) as fetcher:
        return await find(url, fetcher, datetime.now(UTC), private=private, proxy=proxy)


def _write(path: Path, items: list[dict[str, Any]], *, dry_run: bool) -> None:
    """Show the items and write them; a file that is wrong after it is put back as it was."""
    for item in items:
        typer.echo("  - " + ", ".join(f"{k}: {v}" for k, v in item.items()))
    if dry_run or not items:
        return
    before = path.read_bytes() if path.exists() else None
    sources_writer.add(path, items)
    try:
        load_sources(path)
    except ConfigError:
        path.write_bytes(before) if before is not None else path.unlink()
        raise
    typer.echo(f"written to {path}")
