"""Buttons over Socket Mode, the inbox, who has a case in hand, reminders and the next people to ask."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import Connection, Engine

from alerts import inbox, outbox
from alerts.channels.slack_presses import Buttons, Pressed, read
from alerts.model import AlertKind, DeliveryState, Escalation, Match, Routing, Severity
from alerts.routing import Destination, targets
from alerts.timers import later
from tests.fakes.alerts import FIRST, NOW, SECRET, database, routing_to
from tests.fakes.slack_socket import APP_TOKEN, FakeSocket
from tests.integration.test_delivery_outbox import finish

SLACK = Destination(
    addresses=("C0ALERTS01",), parts={k: ("edit", "reply") if k is AlertKind.UPDATE else ("post",) for k in AlertKind}
)
MAIL = Destination(addresses=("duty@ngo.example",), parts=dict.fromkeys(AlertKind, ("post",)), mail=True)
WHERE = {"kh": SLACK, "duty": MAIL}
GRAVE = replace(FIRST, severity=Severity.CRITICAL)
ASKING = replace(
    routing_to("kh"),
    escalate=(Escalation(match=Match(severity=("critical",)), after_s=900, to=("duty",)),),
    remind={"critical": 600.0},
)


@pytest.fixture
def engine(empty_url: str) -> Iterator[Engine]:
    with database(empty_url) as made:
        yield made


@pytest.fixture
def conn(engine: Engine) -> Iterator[Connection]:
    with engine.begin() as made:
        yield made


def put(conn: Connection, routing: Routing = ASKING) -> None:
    reached = targets(GRAVE, routing, WHERE, NOW)
    outbox.enqueue(conn, GRAVE, (*reached, *later(GRAVE, reached, routing, WHERE, NOW)), SECRET, NOW)
    first = outbox.claim(conn, "kh", NOW)
    assert first
    finish(conn, first)


def after(minutes: int) -> object:
    return NOW + timedelta(minutes=minutes)


def test_an_alert_that_nobody_takes_is_told_once_more_and_then_to_the_next_people(conn: Connection) -> None:
    put(conn)
    assert outbox.claim(conn, "kh", NOW + timedelta(minutes=9)) is None
    again = outbox.claim(conn, "kh", NOW + timedelta(minutes=10))
    assert again
    assert (again.part, again.root is not None) == ("remind", True)
    assert outbox.claim(conn, "duty", NOW + timedelta(minutes=14)) is None
    asked = outbox.claim(conn, "duty", NOW + timedelta(minutes=15))
    assert asked
    assert asked.alert == GRAVE


def test_an_alert_that_somebody_took_is_never_repeated_by_a_timer(conn: Connection) -> None:
    put(conn)
    assert inbox.put(conn, "p1", GRAVE.thread, "take", "mina (U1)", NOW)
    assert outbox.claim(conn, "kh", NOW + timedelta(minutes=10)) is None
    assert outbox.claim(conn, "duty", NOW + timedelta(minutes=15)) is None
    assert inbox.assigned(conn, GRAVE.thread) == "mina (U1)"
    assert outbox.unsettled(conn) == 0


def test_saying_that_it_is_right_takes_nothing_in_hand(conn: Connection) -> None:
    put(conn)
    inbox.put(conn, "p1", GRAVE.thread, "right", "mina (U1)", NOW)
    assert inbox.assigned(conn, GRAVE.thread) is None
    assert outbox.claim(conn, "kh", NOW + timedelta(minutes=10)) is not None


def test_nobody_is_asked_next_on_trial_or_beyond_those_a_silent_case_names(conn: Connection) -> None:
    del conn
    trial = replace(ASKING, trial=("kh",))
    reached = targets(GRAVE, trial, WHERE, NOW)
    assert later(GRAVE, reached, trial, WHERE, NOW) == ()
    silent = replace(GRAVE, only_to=("kh",))
    asked = later(silent, targets(silent, ASKING, WHERE, NOW), ASKING, WHERE, NOW)
    assert {t.channel for t in asked} == {"kh"}


def test_a_press_is_kept_once_and_waits_until_the_records_follow_it(conn: Connection) -> None:
    assert inbox.put(conn, "p1", "i-1", "take", "mina (U1)", NOW)
    assert not inbox.put(conn, "p1", "i-1", "take", "mina (U1)", NOW)
    assert inbox.put(conn, "p2", "i-1", "wrong-person", "sok (U2)", NOW)
    first, second = inbox.take(conn)
    assert (first.action, first.actor, second.action) == ("take", "mina (U1)", "wrong-person")
    inbox.done(conn, first.id, NOW)
    assert inbox.take(conn) == (second,)
    with pytest.raises(ValueError, match="there is no action"):
        inbox.put(conn, "p3", "i-1", "shout", "x", NOW)


def test_a_press_is_shown_to_all_above_the_present_state(conn: Connection) -> None:
    put(conn)
    assert inbox.show(conn, GRAVE.thread, "On it: mina", WHERE, SECRET, NOW) == 1
    edit = outbox.claim(conn, "kh", NOW + timedelta(seconds=5))
    assert edit
    assert (edit.part, edit.alert.lines[0].text) == ("edit", "On it: mina")
    assert edit.alert.lines[1:] == GRAVE.lines


def test_presses_come_over_the_socket_and_again_after_it_broke() -> None:
    async def played() -> tuple[list[Pressed], int]:
        got: list[Pressed] = []
        with FakeSocket() as slack:

            async def keep(pressed: Pressed) -> None:
                got.append(pressed)

            listening = asyncio.create_task(Buttons(APP_TOKEN, keep, slack.url, patience=20).listen())
            await _until(lambda: slack.connections == 1)
            slack.press("take", "i-1")
            await _until(partial(_confirmed, slack, 1))
            slack.drop()
            await _until(lambda: slack.connections >= 2)
            slack.press("known", "i-2")
            await _until(partial(_confirmed, slack, 2))
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)
            return got, slack.connections

    got, connections = asyncio.run(played())
    assert [(p.action, p.thread, p.actor) for p in got] == [
        ("take", "i-1", "mina (U0MINA)"),
        ("known", "i-2", "mina (U0MINA)"),
    ]
    assert connections >= 2


def test_a_press_that_could_not_be_kept_is_not_confirmed() -> None:
    async def played() -> list[str]:
        with FakeSocket() as slack:

            async def keep(pressed: Pressed) -> None:
                raise OSError(pressed.action)

            listening = asyncio.create_task(Buttons(APP_TOKEN, keep, slack.url, patience=20).listen())
            await _until(lambda: slack.connections == 1)
            slack.press("take", "i-1")
            await asyncio.sleep(0.5)
            listening.cancel()
            await asyncio.gather(listening, return_exceptions=True)
            return slack.confirmed

    assert asyncio.run(played()) == []


def test_what_is_no_press_of_ours_is_nothing() -> None:
    assert read("events_api", {}, "e") is None
    assert (
        read("interactive", {"type": "block_actions", "actions": [{"action_id": "other:x", "value": "i-1"}]}, "e")
        is None
    )
    assert read("interactive", {"type": "block_actions", "actions": ["x"]}, "e") is None


def _confirmed(slack: FakeSocket, count: int) -> bool:
    return len(slack.confirmed) == count


async def _until(true: object) -> None:
    for _ in range(400):
        if true():  # type: ignore[operator]  # any function without arguments
            return
        await asyncio.sleep(0.05)
    raise AssertionError("it did not become true")


def test_reminders_and_escalations_are_counted_apart_from_what_is_due_now(conn: Connection) -> None:
    put(conn)
    assert outbox.pressing(conn, NOW) == 0
    assert outbox.depth(conn)[DeliveryState.QUEUED] == 2
