"""What a watchlist may say of a defender or an assembly: every key, its values, what it is for."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from monitor.config.fields import MAY_BE_EMPTY, Countries, Day, Entry, Text, Texts, WatchId
from monitor.model import Act

DefenderKind = Literal["person", "organisation", "community"]
PriorityWord = Literal["urgent", "high", "normal"]
ActWord = Annotated[Act, Field(strict=False)]


class DefenderDefaults(Entry):
    """What holds for every defender of this file that does not say otherwise; `open` is always written by hand."""

    kind: DefenderKind = Field(default="person", examples=["person"])
    """person, organisation, or community (a designation and a place, no personal name needed)."""
    country: Countries = Field(default=(), examples=[["KH"]])
    """Where the risk comes from: two-letter codes or English names."""
    lives_in: Countries = Field(default=(), examples=[["TH"]])
    """Where the person is, when elsewhere (exile): routes, coverage and match evidence use both."""
    organisations: Texts = Field(default=(), examples=[["Example Students' League"]])
    """The groups the person belongs to; a mention nearby supports a match."""
    places: Texts = Field(default=(), examples=[["Phnom Penh"]])
    """Towns, villages, courts or prisons that support a match."""
    context: Texts = Field(default=(), examples=[["students' league", "Freedom Park"]])
    """Words that support a match on a common name."""
    priority: PriorityWord = Field(default="normal", examples=["high"])
    """urgent raises every severity by one step."""
    sensitivity: Literal["codename", "silent"] = Field(default="codename", examples=["codename"])
    """How much may leave this machine: codename = no name, quote or link; silent = only that something moved."""
    silent_to: Texts = Field(default=(), examples=[["duty"]])
    """For silent only: the channels that get a page without content."""
    tags: Texts = Field(default=(), examples=[["land", "students"]])
    """Words of your own that routes can ask for."""
    owner: Annotated[Text | None, MAY_BE_EMPTY] = Field(default=None, examples=["kh-desk"])
    """Who leads the case."""
    consent: Literal["given", "family", "refused", "not_asked"] = Field(default="not_asked", examples=["given"])
    """To being named in public."""


class DefenderEntry(DefenderDefaults):
    """One person, organisation or community to watch over."""

    id: WatchId | None = Field(default=None, examples=["kh-0001"])
    """What logs, metrics and opaque messages show instead of the name; `hrd-monitor check --fix` writes missing ones."""
    name: Text = Field(examples=["Sok Dara"])
    """The name as the team writes it."""
    names: Texts = Field(default=(), examples=[["សុខ ដារ៉ា", "Dara Sok"]])
    """Other spellings and scripts; the native spelling finds most."""
    known_as: Texts = Field(default=(), examples=[["the lawyer of the river villages"]])
    """Whole phrases that mean this person; they outrank a bare name inside them."""
    against: Texts = Field(default=(), alias="not", examples=[["footballer", "minister of tourism"]])
    """Words that, attached to the name, mean somebody else; they weaken a match, never delete it."""
    sensitivity: Literal["open", "codename", "silent"] = Field(default="codename", examples=["open"])  # type: ignore[assignment]  # one word more than defaults may say
    """How much may leave this machine: open = all; codename = no name, quote or link; silent = only that something moved."""
    codename: Annotated[Text | None, MAY_BE_EMPTY] = Field(default=None, examples=["MEKONG-7"])
    """What messages show instead of the name; the id when absent."""
    case: Annotated[Text | None, MAY_BE_EMPTY] = Field(default=None, examples=["KH-2020-041"])
    """Your own case number."""
    review_by: Annotated[Day | None, MAY_BE_EMPTY] = Field(default=None, examples=["2027-03-01"])
    """When to look at this entry again; listed weekly once past, never dropped."""
    gender: Annotated[Literal["f", "m", "x"] | None, MAY_BE_EMPTY] = Field(default=None, examples=["f"])
    """For the wording only; neutral when absent."""
    note: Annotated[Text | None, MAY_BE_EMPTY] = Field(default=None, examples=["a remark"])
    """Free text that never leaves this machine."""
    should_match: Texts = Field(default=(), examples=[["Police detained Dara Sok outside the court."]])
    """Sentences that must find this defender; `hrd-monitor check` tries them."""
    should_not_match: Texts = Field(default=(), examples=[["Sok Dara scored twice for Preah Khan."]])
    """Sentences that must not."""


class AssemblyEntry(Entry):
    """Gatherings to watch: acts against them are reported with nobody named."""

    id: WatchId | None = Field(default=None, examples=["kh-assemblies"])
    """What logs and alerts call it; `hrd-monitor check --fix` writes missing ones."""
    country: Countries = Field(default=(), examples=[["KH"]])
    """In which countries; [] = all."""
    places: Texts = Field(default=(), examples=[["Phnom Penh", "Freedom Park"]])
    """In which places; [] = all."""
    acts: Annotated[tuple[ActWord, ...], Field(strict=False)] = Field(
        default=(), examples=[["assembly_dispersal", "mass_arrest"]]
    )
    """What must have been done; [] = whatever is done to an assembly."""


class WatchlistFile(Entry):
    """Whom hrd-monitor watches over. The real list never enters a repository, an image or a ticket."""

    defaults: DefenderDefaults = Field(
        default=DefenderDefaults(), examples=[{"sensitivity": "codename", "priority": "normal"}]
    )
    """What holds for every defender of this file that does not say otherwise; `open` is always written by hand."""
    defenders: Annotated[tuple[DefenderEntry, ...], Field(strict=False)] = Field(
        default=(), examples=[[{"id": "kh-0001", "name": "Sok Dara"}]]
    )
    """The people, organisations and communities, one item each."""
    assemblies: Annotated[tuple[AssemblyEntry, ...], Field(strict=False)] = Field(
        default=(), examples=[[{"id": "kh-assemblies", "country": ["KH"]}]]
    )
    """Gatherings to watch, one item each."""


LISTS = frozenset(
    [
        "names",
        "known_as",
        "country",
        "lives_in",
        "organisations",
        "places",
        "context",
        "not",
        "silent_to",
        "tags",
        "should_match",
        "should_not_match",
    ]
)  #: the keys of a defender that hold several items
