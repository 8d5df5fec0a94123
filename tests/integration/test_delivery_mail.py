"""Real SMTP with faults at every stage: each recipient gets the mail, twice only with the same Message-ID and the words that say so."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from alerts.channels import Secrets, build, console, destination, email
from tests.fakes.alerts import FIRST, KilledError, Post, database, dies_at, following, routing_to
from tests.fakes.smtp import FakeSmtp

DUPLICATE = "may be a duplicate"
DUTY, DESK = "duty@ngo.example", "desk@ngo.example"


@pytest.fixture
def server() -> Iterator[FakeSmtp]:
    with FakeSmtp() as running:
        yield running


@pytest.fixture
def post(server: FakeSmtp) -> Iterator[Post]:
    """An outbox with one mail channel and a console for the operator."""
    with database() as engine:
        yield _post(engine, server.url)


def _post(engine: Any, url: str, to: tuple[str, ...] = (DUTY,), **options: Any) -> Post:
    secrets = Secrets(smtp_url=url, mail_from="alerts@ngo.example", patience=100.0)
    settings = email.Settings(to=to)
    channels = {
        "duty": build("duty", "email", settings, secrets),
        "terminal": build("terminal", "console", console.Settings(), secrets),
    }
    destinations = {"duty": destination("email", settings), "terminal": destination("console", console.Settings())}
    return Post(
        engine,
        channels,
        destinations,
        routing_to("duty", operator=("terminal",)),
        **{"reconcile_after_s": 600.0, **options},
    )


def states(post: Post) -> list[str]:
    return [state for channel, state in post.rows("channel", "state") if channel == "duty"]


def body(server: FakeSmtp, n: int = -1) -> str:
    part = server.mails[n].parsed.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


async def test_an_alert_and_its_development_are_one_thread_without_a_name_in_the_subject(
    post: Post, server: FakeSmtp
) -> None:
    post.enqueue(FIRST)
    post.enqueue(following(2, "He was charged"))
    await post.settle()
    post.enqueue(following(3, "He was released", broadcast=True))
    await post.settle()
    first, second = (m.parsed for m in server.mails)
    assert first["References"] == second["References"] == second["In-Reply-To"]
    assert first["Message-ID"] != second["Message-ID"]
    assert "Sok Dara" not in first["Subject"] + second["Subject"]
    assert first["Auto-Submitted"] == "auto-generated"
    assert "He was released" in body(server)


@pytest.mark.parametrize(
    "fault",
    [
        {"stage": "connect", "act": "drop"},
        {"stage": "connect", "act": "reply", "code": 421},
        {"stage": "connect", "act": "reply", "code": 554},
        {"stage": "mail", "act": "reply", "code": 451},
        {"stage": "mail", "act": "drop"},
        {"stage": "rcpt", "act": "reply", "code": 450},
        {"stage": "rcpt", "act": "hang", "delay": 3},
        {"stage": "data", "act": "reply", "code": 452},
        {"stage": "data", "act": "drop"},
        {"stage": "dot", "act": "reply", "code": 451},
    ],
    ids=lambda f: f"{f['stage']}-{f['act']}-{f.get('code', '')}",
)
async def test_what_is_proven_not_taken_is_sent_again_without_a_flag(
    post: Post, server: FakeSmtp, fault: dict[str, Any]
) -> None:
    server.break_(**fault)
    post.enqueue(FIRST)
    await post.settle()
    assert post.rows("state", "attempt") == [("sent", 2)]
    assert len(server.mails) == 1
    assert DUPLICATE not in body(server)


@pytest.mark.parametrize("keep", [True, False])
@pytest.mark.parametrize("act", ["drop", "hang"])
async def test_silence_after_the_final_dot_ends_in_one_flagged_mail_with_the_same_id(
    post: Post, server: FakeSmtp, act: str, keep: bool
) -> None:
    post = _post(post.engine, server.url)
    post.channels["duty"]._final_s = 0.3  # type: ignore[attr-defined]  # ten minutes in production
    server.break_(stage="dot", act=act, keep=keep, delay=1)
    post.enqueue(FIRST)
    await post.deliver()
    assert states(post) == ["unknown"]
    await post.settle()
    assert states(post) == ["sent"]
    assert len({m.parsed["Message-ID"] for m in server.mails}) == 1
    assert [DUPLICATE in body(server, n) for n in range(len(server.mails))] == ([False, True] if keep else [True])


async def test_a_mail_that_is_never_confirmed_is_given_up_aloud(post: Post, server: FakeSmtp, capsys: Any) -> None:
    server.break_(stage="dot", act="drop", times=-1)
    post.enqueue(FIRST)
    await post.settle()
    assert states(post) == ["dead"]
    assert "could not be delivered" in capsys.readouterr().out


async def test_a_refused_recipient_keeps_nobody_else_from_the_mail(server: FakeSmtp, capsys: Any) -> None:
    server.break_(stage="rcpt", act="reply", code=550, match=DUTY, times=-1)
    with database() as engine:
        post = _post(engine, server.url, (DUTY, DESK))
        post.enqueue(FIRST)
        await post.settle()
        assert dict(row for row in post.rows("address", "state") if row[0]) == {DUTY: "dead", DESK: "sent"}
        assert [m.recipients for m in server.mails] == [(DESK,)]
        assert "given up" in capsys.readouterr().out


async def test_refused_content_is_sent_once_more_as_plain_text(post: Post, server: FakeSmtp) -> None:
    server.break_(stage="dot", act="reply", code=554)
    post.enqueue(FIRST)
    await post.settle()
    (mail,) = server.mails
    assert mail.parsed.get_content_type() == "text/plain"


async def test_a_refused_password_keeps_the_queue_and_tells_the_operator_elsewhere(capsys: Any) -> None:
    with FakeSmtp(auth=True) as server, database() as engine:
        wrong = _post(engine, server.url.replace("not-a-secret", "wrong"))
        wrong.enqueue(FIRST)
        await wrong.deliver(times=2)
        assert states(wrong) == ["queued"]
        assert "refuses our credentials" in capsys.readouterr().out
        right = _post(engine, server.url)
        right.clock.move(61)
        await right.settle()
        assert states(right) == ["sent"]


@pytest.mark.parametrize("point", ["after_intent", "after_send", "before_record", "after_record"])
async def test_a_process_killed_anywhere_leaves_one_mail_or_a_flagged_second_with_the_same_id(
    server: FakeSmtp, point: str
) -> None:
    with database() as engine:
        post = _post(engine, server.url, passing=dies_at(point))
        post.enqueue(FIRST)
        with pytest.raises(KilledError):
            await post.deliver()
        post.restart(passing=lambda _name: None)
        await post.settle()
        assert states(post) == ["sent"]
        assert len({m.parsed["Message-ID"] for m in server.mails}) == 1
        flagged = [DUPLICATE in body(server, n) for n in range(len(server.mails))]
        assert flagged == {"after_intent": [True], "after_record": [False]}.get(point, [False, True])


async def test_a_server_without_tls_gets_no_mail_where_tls_is_demanded(server: FakeSmtp) -> None:
    with database() as engine:
        post = _post(engine, server.url.replace("smtp://", "smtp+starttls://"))
        post.enqueue(FIRST)
        await post.deliver()
        assert states(post) == ["queued"]
        assert server.mails == []
