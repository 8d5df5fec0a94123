"""Every answer of Slack's has its class; what nobody listed is unknown."""

from __future__ import annotations

import pytest

from alerts.channels.slack_answers import Answer, failed
from alerts.model import Verdict


def refused(code: str) -> Answer:
    return Answer(status=200, body={"ok": False, "error": code})


@pytest.mark.parametrize(
    ("codes", "what"),
    [
        (
            "msg_too_long no_text invalid_blocks invalid_blocks_format msg_blocks_too_long too_many_attachments invalid_arguments",
            "message",
        ),
        ("metadata_too_large invalid_metadata_format", "message"),
        ("thread_not_found cannot_reply_to_message message_not_found edit_window_closed cant_update_message", "thread"),
        (
            "channel_not_found not_in_channel is_archived restricted_action restricted_action_read_only_channel",
            "channel",
        ),
        (
            "invalid_auth not_authed token_revoked token_expired account_inactive missing_scope org_login_required",
            "auth",
        ),
        ("team_added_to_org ekm_access_denied", "auth"),
    ],
)
def test_a_refusal_says_what_was_refused(codes: str, what: str) -> None:
    for code in codes.split():
        outcome = failed(refused(code))
        assert (outcome.verdict, outcome.refused, outcome.why) == (Verdict.REFUSED, what, code)


@pytest.mark.parametrize("code", ["ratelimited", "rate_limited", "message_limit_exceeded"])
def test_a_rate_limit_was_not_sent(code: str) -> None:
    assert failed(refused(code)).verdict is Verdict.NOT_SENT


@pytest.mark.parametrize(
    ("header", "wait"), [("7", 7.0), ("0", 1.0), ("soon", 30.0), ("999999", 3_600.0), (None, 30.0)]
)
def test_retry_after_is_read_and_bounded(header: str | None, wait: float) -> None:
    headers = {} if header is None else {"retry-after": header}
    assert failed(Answer(status=429, headers=headers)).retry_after_s == wait


@pytest.mark.parametrize(
    "answer",
    [
        Answer(why="timeout"),
        Answer(status=500),
        Answer(status=503, body={"ok": False, "error": "not_in_channel"}),
        Answer(status=200),
        Answer(status=200, body={"ok": "yes"}),
        Answer(status=302),
        *map(refused, ["internal_error", "fatal_error", "request_timeout", "service_unavailable", "never_heard_of_it"]),
        Answer(status=200, body={"ok": False, "error": "Received a response in a non-JSON format: Sok Dara"}),
        Answer(status=200, body={"ok": False, "error": ["Sok Dara"]}),
    ],
)
def test_everything_else_is_unknown_and_quotes_nobody(answer: Answer) -> None:
    outcome = failed(answer)
    assert outcome.verdict is Verdict.UNKNOWN
    assert outcome.why
    assert "Dara" not in outcome.why


def test_a_connection_that_was_never_made_sent_nothing() -> None:
    assert failed(Answer(reached=False, why="gaierror")).verdict is Verdict.NOT_SENT
