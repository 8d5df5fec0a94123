"""The three files as a team writes them: every key with its meaning; strict, so that a slip of the pen is told and never guessed at."""

from __future__ import annotations

import re
from datetime import date, time
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from monitor.config.countries import code
from monitor.model import Act, Priority, Sensitivity
from monitor.sources import KINDS

MIN_EVERY_S = 60  #: seconds; what a publisher may be asked without being a burden
MIN_EVERY_PRIVATE_S = 1  #: seconds; for a source on one's own network
_DURATION = re.compile(r"(\d{1,6})(s|m|h|d)")
_SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
_ID = r"^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$"


def seconds(value: object) -> int:
    """A duration like 90s, 5m, 2h, 1d. Raises ValueError."""
    match = _DURATION.fullmatch(str(value))
    if match is None:
        raise ValueError("write a number and s, m, h or d, for example 10m")
    return int(match.group(1)) * _SECONDS[match.group(2)]


def _country(value: object) -> str:
    found = code(str(value))
    if found is None:
        raise ValueError("no such country; write its two letters (KH) or its English name")
    return found


def _listed(value: object) -> object:
    """One value where a list is meant is a list of one."""
    return [value] if isinstance(value, str) else ([] if value is None else value)


def _day(value: object) -> object:
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        raise ValueError("write a date like 2027-03-01") from None


def _clock(value: object) -> object:
    try:
        return time.fromisoformat(str(value))
    except ValueError:
        raise ValueError('write a time like "22:00", in quotes') from None


Text = Annotated[str, Field(min_length=1, max_length=2_000)]
Texts = Annotated[tuple[Text, ...], BeforeValidator(_listed)]
Countries = Annotated[tuple[Annotated[str, BeforeValidator(_country)], ...], BeforeValidator(_listed)]
Duration = Annotated[
    int, BeforeValidator(seconds), Field(json_schema_extra={"type": "string", "pattern": r"^\d{1,6}[smhd]$"})
]
Day = Annotated[date, BeforeValidator(_day)]
Clock = Annotated[time, BeforeValidator(_clock)]
Id = Annotated[str, Field(pattern=_ID)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=True)


class SourceDefaults(_Strict):
    """What holds for every source that does not say otherwise."""

    every: Duration = Field(default=600, description="How often to look: 10m, 1h; at least 60s.", examples=["10m"])
    page: Literal["never", "always"] = Field(default="never", description="always: read every item's own page too.")


class PageSelectors(_Strict):
    """Where on a page its items stand; all but `item` are looked for inside an item."""

    item: Text = Field(description="Each piece of news on the page.", examples=["article"])
    title: Text | None = Field(default=None, description="Its headline.", examples=["h2"])
    link: Text | None = Field(default=None, description="The link to its own page.", examples=["h2 a"])
    date: Text | None = Field(default=None, description="Its date.", examples=["time"])
    summary: Text | None = Field(default=None, description="Its first lines.", examples=["p"])


class SourceItem(_Strict):
    """One publisher's feed."""

    id: Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9-]{0,99}$")] = Field(
        description="A short name of your own, never changed: letters, digits, hyphens.", examples=["example-ngo"]
    )
    name: Text = Field(description="How the publisher is called in alerts.", examples=["Example NGO"])
    url: Annotated[str, Field(pattern=r"^https?://[^\s]+$", max_length=2_000)] = Field(
        description="The address of the feed itself.", examples=["https://ngo.example/feed.xml"]
    )
    kind: Literal[tuple(KINDS)] = Field(default="feed", description="What sort of document it is.")  # type: ignore[valid-type]  # the registry is the list
    country: Countries = Field(
        default=(), description="Where the news happens: two letters each; [] = the whole world.", examples=[["KH"]]
    )
    language: Texts = Field(
        default=(), description="In which languages it writes; a hint, the text decides.", examples=[["km", "en"]]
    )
    publisher: Literal["ngo", "independent", "wire", "state", "social", "official"] = Field(
        default="independent", description="Who speaks: what a state house says is shown as its claim."
    )
    group: Id | None = Field(
        default=None, description="Houses that repeat each other share a group: together they count as one voice."
    )
    every: Duration | None = Field(
        default=None, description="How often to look; at least 60s (1s with allow_private).", examples=["5m"]
    )
    page: Literal["never", "always"] | None = Field(
        default=None, description="always: read every item's own page for the full text (never only the matching ones)."
    )
    proxy: Annotated[str, Field(pattern=r"^(?:https?|socks5h?)://[^\s]+$")] | None = Field(
        default=None, description="A way around, for this source only.", examples=["socks5h://127.0.0.1:9050"]
    )
    allow_private: bool = Field(default=False, description="true only for a source on your own network.")
    hosts: Texts = Field(
        default=(),
        description="With several hosts: the names of those it is visited from, while one of them is heard; else any host visits it.",
        examples=[["kh-1"]],
    )
    select: PageSelectors | None = Field(
        default=None, description="kind: page only. CSS selectors of the items and of what stands inside each."
    )


