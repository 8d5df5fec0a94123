"""The web application: an overview without names, /healthz (200 alive, 503 with the reason) and /metrics."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.base import BaseHTTPMiddleware, RequestResponseEndpoint
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

_TEMPLATES = Path(__file__).parent / "templates"
#: Nothing is loaded from anywhere, nothing is framed, nothing is cached: the desk shows work that concerns people in danger.
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self' 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}


@dataclass(frozen=True, slots=True)
class Desk:
    """What the pages ask of the running daemon.

    overview: everything the page shows, without names. ailment: why the daemon is not well, None when it is. metrics: the text of /metrics.
    """

    overview: Callable[[], Awaitable[Mapping[str, Any]]]
    ailment: Callable[[], Awaitable[str | None]]
    metrics: Callable[[], Awaitable[bytes]]


class _SafeHeaders(BaseHTTPMiddleware):
    async def dispatch(self, request: Request, call_next: RequestResponseEndpoint) -> Response:
        response = await call_next(request)
        response.headers.update(HEADERS)
        return response


def application(desk: Desk) -> Starlette:
    """The desk as an ASGI application."""
    pages = Environment(loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined)

    async def overview(_request: Request) -> Response:
        """The first page."""
        return HTMLResponse(pages.get_template("overview.html").render(await desk.overview()))

    async def healthz(_request: Request) -> Response:
        """200 alive, 503 with the reason."""
        ailment = await desk.ailment()
        return PlainTextResponse(ailment or "alive", status_code=503 if ailment else 200)

    async def metrics(_request: Request) -> Response:
        """For Prometheus."""
        return Response(await desk.metrics(), media_type="text/plain; version=0.0.4")

    return Starlette(
        routes=[Route("/", overview), Route("/healthz", healthz), Route("/metrics", metrics)],
        middleware=[Middleware(_SafeHeaders)],
    )
