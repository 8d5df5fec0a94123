"""The daemon with one fault planted in its code: `python -m tests.campaign.mutants NAME run`. A campaign that passes such a daemon is blind."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from slack_sdk.http_retry.builtin_handlers import ConnectionErrorRetryHandler, ServerErrorRetryHandler
from sqlalchemy import Connection, update

from alerts import outbox
from alerts.channels import slack_door
from alerts.model import Delivery, DeliveryState
from alerts.tables import deliveries
from monitor import visits
from monitor.cli import main
from monitor.model import Poll


def sdk_retries() -> None:
    """slack-sdk sends again by itself after a broken connection or a server error."""
    built = slack_door.Door.__init__

    def init(self: Any, *args: Any, **kwargs: Any) -> None:
        built(self, *args, **kwargs)
        self._client.retry_handlers = [ConnectionErrorRetryHandler(), ServerErrorRetryHandler()]

    slack_door.Door.__init__ = init  # type: ignore[method-assign]  # the planted fault


def no_intent() -> None:
    """A sending leaves no trace before it begins."""
    claim = outbox.claim

    def claimed(conn: Connection, *args: Any, **kwargs: Any) -> Delivery | None:
        made = claim(conn, *args, **kwargs)
        if made is not None:
            back = update(deliveries).where(deliveries.c.id == made.id)
            conn.execute(back.values(state=DeliveryState.QUEUED.value))
        return made

    outbox.claim = claimed


def quiet_period_0() -> None:
    """What is of unknown fate is looked up at once (the campaign sets the setting), and nothing looks again later."""


def cursor_first() -> None:
    """What a feed listed is remembered as known in a transaction of its own, before its alerts are in the outbox."""
    pieces = visits.chunks

    def cursor(poll: Poll) -> list[Poll]:
        return [replace(poll, readings=()), *pieces(poll)] if poll.readings else pieces(poll)

    visits.chunks = cursor  # type: ignore[attr-defined]  # the planted fault


MUTANTS: dict[str, Callable[[], None]] = {
    "sdk_retries": sdk_retries,
    "no_intent": no_intent,
    "quiet_period_0": quiet_period_0,
    "cursor_first": cursor_first,
}

if __name__ == "__main__":
    MUTANTS[sys.argv.pop(1)]()
    main()
