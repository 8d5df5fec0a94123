"""One field that finds: people on the list in any spelling, incidents by id, name or place, and articles by their words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from monitor.match.compare import compare
from monitor.model import Article, Defender, Incident
from monitor.store import articles, incidents
from monitor.web.incidents import row
from monitor.web.pages import Pages
from monitor.web.work import Work

LOOKED: Final = 2_000  #: incidents looked through, newest first
SHOWN: Final = 50  #: of each sort
COMPARED: Final = 2_000  #: entries up to which a name is compared by ear with each one; under a second


def people(wanted: str, defenders: tuple[Defender, ...]) -> list[Defender]:
    """Those in whose entry the words stand, and those whose name is a spelling of them."""
    folded = wanted.casefold()

    def says(one: Defender) -> bool:
        """Whether the words stand in what identifies the entry."""
        held = (one.id, one.name, *one.names, *one.known_as, *one.organisations, *one.tags, one.codename)
        return any(folded in text.casefold() for text in held)

    found = [d for d in defenders if says(d)]
    if not found and len(defenders) <= COMPARED:
        found = [d for d in defenders if any(compare(wanted, n).same for n in (d.name, *d.names))]
    return found[:SHOWN]


def cases(wanted: str, known: Iterable[Incident], watch: frozenset[str]) -> list[Incident]:
    """The incidents of these people, and those with the words in their id or place."""
    folded = wanted.casefold()
    found = [
        i for i in known if watch & set(i.watch) or folded in i.id.casefold() or folded in (i.place or "").casefold()
    ]
    return found[:SHOWN]


def routes(work: Work, pages: Pages) -> list[BaseRoute]:
    """The addresses of this family of pages."""

    async def search(request: Request) -> Response:
        """Look for what was asked."""
        wanted = " ".join(request.query_params.get("q", "").split())[:200]
        if not wanted:
            return pages.show(request, "search.html", wanted="", people=(), rows=(), articles=())
        watchlist = work.terms().watchlist
        who = people(wanted, watchlist.defenders)
        watch = frozenset(d.id for d in who)

        def look(connection: Connection) -> tuple[list[Incident], list[Article]]:
            """Both kinds of records in one transaction."""
            known = incidents.listing(connection, LOOKED)
            return cases(wanted, known, watch), articles.saying(connection, wanted, SHOWN)

        found, read = await work.read(look)
        rows = [row(i, watchlist) for i in found]
        return pages.show(request, "search.html", wanted=wanted, people=who, rows=rows, articles=read)

    return [Route("/search", pages.guarded(search))]
