"""What Slack answered → Outcome: what is proven sent, proven not sent, refused for which reason, and everything else unknown; pure.

Source of the codes: docs.slack.dev, "Errors" of chat.postMessage, chat.update and conversations.history.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from alerts.model import Outcome, Verdict

DEFAULT_RETRY_AFTER_S = 30.0  #: seconds, when Slack asks to wait without saying how long
MAX_RETRY_AFTER_S = 3_600.0  #: seconds; a longer wish is a broken answer

_WAIT = frozenset({"ratelimited", "rate_limited", "message_limit_exceeded"})
_MESSAGE = frozenset({
    "msg_too_long", "no_text", "invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "too_many_attachments",
    "invalid_arguments", "metadata_too_large", "invalid_metadata_format", "metadata_must_be_sent_from_app", "block_mismatch",
})  # fmt: skip
_THREAD = frozenset({
    "thread_not_found", "cannot_reply_to_message", "message_not_found", "edit_window_closed", "cant_update_message",
    "cant_broadcast_message",
})  # fmt: skip
_CHANNEL = frozenset({"channel_not_found", "not_in_channel", "is_archived", "is_inactive"})
_AUTH = frozenset({
    "invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive", "missing_scope", "org_login_required",
    "team_added_to_org", "ekm_access_denied", "not_allowed_token_type", "access_denied",
})  # fmt: skip
_CODE = re.compile(r"[a-z0-9_]{1,60}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back from one call. reached: False when no connection was made. status: None when no answer came at all."""

    reached: bool = True
    status: int | None = None
    body: Mapping[str, Any] = field(default_factory=dict, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    why: str = ""

    @property
    def ok(self) -> bool:
        """Whether Slack said, in a whole answer, that it did what was asked."""
        return self.status == 200 and self.body.get("ok") is True

    @property
    def code(self) -> str:
        """Slack's error code; "" when there is none or the answer is no answer of Slack's."""
        code = self.body.get("error")
        return code if isinstance(code, str) and _CODE.fullmatch(code) else ""


def failed(answer: Answer) -> Outcome:
    """What an answer that is not ok proves; a code nobody listed proves nothing."""
    if not answer.reached:
        return Outcome(verdict=Verdict.NOT_SENT, refused="channel", why=f"Slack could not be reached: {answer.why}")
    code = answer.code
    if answer.status == 429 or code in _WAIT:
        return Outcome(
            verdict=Verdict.NOT_SENT, refused="channel", why=code or "ratelimited", retry_after_s=_retry_after(answer)
        )
    if answer.status == 200 and code:
        for refused, codes in (("message", _MESSAGE), ("thread", _THREAD), ("channel", _CHANNEL), ("auth", _AUTH)):
            if code in codes or (refused == "channel" and code.startswith("restricted_action")):
                return Outcome(verdict=Verdict.REFUSED, refused=refused, why=code)
    status = f"HTTP {answer.status}" if answer.status is not None else ""
    return Outcome(verdict=Verdict.UNKNOWN, why=code or answer.why or status or "unreadable answer")


def _retry_after(answer: Answer) -> float:
    """The wait Slack asks for. Source: docs.slack.dev/apis/web-api/rate-limits: the Retry-After header, whole seconds."""
    try:
        asked = float(answer.headers.get("retry-after", DEFAULT_RETRY_AFTER_S))
    except ValueError:
        asked = DEFAULT_RETRY_AFTER_S
    return min(max(asked, 1.0), MAX_RETRY_AFTER_S)
