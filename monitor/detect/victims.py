"""A trigger in its sentence → how it stands there (active, passive, noun …) and who it befell, as written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from monitor.detect.lexicon import Found, Marked
from monitor.detect.people import Person
from monitor.languages.pack import Form, LanguagePack

LEFT = 28  #: words a subject may stand before its verb, apposition included
RIGHT = 16  #: words an object may stand behind its verb, titles and apposition included
LIST_GAP = 7  #: words between two names of one list ("X, 27, a student, and Y")
NEAR = 4  #: words between an auxiliary and its participle


class Voice(StrEnum):
    """How a trigger stands: who it befell comes before (PASSIVE), after (ACTIVE), around a noun (NOUN), or it only describes (ATTRIBUTE)."""

    PASSIVE = "passive"
    ACTIVE = "active"
    NOUN = "noun"
    BASE = "base"
    STATE = "state"
    ATTRIBUTE = "attribute"


@dataclass(frozen=True, slots=True)
class Bound:
    """Who a trigger befell: people by name, or the person spoken of before (carried) when only a pronoun or role stands there."""

    people: tuple[Person, ...] = ()
    carried: bool = False


def voice(marked: Marked, one: Found, people: Sequence[Person], pack: LanguagePack) -> Voice:
    """How a trigger stands in its sentence."""
    forms = one.forms or frozenset({one.trigger.form})
    if Form.STATE in forms:
        return Voice.STATE
    if Form.PASSIVE in forms:
        return Voice.PASSIVE
    if Form.ACTIVE in forms and Form.PAST not in forms:
        return Voice.ACTIVE
    if Form.NOUN in forms and (Form.BASE not in forms or _is_noun(marked, one)):
        return Voice.NOUN
    if Form.BASE in forms and Form.PAST not in forms:
        return Voice.BASE
    if marked.at("be", one.first - NEAR, one.first) and not _actor_between(marked, one):
        return Voice.PASSIVE
    if marked.at("agent", one.last, one.last + 2):
        return Voice.PASSIVE
    if _attribute(marked, one, people):
        return Voice.ATTRIBUTE
    if _subject_acts(marked, one) and _object_follows(marked, one, people):
        return Voice.ACTIVE
    return Voice.PASSIVE if pack.order == "SVO" or not people else Voice.ACTIVE


def befallen(marked: Marked, one: Found, how: Voice, people: Sequence[Person], pack: LanguagePack) -> Bound:
    """Who the event befell. Names inside "by …", "the lawyer of …" or another clause are not it."""
    left = [p for p in people if p.last <= one.first and one.first - p.last <= LEFT]
    right = [p for p in people if p.first >= one.last and p.first - one.last <= RIGHT]
    if how in {Voice.PASSIVE, Voice.STATE}:
        bound = _subject(marked, one, left)
        if not bound.people and not bound.carried and (pack.order != "SVO" or not pack.spaced):
            return _object(marked, one, right)
        return bound
    if how is Voice.NOUN:
        return _of_noun(marked, one, left, right)
    if how is Voice.ATTRIBUTE:
        return Bound(_listed(marked, right[:1], right)) if right and right[0].first - one.last <= LIST_GAP else Bound()
    bound = _object(marked, one, right)
    if not bound.people and not bound.carried and (pack.order != "SVO" or not pack.spaced):
        return _subject(marked, one, left)
    return bound


def _is_noun(marked: Marked, one: Found) -> bool:
    """Whether a word that is verb and noun stands as a noun here: after an article or possessive, before "of", behind an adjective."""
    before = marked.tokens[one.first - 1].text if one.first else ""
    after = marked.tokens[one.last].text if one.last < len(marked.tokens) else ""
    if (
        before in {"to", "not"}
        or marked.at("future", one.first - 1, one.first)
        or marked.at("pronouns", one.first - 1, one.first)
    ):
        return False
    if after in {"of", "warrant", "warrants"} or before in {
        "'s",
        "the",
        "a",
        "an",
        "his",
        "her",
        "their",
        "this",
        "of",
        "for",
        "and",
        "under",
    }:
        return True
    if marked.at("police", one.first - 2, one.first) or marked.at("roles", one.last, one.last + 2):
        return False
    return not marked.at("people_nouns", one.last, one.last + 3)


def _actor_between(marked: Marked, one: Found) -> bool:
    be = marked.last("be", one.first - NEAR, one.first)
    return be is not None and marked.at("police", be + 1, one.first)


def _attribute(marked: Marked, one: Found, people: Sequence[Person]) -> bool:
    """Whether a participle only describes the person behind it ("the jailed blogger")."""
    names_follow = any(p.first == one.last for p in people)
    described = (
        marked.at("roles", one.last, one.last + 2) or marked.at("people_nouns", one.last, one.last + 1) or names_follow
    )
    if not described:
        return False
    if one.first == 0:
        return True
    before = one.first - 1
    return (
        marked.at("attribute_before", before, one.first)
        or marked.at("possessives", before, one.first)
        or marked.tokens[before].text in {",", "“", '"', "'s"}
    )


def _subject_acts(marked: Marked, one: Found) -> bool:
    """Whether somebody who arrests, judges or attacks stands before the verb."""
    start = max(0, one.first - 12)
    return any(marked.at(cue, start, one.first) for cue in ("police", "court", "state")) or one.first > 0


def _object_follows(marked: Marked, one: Found, people: Sequence[Person]) -> bool:
    """Whether a noun phrase begins right behind the verb: a name, a role, a number, an article."""
    if one.last >= len(marked.tokens):
        return False
    token = marked.tokens[one.last]
    if any(p.first - one.last <= 1 for p in people if p.first >= one.last):
        return True
    starts = token.text in {
        "the",
        "a",
        "an",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "at",
        "him",
        "her",
        "them",
        "more",
        "several",
        "dozens",
        "hundreds",
        "another",
        "his",
        "their",
        "its",
        "some",
        "many",
        "over",
    }
    if token.text == "at":
        return one.last + 1 < len(marked.tokens) and marked.tokens[one.last + 1].text == "least"
    return (
        starts
        or token.text.isdigit()
        or any(
            marked.at(cue, one.last, one.last + 2)
            for cue in ("roles", "people_nouns", "kin", "titles", "not_person", "police", "protest")
        )
    )


def _subject(marked: Marked, one: Found, left: Sequence[Person]) -> Bound:
    """The people before a passive verb: the nearest group, "who" included; else the person spoken of before."""
    for person in reversed(left):
        if _complement(marked, person) or _speaks(marked, person, one):
            continue
        between = marked.tokens[person.last : one.first]
        if any(t.text in {";", "—", "–"} for t in between) or _other_clause(marked, person, one):
            break
        return Bound(_listed(marked, [person], left))
    return Bound(carried=marked.at("pronouns", one.first - 8, one.first) or _the_role(marked, one))


def _the_role(marked: Marked, one: Found) -> bool:
    """Whether "the defender", "the activist" stands before the verb: the one spoken of before."""
    role = marked.last("roles", one.first - 8, one.first)
    return (
        role is not None
        and role > 0
        and marked.tokens[role - 1].text in {"the", "el", "la", "le"}
        and not marked.at("agent", role - 3, role)
    )


def _other_clause(marked: Marked, person: Person, one: Found) -> bool:
    """Whether another trigger's clause or a conjunction cuts the name off from this verb, and no "who" ties it back."""
    cut = marked.last("clause", person.last, one.first)
    if cut is None:
        return False
    word = marked.tokens[cut].text
    return word not in {"who", "and", "that", "whose"} and marked.at("pronouns", cut, one.first)


