"""The frozen values of delivery: Alert in, Outcome and Receipt out; imports nothing of ours.

Times are aware UTC. Every text may hold anything a hostile feed can send: channels escape, cut and defang it, nobody before.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time
from enum import StrEnum


class Severity(StrEnum):
    """How soon a person must act: act now, today, this week, for the record."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Sensitivity(StrEnum):
    """How much may be shown: everything, a code name, or only that something moved. Decided before the alert reaches us."""

    OPEN = "open"
    CODENAME = "codename"
    SILENT = "silent"


class AlertKind(StrEnum):
    """What sort of message an alert is."""

    NEW = "new"
    UPDATE = "update"
    CANCEL = "cancel"
    SUMMARY = "summary"
    DIGEST = "digest"
    OPERATOR = "operator"
    TEST = "test"


class LineStyle(StrEnum):
    """How a line is meant: a labelled field, a quotation with its source, what changed, or a plain note."""

    FIELD = "field"
    QUOTE = "quote"
    CHANGE = "change"
    NOTE = "note"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of an alert. label: "" for none. url: where a quotation can be read."""

    text: str
    style: LineStyle = LineStyle.FIELD
    label: str = ""
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A link under an alert; channels show the domain, never a label that looks like another address."""

    label: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One channel-neutral message.

    id: opaque and stable: the same alert composed twice has the same id. thread: opaque, one per incident. revision: grows within a thread.
    title: headline of the body, may name people. preview: one line without any name: push previews, fallback texts, email subjects.
    lines: the present state in full. changes: what is new since the last message of the thread, for its reply.
    only_to: channel names that replace every route (silent defenders), None for the routes. broadcast: a reply worth the whole channel.
    country act watch organisation tag: what routes match on; routed: further countries they match on, which no reader is shown. exposes: names and ids a reader of this message learns.
    """

    id: str
    thread: str
    revision: int
    kind: AlertKind
    severity: Severity
    sensitivity: Sensitivity
    reason: str
    at: datetime
    title: str
    preview: str
    lines: tuple[Line, ...] = ()
    changes: tuple[Line, ...] = ()
    links: tuple[Link, ...] = ()
    only_to: tuple[str, ...] | None = None
    broadcast: bool = False
    country: tuple[str, ...] = ()
    routed: tuple[str, ...] = ()
    act: str = ""
    watch: tuple[str, ...] = ()
    organisation: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    exposes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What a route or mute asks of an alert; an empty tuple asks nothing. All given keys must hold, any value of a key will do."""

    country: tuple[str, ...] = ()
    act: tuple[str, ...] = ()
    severity: tuple[str, ...] = ()
    watch: tuple[str, ...] = ()
    organisation: tuple[str, ...] = ()
    tag: tuple[str, ...] = ()
    sensitivity: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A rule that picks channels for an alert. further: go on to the next route (`continue: true`)."""

    match: Match
    to: tuple[str, ...]
    further: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Mute:
    """A daily stretch of local time in which matching alerts are held. start after end means over midnight."""

    match: Match
    start: time
    end: time
    timezone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Escalation:
    """Who is asked next when nobody took a matching alert. after_s: seconds."""

    match: Match
    after_s: float
    to: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Flood:
    """How many alerts a channel gets in a window before further ones are grouped. window_s: seconds."""

    messages: int
    window_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Digest:
    """A list of the day's cases at a local time."""

    to: tuple[str, ...]
    at: time
    timezone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Routing:
    """The whole of alerts.yaml that decides who is told: routes in order, mutes, the trial and the operator's channels."""

    routes: tuple[Route, ...]
    operator: tuple[str, ...] = ()
    mute: tuple[Mute, ...] = ()
    trial: tuple[str, ...] | None = None  #: in trial mode every alert goes here instead, headed TRIAL; None = live
    escalate: tuple[Escalation, ...] = ()
    remind: Mapping[str, float] = field(
        default_factory=dict
    )  #: severity → seconds after which nobody's alert is told once more
    flood: Flood | None = None
    digest: tuple[Digest, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """The channel's handle for a sent message (Slack channel and ts, Message-ID): used to edit and to thread."""

    channel: str
    address: str
    handle: Mapping[str, str]


class DeliveryState(StrEnum):
    """Where a delivery stands. unknown: it may have arrived; nothing is sent again before that is settled."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    UNKNOWN = "unknown"
    DEAD = "dead"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One alert on its way to one address of one channel.

    key: opaque, unique, stable over restarts. part: post | edit | reply | remind, separate deliveries, each with its own fate.
    attempt: sends begun so far. flagged: the message must say that it may be a duplicate. started: when the first send began.
    due: when it was first allowed to go out. layout: "full", after a refusal "plain", then "bare" (preview and thread only).
    alone: its thread was refused, so it stands on its own.
    """

    id: int
    key: str
    alert: Alert
    channel: str
    address: str
    part: str
    state: DeliveryState
    attempt: int
    not_before: datetime
    started: datetime | None = None
    receipt: Receipt | None = None
    root: Receipt | None = None  #: the thread's first message on this channel, when one is known
    flagged: bool = False
    trial: bool = False
    why: str = ""
    due: datetime | None = None
    layout: str = "full"
    alone: bool = False


class Verdict(StrEnum):
    """What one attempt proved."""

    SENT = "sent"
    NOT_SENT = "not_sent"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one attempt to send proved, as a value.

    refused: which thing was refused, "message" | "thread" | "channel" | "auth". why: codes and plain words, never a name or token.
    """

    verdict: Verdict
    why: str = ""
    receipt: Receipt | None = None
    retry_after_s: float | None = None
    refused: str | None = None
    warnings: tuple[str, ...] = field(default=())
