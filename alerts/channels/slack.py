"""Slack: a delivery in, one message posted or edited through slack-sdk, Outcome out; unknown outcomes are looked up by metadata key."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from alerts.channels import slack_layout
from alerts.channels.protocol import Payload, Secrets, Wrong
from alerts.channels.slack_answers import Answer, failed
from alerts.channels.slack_door import TIMEOUT_S, Door
from alerts.channels.words import REPLIES, wrong_timezone
from alerts.errors import ChannelError
from alerts.model import AlertKind, Delivery, Outcome, Receipt, Severity, Verdict

PACE_S = 1.0  #: seconds between two messages of a channel. Source: docs.slack.dev/apis/web-api/rate-limits, "1 per second per channel"
QUIET_S = (
    60.0  #: seconds before the look-up: the time limit of one exchange and as much again for commits that come late
)
CLOCK_SKEW = timedelta(minutes=15)  #: how far Slack's clock and ours may be apart when history is asked for "since"
PAGE_MESSAGES = 200  #: messages; Slack recommends no more a page
MAX_PAGES = 100
RECALLS = 5  #: tries to delete one message while Slack asks for patience

_CHANNEL_ID = re.compile(r"[CGD][A-Z0-9]{6,20}")
_GROUP_ID = re.compile(r"S[A-Z0-9]{6,20}")
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """A Slack channel in alerts.yaml. channel: its id. mention: by severity, the id of a user group that is woken. timezone: of times shown."""

    channel: str
    mention: Mapping[str, str] = field(default_factory=dict)
    timezone: str = "UTC"


class Slack:
    """One channel of a Slack workspace."""

    pace_s = PACE_S

    def __init__(
        self,
        name: str,
        settings: Settings,
        door: Door,
        quiet_s: float = QUIET_S,
        *,
        buttons: Mapping[str, str] | None = None,
    ) -> None:
        self.name = name
        self.quiet_s = quiet_s
        self._settings = settings
        self._zone = ZoneInfo(settings.timezone)
        self._door = door
        self._buttons = buttons or {}

    def render(self, delivery: Delivery) -> Payload:
        """The call to make: a new message, an edit of the thread's first message, or a reply under it."""
        return slack_layout.arguments(
            delivery, self._settings.channel, self._settings.mention, self._zone, self._buttons
        )

    async def send(self, payload: Payload) -> Outcome:
        """One call, once. A message without its metadata could not be looked up later: that is told as a warning."""
        answer = await self._door.write(payload["method"], payload["arguments"])
        channel, ts = answer.body.get("channel"), answer.body.get("ts")
        if not answer.ok:
            return failed(answer)
        if not isinstance(channel, str) or not isinstance(ts, str):
            return Outcome(verdict=Verdict.UNKNOWN, why="ok without channel and ts")
        receipt = Receipt(
            channel=self.name, address=channel, handle={"channel": channel, "ts": ts, "key": payload["key"]}
        )
        posts = payload["method"] == "chat.postMessage"
        kept = not posts or _key(answer.body.get("message")) == payload["key"]
        return Outcome(verdict=Verdict.SENT, receipt=receipt, warnings=() if kept else ("Slack dropped the metadata",))

    async def find(self, delivery: Delivery) -> Outcome | None:
        """Whether the message with the delivery's key is in the channel, or under its thread; an edit can simply be repeated."""
        if delivery.part == "edit":
            return Outcome(verdict=Verdict.NOT_SENT, why="an edit may be repeated")
        found = await self._look(delivery)
        if isinstance(found, Outcome):
            return found
        where, hits = found
        if not hits:
            return Outcome(verdict=Verdict.NOT_SENT, why="not in the channel")
        return self._stands(delivery, where, min(hits, key=float))

    async def heal(self, delivery: Delivery) -> Outcome | None:
        """Where a message stands more than once, all but one are edited to say so: the one its thread goes on under stays, else the oldest."""
        if delivery.part == "edit":
            return None
        found = await self._look(delivery)
        if isinstance(found, Outcome):
            return found
        where, hits = found
        if not hits:
            return Outcome(verdict=Verdict.NOT_SENT, why="not in the channel")
        held = delivery.receipt.handle.get("ts", "") if delivery.receipt else ""
        kept = held if held in hits else min(hits, key=float)
        for ts in sorted(set(hits) - {kept}, key=float):
            answer = await self._door.write("chat.update", slack_layout.doubled(delivery, where, ts))
            if not answer.ok and failed(answer).verdict is not Verdict.REFUSED:
                return _look_failed(answer, replies=False)
        return self._stands(delivery, where, kept)

    async def recall(self, handle: Mapping[str, str]) -> str | None:
        """Delete a message of ours: None when it is gone, else why it still stands. Slack lets an app delete its own messages at any age."""
        arguments = {"channel": handle.get("channel", ""), "ts": handle.get("ts", "")}
        for _ in range(RECALLS):
            answer = await self._door.write("chat.delete", arguments)
            if answer.ok or answer.body.get("error") == "message_not_found":
                return None
            outcome = failed(answer)
            if outcome.retry_after_s is None:
                break
            await asyncio.sleep(outcome.retry_after_s)
        return outcome.why

    def _stands(self, delivery: Delivery, where: str, ts: str) -> Outcome:
        handle = {"channel": where, "ts": ts, "key": delivery.key}
        receipt = Receipt(channel=self.name, address=where, handle=handle)
        return Outcome(verdict=Verdict.SENT, why="found in the channel", receipt=receipt)

    async def _look(self, delivery: Delivery) -> tuple[str, list[str]] | Outcome:
        """The channel's id and the moments of all messages with the delivery's key that do not yet say that they are doubles."""
        root = delivery.root
        method, where = "conversations.history", {"channel": self._settings.channel}
        if delivery.part in REPLIES and root is not None:  # replies are not in a channel's history
            method, where = "conversations.replies", {"channel": root.handle["channel"], "ts": root.handle["ts"]}
        since = delivery.started - CLOCK_SKEW if delivery.started else None
        asked = {**where, "include_all_metadata": True, "inclusive": True, "limit": PAGE_MESSAGES}
        asked |= {"oldest": f"{since.timestamp():.6f}"} if since else {}
        hits: list[str] = []
        for _ in range(MAX_PAGES):
            answer = await self._door.read(method, asked)
            if not answer.ok:
                return _look_failed(answer, replies=method == "conversations.replies")
            hits += [
                m["ts"]
                for m in _messages(answer)
                if _key(m) == delivery.key and isinstance(m.get("ts"), str) and m.get("text") != slack_layout.DOUBLED
            ]
            cursor = _next(answer)
            if not cursor:
                break
            asked["cursor"] = cursor
        else:
            return Outcome(verdict=Verdict.UNKNOWN, why="the history is too long to look through")
        return where["channel"], hits


