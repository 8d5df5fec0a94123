"""Presses of Slack's buttons → the inbox, and a line above the alert that shows all who read it what was done."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime

from sqlalchemy import Connection

from alerts import inbox
from alerts.channels.slack_presses import Buttons, Pressed
from alerts.inbox import ACTIONS
from alerts.routing import Destination
from monitor.config.settings import Settings
from monitor.store.database import Database


def listening(
    settings: Settings,
    database: Database,
    destinations: Callable[[], Mapping[str, Destination]],
    secret: bytes,
    now: Callable[[], datetime],
) -> asyncio.Task[None] | None:
    """Listen for presses until cancelled; None without a token for it. No alert ever waits for this."""
    if settings.slack_app_token is None:
        return None

    async def keep(pressed: Pressed) -> None:
        """One press into the inbox, on the single writer."""
        await database.transact(lambda c: kept(c, pressed, destinations(), secret, now()))

    proxy = settings.proxy if settings.proxy and settings.proxy.startswith("http") else None
    token = settings.slack_app_token.get_secret_value()
    return asyncio.create_task(Buttons(token, keep, settings.slack_api_url, proxy, settings.time_scale).listen())


def kept(
    conn: Connection, pressed: Pressed, destinations: Mapping[str, Destination], secret: bytes, now: datetime
) -> bool:
    """Keep one press and show it; False for one that was kept before, or that is none of ours."""
    action = pressed.action
    if action not in ACTIONS or not inbox.put(conn, pressed.press, pressed.thread, action, pressed.actor, now):
        return False
    inbox.show(conn, pressed.thread, f"{ACTIONS[action]}: {pressed.actor}", destinations, secret, now)
    return True