def _object(marked: Marked, one: Found, right: Sequence[Person]) -> Bound:
    """The people behind an active verb, up to the end of its clause."""
    stop = next(
        (
            i
            for i in range(one.last, len(marked.tokens))
            if i in marked.cues.get("clause", {}) and marked.tokens[i].text != "and" and i > one.last
        ),
        len(marked.tokens),
    )
    stop = min([stop, *(t.first for t in marked.triggers if t.first >= one.last and t.first > one.last + 1)])
    for person in right:
        if person.first >= stop:
            break
        if not _complement(marked, person):
            return Bound(_listed(marked, [person], right))
    pronoun = one.last < len(marked.tokens) and marked.tokens[one.last].text in {"him", "her", "them"}
    return Bound(carried=pronoun)


def _of_noun(marked: Marked, one: Found, left: Sequence[Person], right: Sequence[Person]) -> Bound:
    """The people of a noun: "X's arrest", "the arrest of X", "his arrest"."""
    if left and one.first - left[-1].last <= 3 and marked.tokens[left[-1].last].text == "'s":
        return Bound((left[-1],))
    if marked.at("possessives", one.first - 3, one.first):
        return Bound(carried=True)
    ends_open = marked.tokens[one.last - 1].text in {"of", "on", "against", "for"}
    of = next(
        (
            i
            for i in range(one.last, min(one.last + 3, len(marked.tokens)))
            if marked.tokens[i].text in {"of", "against", "on"}
        ),
        None,
    )
    if of is None and not ends_open and marked.tokens[one.first].text.isascii():
        return Bound()
    for person in right:
        cut = any(
            i in marked.cues.get("clause", {}) and marked.tokens[i].text != "and" for i in range(one.last, person.first)
        )
        other = any(one.last <= t.first < person.first for t in marked.triggers if t is not one)
        return Bound() if cut or other else Bound(_listed(marked, [person], right))
    return Bound() if right or not left or pack_spaced(marked) else Bound((left[-1],))


