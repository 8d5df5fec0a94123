"""Buttons under Slack messages → presses, over Socket Mode: no public address is needed, and no alert ever waits for it.

slack-sdk's own reconnecting can loop for ever on a closed session while it says that it is connected (slackapi/python-slack-sdk,
issue 1922): a client that is not heard from is thrown away here and a new one is made.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import structlog
from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError
from slack_sdk.socket_mode.builtin import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse

from alerts.channels.slack_layout import ACTION

SILENT_S = 60.0  #: seconds without a ping of Slack's after which a connection is taken for dead; Slack sends one every few seconds
RETRY_S = (1.0, 5.0, 15.0, 60.0)  #: seconds before the n-th new connection; the last value repeats
STORE_S = 2.0  #: seconds in which a press must be kept; Slack hands it over again when it is not told within three
CONNECT_S = 10  #: seconds for the answer that names the socket's address

_silent = logging.getLogger("hrd-monitor.slack-socket")  # slack-sdk logs whole messages when asked to debug
_silent.setLevel(logging.CRITICAL)
_log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Pressed:
    """One press of a button. press: Slack's id of it, the same when it is handed over twice. actor: the user's name and id."""

    press: str
    thread: str
    action: str
    actor: str


Keep = Callable[[Pressed], Awaitable[None]]  #: stores a press; when it raises, Slack hands the press over again


def read(kind: str, payload: Mapping[str, Any], envelope: str) -> Pressed | None:
    """The press in what came over the socket; None for everything else."""
    actions = payload.get("actions")
    if kind != "interactive" or payload.get("type") != "block_actions" or not isinstance(actions, list) or not actions:
        return None
    button = actions[0] if isinstance(actions[0], dict) else {}
    name, thread, user = button.get("action_id"), button.get("value"), payload.get("user")
    if not isinstance(name, str) or not name.startswith(ACTION) or not isinstance(thread, str):
        return None
    user = user if isinstance(user, dict) else {}
    actor = f"{user.get('username') or user.get('name') or 'somebody'} ({user.get('id') or '?'})"
    moment = button.get("action_ts")
    press = f"slack:{user.get('id')}:{moment}:{name}" if isinstance(moment, str) else f"slack:{envelope}"
    return Pressed(press=press[:200], thread=thread[:200], action=name.removeprefix(ACTION), actor=actor)


class Buttons:
    """Listens for presses until cancelled; whatever happens to the connection, a new one is made."""

    def __init__(
        self, app_token: str, keep: Keep, base_url: str | None = None, proxy: str | None = None, patience: float = 1.0
    ) -> None:
        self._token, self._keep, self._base_url, self._proxy = app_token, keep, base_url, proxy
        self._patience = patience
        self._heard = 0.0

    async def listen(self) -> None:
        """Connect, watch the connection, connect again. Ends only when cancelled."""
        failures = 0
        while True:
            client = self._client(asyncio.get_running_loop())
            try:
                await asyncio.to_thread(client.connect)
                failures = 0
                await self._watched(client)
                _log.warning("the connection for buttons is quiet: a new one is made")
            except Exception as error:  # noqa: BLE001 - one connection: slack-sdk raises what it likes, and listening must never end
                failures += 1
                if failures in {1, 10}:
                    _log.warning("no connection for buttons; alerts go out all the same", error=type(error).__name__)
            finally:
                await asyncio.shield(asyncio.to_thread(_closed, client))
            await asyncio.sleep(RETRY_S[min(failures, len(RETRY_S)) - 1 if failures else 0] / self._patience)

    async def _watched(self, client: SocketModeClient) -> None:
        """Wait until a connection is closed or silent."""
        self._heard = time.monotonic()
        while client.is_connected():
            session = client.current_session
            ping = getattr(session, "last_ping_pong_time", None)
            quiet_s = time.time() - ping if isinstance(ping, int | float) else time.monotonic() - self._heard
            if quiet_s > SILENT_S / self._patience:
                return
            await asyncio.sleep(1.0 / self._patience)

    def _client(self, loop: asyncio.AbstractEventLoop) -> SocketModeClient:
        web = WebClient(timeout=CONNECT_S, retry_handlers=[], logger=_silent, proxy=self._proxy)
        if self._base_url:
            web.base_url = self._base_url
        web.proxy = self._proxy
        client = SocketModeClient(
            app_token=self._token,
            web_client=web,
            logger=_silent,
            auto_reconnect_enabled=False,
            concurrency=2,
            proxy=self._proxy,
        )
        client.proxy = self._proxy  # whatever slack-sdk took from the environment is dropped

        def came(socket: Any, request: SocketModeRequest) -> None:
            self._heard = time.monotonic()
            pressed = read(request.type, request.payload or {}, request.envelope_id)
            if pressed is not None:
                stored = asyncio.run_coroutine_threadsafe(_kept(self._keep, pressed), loop)
                stored.result(STORE_S)
            socket.send_socket_mode_response(SocketModeResponse(envelope_id=request.envelope_id))

        client.socket_mode_request_listeners.append(came)
        return client


async def _kept(keep: Keep, pressed: Pressed) -> None:
    await keep(pressed)


def _closed(client: SocketModeClient) -> None:
    try:
        client.close()
    except (SlackClientError, OSError, RuntimeError, AttributeError):
        _log.debug("a dead connection would not close")
