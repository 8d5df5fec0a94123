"""A language's vocabulary as frozen values: what a pack file says, checked, and nothing more.

The format of the files is told in docs/languages.md; monitor.config.packs reads them, monitor.detect reads texts with them.
Phrases stay as written in the file. In a phrase, `~` stands for up to a few words between its parts; `*` at an edge of a word stands
for any letters there ("arrest*", "*نشط*"). Words are compared in the one canonical spelling of monitor.text.normalize.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from monitor.model import Act, Aspect, Relevance


class Voice(StrEnum):
    """How a trigger tells an act, and so where the person it befell stands.

    active: a finite verb, the victim is its object. passive: a finite form, the victim is its subject. participle: a form that may be
    either, decided by the words around it. base: an infinitive or bare form, unreal unless something makes it real (a headline,
    "used tear gas to …"). gerund: an "-ing" form with an object. nominal: a noun ("the arrest of", "his arrest").
    stative: a state rather than an event ("behind bars").
    """

    ACTIVE = "active"
    PASSIVE = "passive"
    PARTICIPLE = "participle"
    BASE = "base"
    GERUND = "gerund"
    NOMINAL = "nominal"
    STATIVE = "stative"


class Side(StrEnum):
    """On which side of its trigger a victim or a value stands."""

    BEFORE = "before"
    AFTER = "after"


class Take(StrEnum):
    """What a fact's value is: the cue itself, the quoted words, the name, the number with its unit, or the rest of the clause."""

    PHRASE = "phrase"
    QUOTE = "quote"
    NAME = "name"
    NUMBER = "number"
    CLAUSE = "clause"


