"""THE SECOND PAGE: every step of a delivery, from a row of the outbox to a receipt, or to somebody who is told that it did not arrive.

claim      one transaction marks the delivery *sending*, before anything is sent
send       render (pure), then one attempt, never repeated inside
record     one transaction keeps what the attempt proved: sent, queued again, refused, unknown
reconcile  what is unknown is looked for after a quiet period, and only then called sent, or sent again and flagged
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any

import structlog
from sqlalchemy import Connection

from alerts import afterwards, digest, flood, outbox, retry
from alerts.channels import Channel
from alerts.model import AlertKind, Delivery, DeliveryState, Outcome, Routing, Verdict
from alerts.notices import notice
from alerts.routing import Destination, instead, targets

LINGER_S = 0.4  #: seconds that one call waits for slow channels; a hanging one goes on by itself and holds up nobody
PAUSE_S = (
    1.5  #: seconds until the next message a channel's task waits for itself, so that a queue drains at the pacing limit
)
WATCH_S = 5.0  #: seconds between two looks for what stands still
MIN_PAUSE_S = 0.01  #: seconds; a thread whose earlier message is still open is not asked for without a breath
CLOSE_S = 8.0  #: seconds that deliveries in flight have to finish when the daemon stops

_log = structlog.get_logger(__name__)

Transact = Callable[
    [Callable[[Connection], Any]], Awaitable[Any]
]  #: runs a function inside one write transaction on the single writer
Delivered = Mapping[DeliveryState, int]  #: how many deliveries came to each state


class Deliverer:
    """Empties the outbox: channels in parallel, one message at a time on each, paced, nothing sent whose fate is open."""

    def __init__(
        self,
        transact: Transact,
        channels: Mapping[str, Channel],
        destinations: Mapping[str, Destination],
        routing: Routing,
        secret: bytes,
        now: Callable[[], datetime],
        passing: Callable[[str], None] = lambda _name: None,
        *,
        reconcile_after_s: float | None = None,
        haste: float = 1.0,
        still: Callable[[], bool] = lambda: True,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        """destinations: the same channels as routing knows them. reconcile_after_s: instead of each channel's own quiet period.

        haste: divides our own waits, never another side's "retry after" or the pacing (tests). passing: the failpoint hook.
        still: with several hosts, whether this one may send; one that was paused for long may not until it is heard again.
        """
        self._transact, self._secret, self._now, self._passing, self._sleep = transact, secret, now, passing, sleep
        self._reconcile_after_s, self._haste, self._still = reconcile_after_s, haste, still
        self._busy: dict[str, asyncio.Task[None]] = {}
        self._counts: Counter[DeliveryState] = Counter()
        self._closing = False
        self._watched: datetime | None = None
        self.reconfigure(channels, destinations, routing)

    def reconfigure(
        self, channels: Mapping[str, Channel], destinations: Mapping[str, Destination], routing: Routing
    ) -> None:
        """Put new channels and routes in force; deliveries in flight finish on the channel they began on."""
        self._channels, self._destinations, self._routing = dict(channels), dict(destinations), routing

    async def deliver(self, linger_s: float = LINGER_S) -> Delivered:
        """Send what is due on every channel, waiting at most `linger_s` for slow ones; what came of it since the last call.

        Raises what ended a channel's task (a database that cannot be written); the delivery it was at is then unknown.
        """
        await self._transact(self._look_after)
        for name, channel in self._channels.items():
            if name not in self._busy and not self._closing:
                self._busy[name] = asyncio.create_task(self._drain(channel), name=name)
        if self._busy:
            await asyncio.wait(self._busy.values(), timeout=linger_s / self._haste)
        return self._gathered()

    async def look_after(self) -> tuple[str, ...]:
        """With several hosts, what one of them does for all between deliveries; the channels on which something is due."""
        await self._transact(self._look_after)
        now = self._now()
        found: tuple[str, ...] = await self._transact(lambda c: outbox.calling(c, self._channels, now))
        return found

    async def drain(self, name: str) -> None:
        """With several hosts, all that is due on one channel, by whoever was called; raises what ended it."""
        channel = self._channels.get(name)
        if channel is None or self._closing:
            return
        task = self._busy.get(name)
        if task is None:
            self._busy[name] = task = asyncio.create_task(self._drain(channel), name=name)
            task.add_done_callback(self._free)
        await asyncio.shield(task)  # a job that is broken off leaves the send under way to end by itself

    def _free(self, task: asyncio.Task[None]) -> None:
        """A channel's task has ended, whoever still waits for it; what ended it is told by the next one that meets it."""
        if self._busy.get(task.get_name()) is task:
            del self._busy[task.get_name()]
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.warning("a channel's work was broken off", channel=task.get_name(), error=type(error).__name__)

    @property
    def busy(self) -> int:
        """How many channels are at work."""
        return len(self._busy)

    async def close(self, deadline_s: float = CLOSE_S) -> Delivered:
        """Begin nothing new, let what is in flight finish, and leave the rest as unknown."""
        self._closing = True
        if self._busy:
            _, hanging = await asyncio.wait(self._busy.values(), timeout=deadline_s)
            for task in hanging:
                task.cancel()
            await asyncio.gather(*hanging, return_exceptions=True)
            for channel in (self._channels.get(task.get_name()) for task in hanging):
                if channel is not None:
                    await self._transact(partial(self._recover, channel))
        return self._gathered()

    async def _drain(self, channel: Channel) -> None:
        """The page itself: all that is due on one channel, one delivery at a time."""
        terms, looked = self._terms(channel), False
        await self._transact(partial(self._recover, channel))
        while not self._closing and self._still() and self._channels.get(channel.name) is channel:
            delivery: Delivery | None = await self._transact(partial(self._claim, channel, looked))
            if delivery is None:
                if not await self._healed(channel) and not await self._soon(channel):
                    return
                continue
            looked = delivery.state is DeliveryState.UNKNOWN
            if looked:
                outcome = await self._proved(channel.find(delivery))
                self._passing("in_reconcile")
                step = retry.after_look(delivery, outcome, self._now(), terms)
            else:
                self._passing("after_intent")
                if not self._still():
                    return  # paused between the intent and the send: whoever took over looks for it
                outcome = await self._sent(channel, delivery)
                self._passing("after_send")
                step = retry.after_send(delivery, outcome, self._now(), terms)
            self._passing("before_record")
            await self._transact(partial(self._record, delivery, step))
            self._passing("after_record")
            self._counts[step.state] += 1

    async def _healed(self, channel: Channel) -> bool:
        """Whether one message was looked at again that may have come late; a second copy of it is made to say so."""
        now = self._now()
        delivery: Delivery | None = await self._transact(lambda c: afterwards.to_heal(c, channel.name, now))
        if delivery is None:
            return False
        outcome = await self._proved(channel.heal(delivery))
        self._passing("in_janitor")
        await self._transact(lambda c: afterwards.healed(c, delivery, outcome, self._now(), self._haste))
        return True

    def _claim(self, channel: Channel, looked: bool, conn: Connection) -> Delivery | None:
        """The next delivery to send, or one of unknown fate to look for; the two take turns, so that neither starves the other."""
        now = self._now()
        flood.group(conn, channel.name, self._routing.flood, self._secret, now)
        if looked and (due := outbox.claim(conn, channel.name, now, channel.pace_s)):
            return due
        return outbox.unknown(conn, channel.name, now) or (
            None if looked else outbox.claim(conn, channel.name, now, channel.pace_s)
        )

    async def _sent(self, channel: Channel, delivery: Delivery) -> Outcome:
        """What one attempt proved. A layout that fails is a refusal of that layout: the next attempt takes a plainer one."""
        try:
            payload = channel.render(delivery)
        except Exception as error:  # noqa: BLE001 - one render: no alert is lost to a layout bug
            _log.error(
                "an alert could not be laid out",
                channel=channel.name,
                layout=delivery.layout,
                error=type(error).__name__,
            )
            return Outcome(verdict=Verdict.REFUSED, refused="message", why=f"layout: {type(error).__name__}")
        sending = asyncio.create_task(self._proved(channel.send(payload)))
        try:
            await asyncio.sleep(0)  # lets the sending begin
            self._passing("during_send")
            outcome = await sending
        finally:
            sending.cancel()  # does nothing to one that has ended
        return outcome or Outcome(verdict=Verdict.UNKNOWN, why="no outcome")

    async def _proved(self, attempt: Coroutine[Any, Any, Outcome | None]) -> Outcome | None:
        """The outcome of a send or look-up; a surprise proves nothing."""
        try:
            return await attempt
        except Exception as error:  # noqa: BLE001 - one delivery: whatever surprises here must not hold up the next one
            _log.error("an attempt ended in surprise", error=type(error).__name__)
            return Outcome(verdict=Verdict.UNKNOWN, why=type(error).__name__)

    def _record(self, delivery: Delivery, step: retry.Step, conn: Connection) -> None:
        """Keep the result and, in the same transaction, the note to the operator where there is trouble."""
        outbox.record(conn, delivery, step, self._now())
        if step.state is not DeliveryState.SENT:
            _log.warning(
                "not sent",
                channel=delivery.channel,
                delivery=delivery.key,
                state=step.state,
                attempt=delivery.attempt,
                why=step.why,
            )
        if step.state is DeliveryState.DEAD:
            self._instead(delivery, conn)
        if step.trouble is not None:
            self._tell(delivery.channel, step.trouble, conn)

    def _instead(self, delivery: Delivery, conn: Connection) -> None:
        """Tell others in place of a channel that cannot take an alert; who is told already is not told twice."""
        if delivery.alert.kind in {AlertKind.OPERATOR, AlertKind.TEST} or delivery.part == "edit":
            return
        now = self._now()
        reached = instead(delivery.alert, delivery.channel, self._routing, self._destinations, now)
        made = outbox.enqueue(conn, delivery.alert, reached, self._secret, now)
        names = sorted({t.channel for t in reached})
        _log.warning(
            "others are told in its place", channel=delivery.channel, delivery=delivery.key, to=names, new=made
        )

    def _look_after(self, conn: Connection) -> None:
        """Between deliveries: what may come late is noted, and every few seconds what stands still is told."""
        self._abandon(conn)
        afterwards.watch_for_late(conn, self._haste)
        now = self._now()
        if self._watched is not None and abs((now - self._watched).total_seconds()) < WATCH_S / self._haste:
            return
        self._watched = now
        for channel in afterwards.stuck(conn, now, self._haste):
            self._tell(channel, "late", conn)
        for delivery in afterwards.to_fall_over(conn, now, self._haste):
            self._instead(delivery, conn)
        for rule in self._routing.digest:
            stretch = digest.due(conn, rule, now)
            if stretch is not None:
                alert = digest.compose(rule, digest.told_between(conn, *stretch), stretch[1], now)
                outbox.enqueue(conn, alert, targets(alert, self._routing, self._destinations, now), self._secret, now)

    def _tell(self, channel: str, trouble: str, conn: Connection) -> None:
        """A note to the operator over the other channels, once for each channel, trouble and hour."""
        now = self._now()
        alert = notice(channel, trouble, self._routing, now)
        reached = targets(alert, replace(self._routing, trial=None), self._destinations, now)
        made = outbox.enqueue(conn, alert, reached, self._secret, now)
        if made or not reached:
            _log.error("trouble on a channel", channel=channel, trouble=trouble, operators_told=made)

    def _abandon(self, conn: Connection) -> None:
        """Give up, aloud, what waits for channels that are configured no more."""
        for name in outbox.abandon(conn, self._channels, self._now()):
            self._tell(name, "gone", conn)

    def _recover(self, channel: Channel, conn: Connection) -> None:
        outbox.recover(conn, channel.name, self._now(), self._terms(channel).quiet_s)

    async def _soon(self, channel: Channel) -> bool:
        """Wait for the next message when it is due within a moment; False when there is nothing to wait for."""
        due: datetime | None = await self._transact(lambda conn: outbox.next_due(conn, channel.name, self._now()))
        wait_s = (due - self._now()).total_seconds() if due is not None else PAUSE_S + 1
        if wait_s > PAUSE_S or self._closing:
            return False
        await self._sleep(max(wait_s, MIN_PAUSE_S))
        return True

    def _terms(self, channel: Channel) -> retry.Terms:
        quiet_s = channel.quiet_s if self._reconcile_after_s is None else self._reconcile_after_s
        return retry.Terms(pace_s=channel.pace_s, quiet_s=quiet_s, haste=self._haste)

    def _gathered(self) -> Delivered:
        """The counts since last time; what ended a channel's task is raised here, after the channel is free again."""
        ended = {name: task for name, task in self._busy.items() if task.done()}
        for name in ended:
            del self._busy[name]
        counts, self._counts = dict(self._counts), Counter()
        errors = [error for task in ended.values() if not task.cancelled() and (error := task.exception())]
        if errors:
            raise errors[0]
        return counts
