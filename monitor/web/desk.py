"""The web application: an overview without names, /healthz and /metrics for machines, and behind the token the pages that show names."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Route

from monitor.web import defenders, incidents, people, search, sources
from monitor.web.door import Door
from monitor.web.pages import TEMPLATES, Pages
from monitor.web.work import Work

#: Nothing is loaded from elsewhere, nothing is framed, nothing is cached: the desk shows work that concerns people in danger.
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",  # with "no-referrer" a browser hides from us that a form is our own
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@dataclass(frozen=True, slots=True)
class Desk:
    """What the pages ask of the running daemon.

    overview: everything the first page shows, without names. ailment: why the daemon is not well, None when it is. metrics: the text of
    /metrics. work: what the pages with names ask. token: opens them. outside: whether others than this machine can reach the desk, where
    the first page is behind the token as well.
    """

    overview: Callable[[], Awaitable[Mapping[str, Any]]]
    ailment: Callable[[], Awaitable[str | None]]
    metrics: Callable[[], Awaitable[bytes]]
    work: Work
    token: str
    outside: bool = False


class _SafeHeaders(BaseHTTPMiddleware):
    async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        response = await call_next(request)
        response.headers.update(HEADERS)
        return response


def application(desk: Desk) -> Starlette:
    """The desk as an ASGI application."""
    pages = Pages(Door(desk.token, desk.work.now))

    async def overview(request: Request) -> Response:
        """The first page."""
        return pages.show(request, "overview.html", **await desk.overview())

    async def healthz(_request: Request) -> Response:
        """200 alive, 503 with the reason."""
        ailment = await desk.ailment()
        return PlainTextResponse(ailment or "alive", status_code=503 if ailment else 200)

    async def metrics(_request: Request) -> Response:
        """For Prometheus."""
        return Response(await desk.metrics(), media_type="text/plain; version=0.0.4")

    async def style(_request: Request) -> Response:
        """How the pages look."""
        return FileResponse(TEMPLATES / "desk.css", media_type="text/css")

    families = (incidents, defenders, people, sources, search)
    return Starlette(
        routes=[
            Route("/", pages.guarded(overview) if desk.outside else overview),
            Route("/healthz", healthz),
            Route("/metrics", metrics),
            Route("/desk.css", style),
            Route("/login", pages.login, methods=["GET", "POST"]),
            Route("/logout", pages.doing(pages.logout), methods=["POST"]),
            *(route for family in families for route in family.routes(desk.work, pages)),
        ],
        middleware=[Middleware(_SafeHeaders)],
    )
