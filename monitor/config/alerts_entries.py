"""What alerts.yaml may say: routes, mutes, the trial, the operator, and what a later release will act on; channels have kinds of their own."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field

from alerts.model import AlertKind
from monitor.config.fields import Clock, Countries, Duration, Entry, Flag, Flood, Texts, To, Zone
from monitor.model import Act, Sensitivity, Severity

SeverityWord = Annotated[Severity, Field(strict=False)]


class MatchEntry(Entry):
    """What an alert must have; nothing given matches every alert, and of each key any one value will do."""

    country: Countries = Field(default=(), examples=[["KH"]])
    """Where it happened or where the defender lives: two-letter codes or English names."""
    act: Annotated[tuple[Annotated[Act, Field(strict=False)], ...], Field(strict=False)] = Field(
        default=(), examples=[["arrest", "detention"]]
    )
    """What was done."""
    severity: Annotated[tuple[SeverityWord, ...], Field(strict=False)] = Field(
        default=(), examples=[["critical", "high"]]
    )
    """How soon a person must act."""
    watch: Texts = Field(default=(), examples=[["kh-0001"]])
    """Ids of defenders or assemblies."""
    organisation: Texts = Field(default=(), examples=[["Example Students' League"]])
    """Organisations of the defender."""
    tag: Texts = Field(default=(), examples=[["land"]])
    """Tags of the defender."""
    sensitivity: Annotated[tuple[Annotated[Sensitivity, Field(strict=False)], ...], Field(strict=False)] = Field(
        default=(), examples=[["open"]]
    )
    """How much of the defender may be shown."""
    kind: Annotated[tuple[Annotated[AlertKind, Field(strict=False)], ...], Field(strict=False)] = Field(
        default=(), examples=[["new", "update"]]
    )
    """What sort of message it is."""


class RouteEntry(Entry):
    """A rule that picks channels for an alert; the first that matches wins."""

    match: MatchEntry = Field(default=MatchEntry(), examples=[{"country": ["KH"], "severity": ["critical", "high"]}])
    """Which alerts it takes; {} takes all."""
    to: To = Field(examples=[["desk-kh", "duty"]])
    """The channels they go to."""
    further: Flag = Field(default=False, alias="continue", examples=[True])
    """true = the routes below are asked too."""


class MuteEntry(Entry):
    """A daily stretch of time in which matching alerts wait; a first report at critical or high never waits."""

    match: MatchEntry = Field(default=MatchEntry(), examples=[{"act": ["assembly_ban"], "severity": ["low"]}])
    """Which alerts wait; {} means all."""
    start: Clock = Field(alias="from", examples=["22:00"])
    """When it begins."""
    end: Clock = Field(alias="to", examples=["06:00"])
    """When it ends; before `from` means the next morning."""
    timezone: Zone = Field(default="UTC", examples=["Asia/Phnom_Penh"])
    """Whose clock counts."""


class ToEntry(Entry):
    """Who is meant."""

    to: To = Field(examples=[["duty"]])
    """The channels."""


class EscalateEntry(Entry):
    """Who hears of an alert that nobody took."""

    match: MatchEntry = Field(default=MatchEntry(), examples=[{"severity": ["critical"]}])
    """Which alerts."""
    after: Duration = Field(examples=["15m"])
    """How long nobody took it."""
    to: To = Field(examples=[["duty"]])
    """The channels it then goes to."""


class RemindEntry(Entry):
    """After how long the channel is reminded, once, while nobody took the alert."""

    critical: Duration | None = Field(default=None, examples=["30m"])
    """For what must be acted on now."""
    high: Duration | None = Field(default=None, examples=["2h"])
    """For what must be acted on today."""
    medium: Duration | None = Field(default=None, examples=["1d"])
    """For what must be acted on this week."""
    low: Duration | None = Field(default=None, examples=["7d"])
    """For the record."""


class FloodEntry(Entry):
    """Beyond how many alerts they are grouped; none is dropped."""

    per_channel: Flood = Field(default="20/10m", examples=["20/10m"])
    """How many alerts of one channel in how long."""


class DigestEntry(Entry):
    """A daily overview."""

    to: To = Field(examples=[["duty"]])
    """The channels it goes to."""
    at: Clock = Field(examples=["07:30"])
    """When it is sent."""
    timezone: Zone = Field(default="UTC", examples=["Asia/Phnom_Penh"])
    """Whose clock counts."""


class AlertsFile(Entry):
    """Who is told what, where and when."""

    channels: dict[str, Any] = Field(examples=[{"terminal": {"kind": "console"}}])
    """The places alerts can go, each with a name of your own and a kind."""
    routes: Annotated[tuple[RouteEntry, ...], Field(strict=False)] = Field(
        default=(), examples=[[{"match": {}, "to": ["terminal"]}]]
    )
    """Which alert goes where; the first that matches wins unless it says `continue: true`."""
    mute: Annotated[tuple[MuteEntry, ...], Field(strict=False)] = Field(
        default=(), examples=[[{"match": {"severity": ["low"]}, "from": "22:00", "to": "06:00"}]]
    )
    """When what is not urgent waits."""
    mode: Literal["live", "trial"] = Field(default="live", examples=["trial"])
    """trial = every alert goes to `trial.to` instead, headed TRIAL."""
    trial: ToEntry | None = Field(default=None, examples=[{"to": "terminal"}])
    """Where alerts go while the mode is trial."""
    operator: ToEntry | None = Field(default=None, examples=[{"to": ["duty"]}])
    """Who hears of trouble with the service itself: never a name."""
    escalate: Annotated[tuple[EscalateEntry, ...], Field(strict=False)] = Field(
        default=(), examples=[[{"match": {"severity": ["critical"]}, "after": "15m", "to": ["duty"]}]]
    )
    """Who hears of an alert that nobody took."""
    remind: RemindEntry | None = Field(default=None, examples=[{"critical": "30m"}])
    """After how long a channel is reminded, once, while nobody took the alert."""
    flood: FloodEntry | None = Field(default=None, examples=[{"per_channel": "20/10m"}])
    """Beyond how many alerts they are grouped; none is dropped."""
    digest: Annotated[tuple[DigestEntry, ...], Field(strict=False)] = Field(
        default=(), examples=[[{"to": ["duty"], "at": "07:30", "timezone": "Asia/Phnom_Penh"}]]
    )
    """Daily overviews."""


LATER = ("escalate", "remind", "flood", "digest")  #: keys that are read and checked, and acted on by a later release