def _look_failed(answer: Answer, *, replies: bool) -> Outcome:
    """A look-up that failed proves nothing; one that is not allowed says so, since waiting will not help."""
    outcome = failed(answer)
    if replies and outcome.refused == "thread":
        return Outcome(verdict=Verdict.NOT_SENT, why="its thread is gone")
    if outcome.verdict is Verdict.REFUSED:
        return Outcome(verdict=Verdict.REFUSED, refused=outcome.refused, why=f"the look-up is refused: {outcome.why}")
    return Outcome(
        verdict=Verdict.UNKNOWN, why=f"the look-up failed: {outcome.why}", retry_after_s=outcome.retry_after_s
    )


def _messages(answer: Answer) -> Iterator[Mapping[str, Any]]:
    found = answer.body.get("messages")
    yield from (m for m in found if isinstance(m, dict)) if isinstance(found, list) else ()


def _next(answer: Answer) -> str:
    more = answer.body.get("response_metadata")
    cursor = more.get("next_cursor") if isinstance(more, dict) else None
    return cursor if isinstance(cursor, str) else ""


def _key(message: Any) -> str | None:
    """The opaque key in a message's metadata; None when there is none of ours."""
    metadata = message.get("metadata") if isinstance(message, dict) else None
    held = (
        metadata.get("event_payload")
        if isinstance(metadata, dict) and metadata.get("event_type") == slack_layout.EVENT_TYPE
        else None
    )
    return held.get("key") if isinstance(held, dict) else None


def build(name: str, settings: Settings, secrets: Secrets) -> Slack:
    """A Slack channel. Raises ChannelError without a token."""
    if not secrets.slack_token:
        raise ChannelError(f"channel {name}: no Slack token; set HRD_MONITOR_SLACK_TOKEN to the bot token (xoxb-…)")
    door = Door(secrets.slack_token, secrets.slack_api_url, secrets.proxy, TIMEOUT_S / secrets.patience)
    return Slack(name, settings, door, QUIET_S / secrets.patience, buttons=secrets.buttons)


def addresses(settings: Settings) -> tuple[str, ...]:
    """The one Slack channel."""
    return (settings.channel,)


def parts(kind: AlertKind) -> tuple[str, ...]:
    """Developments edit the first message, so that it shows the present state, and reply under it, so that they are noticed."""
    return ("edit", "reply") if kind in {AlertKind.UPDATE, AlertKind.CANCEL} else ("post",)


def wrong(settings: Settings) -> tuple[Wrong, ...]:
    """The settings that cannot work, with what to write instead."""
    found = list(wrong_timezone(settings.timezone))
    if not _CHANNEL_ID.fullmatch(settings.channel):
        fix = "write the id: in Slack, the channel's name, About, at the bottom: C0123456789"
        if settings.channel.startswith("#"):
            fix = "run `hrd-monitor channels check`: it asks Slack for the id"
        found.append(Wrong(key="channel", what=f"{settings.channel!r} is no channel id", fix=fix))
    for severity, group in settings.mention.items():
        if severity not in set(Severity):
            found.append(
                Wrong(
                    key="mention", what=f"there is no severity {severity!r}", fix=f"write one of {', '.join(Severity)}"
                )
            )
        if not _GROUP_ID.fullmatch(group):
            found.append(
                Wrong(key="mention", what=f"{group!r} is no user group id", fix="write an id like S0123456789")
            )
    return tuple(found)


def check(secrets: Secrets) -> tuple[Wrong, ...]:
    """The secrets that are missing or would give the token away."""
    found = []
    if not secrets.slack_token:
        found.append(Wrong(key="", what="no Slack token", fix="set HRD_MONITOR_SLACK_TOKEN to the bot token (xoxb-…)"))
    url = urlsplit(secrets.slack_api_url or "https://slack.com/api/")
    if url.scheme != "https" and not (url.scheme == "http" and url.hostname in _LOOPBACK):
        fix = "write https://…; plain http is for this machine only"
        found.append(Wrong(key="", what="HRD_MONITOR_SLACK_API_URL would send the token in clear", fix=fix))
    return tuple(found)
