"""The sources: which are heard, and the coverage of each country as a chart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from monitor import health
from monitor.model import Source, SourceState
from monitor.store import sources
from monitor.web.pages import Pages
from monitor.web.work import Work


def countries(given: Sequence[Source], states: Mapping[str, SourceState]) -> list[Mapping[str, Any]]:
    """Each country of the sources with how many are heard, which languages nobody is heard in, and why; the worst first."""
    found: dict[str, dict[str, Any]] = {}
    for cell in health.coverage(given, states):
        one = found.setdefault(cell.country, {"country": cell.country or "the world", "dark": [], "why": ""})
        if cell.dark:
            one["dark"].append(cell.language or "any")
            one["why"] = cell.why
    for country, one in found.items():
        mine = [s for s in given if country in (s.country or ("",))]
        heard = [s for s in mine if (state := states.get(s.id)) is None or state.verdict in _HEARD]
        one |= {"heard": len(heard), "sources": len(mine)}
    return sorted(found.values(), key=lambda o: (o["heard"] / o["sources"], o["country"]))


_HEARD = frozenset({"new", "heard", "quiet", "moved"})


def routes(work: Work, pages: Pages) -> list[BaseRoute]:
    """The addresses of this family of pages."""

    async def listing(request: Request) -> Response:
        """Every source with its verdict, and the countries above them."""
        given = tuple(work.terms().sources.values())
        states = await work.read(sources.states)
        rows = [(s, states.get(s.id)) for s in given]
        rows.sort(key=lambda r: (r[1] is None or r[1].verdict in _HEARD, r[0].id))
        most = max(
            (len([s for s in given if c in (s.country or ("",))]) for c in {c for s in given for c in s.country}),
            default=1,
        )
        return pages.show(
            request, "sources.html", rows=rows, countries=countries(given, states), most=most, steps=health.NEXT_STEP
        )

    return [Route("/sources", pages.guarded(listing))]
