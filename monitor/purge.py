"""One person out of everything: our Slack messages deleted, the records blacked out, the files overwritten; what is beyond recall is named.

Each step does nothing a second time, so a purge that was killed is finished by running it again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, Row, delete, select, update

from alerts import codec
from alerts.channels import Channel
from alerts.channels.slack import Slack
from alerts.model import Delivery, Verdict
from alerts.outbox import root_of
from alerts.tables import deliveries, receipts
from monitor.incidents.redact import Redactor
from monitor.store import purge as records
from monitor.store.database import Database

_LEFT = ("sent", "unknown", "sending")  #: states of deliveries that others may have seen


@dataclass(frozen=True, slots=True, kw_only=True)
class Purged:
    """What a purge did. kept: Slack messages that could not be deleted, with why. beyond: what was sent and cannot be called back."""

    articles: int
    incidents: int
    deliveries: int
    deleted: int
    kept: tuple[str, ...]
    beyond: tuple[str, ...]


async def purge(
    database: Database, watch: str, redactor: Redactor, channels: Mapping[str, Channel], passing: Callable[[str], None]
) -> Purged:
    """Take one person out of everything. Raises StoreError."""
    told = database.read_now(lambda c: _told(c, watch, redactor))
    deleted, kept, beyond = 0, [], []
    for one in told:
        channel = channels.get(one.channel)
        if isinstance(channel, Slack):
            why = await _recalled(channel, one)
            if why is not None:
                kept.append(f"{one.channel}: {why}")
                continue
            database.transact_now(lambda c, told=one: _without_receipt(c, told))  # type: ignore[misc]  # the default binds it
            deleted += 1
        else:
            beyond.append(_beyond(one))
    passing("in_purge")
    count = database.transact_now(lambda c: _blacked(c, watch, redactor, passing))
    passing("in_purge")
    records.overwrite(database)
    return Purged(
        articles=count[0],
        incidents=count[1],
        deliveries=count[2],
        deleted=deleted,
        kept=tuple(kept),
        beyond=tuple(beyond),
    )


def _blacked(
    connection: Connection, watch: str, redactor: Redactor, passing: Callable[[str], None]
) -> tuple[int, int, int]:
    cut = (lambda text: redactor.text(text, named=True), lambda url: redactor.url(url, named=True))
    articles = records.texts(connection, watch, redactor.names, *cut)
    passing("in_purge")
    return (
        articles,
        records.casework(connection, watch, redactor.value),
        records.alerts(connection, watch, redactor.value),
    )


def _told(connection: Connection, watch: str, redactor: Redactor) -> list[Delivery]:
    """What went out, or may have, and tells of the person."""
    query = select(deliveries).where(deliveries.c.state.in_(_LEFT) | deliveries.c.receipt.is_not(None))
    return [
        codec.delivery(row, root_of(connection, row))
        for row in connection.execute(query.order_by(deliveries.c.id)).all()
        if row.receipt is not None or row.state != "sent"
        if _tells(row, watch, redactor)
    ]


def _tells(row: Row[tuple[object, ...]], watch: str, redactor: Redactor) -> bool:
    alert = codec.load(row.alert)
    return (
        watch in alert.watch
        or watch in alert.exposes
        or redactor.names(alert.title, alert.preview, *(x.text for x in (*alert.lines, *alert.changes)))
    )


async def _recalled(channel: Slack, told: Delivery) -> str | None:
    """None when the message is gone; else why it still stands."""
    receipt = told.receipt
    if receipt is None:
        found = await channel.find(told)
        if found is None or found.verdict is not Verdict.SENT:
            return (
                None
                if found and found.verdict is Verdict.NOT_SENT
                else "a message of unknown fate could not be looked up"
            )
        receipt = found.receipt
    return await channel.recall(receipt.handle) if receipt else None


def _without_receipt(connection: Connection, told: Delivery) -> None:
    """Forget where a deleted message stood, so that nothing is threaded under it."""
    connection.execute(update(deliveries).where(deliveries.c.id == told.id).values(receipt=None))
    here = (receipts.c.thread == told.alert.thread) & (receipts.c.channel == told.channel)
    connection.execute(delete(receipts).where(here & (receipts.c.address == told.address)))


def _beyond(told: Delivery) -> str:
    when = f"{told.started:%Y-%m-%d %H:%M} UTC" if told.started else "at an unknown time"
    which = told.receipt.handle.get("message_id", "") if told.receipt else ""
    return " ".join(filter(None, (told.channel, told.address, when, which)))
