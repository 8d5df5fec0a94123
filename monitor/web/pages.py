"""Templates, forms and the guard before every page that shows a name."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qs, quote, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from monitor.web.door import COOKIE, LASTS, Door

TEMPLATES: Final = Path(__file__).parent / "templates"
MAX_FORM_BYTES: Final = 256_000  #: of one form; the longest entry anybody wrote is a hundredth of it
WRONG_TOKEN_S: Final = 1.0  #: seconds before a wrong token is answered, so that nobody tries many

Form = Mapping[str, str]
Page = Callable[[Request], Awaitable[Response]]
Doing = Callable[[Request, Form], Awaitable[Response]]


class Pages:
    """Renders the templates and lets in who has the token."""

    def __init__(self, door: Door) -> None:
        self.door = door
        self._templates = Environment(loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined)
        self._templates.filters |= {"when": when, "host": host, "words": words}

    def show(self, request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        """One page. Every template knows who reads it and the word its forms carry."""
        reader = self.door.reader(request)
        word = self.door.word(request) if reader is not None else ""
        text = self._templates.get_template(template).render(reader=reader, word=word, path=request.url.path, **values)
        return HTMLResponse(text, status_code=status)

    def guarded(self, page: Page) -> Page:
        """The page for those whom the door knows, the question for the token for everybody else."""

        async def shown(request: Request) -> Response:
            """Ask for the token first."""
            if self.door.reader(request) is None:
                return RedirectResponse(f"/login?next={quote(_path(request))}", 303)
            return await page(request)

        return shown

    def doing(self, action: Doing) -> Page:
        """What a form of ours does, for those whom the door knows; anything else is refused."""

        async def done(request: Request) -> Response:
            """Read the form, see that it is ours, then act."""
            if self.door.reader(request) is None:
                return RedirectResponse("/login", 303)
            form = await read(request)
            if form is None:
                return PlainTextResponse("this form is too long", 413)
            if not self.door.ours(request, form.get("word", "")):
                return PlainTextResponse("this form was not sent from a page of the desk; open the page anew", 403)
            return await action(request, form)

        return done

    async def login(self, request: Request) -> Response:
        """The question for the token, and the answer to it."""
        if request.method == "GET":
            return self.show(
                request, "login.html", wrong=False, to=_inside(request.query_params.get("next", "/incidents"))
            )
        form = await read(request) or {}
        to = _inside(form.get("next", "/incidents"))
        if not self.door.opens(form.get("token", "")):
            await asyncio.sleep(WRONG_TOKEN_S)
            return self.show(request, "login.html", 403, wrong=True, to=to)
        answer = RedirectResponse(to, 303)
        cookie = self.door.cookie(form.get("reader", "") or "desk")
        secure = request.url.scheme == "https"
        answer.set_cookie(
            COOKIE, cookie, max_age=int(LASTS.total_seconds()), httponly=True, samesite="strict", secure=secure
        )
        return answer

    async def logout(self, _request: Request, _form: Form) -> Response:
        """Forget who reads."""
        answer = RedirectResponse("/", 303)
        answer.delete_cookie(COOKIE)
        return answer


async def read(request: Request) -> Form | None:
    """The fields of a form, the last value of each; None when it is too long."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MAX_FORM_BYTES:
            return None
    found = parse_qs(body.decode("utf-8", "replace"), keep_blank_values=True)
    return {k: v[-1].replace("\r\n", "\n") for k, v in found.items()}


def when(moment: datetime | None) -> str:
    """A time as the desk writes it, in UTC."""
    return moment.strftime("%Y-%m-%d %H:%M") if moment else ""


def host(url: str | None) -> str:
    """Where a link leads, for a reader who decides whether to follow it."""
    return urlsplit(url or "").hostname or ""


def words(value: str) -> str:
    """A word of ours as people write it."""
    return value.replace("_", " ")


def _path(request: Request) -> str:
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def _inside(to: str) -> str:
    """An address of this desk; anything that leads elsewhere becomes the first page."""
    return to if to.startswith("/") and not to.startswith(("//", "/\\")) else "/incidents"
