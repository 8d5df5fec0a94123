"""The candidates: names that reports tell of and nobody watches yet."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from monitor.store import people
from monitor.web.pages import Form, Pages
from monitor.web.work import Work

LISTED = 200  #: names on one page, newest first


def routes(work: Work, pages: Pages) -> list[BaseRoute]:
    """The addresses of this family of pages."""

    async def listing(request: Request) -> Response:
        """The names seen last."""
        return pages.show(request, "people.html", rows=await work.read(lambda c: people.listing(c, LISTED)))

    async def forget(_request: Request, form: Form) -> Response:
        """A name that is of no interest."""
        await work.write(lambda c: people.remove(c, form.get("name", "")))
        return RedirectResponse("/people", 303)

    return [
        Route("/people", pages.guarded(listing)),
        Route("/people/forget", pages.doing(forget), methods=["POST"]),
    ]