class SourcesFile(_Strict):
    """What hrd-monitor reads."""

    defaults: SourceDefaults = SourceDefaults()
    sources: tuple[SourceItem, ...] = Field(default=(), description="One item for each feed.")


class DefenderDefaults(_Strict):
    """What holds for every defender whose entry does not say otherwise. "open" is always written by hand, at the entry."""

    sensitivity: Literal["codename", "silent"] = Field(default="codename", description="codename | silent.")
    priority: Priority = Field(default=Priority.NORMAL, description="urgent | high | normal.")


class DefenderItem(_Strict):
    """One person, organisation or community."""

    id: Id | None = Field(
        default=None,
        description="What logs, metrics and opaque messages show instead of the name.",
        examples=["kh-0001"],
    )
    name: Text = Field(description="As the team writes it.", examples=["Sok Dara"])
    names: Texts = Field(
        default=(),
        description="Other spellings and scripts; the native spelling finds most.",
        examples=[["សុខ ដារ៉ា", "Dara Sok"]],
    )
    known_as: Texts = Field(
        default=(), description="Whole phrases that mean this person.", examples=[["the lawyer of the river villages"]]
    )
    kind: Literal["person", "organisation", "community"] = Field(
        default="person", description="community: a designation and a place, no personal name needed."
    )
    country: Countries = Field(default=(), description="Where the risk comes from.", examples=[["KH"]])
    lives_in: Countries = Field(
        default=(), description="Where the person is, when elsewhere (exile).", examples=[["TH"]]
    )
    organisations: Texts = Field(
        default=(), description="Groups the person belongs to.", examples=[["Example Students' League"]]
    )
    places: Texts = Field(default=(), description="Places the person is tied to.", examples=[["Phnom Penh"]])
    context: Texts = Field(
        default=(), description="Words that support a match on a common name.", examples=[["students' league"]]
    )
    against: Texts = Field(
        default=(),
        alias="not",
        description="Words that, attached to the name, mean somebody else; they weaken, never delete.",
        examples=[["footballer"]],
    )
    priority: Priority | None = Field(default=None, description="urgent | high | normal.")
    sensitivity: Sensitivity | None = Field(
        default=None, description="open: all is shown; codename: a code name; silent: only that something moved."
    )
    codename: Text | None = Field(
        default=None, description="Shown instead of the name; the id when absent.", examples=["MEKONG-7"]
    )
    silent_to: Texts = Field(
        default=(), description="silent only: the channels that get a page without content.", examples=[["duty"]]
    )
    tags: Texts = Field(default=(), description="For routes.", examples=[["land", "students"]])
    owner: Text | None = Field(default=None, description="Who leads the case.", examples=["kh-desk"])
    case: Text | None = Field(default=None, description="Your case number.", examples=["KH-2020-041"])
    consent: Literal["given", "family", "refused", "not_asked"] = Field(
        default="not_asked", description="To being named in public."
    )
    review_by: Day | None = Field(
        default=None, description="Listed weekly once past, never dropped.", examples=["2027-03-01"]
    )
    gender: Literal["f", "m", "x"] | None = Field(default=None, description="Wording only; neutral when absent.")
    note: str | None = Field(default=None, description="Free text; never leaves the machine.")
    should_match: Texts = Field(default=(), description="Sentences that name this person; tried at every check.")
    should_not_match: Texts = Field(default=(), description="Sentences that name somebody else.")


