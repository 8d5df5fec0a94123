"""The frozen values of the journey, one type per step, from Source to Incident; imports nothing of ours.

Said once, true everywhere: times are aware UTC; text is NFC (texts given to `analyse` stay as received); offsets are half-open
and count code points; ids are opaque; nothing is mutated. The words are those of docs/glossary.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from monitor.terms import (
    Act,
    Aspect,
    Charges,
    Custody,
    Liberty,
    Priority,
    Reason,
    Relation,
    Relevance,
    Sensitivity,
    Severity,
    Strength,
)  # fmt: skip

__all__ = [
    "Act", "Article", "Aspect", "Assembly", "Charges", "Citation", "Custody", "Defender", "Entry", "Event", "Fact",
    "FetchFailure", "Incident", "Liberty", "Mention", "NotModified", "Occurrence", "Poll", "Priority", "Reading",
    "Reason", "Relation", "Relevance", "Report", "Response", "Sensitivity", "Severity", "Source", "SourceState", "Span",
    "Strength", "Watchlist",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A publisher's endpoint we poll. every_s: seconds; page: "never" | "always"; country: ISO 3166-1 alpha-2, empty = world.

    group: sources of one house count once. select: of the kind `page`, (part, CSS selector).
    """

    id: str
    name: str
    url: str
    kind: str = "feed"
    country: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    publisher: str = "independent"
    group: str = ""
    every_s: int = 600
    page: str = "never"
    proxy: str | None = None
    allow_private: bool = False
    select: tuple[tuple[str, str], ...] = ()
    hosts: tuple[str, ...] = ()  #: names of the hosts it is visited from while one of them is heard; empty = any


@dataclass(frozen=True, slots=True, kw_only=True)
class Defender:
    """A person, organisation or community on the watchlist: names, places, co-evidence, sensitivity."""

    id: str
    name: str
    names: tuple[str, ...] = ()
    known_as: tuple[str, ...] = ()
    kind: str = "person"
    country: tuple[str, ...] = ()
    lives_in: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    context: tuple[str, ...] = ()
    against: tuple[str, ...] = ()  #: the `not` list of the file: words that, attached to the name, mean somebody else
    priority: Priority = Priority.NORMAL
    sensitivity: Sensitivity = Sensitivity.CODENAME
    codename: str = ""
    silent_to: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    owner: str | None = None
    case: str | None = None
    consent: str = "not_asked"
    review_by: date | None = None
    gender: str | None = None
    note: str | None = None
    should_match: tuple[str, ...] = ()
    should_not_match: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Assembly:
    """Gatherings the team watches: acts against them in these countries and places are reported with nobody named."""

    id: str
    country: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Watchlist:
    """The validated, immutable set of defenders and watched assemblies. version: hash of its content."""

    defenders: tuple[Defender, ...] = ()
    assemblies: tuple[Assembly, ...] = ()
    version: str = ""

    def by_id(self) -> dict[str, Defender]:
        """The defenders by their id."""
        return {d.id: d for d in self.defenders}


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceState:
    """What is remembered of a source between two visits. failures: weight of failures in a row; item_hashes: 8 bytes an item."""

    source_id: str
    etag: str | None = None
    last_modified: str | None = None
    body_digest: bytes = b""
    item_hashes: bytes = b""
    next_visit: datetime
    visited: datetime | None = None
    heard: datetime | None = None  #: last visit that brought a readable document
    unconditional: datetime | None = None  #: last visit made without validators
    failures: float = 0.0
    greeted: bool = False  #: the first poll is behind us
    moved_to: str | None = None
    moved_since: datetime | None = None
    verdict: str = "new"  #: heard quiet silent moved blocked broken hostile, or new
    why: str = ""
    renewed: datetime | None = None  #: last visit that brought an unseen item
    gap_s: float | None = None  #: smoothed seconds between two such visits, its own rhythm; None until two are known
    stamped: float = 0.0  #: smoothed share of its new items that bear the moment of our visit as their date
    pace: float = 1.0  #: factor on the configured interval, below 1 while a short feed turns over faster than we look


@dataclass(frozen=True, slots=True, kw_only=True)
class Response:
    """A readable answer: decoded body and the headers that matter, names in lower case. moved_to: where 301/308 pointed."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    moved_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NotModified:
    """The publisher said 304: nothing new since the stored validators. moved_to: where 301/308 pointed."""

    headers: Mapping[str, str] = field(default_factory=dict)
    moved_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchFailure:
    """A visit that brought nothing, as a value. kind: hard | soft | temporary | gone | blocked | hostile; why: plain words, no names."""

    kind: str
    why: str
    status: int | None = None
    retry_after_s: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item as the source listed it: unread, unjudged. summary and content are markup; published may be None or a lie."""

    source_id: str
    guid: str
    url: str
    title: str
    summary: str = ""
    content: str = ""
    published: datetime | None = None
    language: str | None = None

    @property
    def markup(self) -> str:
        """The longer of the two texts the feed gave."""
        return self.content if len(self.content) >= len(self.summary) else self.summary


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """An entry with stable identity, clean text and language; what we keep.

    language: BCP 47 or None when undecided. country: of the source, ISO alpha-2. seen: when we first held it, None in `analyse`.
    """

    id: str
    title: str
    text: str
    language: str | None = None
    published: datetime | None = None
    seen: datetime | None = None
    source_id: str | None = None
    country: tuple[str, ...] = ()
    url: str | None = None

    def field(self, name: str) -> str:
        """The text a span's field name points into."""
        return self.title if name == "title" else self.text


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A half-open stretch of code points of an article's title or text."""

    field: str
    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether the two share at least one code point of the same field."""
        return self.field == other.field and self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether the other lies wholly inside this one."""
        return self.field == other.field and self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True, order=True)