def pack_spaced(marked: Marked) -> bool:
    """Whether the sentence's words are separated by spaces, as far as the sentence itself shows."""
    return any(b.start > a.end for a, b in zip(marked.tokens, marked.tokens[1:], strict=False))


def _complement(marked: Marked, person: Person) -> bool:
    """Whether a name only tells whose people these are: "supporters of X", "the lawyer for X", "X's wife", "by X"."""
    tokens = marked.tokens
    start = person.first
    while start > 0 and (start - 1 in marked.cues.get("titles", {}) or start - 1 in marked.cues.get("roles", {})):
        start -= 1
    before = tokens[start - 1].text if start else ""
    if before == "by":
        return True
    if before in {"of", "for", "with", "to"} and any(
        marked.at(c, start - 3, start - 1) for c in ("people_nouns", "kin", "roles", "titles")
    ):
        return True
    return (
        person.last < len(tokens)
        and tokens[person.last].text == "'s"
        and any(marked.at(c, person.last + 1, person.last + 3) for c in ("kin", "people_nouns", "roles", "titles"))
    )


def _speaks(marked: Marked, person: Person, one: Found) -> bool:
    """Whether a name stands there because it says something ("X said that … were arrested")."""
    return (
        person.last < one.first
        and marked.at("said", person.last, min(person.last + 2, one.first))
        and one.first - person.last > 1
    )


def _listed(marked: Marked, chosen: list[Person], pool: Sequence[Person]) -> tuple[Person, ...]:
    """A name with the others of its list: "X, Y and Z"."""
    group = list(chosen)
    ordered = sorted(pool, key=lambda p: p.first)
    for side in (1, -1):
        at = ordered.index(group[0])
        while 0 <= at + side < len(ordered):
            near, other = ordered[at], ordered[at + side]
            low, high = (near, other) if side == 1 else (other, near)
            between = marked.tokens[low.last : high.first]
            joined = any(t.text in {",", "&", ";", "、", "،"} for t in between) or marked.at(
                "list_and", low.last, high.first
            )
            broken = any(
                i in marked.cues.get("be", {}) or i in marked.cues.get("said", {}) for i in range(low.last, high.first)
            )
            if (
                not joined
                or broken
                or len(between) > LIST_GAP
                or any(low.last <= t.first < high.first for t in marked.triggers)
            ):
                break
            group.append(other)
            at += side
    return tuple(sorted(group, key=lambda p: p.first))
