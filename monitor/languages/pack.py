"""The types a language pack becomes: triggers of acts, cue words, calendar words and the examples that test them.

A phrase is one or more words separated by spaces; `*` at the end of a word stands for any ending (stems). In a language without
spaces between words every phrase is looked for as it stands.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from monitor.model import Act, Aspect, Relevance


class Form(StrEnum):
    """How a trigger stands in its sentence, which decides where the person it befell is named.

    PAST: a past tense that can be active or passive ("arrested"). PASSIVE: the person comes before. ACTIVE: the person comes after.
    BASE: infinitive or present ("arrest"). NOUN: "the arrest of". STATE: a lasting state ("behind bars").
    """

    PAST = "past"
    PASSIVE = "passive"
    ACTIVE = "active"
    BASE = "base"
    NOUN = "noun"
    STATE = "state"


#: The classes of cue words a pack may carry; each is told in docs/languages.md.
CUES = [
    "be",
    "be_soft",
    "agent",
    "said",
    "police",
    "court",
    "state",
    "roles",
    "protest",
    "protest_event",
    "repression",
    "crime",
    "negation",
    "future",
    "hypothetical",
    "demand",
    "background",
    "nominal_background",
    "attribute_before",
    "pronouns",
    "possessives",
    "titles",
    "kin",
    "place_in",
    "list_and",
    "homonyms",
    "year_ago",
    "charge_cue",
    "held_cue",
    "lawyer_cue",
    "family_cue",
    "health_cue",
    "law_cue",
    "bail_cue",
    "minor_cue",
    "sexual_cue",
    "unknown_place",
    "court_names",
    "people_nouns",
    "not_person",
    "clause",
]


@dataclass(frozen=True, slots=True)
class Trigger:
    """One phrase that tells of an act."""

    act: Act
    form: Form
    phrase: str


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence of a pack and what must be found in it; act None: no event that is actual and civic may be found."""

    text: str
    act: Act | None
    aspect: Aspect = Aspect.ACTUAL
    relevance: Relevance | None = None


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class LanguagePack:
    """Everything one language needs. Compared by identity: a pack is loaded once and never changed.

    spaced: words are separated by spaces. clitics: letters that stick to the front of a word (Arabic wa-, al-). numerals: digit → digit.
    months, weekdays (0 = Monday), days (offset from publication): word → number. order: where an object stands, "SVO" or "SOV".
    """

    code: str
    name: str
    spaced: bool = True
    order: str = "SVO"
    triggers: tuple[Trigger, ...] = ()
    cues: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    clitics: tuple[str, ...] = ()
    months: Mapping[str, int] = field(default_factory=dict)
    weekdays: Mapping[str, int] = field(default_factory=dict)
    days: Mapping[str, int] = field(default_factory=dict)
    date_forms: tuple[str, ...] = ()
    examples: tuple[Example, ...] = ()

    def words(self, cue: str) -> tuple[str, ...]:
        """The phrases of one class of cues; empty where the pack has none."""
        return self.cues.get(cue, ())


@dataclass(frozen=True, slots=True, eq=False)
class Packs:
    """The language packs in force, by code."""

    by_code: Mapping[str, LanguagePack]

    def __iter__(self) -> Iterator[LanguagePack]:
        """The packs in the order they were loaded."""
        return iter(self.by_code.values())

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the languages that can be read."""
        return tuple(self.by_code)

    def of(self, language: str | None) -> LanguagePack | None:
        """The pack for a BCP 47 tag, by its first part; None when there is none."""
        return self.by_code.get((language or "").split("-")[0].lower())