class Occurrence:
    """When something happened: first and last possible day, both included; one day when the text names the day."""

    first: date
    last: date

    def __str__(self) -> str:
        """ISO 8601 at the precision known: 2020-09-11, 2020-09, 2020, or first/last."""
        if self.first == self.last:
            return self.first.isoformat()
        if (self.first.year, self.first.month) == (self.last.year, self.last.month) and self.first.day == 1:
            return self.first.isoformat()[:7]
        if self.first.year == self.last.year and (self.first.month, self.first.day, self.last.month) == (1, 1, 12):
            return str(self.first.year)
        return f"{self.first.isoformat()}/{self.last.isoformat()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A span of text that names a defender, with score in [0, 1] and reasons."""

    watch: str
    span: Span
    surface: str
    score: float
    strength: Strength
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One thing an article states about an event, as written, with the span that says it."""

    key: str
    value: str
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happened, found in the text.

    span: the trigger. clause: what is quoted as evidence. victims: to whom, as written, sorted; empty when nobody is named.
    """

    act: Act
    aspect: Aspect
    relevance: Relevance
    span: Span
    trigger: str
    clause: Span
    victims: tuple[Span, ...] = ()
    relation: Relation = Relation.SELF
    by: str | None = None
    occurrence: Occurrence | None = None
    place: str | None = None
    country: str | None = None
    facts: tuple[Fact, ...] = ()
    score: float = 1.0
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One article's claim that one event befell a defender (watch) or, for acts on an assembly, nobody on the list (None)."""

    article_id: str
    watch: str | None
    act: Act
    aspect: Aspect
    relevance: Relevance
    relation: Relation
    strength: Strength
    occurrence: Occurrence | None
    place: str | None
    country: tuple[str, ...]
    by: str | None
    score: float
    evidence: tuple[Span, ...]
    quote: str
    facts: tuple[Fact, ...]
    alerts: bool
    reasons: tuple[str, ...]
    assembly: str | None = None  #: id of the watched assembly this answers, when watch is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Everything one article was found to say. people: spans of names that are not on the list. unread: why a stage failed on it."""

    article: Article
    mentions: tuple[Mention, ...] = ()
    events: tuple[Event, ...] = ()
    reports: tuple[Report, ...] = ()
    people: tuple[Span, ...] = ()
    unread: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One article behind an incident: who published it, where, and the sentence quoted."""

    article_id: str
    source_id: str
    group: str
    publisher: str
    url: str | None
    title: str
    quote: str
    act: Act
    published: datetime | None
    seen: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """Reports judged to be about the same happening to the same defender; has a revision and a custody state.

    key: versioned identity ("v1:…"). watch: defender ids, empty for an assembly. occurrence: fixed by the first report that states it.
    alerted: the last revision a person was told about, 0 when none was. facts: one per key, the newest statement.
    """

    id: str
    key: str
    watch: tuple[str, ...]
    act: Act
    acts: tuple[Act, ...]
    liberty: Liberty
    custody: Custody | None
    charges: Charges
    relation: Relation
    country: tuple[str, ...]
    place: str | None
    by: str | None
    occurrence: Occurrence | None
    opened: datetime
    updated: datetime
    revision: int
    severity: Severity
    citations: tuple[Citation, ...]
    facts: tuple[Fact, ...] = ()
    assembly: str | None = None
    follows: str | None = None  #: id of the earlier incident of the same defender this one comes after
    possible_duplicate: str | None = None
    alerted: int = 0
    dated: bool = True  #: whether a report stated the occurrence; else it is the day of publication, until one does

    @property
    def articles(self) -> tuple[str, ...]:
        """The ids of the articles behind it, in order of arrival."""
        return tuple(dict.fromkeys(c.article_id for c in self.citations))

    @property
    def independent(self) -> int:
        """How many independent publishers stand behind it: groups, each counted once."""
        return len({c.group for c in self.citations})


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """One visit to one source and its result. outcome: new | unchanged | failed.

    first: the source was greeted by this visit (or heard again after a long failure): what it tells goes into one summary.
    entry_keys: of the entries that need not be looked at again. lost: bodies or entries no worker could read.
    """

    source_id: str
    at: datetime
    outcome: str
    state: SourceState
    readings: tuple[Reading, ...] = ()
    entry_keys: tuple[str, ...] = ()
    first: bool = False
    lost: int = 0
    why: str = ""
    leased: datetime | None = None  #: with several hosts, the due time under which the visit was ours
