"""The outbox on SQLite and on PostgreSQL: what is claimed when, what collapses, what a crash leaves behind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, Engine

from alerts import outbox, retry
from alerts.model import Alert, AlertKind, Delivery, DeliveryState, Outcome, Receipt, Sensitivity, Verdict
from alerts.routing import Target
from tests.fakes.alerts import FIRST, NOW, SECRET, database, following

AN_HOUR = timedelta(hours=1)
TERMS = retry.Terms(pace_s=1.0, quiet_s=60.0)


@pytest.fixture
def engine(empty_url: str) -> Iterator[Engine]:
    """An outbox of each kind."""
    with database(empty_url) as made:
        yield made


@pytest.fixture
def conn(engine: Engine) -> Iterator[Connection]:
    """One transaction on it."""
    with engine.begin() as made:
        yield made


def put(
    conn: Connection, alert: Alert, now: datetime = NOW, not_before: datetime | None = None, *, trial: bool = False
) -> int:
    parts = ("edit", "reply") if alert.kind in {AlertKind.UPDATE, AlertKind.CANCEL} else ("post",)
    target = Target(channel="kh", address="C0ALERTS01", parts=parts, not_before=not_before or now, trial=trial)
    return outbox.enqueue(conn, alert, [target], SECRET, now)


def next_of(conn: Connection, now: datetime = NOW) -> Delivery | None:
    return outbox.claim(conn, "kh", now)


def finish(conn: Connection, delivery: Delivery, now: datetime = NOW, ts: str = "1.000001") -> None:
    receipt = Receipt(channel="kh", address="C0ALERTS01", handle={"channel": "C0ALERTS01", "ts": ts})
    step = retry.after_send(delivery, Outcome(verdict=Verdict.SENT, receipt=receipt), now, retry.Terms())
    outbox.record(conn, delivery, step, now)


def send_all(conn: Connection, now: datetime = NOW) -> list[Delivery]:
    sent = []
    while delivery := next_of(conn, now):
        finish(conn, delivery, now)
        sent.append(delivery)
    return sent


def test_an_alert_enqueued_twice_is_delivered_once(conn: Connection) -> None:
    assert put(conn, FIRST) == 1
    assert put(conn, FIRST) == 0
    assert len(send_all(conn)) == 1
    assert put(conn, FIRST) == 0, "a sent key stays taken"


def test_keys_depend_on_the_secret_and_say_nothing(conn: Connection) -> None:
    put(conn, FIRST)
    delivery = next_of(conn)
    assert delivery
    assert len(delivery.key) == 32
    target = Target(channel="kh", address="C0ALERTS01", parts=("post",), not_before=NOW)
    assert outbox.enqueue(conn, FIRST, [target], b"another secret", NOW) == 1


def test_a_claim_marks_the_delivery_before_anything_is_sent(conn: Connection) -> None:
    put(conn, FIRST)
    delivery = next_of(conn)
    assert delivery
    assert (delivery.state, delivery.attempt, delivery.started) == (DeliveryState.SENDING, 1, NOW)
    assert outbox.depth(conn)[DeliveryState.SENDING] == 1
    assert next_of(conn) is None


def test_nothing_passes_a_delivery_of_its_thread_that_is_sending_or_unknown(conn: Connection) -> None:
    put(conn, FIRST)
    first = next_of(conn)
    put(conn, following(2))
    assert first
    assert next_of(conn) is None
    outbox.record(conn, first, retry.after_send(first, Outcome(verdict=Verdict.UNKNOWN), NOW, retry.Terms()), NOW)
    assert next_of(conn) is None
    other = replace(FIRST, id="i-2:1", thread="i-2")
    put(conn, other)
    passed = next_of(conn)
    assert passed
    assert passed.alert == other, "another thread is not held up"


def test_an_unknown_delivery_is_looked_for_after_its_quiet_period(conn: Connection) -> None:
    put(conn, FIRST)
    first = next_of(conn)
    assert first
    outbox.record(
        conn, first, retry.after_send(first, Outcome(verdict=Verdict.UNKNOWN, why="timeout"), NOW, TERMS), NOW
    )
    assert outbox.unknown(conn, "kh", NOW + timedelta(seconds=59)) is None
    looked = outbox.unknown(conn, "kh", NOW + timedelta(seconds=60))
    assert looked
    assert (looked.key, looked.started, looked.why) == (first.key, NOW, "timeout")


def test_what_a_dead_process_left_sending_becomes_unknown(conn: Connection) -> None:
    put(conn, FIRST)
    next_of(conn)
    assert outbox.recover(conn, "kh", NOW + timedelta(seconds=10), 60.0) == 1
    assert outbox.unknown(conn, "kh", NOW + timedelta(seconds=59)) is None
    assert outbox.unknown(conn, "kh", NOW + timedelta(seconds=60)) is not None
    assert outbox.recover(conn, "kh", NOW + timedelta(seconds=70), 60.0) == 0


def test_a_development_edits_the_first_message_and_then_replies(conn: Connection) -> None:
    put(conn, FIRST)
    send_all(conn)
    put(conn, following(2))
    edit, reply = send_all(conn)
    assert (edit.part, reply.part) == ("edit", "reply")
    assert edit.root
    assert edit.root.handle["ts"] == "1.000001"


def test_queued_developments_collapse_into_the_newest_which_tells_all_changes(conn: Connection) -> None:
    put(conn, FIRST)
    send_all(conn)
    put(conn, following(2, "charged", broadcast=True))
    put(conn, following(3, "moved to another prison"))
    edit, reply = send_all(conn)
    assert (edit.alert.revision, reply.alert.revision) == (3, 3)
    assert [line.text for line in reply.alert.changes] == ["charged", "moved to another prison"]
    assert reply.alert.broadcast
    assert outbox.depth(conn)[DeliveryState.SUPERSEDED] == 2


def test_a_stricter_alert_absorbs_nothing_of_a_looser_one(conn: Connection) -> None:
    put(conn, FIRST)
    send_all(conn)
    put(conn, following(2, "Sok Dara charged"))
    put(conn, following(3, "charged", sensitivity=Sensitivity.CODENAME))
    sent = send_all(conn)
    assert all("Sok Dara" not in line.text for d in sent for line in d.alert.changes)


def test_a_channel_that_never_heard_the_beginning_gets_one_message_with_the_present_state(conn: Connection) -> None:
    put(conn, FIRST)
    put(conn, following(2))
    (only,) = send_all(conn)
    assert (only.part, only.root, only.alert.revision) == ("reply", None, 2)
    put(conn, following(3))
    assert [(d.part, d.root is not None) for d in send_all(conn)] == [("edit", True), ("reply", True)]


def test_a_first_report_is_not_held_back_by_a_muted_development(conn: Connection) -> None:
    put(conn, FIRST)
    put(conn, following(2), not_before=NOW + AN_HOUR)
    assert [d.alert.revision for d in send_all(conn)] == [1]
    assert [d.alert.revision for d in send_all(conn, NOW + AN_HOUR)] == [2, 2]


def test_a_withdrawal_is_not_sent_where_nothing_was_told(conn: Connection) -> None:
    put(conn, FIRST)
    put(conn, following(2, kind=AlertKind.CANCEL))
    assert send_all(conn) == []
    assert outbox.unsettled(conn) == 0


def test_new_alerts_go_before_developments_and_those_before_operator_notes(conn: Connection) -> None:
    put(conn, replace(FIRST, id="t", thread="t"))
    send_all(conn)
    put(conn, replace(FIRST, id="op", thread="op", kind=AlertKind.OPERATOR))
    put(conn, replace(following(2), id="t:2", thread="t"))
    put(conn, replace(FIRST, id="n", thread="n"))
    put(conn, replace(following(5), id="u:5", thread="never told"))
    order = [d.alert.thread for d in send_all(conn)]
    assert order == ["n", "never told", "t", "t", "op"]


def test_superseding_takes_back_what_is_queued_and_only_that(conn: Connection) -> None:
    put(conn, FIRST)
    sending = next_of(conn)
    put(conn, following(2))
    assert outbox.supersede(conn, "i-1", NOW, "hold") == 2
    assert sending
    assert outbox.depth(conn)[DeliveryState.SENDING] == 1


def test_a_gate_closes_the_whole_channel_and_survives(engine: Engine) -> None:
    with engine.begin() as conn:
        put(conn, FIRST)
        put(conn, replace(FIRST, id="i-2:1", thread="i-2"))
        delivery = next_of(conn)
        assert delivery
        told = Outcome(verdict=Verdict.NOT_SENT, retry_after_s=30, refused="channel", why="ratelimited")
        outbox.record(conn, delivery, retry.after_send(delivery, told, NOW, TERMS), NOW)
    with engine.begin() as conn:
        assert next_of(conn, NOW + timedelta(seconds=29)) is None
        assert outbox.next_due(conn, "kh", NOW) == NOW + timedelta(seconds=30)
        assert next_of(conn, NOW + timedelta(seconds=30)) is not None


def test_a_clock_that_ran_ahead_does_not_close_a_channel_for_years(conn: Connection) -> None:
    ahead = NOW + timedelta(days=4_000)
    put(conn, FIRST, now=ahead)
    outbox.claim(conn, "other", ahead, 1.0)
    put(conn, replace(FIRST, id="x", thread="x"))
    send_all(conn, ahead)
    put(conn, replace(FIRST, id="y", thread="y"))
    assert next_of(conn) is not None


def test_a_channel_that_is_configured_no_more_loses_its_queue_aloud(conn: Connection) -> None:
    put(conn, FIRST)
    assert outbox.abandon(conn, ["duty"], NOW) == ("kh",)
    assert outbox.depth(conn)[DeliveryState.DEAD] == 1
    assert outbox.abandon(conn, ["duty"], NOW) == ()


def test_a_message_on_trial_is_no_beginning_of_a_live_thread(conn: Connection) -> None:
    put(conn, FIRST, trial=True)
    send_all(conn)
    assert outbox.told(conn, "i-1") == ()
    put(conn, following(2))
    (only,) = send_all(conn)
    assert (only.root, only.trial) == (None, False)
    assert len(outbox.told(conn, "i-1")) == 1


def test_the_oldest_undelivered_is_told_until_all_is_settled(conn: Connection) -> None:
    assert outbox.oldest_undelivered(conn) is None
    put(conn, FIRST)
    put(conn, following(2), now=NOW + AN_HOUR)
    assert outbox.oldest_undelivered(conn) == NOW
    send_all(conn, NOW + AN_HOUR)
    assert outbox.oldest_undelivered(conn) is None


def test_any_text_survives_the_row(conn: Connection) -> None:
    odd = replace(FIRST, title="\x00 NUL \ud83d lone \u202e bidi 😀 ស្រី")
    put(conn, odd)
    delivery = next_of(conn)
    assert delivery
    assert delivery.alert == odd
