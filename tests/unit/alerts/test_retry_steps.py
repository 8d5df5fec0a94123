"""Outcome, history and now give the next state: nothing proven sent or unknown is ever simply queued again."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from alerts import retry
from alerts.model import Delivery, DeliveryState, Outcome, Receipt, Verdict
from tests.fakes.alerts import FIRST, NOW

TERMS = retry.Terms(pace_s=1.0, quiet_s=60.0)
ROOT = Receipt(channel="kh", address="C1", handle={"channel": "C1", "ts": "1.000001"})
SENDING = Delivery(
    id=1, key="k" * 32, alert=FIRST, channel="kh", address="C1", part="post", state=DeliveryState.SENDING, attempt=1, not_before=NOW, started=NOW, due=NOW
)  # fmt: skip


def sent(outcome: Outcome, delivery: Delivery = SENDING, at_s: float = 0.0) -> retry.Step:
    return retry.after_send(delivery, outcome, NOW + timedelta(seconds=at_s), TERMS)


def looked(outcome: Outcome | None, delivery: Delivery = SENDING, at_s: float = 60.0) -> retry.Step:
    unknown = replace(delivery, state=DeliveryState.UNKNOWN)
    return retry.after_look(unknown, outcome, NOW + timedelta(seconds=at_s), TERMS)


def seconds(step: retry.Step, at_s: float = 0.0) -> float:
    return (step.not_before - NOW).total_seconds() - at_s


def test_a_sent_message_is_done_and_the_channel_is_paced() -> None:
    step = sent(Outcome(verdict=Verdict.SENT, receipt=ROOT))
    assert (step.state, step.receipt, step.trouble) == (DeliveryState.SENT, ROOT, None)
    assert step.gate == NOW + timedelta(seconds=1)


def test_a_warning_on_a_sent_message_is_trouble_without_a_second_sending() -> None:
    step = sent(Outcome(verdict=Verdict.SENT, warnings=("Slack dropped the metadata",)))
    assert (step.state, step.trouble) == (DeliveryState.SENT, "metadata")


def test_an_unknown_outcome_waits_the_quiet_period_and_is_not_queued() -> None:
    step = sent(Outcome(verdict=Verdict.UNKNOWN, why="timeout"))
    assert (step.state, seconds(step), step.flagged) == (DeliveryState.UNKNOWN, 60.0, False)


@pytest.mark.parametrize(("attempt", "wait"), [(1, 2.0), (2, 10.0), (5, 300.0), (8, 3_600.0), (50, 3_600.0)])
def test_what_was_not_sent_is_tried_again_ever_later_and_never_given_up(attempt: int, wait: float) -> None:
    step = sent(Outcome(verdict=Verdict.NOT_SENT), replace(SENDING, attempt=attempt))
    assert (step.state, seconds(step), step.flagged) == (DeliveryState.QUEUED, wait, False)


def test_retry_after_closes_the_whole_channel() -> None:
    step = sent(Outcome(verdict=Verdict.NOT_SENT, refused="channel", retry_after_s=42.0))
    assert step.gate == step.not_before == NOW + timedelta(seconds=42)


def test_a_server_out_of_reach_closes_the_whole_channel_for_a_moment() -> None:
    step = sent(Outcome(verdict=Verdict.NOT_SENT, refused="channel"), replace(SENDING, attempt=3))
    assert step.gate == step.not_before == NOW + timedelta(seconds=5)


@pytest.mark.parametrize(("layout", "next_"), [("full", "plain"), ("plain", "bare")])
def test_a_refused_layout_is_followed_by_a_plainer_one_at_once(layout: str, next_: str) -> None:
    step = sent(Outcome(verdict=Verdict.REFUSED, refused="message"), replace(SENDING, layout=layout))
    assert (step.state, step.layout, seconds(step)) == (DeliveryState.QUEUED, next_, 0.0)


def test_the_barest_layout_refused_is_dead_and_told() -> None:
    step = sent(Outcome(verdict=Verdict.REFUSED, refused="message"), replace(SENDING, layout="bare"))
    assert (step.state, step.trouble) == (DeliveryState.DEAD, "dead")


def test_a_refused_thread_sends_a_reply_on_its_own_and_leaves_the_edit() -> None:
    gone = Outcome(verdict=Verdict.REFUSED, refused="thread", why="thread_not_found")
    reply = sent(gone, replace(SENDING, part="reply", root=ROOT))
    assert (reply.state, reply.alone) == (DeliveryState.QUEUED, True)
    assert sent(gone, replace(SENDING, part="edit", root=ROOT)).state is DeliveryState.SUPERSEDED
    assert sent(gone, replace(SENDING, part="reply", alone=True)).state is DeliveryState.DEAD


def test_refused_credentials_keep_the_queue_and_close_the_channel_until_the_next_probe() -> None:
    step = sent(Outcome(verdict=Verdict.REFUSED, refused="auth"))
    assert (step.state, step.trouble, seconds(step)) == (DeliveryState.QUEUED, "auth", 60.0)
    assert step.gate == step.not_before


def test_a_refused_channel_is_dead_and_told() -> None:
    step = sent(Outcome(verdict=Verdict.REFUSED, refused="channel", why="is_archived"))
    assert (step.state, step.trouble, step.why) == (DeliveryState.DEAD, "dead", "is_archived")


def test_what_is_found_is_sent_and_what_is_not_is_sent_again_flagged() -> None:
    assert looked(Outcome(verdict=Verdict.SENT, receipt=ROOT)).state is DeliveryState.SENT
    again = looked(Outcome(verdict=Verdict.NOT_SENT))
    assert (again.state, again.flagged) == (DeliveryState.QUEUED, True)


def test_an_edit_is_repeated_without_a_flag() -> None:
    assert looked(Outcome(verdict=Verdict.NOT_SENT), replace(SENDING, part="edit")).flagged is False


def test_a_failed_look_up_looks_again_and_sends_nothing() -> None:
    step = looked(Outcome(verdict=Verdict.UNKNOWN))
    assert (step.state, seconds(step, 60.0), step.trouble) == (DeliveryState.UNKNOWN, 10.0, None)
    assert looked(Outcome(verdict=Verdict.UNKNOWN), at_s=301).trouble == "late"
    assert seconds(looked(Outcome(verdict=Verdict.UNKNOWN, retry_after_s=33.0)), 60.0) == 33.0


def test_a_forbidden_look_up_is_told_and_ends_in_one_flagged_sending() -> None:
    refused = Outcome(verdict=Verdict.REFUSED, refused="auth", why="missing_scope")
    early, late = looked(refused), looked(refused, at_s=901)
    assert (early.state, early.trouble) == (DeliveryState.UNKNOWN, "auth")
    assert (late.state, late.flagged) == (DeliveryState.QUEUED, True)


def test_without_a_look_up_one_flagged_sending_follows_each_unknown_until_it_is_given_up_aloud() -> None:
    first = looked(None)
    assert (first.state, first.flagged) == (DeliveryState.QUEUED, True)
    last = looked(None, replace(SENDING, attempt=retry.MAX_BLIND_SENDS))
    assert (last.state, last.trouble) == (DeliveryState.DEAD, "dead")


def test_an_alert_that_is_late_is_told() -> None:
    assert sent(Outcome(verdict=Verdict.NOT_SENT), at_s=299).trouble is None
    assert sent(Outcome(verdict=Verdict.NOT_SENT), at_s=300).trouble == "late"
