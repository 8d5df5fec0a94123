"""The door to Slack: one method call in, one answer out, never repeated, never redirected, and nothing read from the environment.

slack-sdk builds the request and reads the answer; only its transport is replaced. Measured on 3.47: its default retry posts a message
again after a reset; urllib follows a redirect with the token in its headers and takes proxies from the environment; its error lines
quote response bodies, which hold names. And only a transport of our own can tell "never reached" from "sent, then silence".
"""

from __future__ import annotations

import asyncio
import http.client
import logging
import ssl
import threading
import time
import urllib.request
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from typing import Any, TypeVar
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackRequestError

from alerts.channels.slack_answers import Answer

SLACK_API_URL = "https://slack.com/api/"
TIMEOUT_S = 30.0  #: seconds for one whole exchange; slack-sdk's own default, there for each read
MAX_ANSWER_BYTES = 8_000_000  #: bytes; a page of 200 messages with blocks stays below 4 MB

T = TypeVar("T")

_silent = logging.getLogger("alerts.channels.slack_sdk")
_silent.setLevel(logging.CRITICAL + 1)  # its errors quote bodies; every one of them comes back as an Answer


class _NotReachedError(OSError):
    """The connection was never made, so nothing of the request can have been received."""


class _PlainConnection(http.client.HTTPConnection):
    def connect(self) -> None:
        try:
            super().connect()
        except (OSError, http.client.HTTPException) as error:
            raise _NotReachedError(type(error).__name__) from error


class _SafeConnection(http.client.HTTPSConnection):
    def connect(self) -> None:
        try:
            super().connect()
        except (OSError, http.client.HTTPException) as error:
            raise _NotReachedError(type(error).__name__) from error


class _PlainDoor(urllib.request.HTTPHandler):
    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_PlainConnection, req)


class _SafeDoor(urllib.request.HTTPSHandler):
    def __init__(self, context: ssl.SSLContext) -> None:
        super().__init__(context=context)
        self._tls = context

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_SafeConnection, req, context=self._tls)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
        return None


class _Client(WebClient):
    """slack-sdk's client with the one method replaced that opens the connection."""

    door: urllib.request.OpenerDirector
    patience_s: float

    def _perform_urllib_http_request_internal(self, url: str, req: urllib.request.Request) -> dict[str, Any]:
        deadline = time.monotonic() + self.patience_s
        with self.door.open(req, timeout=self.patience_s) as answer:
            body = bytearray()
            while chunk := answer.read1(65_536):
                body += chunk
                if len(body) > MAX_ANSWER_BYTES or time.monotonic() > deadline:
                    raise TimeoutError(url.rpartition("/")[2])
            if answer.length:  # fewer bytes came than were announced
                raise http.client.IncompleteRead(bytes(body), answer.length)
            return {"status": answer.status, "headers": answer.headers, "body": body.decode("utf-8")}


class Door:
    """Calls Slack's methods one at a time, each at most once."""

    def __init__(self, token: str, base_url: str | None, proxy: str | None, timeout_s: float = TIMEOUT_S) -> None:
        self._timeout_s = timeout_s
        self._client = _Client(
            token=token,
            base_url=base_url or SLACK_API_URL,
            timeout=max(1, round(timeout_s)),
            retry_handlers=[],
            logger=_silent,
        )
        self._client.patience_s = timeout_s
        self._client.proxy = proxy  # whatever slack-sdk took from the environment is dropped here
        self._client.door = urllib.request.build_opener(
            urllib.request.ProxyHandler({"http": proxy, "https": proxy} if proxy else {}),
            _PlainDoor(),
            _SafeDoor(ssl.create_default_context()),
            _NoRedirect(),
        )

    async def write(self, method: str, arguments: Mapping[str, Any]) -> Answer:
        """Call a method that changes something, with a JSON body."""
        return await self._aside(lambda: self._client.api_call(method, json=dict(arguments)))

    async def read(self, method: str, arguments: Mapping[str, Any]) -> Answer:
        """Call a method that only reads, with a form body."""
        return await self._aside(lambda: self._client.api_call(method, params=dict(arguments)))

    async def _aside(self, call: Callable[[], Any]) -> Answer:
        """Run the blocking call in a thread that cannot hold up the end of the process; silence past the time limit is an Answer too."""
        done: Future[Answer] = Future()
        done.set_running_or_notify_cancel()  # from here on nobody can cancel it: the thread always has somewhere to put its answer
        threading.Thread(target=lambda: done.set_result(_answered(call)), name="slack", daemon=True).start()
        try:
            return await asyncio.wait_for(asyncio.wrap_future(done), self._timeout_s * 1.5)
        except TimeoutError:
            return Answer(why="timeout")


def _answered(call: Callable[[], Any]) -> Answer:
    try:
        return _told(call())
    except SlackApiError as error:
        return _told(error.response)
    except URLError as error:
        reached = not isinstance(error.reason, _NotReachedError)
        return Answer(reached=reached, why=str(error.reason) if not reached else type(error.reason).__name__)
    except TimeoutError:
        return Answer(why="timeout")
    except (
        OSError,
        http.client.HTTPException,
        SlackRequestError,
        ValueError,
        LookupError,
        TypeError,
        AttributeError,
    ) as error:
        return Answer(
            why=type(error).__name__
        )  # what slack-sdk raises on bodies that are no JSON object is one of the last four


def _told(response: Any) -> Answer:
    """What an answer says, touching nothing that a broken body might lack."""
    data = getattr(response, "data", None)
    headers = getattr(response, "headers", None)
    return Answer(
        status=getattr(response, "status_code", None),
        body=data if isinstance(data, dict) else {},
        headers={str(k).lower(): str(v) for k, v in headers.items()} if isinstance(headers, dict) else {},
    )
