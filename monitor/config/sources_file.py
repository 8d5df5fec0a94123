"""sources.yaml → the sources to poll, with every mistake of the file at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, ValidationError, WithJsonSchema

from monitor.config.defaults import fill
from monitor.config.document import Document
from monitor.config.fields import (
    MAY_BE_EMPTY,
    Countries,
    Duration,
    Entry,
    Flag,
    Id,
    Languages,
    Proxy,
    Text,
    Url,
    duration_s,
    wrong,
)
from monitor.config.mistakes import nearest, told
from monitor.config.yaml_reader import read
from monitor.errors import ConfigError, Mistake
from monitor.model import Source
from monitor.sources import KINDS

MIN_EVERY_S = 60  #: seconds; more often is impolite to a publisher and gets us blocked
MAX_EVERY_S = 30 * 86_400  #: seconds; what is visited less than once a month is not watched


def _registered(kind: str) -> str:
    """The kind, when there is such a one. Raises with the one that was probably meant."""
    if kind not in KINDS:
        near = nearest(kind, KINDS)
        raise wrong("this release has no such kind of source", f"write {near or ' or '.join(KINDS)}")
    return kind


SourceKind = Annotated[str, AfterValidator(_registered), WithJsonSchema({"type": "string", "enum": list(KINDS)})]
Publisher = Literal["ngo", "independent", "wire", "state", "social", "official"]
Page = Literal["never", "always"]


class SourceDefaults(Entry):
    """What holds for every source that does not say otherwise."""

    kind: SourceKind = Field(default="feed", examples=["feed"])
    """What sort of document it is."""
    country: Countries = Field(default=(), examples=[["KH"]])
    """Where the news happens: two-letter codes or English names; [] = the whole world."""
    language: Languages = Field(default=(), examples=[["km", "en"]])
    """In which languages it writes; a hint, the text itself decides."""
    publisher: Publisher = Field(default="independent", examples=["ngo"])
    """Who speaks. state: under a government's hand, whoever owns it; official: an authority speaking for itself."""
    every: Duration = Field(default="10m", examples=["5m"])
    """How often to look: 60s at the least, 1s for a source on your own network."""
    page: Page = Field(default="never", examples=["never"])
    """always = also read each item's own page, for feeds that give only a line or two; never = the feed is enough."""
    proxy: Annotated[Proxy | None, MAY_BE_EMPTY] = Field(default=None, examples=["socks5h://127.0.0.1:9050"])
    """A way around, for example Tor; only for this source."""
    allow_private: Flag = Field(default=False, examples=[False])
    """true only for a source on your own network."""


class SourceEntry(SourceDefaults):
    """One feed of one publisher."""

    id: Id = Field(examples=["example-ngo"])
    """A short name of your own, once given never changed: letters, digits, hyphens."""
    name: Text | None = Field(default=None, examples=["Example NGO"])
    """How the publisher is called in alerts; the id when absent."""
    url: Url = Field(examples=["https://ngo.example/feed.xml"])
    """The address of the feed itself, not of the web page."""
    group: Text | None = Field(default=None, examples=["example"])
    """Houses that repeat each other share a group: together they count as one voice; the id when absent."""


class SourcesFile(Entry):
    """What hrd-monitor reads."""

    defaults: SourceDefaults = Field(default=SourceDefaults(), examples=[{"every": "10m", "page": "never"}])
    """What holds for every source that does not say otherwise."""
    sources: Annotated[tuple[SourceEntry, ...], Field(strict=False)] = Field(
        examples=[[{"id": "example-ngo", "url": "https://ngo.example/feed.xml"}]]
    )
    """The feeds, one item each."""


def load_sources(path: Path) -> tuple[Source, ...]:
    """The sources of a file, in its order. Raises ConfigError with all its mistakes."""
    return read_sources(read(path))


def read_sources(document: Document) -> tuple[Source, ...]:
    """The sources of a file that was read. Raises ConfigError with all its mistakes."""
    value, found = fill(document, ("sources",), SourceDefaults)
    try:
        entries = SourcesFile.model_validate(value).sources
    except ValidationError as error:
        found += tuple(told(document, error, SourcesFile))
        raise ConfigError(found) from None
    found += tuple(_together(document, entries))
    if found:
        raise ConfigError(found)
    return tuple(_source(entry) for entry in entries)


def _together(document: Document, entries: tuple[SourceEntry, ...]) -> Iterator[Mistake]:
    """What is wrong only when keys or entries are seen together."""
    first: dict[str, int] = {}
    for number, entry in enumerate(entries):
        least = 1 if entry.allow_private else MIN_EVERY_S
        if not least <= duration_s(entry.every) <= MAX_EVERY_S:
            what = f"every is {'less than' if duration_s(entry.every) < least else 'more than'} this source allows"
            fix = f"write {least}s or more, and 30d at the most"
            yield document.mistake(("sources", number, "every"), what, fix)
        if entry.id in first:
            line, _ = document.at(("sources", first[entry.id], "id"))
            what = f"the id {entry.id} stands twice: the first is on line {line}"
            yield document.mistake(("sources", number, "id"), what, "give this source an id of its own")
        first.setdefault(entry.id, number)


def _source(entry: SourceEntry) -> Source:
    return Source(
        id=entry.id,
        name=entry.name or entry.id,
        url=entry.url,
        kind=entry.kind,
        country=tuple(dict.fromkeys(entry.country)),
        language=tuple(dict.fromkeys(entry.language)),
        publisher=entry.publisher,
        group=entry.group or entry.id,
        every_s=duration_s(entry.every),
        page=entry.page,
        proxy=entry.proxy,
        allow_private=entry.allow_private,
    )
