"""Real slack-sdk against the strict double: whatever breaks and wherever the process dies, one message, or one that says it may be a duplicate."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest

from alerts import outbox
from alerts.channels import Secrets, build, console, destination, slack
from alerts.model import AlertKind, DeliveryState
from tests.fakes.alerts import FIRST, KilledError, Post, database, dies_at, following, routing_to
from tests.fakes.slack import FakeSlack

DUPLICATE = "may be a duplicate"
PATIENCE = 60.0  #: a send that hangs is given up after half a second

AFTER_COMMIT: list[dict[str, Any]] = [
    {"mode": "reset"},
    {"mode": "close"},
    {"mode": "empty"},
    {"mode": "garbage"},
    {"mode": "truncate"},
    {"mode": "http", "status": 500},
    {"mode": "http", "status": 502, "body": "Bad gateway", "content_type": "text/plain"},
    {"mode": "http", "status": 302, "body": ""},
    {"mode": "http", "status": 200, "body": "[1]", "content_type": "application/json"},
    {"mode": "http", "status": 200, "body": "null", "content_type": "application/json"},
    {"mode": "error", "error": "internal_error"},
    {"mode": "error", "error": "a_code_nobody_has_heard_of"},
    {"mode": "error", "error": "fatal_error", "status": 503},
    {"mode": "hang", "delay": 2},
]


@pytest.fixture
def double() -> Iterator[FakeSlack]:
    with FakeSlack() as running:
        yield running
        assert running.workspace.violations == []


@pytest.fixture
def post(double: FakeSlack) -> Iterator[Post]:
    """An outbox with one Slack channel and a console for the operator; the clock is moved, so the double does not count seconds."""
    double.workspace.config["rate_limits"] = False
    with database() as engine:
        yield _post(engine, double)


def _post(engine: Any, double: FakeSlack, **options: Any) -> Post:
    secrets = Secrets(slack_token=double.token, slack_api_url=double.url, patience=PATIENCE)
    settings = slack.Settings(channel=double.channel)
    channels = {
        "kh": build("kh", "slack", settings, secrets),
        "terminal": build("terminal", "console", console.Settings(), secrets),
    }
    destinations = {"kh": destination("slack", settings), "terminal": destination("console", console.Settings())}
    return Post(
        engine,
        channels,
        destinations,
        routing_to("kh", operator=("terminal",)),
        **{"reconcile_after_s": 60.0, **options},
    )


def states(post: Post) -> list[str]:
    return [state for channel, state in post.rows("channel", "state") if channel == "kh"]


async def test_an_alert_its_development_and_its_withdrawal_are_one_thread(post: Post, double: FakeSlack) -> None:
    post.enqueue(FIRST)
    await post.settle()
    post.enqueue(following(2, "He was charged", broadcast=True))
    await post.settle()
    root, reply = double.workspace.messages()
    assert reply["thread_ts"] == root["ts"]
    assert reply["subtype"] == "thread_broadcast"
    assert "He was charged" in json.dumps(reply)
    assert root["edits"] == 1
    post.enqueue(following(3, "It was somebody else", AlertKind.CANCEL))
    await post.settle()
    root, _, last = double.workspace.messages()
    assert "WITHDRAWN" in root["blocks"][0]["text"]["text"]
    assert "WITHDRAWN" in json.dumps(last)
    assert all(m["text"] == FIRST.preview for m in (root, reply, last)), "previews name nobody"


@pytest.mark.parametrize("fault", AFTER_COMMIT, ids=lambda f: "-".join(map(str, f.values()))[:40])
async def test_a_message_that_arrived_is_found_and_not_sent_again(
    post: Post, double: FakeSlack, fault: dict[str, Any]
) -> None:
    double.break_(method="chat.postMessage", when="after", **fault)
    post.enqueue(FIRST)
    await post.deliver()
    assert states(post) == ["unknown"]
    await post.settle()
    assert states(post) == ["sent"]
    (only,) = double.texts()
    assert DUPLICATE not in only


@pytest.mark.parametrize("fault", AFTER_COMMIT[::3], ids=lambda f: "-".join(map(str, f.values()))[:40])
async def test_a_message_that_did_not_arrive_is_sent_again_and_says_so(
    post: Post, double: FakeSlack, fault: dict[str, Any]
) -> None:
    double.break_(method="chat.postMessage", when="before", **fault)
    post.enqueue(FIRST)
    await post.settle()
    (only,) = double.texts()
    assert DUPLICATE in only


@pytest.mark.parametrize("part", ["chat.update", "chat.postMessage"])
async def test_the_parts_of_a_development_survive_a_reset_after_they_arrived(
    post: Post, double: FakeSlack, part: str
) -> None:
    post.enqueue(FIRST)
    await post.settle()
    double.break_(method=part, when="after", mode="reset")
    post.enqueue(following(2))
    await post.settle()
    assert states(post) == ["sent"] * 3
    assert [DUPLICATE in text for text in double.texts()] == [False, False]


@pytest.mark.parametrize("point", ["after_intent", "during_send", "after_send", "before_record", "after_record"])
async def test_a_process_killed_anywhere_leaves_one_message(double: FakeSlack, point: str) -> None:
    double.workspace.config["rate_limits"] = False
    with database() as engine:
        post = _post(engine, double, passing=dies_at(point))
        post.enqueue(FIRST)
        with pytest.raises(KilledError):
            await post.deliver()
        await asyncio.sleep(0.1)  # what was on its way arrives, or does not
        post.restart(passing=lambda _name: None)
        await post.settle()
        assert states(post) == ["sent"]
        (only,) = double.texts()
        assert (DUPLICATE in only) == (point == "after_intent"), (
            "flagged only where nothing had been sent and nothing could be found"
        )


async def test_a_process_killed_while_looking_looks_again(double: FakeSlack) -> None:
    double.workspace.config["rate_limits"] = False
    double.break_(method="chat.postMessage", when="after", mode="reset")
    with database() as engine:
        post = _post(engine, double, passing=dies_at("in_reconcile"))
        post.enqueue(FIRST)
        with pytest.raises(KilledError):
            await post.settle()
        post.restart(passing=lambda _name: None)
        await post.settle()
        assert len(double.texts()) == 1


async def test_a_commit_that_comes_late_but_within_the_quiet_period_is_found(double: FakeSlack) -> None:
    double.workspace.config["rate_limits"] = False
    double.break_(method="chat.postMessage", mode="late_commit", delay=0.3)
    with database() as engine:
        post = _post(engine, double, reconcile_after_s=0.6, sleep=asyncio.sleep)
        post.enqueue(FIRST)
        end = time.monotonic() + 5
        while time.monotonic() < end and states(post) != ["sent"]:
            await post.deliver()
            await asyncio.sleep(0.05)
        (only,) = double.texts()
        assert DUPLICATE not in only


async def test_nothing_is_sent_again_while_the_look_up_fails(post: Post, double: FakeSlack) -> None:
    double.break_(method="chat.postMessage", when="after", mode="reset")
    double.break_(method="conversations.history", mode="http", status=500, times=-1)
    post.enqueue(FIRST)
    await post.settle(rounds=8)
    assert states(post) == ["unknown"]
    assert len(double.texts()) == 1
    assert sum(call["method"] == "conversations.history" for call in double.workspace.log) >= 4, "it keeps looking"
    double.workspace.faults.clear()
    await post.settle()
    assert states(post) == ["sent"]
    assert len(double.texts()) == 1


async def test_a_server_that_cannot_be_reached_costs_nothing_and_flags_nothing(double: FakeSlack) -> None:
    double.workspace.config["rate_limits"] = False
    with FakeSlack() as gone:
        unreachable = gone.url
    with database() as engine:
        post = _post(engine, double)
        up = post.channels["kh"]
        secrets = Secrets(slack_token=double.token, slack_api_url=unreachable)
        down = {**post.channels, "kh": build("kh", "slack", slack.Settings(channel=double.channel), secrets)}
        post.deliverer.reconfigure(down, post.destinations, post.routing)
        post.enqueue(FIRST)
        await post.deliver()
        assert states(post) == ["queued"]
        post.deliverer.reconfigure({**post.channels, "kh": up}, post.destinations, post.routing)
        await post.settle()
        (only,) = double.texts()
        assert DUPLICATE not in only


async def test_retry_after_is_kept_for_the_channel_over_a_restart(double: FakeSlack) -> None:
    double.break_(method="chat.postMessage", mode="ratelimit", retry_after=2)
    with database() as engine:
        post = _post(engine, double, sleep=asyncio.sleep)
        post.enqueue(FIRST)
        post.enqueue(_another("i-2"))
        await post.deliver()
        assert states(post) == ["queued", "queued"]
        began = time.monotonic()
        while states(post) != ["sent", "sent"] and time.monotonic() - began < 10:
            post.restart()  # every look is a new process
            await post.deliver()
            await asyncio.sleep(0.05)
        assert len(double.texts()) == 2
        assert time.monotonic() - began >= 2.5, "two seconds asked for, one of pacing"


def _another(thread: str) -> Any:

    return replace(FIRST, id=f"{thread}:1", thread=thread)


@pytest.mark.parametrize(("times", "shown"), [(1, "plain_text"), (2, "none")])
async def test_a_refused_layout_is_answered_with_a_plainer_one_at_once(
    post: Post, double: FakeSlack, times: int, shown: str
) -> None:
    double.break_(method="chat.postMessage", mode="error", error="invalid_blocks", times=times)
    post.enqueue(FIRST)
    await post.settle()
    (message,) = double.workspace.messages()
    blocks = message.get("blocks", [])
    assert [b["text"]["type"] for b in blocks] == ([shown] if shown != "none" else [])
    if not blocks:
        assert message["text"] == f"{FIRST.preview} · {FIRST.thread}"


async def test_a_thread_that_is_gone_sends_the_present_state_as_new(post: Post, double: FakeSlack) -> None:
    post.enqueue(FIRST)
    await post.settle()
    double.workspace.channels[double.channel].messages.clear()  # somebody deleted it
    post.enqueue(following(2))
    await post.settle()
    (root,) = double.workspace.messages()
    assert "thread_ts" not in root
    post.enqueue(following(3))
    await post.settle()
    assert [m.get("thread_ts") for m in double.workspace.messages()] == [root["ts"], root["ts"]]


async def test_refused_credentials_keep_the_queue_and_tell_the_operator_elsewhere(
    post: Post, double: FakeSlack, capsys: Any
) -> None:
    double.workspace.config["token_error"] = "token_revoked"
    post.enqueue(FIRST)
    for _ in range(3):
        await post.deliver()
        post.clock.move(61)
    assert states(post) == ["queued"]
    said = capsys.readouterr().out
    assert said.count("refuses our credentials") >= 1
    assert said.count("■") == 1, "once an hour, not once a try"
    assert "Sok Dara" not in said
    double.workspace.config["token_error"] = None
    await post.settle()
    assert states(post) == ["sent"]
    assert DUPLICATE not in double.texts()[0]


async def test_a_channel_that_is_archived_is_given_up_aloud(post: Post, double: FakeSlack, capsys: Any) -> None:
    double.workspace.channels[double.channel].archived = True
    post.enqueue(FIRST)
    await post.settle()
    assert states(post) == ["dead"]
    assert "could not be delivered" in capsys.readouterr().out


async def test_a_look_up_that_is_forbidden_ends_in_one_flagged_message_and_a_note(
    post: Post, double: FakeSlack, capsys: Any
) -> None:
    double.workspace.config["scopes"] = {"chat:write"}
    double.break_(method="chat.postMessage", when="before", mode="reset")
    post.enqueue(FIRST)
    await post.settle()
    (only,) = double.texts()
    assert DUPLICATE in only
    assert "kh" in capsys.readouterr().out


async def test_metadata_that_does_not_come_back_is_told(post: Post, double: FakeSlack, capsys: Any) -> None:
    answer = json.dumps({"ok": True, "channel": double.channel, "ts": "1.000001", "message": {"text": "…"}})
    double.break_(method="chat.postMessage", mode="http", status=200, body=answer, content_type="application/json")
    post.enqueue(FIRST)
    await post.settle()
    assert states(post) == ["sent"]
    assert "without the mark" in capsys.readouterr().out


async def test_a_hanging_channel_holds_up_no_other_and_stops_in_time(double: FakeSlack, capsys: Any) -> None:
    double.break_(method="chat.postMessage", when="after", mode="hang", delay=5)
    with database() as engine:
        post = _post(engine, double)
        post.channels["kh"] = build(
            "kh",
            "slack",
            slack.Settings(channel=double.channel),
            Secrets(slack_token=double.token, slack_api_url=double.url),
        )
        post.routing = routing_to("kh", "terminal")
        post.restart()
        post.enqueue(FIRST)
        began = time.monotonic()
        await post.deliverer.deliver(linger_s=0.2)
        assert "Sok Dara" in capsys.readouterr().out
        await post.deliverer.close(deadline_s=0.2)
        assert time.monotonic() - began < 1.5
        assert dict(post.rows("channel", "state")) == {"kh": "unknown", "terminal": "sent"}


async def test_a_queue_drains_at_one_message_a_second(double: FakeSlack) -> None:
    with database() as engine:
        post = _post(engine, double, sleep=asyncio.sleep)
        for n in range(3):
            post.enqueue(_another(f"i-{n}"))
        await post.deliver()
        at = [call["at"] for call in double.workspace.log]
        assert len(at) == 3
        assert all(0.98 <= later - earlier < 1.4 for earlier, later in pairwise(at))


async def test_an_error_answer_that_quotes_a_name_reaches_no_log(post: Post, double: FakeSlack, caplog: Any) -> None:
    caplog.set_level(logging.DEBUG)
    double.break_(method="chat.postMessage", when="after", mode="truncate")
    post.enqueue(FIRST)
    await post.settle()
    assert double.token not in caplog.text
    assert "Sok Dara" not in caplog.text


async def test_an_outbox_that_cannot_be_written_raises_and_loses_nothing(post: Post, double: FakeSlack) -> None:
    real, left = post.transact, [1]

    async def failing(work: Any) -> Any:
        if getattr(getattr(work, "func", None), "__name__", "") == "_record" and left[0]:
            left[0] = 0
            raise OSError("no space left on device")
        return await real(work)

    post.transact = failing  # type: ignore[method-assign]
    post.restart()
    post.enqueue(FIRST)
    with pytest.raises(OSError, match="no space"):
        await post.deliver()
    await post.settle()
    assert states(post) == ["sent"]
    assert len(double.texts()) == 1
    with post.engine.begin() as conn:
        assert outbox.depth(conn)[DeliveryState.SENDING] == 0


async def test_a_proxy_in_the_environment_is_not_used(double: FakeSlack, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    with database() as engine:
        post = _post(engine, double)
        post.enqueue(FIRST)
        await post.deliver()
        assert states(post) == ["sent"]


async def test_a_job_that_is_broken_off_leaves_its_channel_to_the_next(post: Post, double: FakeSlack) -> None:
    double.break_(method="chat.postMessage", mode="slow", delay=0.15)
    post.enqueue(FIRST)
    job = asyncio.create_task(post.deliverer.drain("kh"))
    await asyncio.sleep(0.05)
    job.cancel()
    await asyncio.gather(job, return_exceptions=True)
    assert post.deliverer.busy == 1, "what is being sent ends by itself"
    await post.deliverer.drain("kh")
    assert (post.deliverer.busy, states(post)) == (0, ["sent"])
    post.enqueue(following(2, "He was charged"))
    assert await post.deliverer.look_after() == (), "the channel keeps its pace"
    post.clock.move(2)
    assert await post.deliverer.look_after() == ("kh",)
    await post.deliverer.drain("kh")
    assert len(double.texts()) == 2
    assert await post.deliverer.look_after() == ()
    await post.deliverer.drain("nowhere")


async def test_a_host_that_may_not_begin_sends_nothing(post: Post, double: FakeSlack) -> None:
    may = [False]
    post.restart(still=lambda: may[0])
    post.enqueue(FIRST)
    await post.deliverer.drain("kh")
    assert (states(post), double.texts()) == (["queued"], [])
    may[0] = True
    await post.deliverer.drain("kh")
    assert states(post) == ["sent"]