class AssemblyItem(_Strict):
    """Gatherings the team watches."""

    id: Id = Field(description="A short name of your own.", examples=["kh-assemblies"])
    country: Countries = Field(default=(), description="Where.", examples=[["KH"]])
    places: Texts = Field(default=(), description="Squares and cities.", examples=[["Phnom Penh", "Freedom Park"]])
    acts: Annotated[tuple[Act, ...], BeforeValidator(_listed)] = Field(
        default=(), description="Which acts; all acts on assemblies when absent."
    )


class WatchlistFile(_Strict):
    """Whom the team watches over."""

    defaults: DefenderDefaults = DefenderDefaults()
    defenders: tuple[DefenderItem, ...] = Field(
        default=(), description="One item for each person, organisation or community."
    )
    assemblies: tuple[AssemblyItem, ...] = Field(
        default=(), description="Gatherings whose dispersal, ban or mass arrest is reported with nobody named."
    )


class MatchItem(_Strict):
    """What a rule asks of an alert; all keys given must hold, any value of a key will do."""

    country: Countries = ()
    act: Annotated[tuple[Act, ...], BeforeValidator(_listed)] = ()
    severity: Annotated[tuple[Literal["critical", "high", "medium", "low"], ...], BeforeValidator(_listed)] = ()
    watch: Texts = ()
    organisation: Texts = ()
    tag: Texts = ()
    sensitivity: Annotated[tuple[Sensitivity, ...], BeforeValidator(_listed)] = ()
    kind: Annotated[
        tuple[Literal["new", "update", "cancel", "summary", "digest", "operator", "test"], ...],
        BeforeValidator(_listed),
    ] = ()


class RouteItem(_Strict):
    """A rule that picks channels; the first that matches wins unless it says continue: true."""

    match: MatchItem = MatchItem()
    to: Texts = Field(description="Names of channels.")
    further: bool = Field(default=False, alias="continue", description="Go on to the next route.")


class MuteItem(_Strict):
    """A daily stretch of time in which matching alerts wait; a first report at critical or high never does."""

    match: MatchItem = MatchItem()
    start: Clock = Field(alias="from", description='"22:00"')
    end: Clock = Field(alias="to", description='"06:00"')
    timezone: Text = Field(description="Asia/Phnom_Penh")


class ToItem(_Strict):
    """Names of channels."""

    to: Texts = ()


class EscalateItem(_Strict):
    """A critical alert nobody took goes on to others."""

    match: MatchItem = MatchItem()
    after: Duration
    to: Texts


class FloodItem(_Strict):
    """How many alerts a channel gets before they are grouped."""

    per_channel: Annotated[str, Field(pattern=r"^\d+/\d+[smh]$")]


class DigestItem(_Strict):
    """A summary at a local time."""

    to: Texts
    at: Clock
    timezone: Text


class AlertsFile(_Strict):
    """Who is told what, and where."""

    channels: dict[Id, dict[str, Any]] = Field(default_factory=dict, description="Name → kind and settings.")
    routes: tuple[RouteItem, ...] = Field(default=(), description="In order; the first match wins.")
    mute: tuple[MuteItem, ...] = ()
    mode: Literal["live", "trial"] = Field(
        default="live", description="trial: everything goes to trial.to, headed TRIAL."
    )
    trial: ToItem = ToItem()
    operator: ToItem = Field(default=ToItem(), description="About the service itself: never a name.")
    escalate: tuple[EscalateItem, ...] = ()
    remind: dict[Literal["critical", "high", "medium", "low"], Duration] = Field(default_factory=dict)
    flood: FloodItem | None = None
    digest: tuple[DigestItem, ...] = ()
