"""Whatever becomes of the sends, look-ups and processes, every alert arrives once, or again with a flag, or somebody is told."""

from __future__ import annotations

import asyncio
import warnings
from dataclasses import replace
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alerts.channels import Payload
from alerts.model import AlertKind, Delivery, Outcome, Receipt, Verdict
from alerts.routing import Destination
from tests.fakes.alerts import FIRST, KilledError, Post, database, following, routing_to

PARTS = {kind: ("edit", "reply") if kind in {AlertKind.UPDATE, AlertKind.CANCEL} else ("post",) for kind in AlertKind}
POINTS = ["after_intent", "during_send", "after_send", "before_record", "after_record", "in_reconcile"]
SENDS = ["ok", "lost", "arrived", "not_sent", "limited", "message", "thread", "auth", "boom"]
LOOKS = ["ok", "failed", "boom"]


class Harsh:
    """A destination with a look-up that treats each send and look as it was told to."""

    pace_s = 1.0
    quiet_s = 60.0
    name = "kh"

    def __init__(self, sends: list[str], looks: list[str]) -> None:
        self.sends, self.looks = sends, looks
        self.arrived: list[Delivery] = []

    def render(self, delivery: Delivery) -> Payload:
        return {"delivery": delivery}

    async def send(self, payload: Payload) -> Outcome:
        delivery: Delivery = payload["delivery"]
        fate = self.sends.pop() if self.sends else "ok"
        if fate in {"ok", "arrived"}:
            self.arrived.append(delivery)
        match fate:
            case "ok":
                return Outcome(verdict=Verdict.SENT, receipt=self._receipt(delivery))
            case "lost" | "arrived":
                return Outcome(verdict=Verdict.UNKNOWN)
            case "not_sent":
                return Outcome(verdict=Verdict.NOT_SENT, refused="channel")
            case "limited":
                return Outcome(verdict=Verdict.NOT_SENT, refused="channel", retry_after_s=7.0)
            case "boom":
                raise RuntimeError(fate)
        return Outcome(verdict=Verdict.REFUSED, refused=fate)

    async def heal(self, delivery: Delivery) -> Outcome | None:
        """Nothing comes late here."""
        del delivery
        return None

    async def find(self, delivery: Delivery) -> Outcome | None:
        fate = self.looks.pop() if self.looks else "ok"
        if fate == "boom":
            raise RuntimeError(fate)
        if fate == "failed":
            return Outcome(verdict=Verdict.UNKNOWN)
        if delivery.part != "edit" and any(d.key == delivery.key for d in self.arrived):
            return Outcome(verdict=Verdict.SENT, receipt=self._receipt(delivery))
        return Outcome(verdict=Verdict.NOT_SENT)

    def _receipt(self, delivery: Delivery) -> Receipt:
        return Receipt(channel="kh", address="C1", handle={"channel": "C1", "ts": "1.000001", "key": delivery.key})


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    sends=st.lists(st.sampled_from(SENDS), max_size=8),
    looks=st.lists(st.sampled_from(LOOKS), max_size=4),
    deaths=st.lists(st.sampled_from(POINTS), max_size=4),
    revisions=st.integers(1, 3),
    between=st.booleans(),
)
def test_every_alert_arrives_once_or_says_that_it_may_be_a_duplicate(
    sends: list[str], looks: list[str], deaths: list[str], revisions: int, between: bool
) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # a killed process leaves a loop's odds and ends behind
        asyncio.run(_live(sends, looks, deaths, revisions, between))


async def _live(sends: list[str], looks: list[str], deaths: list[str], revisions: int, between: bool) -> None:
    harsh = Harsh(list(sends), list(looks))
    left = list(deaths)

    def passing(point: str) -> None:
        if left and left[-1] == point:
            left.pop()
            raise KilledError(point)

    with database() as engine:
        post = Post(
            engine,
            {"kh": harsh},
            {"kh": Destination(addresses=("C1",), parts=PARTS)},
            routing_to("kh"),
            passing=passing,
        )
        other = replace(FIRST, id="i-2:1", thread="i-2")
        for alert in [FIRST, other, *(following(n) for n in range(2, revisions + 1))]:
            post.enqueue(alert)
            if between:
                await _run(post)
        for _ in range(30):
            await _run(post)
            if not {state for (state,) in post.rows("state")} & {"queued", "sending", "unknown"}:
                break
        rows: list[tuple[Any, ...]] = post.rows("key", "state", "thread", "revision", "part", "why")
    states = {row[1] for row in rows}
    assert states <= {"sent", "superseded", "dead"}, rows
    for key in {d.key for d in harsh.arrived if d.part != "edit"}:
        copies = [d for d in harsh.arrived if d.key == key]
        assert sum(not d.flagged for d in copies) <= 1, "never twice without a flag"
    told = {
        d.alert.thread: max(e.alert.revision for e in harsh.arrived if e.alert.thread == d.alert.thread)
        for d in harsh.arrived
    }
    dead = {row[2] for row in rows if row[1] == "dead"}
    for thread, newest in (("i-1", revisions), ("i-2", 1)):
        assert told.get(thread) == newest or thread in dead, (
            "the newest state arrived, or its delivery is dead and told"
        )


async def _run(post: Post) -> None:
    """Deliver until quiet; a process that dies is followed by another."""
    try:
        await post.settle(rounds=4)
    except KilledError:
        post.restart()
