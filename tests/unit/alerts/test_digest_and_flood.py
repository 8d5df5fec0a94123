"""Digests at a local time over changes of the clock, floods that are grouped, who stands in for a channel, and signs of life."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import Connection

from alerts import afterwards, digest, flood, outbox, retry
from alerts.model import (
    AlertKind,
    DeliveryState,
    Digest,
    Flood,
    Match,
    Outcome,
    Receipt,
    Route,
    Sensitivity,
    Severity,
    Verdict,
)
from alerts.notices import alive
from alerts.routing import Destination, Target, instead
from tests.fakes.alerts import FIRST, NOW, SECRET, database, following, routing_to

BERLIN = Digest(to=("duty",), at=time(2, 30), timezone="Europe/Berlin")
PHNOM_PENH = Digest(to=("duty",), at=time(7, 30), timezone="Asia/Phnom_Penh")
POST = dict.fromkeys(AlertKind, ("post",))
KH = Destination(addresses=("C0ALERTS01",), parts=POST)
DESK = Destination(addresses=("C0DESK0001",), parts=POST)
MAIL = Destination(addresses=("duty@ngo.example",), parts=POST, mail=True)
WHERE = {"kh": KH, "desk": DESK, "duty": MAIL}


@pytest.fixture
def conn() -> Iterator[Connection]:
    with database() as engine, engine.begin() as made:
        yield made


def at(day: str) -> datetime:
    return datetime.fromisoformat(day).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("now", "moment"),
    [
        ("2026-11-23 00:29", "2026-11-22 00:30"),  # 07:30 in Phnom Penh is 00:30 UTC
        ("2026-11-23 00:30", "2026-11-23 00:30"),
        ("2026-11-23 12:00", "2026-11-23 00:30"),
    ],
)
def test_a_digest_is_due_at_its_local_time(now: str, moment: str) -> None:
    assert digest.moment(PHNOM_PENH, at(now)) == at(moment)


def test_a_skipped_and_a_repeated_hour_give_one_digest_each() -> None:
    for first, last in (("2026-03-28 12:00", "2026-03-30 12:00"), ("2026-10-24 12:00", "2026-10-26 12:00")):
        now, seen = at(first), set()
        while now < at(last):
            seen.add(digest.moment(BERLIN, now))
            now += timedelta(minutes=10)
        assert len(seen) == 3, "the day before, and one on each of two days"


def test_a_digest_is_sent_once_and_a_new_rule_waits_for_its_time(conn: Connection) -> None:
    assert digest.due(conn, PHNOM_PENH, at("2026-11-22 12:00")) is None
    assert digest.due(conn, PHNOM_PENH, at("2026-11-23 00:29")) is None
    assert digest.due(conn, PHNOM_PENH, at("2026-11-23 00:31")) == (at("2026-11-22 12:00"), at("2026-11-23 00:30"))
    assert digest.due(conn, PHNOM_PENH, at("2026-11-23 00:32")) is None
    assert digest.due(conn, PHNOM_PENH, at("2026-11-24 01:00")) == (at("2026-11-23 00:30"), at("2026-11-24 00:30"))


def test_a_digest_tells_each_case_once_as_it_stands(conn: Connection) -> None:
    for alert in (
        FIRST,
        replace(following(2), title="Sok Dara charged"),
        replace(FIRST, id="x", thread="x", sensitivity=Sensitivity.CODENAME),
    ):
        outbox.enqueue(conn, alert, [Target(channel="kh", address="a", parts=("post",), not_before=NOW)], SECRET, NOW)
    told = digest.told_between(conn, NOW - timedelta(hours=1), NOW)
    made = digest.compose(PHNOM_PENH, told, NOW, NOW)
    assert [line.text for line in made.lines] == ["Sok Dara charged (case i-1)"]
    assert made.only_to == ("duty",)
    assert "Sok Dara" not in made.preview


def flooded(conn: Connection, count: int, **said: object) -> int:
    target = Target(channel="kh", address="C0ALERTS01", parts=("post",), not_before=NOW)
    for n in range(2):
        outbox.enqueue(conn, replace(FIRST, id=f"sent{n}", thread=f"sent{n}"), [target], SECRET, NOW)
        sent = outbox.claim(conn, "kh", NOW)
        assert sent
        receipt = Receipt(channel="kh", address="C0ALERTS01", handle={"ts": "1"})
        outbox.record(
            conn, sent, retry.after_send(sent, Outcome(verdict=Verdict.SENT, receipt=receipt), NOW, retry.Terms()), NOW
        )
    for n in range(count):
        outbox.enqueue(
            conn, replace(FIRST, id=f"n{n}", thread=f"n{n}", title=f"Case {n}", **said), [target], SECRET, NOW
        )  # type: ignore[arg-type]  # fields of any type
    return flood.group(conn, "kh", Flood(messages=2, window_s=600), SECRET, NOW)


def test_beyond_the_cap_alerts_are_grouped_and_none_is_dropped(conn: Connection) -> None:
    assert flooded(conn, 5) == 5
    group = outbox.claim(conn, "kh", NOW)
    assert group
    assert [line.text for line in group.alert.lines] == [f"Case {n} (case n{n})" for n in range(5)]
    assert outbox.claim(conn, "kh", NOW) is None


@pytest.mark.parametrize(
    "said", [{"severity": Severity.CRITICAL}, {"sensitivity": Sensitivity.CODENAME}, {"only_to": ("kh",)}]
)
def test_what_is_grave_or_withheld_is_never_grouped(conn: Connection, said: dict[str, object]) -> None:
    assert flooded(conn, 5, **said) == 0
    assert outbox.depth(conn)[DeliveryState.QUEUED] == 5


def test_the_others_of_a_route_stand_in_for_a_channel_and_else_the_operators_mail() -> None:
    routing = replace(routing_to("kh", "duty"), operator=("desk",))
    assert [t.channel for t in instead(FIRST, "kh", routing, WHERE, NOW)] == ["duty"]
    alone = replace(routing_to("kh"), operator=("desk", "duty"))
    assert [t.channel for t in instead(FIRST, "kh", alone, WHERE, NOW)] == ["desk", "duty"]
    other = Route(match=Match(), to=("desk",))
    assert "desk" not in [
        t.channel
        for t in instead(
            FIRST, "kh", replace(routing_to("kh", "duty"), routes=(*routing_to("kh", "duty").routes, other)), WHERE, NOW
        )
    ]


def test_a_silent_case_stays_among_those_it_names() -> None:
    silent = replace(FIRST, only_to=("kh", "duty"))
    assert [t.channel for t in instead(silent, "kh", routing_to("kh", operator=("desk",)), WHERE, NOW)] == ["duty"]


def test_what_stands_still_is_seen_and_handed_to_others_once(conn: Connection) -> None:
    outbox.enqueue(
        conn, FIRST, [Target(channel="kh", address="C0ALERTS01", parts=("post",), not_before=NOW)], SECRET, NOW
    )
    assert afterwards.stuck(conn, NOW + timedelta(minutes=4)) == {}
    assert afterwards.stuck(conn, NOW + timedelta(minutes=6)) == {"kh": NOW}
    assert afterwards.to_fall_over(conn, NOW + timedelta(minutes=14)) == ()
    assert [d.alert for d in afterwards.to_fall_over(conn, NOW + timedelta(minutes=16))] == [FIRST]
    assert afterwards.to_fall_over(conn, NOW + timedelta(minutes=17)) == ()


def test_a_message_that_was_unknown_is_looked_at_twice_more_and_then_left(conn: Connection) -> None:
    outbox.enqueue(
        conn, FIRST, [Target(channel="kh", address="C0ALERTS01", parts=("post",), not_before=NOW)], SECRET, NOW
    )
    sent = outbox.claim(conn, "kh", NOW)
    assert sent
    outbox.record(conn, sent, retry.after_send(sent, Outcome(verdict=Verdict.UNKNOWN), NOW, retry.Terms()), NOW)
    assert afterwards.watch_for_late(conn, 1.0) == 1
    assert afterwards.watch_for_late(conn, 1.0) == 0
    assert afterwards.to_heal(conn, "kh", NOW + timedelta(minutes=3)) is None, "not before it is settled"
    receipt = Receipt(channel="kh", address="C0ALERTS01", handle={"channel": "C0ALERTS01", "ts": "2"})
    found = Outcome(verdict=Verdict.SENT, receipt=receipt)
    outbox.record(conn, sent, retry.after_look(sent, found, NOW, retry.Terms()), NOW)
    assert afterwards.to_heal(conn, "kh", NOW + timedelta(minutes=1)) is None
    looks = 0
    for minute in range(2, 60):
        now = NOW + timedelta(minutes=minute)
        due = afterwards.to_heal(conn, "kh", now)
        if due is not None:
            looks += 1
            afterwards.healed(conn, due, found, now, 1.0)
    assert looks == 2


def test_a_sign_of_life_names_nobody_and_says_the_next_step() -> None:
    made = alive(10, 2, 0, NOW)
    assert made.kind is AlertKind.OPERATOR
    assert "10 sources are heard, 2 are not" in made.title
    assert "status" in made.lines[0].text