class Need(StrEnum):
    """What must stand in the sentence or the title for doubtful words to mean an act."""

    STATE = "state"
    COURT = "court"
    ACTOR = "actor"
    PROTEST = "protest"
    PERSON = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A sentence of ours that tests a rule. Everything given must hold of one event found in it; none: no event at all may be found.

    names: surfaces handed over as already found, for scripts without capitals. victims, facts: as written in the text.
    date: as an Occurrence prints itself. published: ISO day.
    """

    text: str
    line: int = 0
    title: str = ""
    published: str | None = None
    none: bool = False
    act: Act | None = None
    aspect: Aspect | None = None
    relevance: Relevance | None = None
    victims: tuple[str, ...] | None = None
    names: tuple[str, ...] = ()
    date: str | None = None
    place: str | None = None
    by: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """The words of one voice that tell one act. victim: the side its victim stands on, None for the voice's own.

    needs: any one of these must stand near for the words to mean the act; empty when they mean it alone.
    """

    act: Act
    voice: Voice
    phrases: tuple[str, ...]
    victim: Side | None = None
    needs: tuple[Need, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class AspectRule:
    """Words beside a trigger that say whether and when the act really happened. The first rule that fits decides.

    before, after: phrases on that side of the trigger. within: words between them and the trigger at most. voices, acts: the triggers it
    applies to, all when empty. crosses: whether it reaches over a clause boundary inside the sentence.
    """

    aspect: Aspect
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    within: int = 4
    voices: tuple[Voice, ...] = ()
    acts: tuple[Act, ...] = ()
    crosses: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRule:
    """Words that state a fact about an event. cue: the phrases. side: where the value stands from them. take: what the value is.

    value: what the fact says whatever the words are (under_18: "yes"); None to give the words themselves.
    units: with Take.NUMBER, the words that must follow the number.
    """

    key: str
    cue: tuple[str, ...]
    take: Take
    side: Side = Side.AFTER
    value: str | None = None
    units: tuple[str, ...] = ()
    acts: tuple[Act, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Grammar:
    """The small words of a language that carry no news but decide who did what to whom.

    auxiliaries: before a participle make it passive. by: introduce the doer. of: join a noun and its victim. conjunctions: join names.
    pronouns: stand for the person last spoken of; possessives: the same before a noun. relative: open a clause about the noun before.
    breaks: open a new clause. speech: verbs whose subject only speaks. attributive: open a noun phrase and so may stand before a
    participle used as an adjective (articles, quantities). prepositions: open a phrase that holds no victim ("for", "over").
    infinitive: stand before a bare verb ("to", "will"). possessors: follow a name that owns the next noun ("'s").
    listing: open the names of a group ("including", "identified as"). inverting: put the verb before its subject ("among those … were").
    """

    auxiliaries: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    of: tuple[str, ...] = ()
    conjunctions: tuple[str, ...] = ()
    pronouns: tuple[str, ...] = ()
    possessives: tuple[str, ...] = ()
    relative: tuple[str, ...] = ()
    breaks: tuple[str, ...] = ()
    speech: tuple[str, ...] = ()
    attributive: tuple[str, ...] = ()
    prepositions: tuple[str, ...] = ()
    infinitive: tuple[str, ...] = ()
    listing: tuple[str, ...] = ()
    inverting: tuple[str, ...] = ()
    possessors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NameWords:
    """Words beside and inside names. never: capitalised words that are no names. particles: small words inside names ("van", "bin").

    people: nouns for groups of people ("protesters", "students"). kin, lawyers, colleagues: make the person spoken of somebody else
    than the named one ("wife of", "lawyer for").
    """

    titles: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    particles: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    kin: tuple[str, ...] = ()
    lawyers: tuple[str, ...] = ()
    colleagues: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeWords:
    """Months and weekdays (1 = January, Monday), days counted from publication (yesterday: -1), and numbers written as words.

    order: how a day written in figures reads, "dmy" | "mdy" | "ymd". before: stand before a day ("on"). year: stand before or after a
    bare year ("in", "年"). ago: what a year or long span in the past is called ("last year", "years ago").
    day: stand right after a number that is a day of the month ("日"). calendar: in which years, and days in figures, are counted:
    "gregorian" | "buddhist" | "jalali" | "hijri" | "ethiopian". calendars: the months of further calendars the press writes, by calendar.
    """

    months: Mapping[str, int] = field(default_factory=dict)
    weekdays: Mapping[str, int] = field(default_factory=dict)
    days: Mapping[str, int] = field(default_factory=dict)
    numbers: Mapping[str, int] = field(default_factory=dict)
    order: str = "dmy"
    before: tuple[str, ...] = ()
    year: tuple[str, ...] = ()
    ago: tuple[str, ...] = ()
    day: tuple[str, ...] = ()
    calendar: str = "gregorian"
    calendars: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def all_months(self) -> Mapping[str, Mapping[str, int]]:
        """The names of months by calendar; those of `months` are Gregorian."""
        return {"gregorian": self.months, **self.calendars}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class LanguagePack:
    """Everything one language needs to be read; two packs are the same only when they are the same object.

    code: BCP 47. script, scripts: ISO 15924, the usual one and further ones. spaced: whether words are set apart by spaces; else phrases
    are found as substrings. prefixes, suffixes: clitics written onto a word, which any phrase may carry. place_before: words that open a
    place. path: the file it was read from.
    """

    code: str
    name: str
    script: str
    spaced: bool = True
    scripts: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    aspects: tuple[AspectRule, ...] = ()
    homonyms: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    court: tuple[str, ...] = ()
    armed: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    protest: tuple[str, ...] = ()
    repression: tuple[str, ...] = ()
    crime: tuple[str, ...] = ()
    grammar: Grammar = field(default_factory=Grammar)
    names: NameWords = field(default_factory=NameWords)
    time: TimeWords = field(default_factory=TimeWords)
    place_before: tuple[str, ...] = ()
    facts: tuple[FactRule, ...] = ()
    examples: tuple[Example, ...] = ()
    path: str = ""


class Packs(Mapping[str, LanguagePack]):
    """The packs in force, by language code, in the order of their codes."""

    def __init__(self, packs: Mapping[str, LanguagePack] | None = None) -> None:
        self._packs = dict(sorted((packs or {}).items()))

    def __getitem__(self, code: str) -> LanguagePack:
        return self._packs[code]

    def __iter__(self) -> Iterator[str]:
        return iter(self._packs)

    def __len__(self) -> int:
        return len(self._packs)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the languages that can be read."""
        return tuple(self._packs)

    def for_language(self, tag: str | None) -> LanguagePack | None:
        """The pack that reads a BCP 47 tag: the tag itself, else its language without region; None when there is none."""
        if not tag:
            return None
        wanted = tag.lower()
        return self._packs.get(wanted) or self._packs.get(wanted.split("-")[0])

    def for_script(self, script: str) -> tuple[LanguagePack, ...]:
        """The packs of the languages written in an ISO 15924 script."""
        return tuple(p for p in self._packs.values() if script == p.script or script in p.scripts)
