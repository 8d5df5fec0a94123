"""The noun phrase around somebody: whether it hangs on a preposition, owns the next noun, or goes on with a list."""

from __future__ import annotations

from typing import Final

from monitor.detect.page import Page, Somebody, Who
from monitor.detect.places import Place
from monitor.languages.pack import Voice
from monitor.model import Relation

VERB_CHARS: Final = 40  #: characters of a verb before its object

_RELATIONS: Final = (("kin", Relation.RELATIVE), ("lawyers", Relation.LAWYER), ("colleagues", Relation.COLLEAGUE))


def continues(page: Page, start: int, end: int) -> bool:
    """Whether the words after a name go on with its list: a comma or a conjunction comes first, an aside in brackets skipped."""
    between = page.form.text[start:end]
    opened = between.lstrip()
    if opened.startswith("(") and (close := between.find(")")) >= 0:
        start += close + 1
        between = between[close + 1 :]
    head = between.lstrip(" )]*#(0123456789\"”'")
    if between.startswith(" -") or head.startswith((",", "،", "、", "，")):
        return True
    first = page.scan.word_at(start - 1) + 1
    while first < len(page.scan.words) and page.scan.words[first] < start:
        first += 1
    at = page.scan.words[first] if first < len(page.scan.words) else end
    if at < end and page.scan.of("conjunctions").at(at) is not None:
        return True
    return between.strip() in page.pack.prefixes and between.strip() in page.pack.grammar.conjunctions


def heads_item(page: Page, one: Somebody) -> bool:
    """Whether a comma, semicolon or conjunction stands right before the noun phrase of somebody."""
    start = phrase_start(page, one)
    n = page.scan.word_at(start) - 1
    if n < 0:
        return False
    between = page.form.text[page.scan.word_ends[n] : start].strip(" [*\"“'")
    return between.endswith((",", ";", ":", "،", "、", "，")) or (
        not between and page.scan.of("conjunctions").at(page.scan.words[n]) is not None
    )


def bare_comma(page: Page, left: Somebody, right: Somebody) -> bool:
    """Whether nothing but a comma stands between two names."""
    return page.form.text[left.end : right.start].strip() in {",", "،", "、", "，"}


def modifies(page: Page, one: Somebody) -> bool:
    """Whether a name only describes the noun right after it ("Mada Masr journalist", "Lukashenko critic")."""
    n = page.scan.word_at(one.end - 1) + 1
    if n >= len(page.scan.words) or page.form.text[one.end : page.scan.words[n]] != " ":
        return False
    if page.scan.of("conjunctions").at(page.scan.words[n]) is not None:
        return False
    return any(page.scan.of(c).at(page.scan.words[n]) for c in ("roles", "people", "state", "court"))


def phrase_start(page: Page, one: Somebody) -> int:
    """Where the noun phrase of somebody begins: articles, titles, roles and numbers before the name are stepped over."""
    n = page.scan.word_at(one.start)
    start = one.start
    for _ in range(4):
        n -= 1
        if n < 0:
            break
        at, end = page.scan.words[n], page.scan.word_ends[n]
        gap = page.form.text[end:start]
        if gap.strip(" .[*\"“'"):
            break
        word = page.scan.text[at:end]
        roles = page.scan.of("roles").ending(end) or page.scan.of("people").ending(end)
        if roles is not None:
            start = min(at, roles.start)
            n = page.scan.word_at(start)
        elif page.scan.of("attributive").at(at) is not None or word[0].isdigit():
            start = at
        else:
            break
    return start


def preposed(page: Page, one: Somebody, floor: int) -> bool:
    """Whether somebody hangs on a preposition and so is not the subject itself."""
    start = phrase_start(page, one)
    n = page.scan.word_at(start) - 1
    if n < 0 or page.scan.words[n] < floor:
        return False
    at, end = page.scan.words[n], page.scan.word_ends[n]
    if page.form.text[end:start].strip(" [*\"“'("):
        return False
    return any(page.scan.of(c).at(at) for c in ("of", "prepositions", "place_before", "by", "date_before"))


def placed(page: Page, one: Somebody) -> bool:
    """Whether a word that opens a place, or a bracket, stands right before the name."""
    if page.form.text[max(0, one.start - 1) : one.start] == "(":
        return True
    n = page.scan.word_at(one.start) - 1
    if n < 0 or page.form.text[page.scan.word_ends[n] : one.start].strip():
        return False
    return page.scan.of("place_before").at(page.scan.words[n]) is not None


def owns(page: Page, one: Somebody) -> bool:
    """Whether the name owns the noun after it ("X's office")."""
    n = page.scan.word_at(one.end - 1) + 1
    if n >= len(page.scan.words):
        return False
    at = page.scan.words[n]
    return page.scan.of("possessors").at(at) is not None and page.form.text[one.end : at] in {"'", ""}


def relation_to(page: Page, one: Somebody) -> Relation | None:
    """What the person spoken of is to the named: their relative, lawyer or colleague; None when it is the named themselves."""
    start = phrase_start(page, one)
    for cue, relation in _RELATIONS:
        places = page.scan.of(cue)
        if places.ending(start) is not None or places.ending(one.start) is not None:
            return relation
        n = page.scan.word_at(one.end - 1) + 1
        if (
            n < len(page.scan.words)
            and places.at(page.scan.words[n]) is not None
            and page.form.text[one.end : page.scan.words[n]] in {"'", " "}
        ):
            return relation
    return None


def walled(page: Page, start: int, end: int) -> bool:
    """Whether a clause ends or somebody only speaks between two points."""
    if ";" in page.form.text[start:end] or page.has("breaks", start, end):
        return True
    return any(not _parenthetic(page, s, start, end) for s in page.scan.of("speech").within(start, end))


def _parenthetic(page: Page, speech: Place, start: int, end: int) -> bool:
    """Whether a verb of speech stands in an aside between commas ("X, the group said, was arrested")."""
    return "," in page.form.text[start : speech.start] and "," in page.form.text[speech.end : end]


def shared_of(page: Page, start: int, sentence: Place) -> int | None:
    """Where the owner of two nouns begins: "the kidnapping and death of …"; None when no second noun is joined here."""
    if page.scan.of("conjunctions").at(start) is None:
        return None
    for of in page.scan.of("of").within(start, min(sentence.end, start + 60)):
        if page.scan.apart(start, of.start) <= 4 and not page.spoken_of(start, of.start):
            return of.end
    return None


def suffered(page: Page, one: Somebody, sentence: Place) -> bool:
    """Whether a name is the object of another verb right before it, and so not the subject of a later one ("the men who killed X were …")."""
    start = phrase_start(page, one)
    earlier = page.scan.triggers_after(max(sentence.start, start - VERB_CHARS), start)
    if not earlier or page.scan.apart(earlier[-1][0].end, start):
        return False
    place = earlier[-1][0]
    voices = {t.voice for p, t in earlier if p == place}
    if page.form.text[place.end : start].strip(" \"“'["):
        return False
    n = page.scan.word_at(place.start) - 1
    at = page.scan.words[n] if n >= 0 else -1
    if voices & {Voice.GERUND, Voice.ACTIVE}:
        return at < sentence.start or page.scan.of("conjunctions").at(at) is None
    return at >= sentence.start and any(page.scan.of(cue).at(at) is not None for cue in ("relative", "state", "armed"))


def belongs(page: Page, one: Somebody, floor: int) -> bool:
    """Whether "of" makes a name the owner of a noun after a point, rather than the one meant ("the killers of X")."""
    start = phrase_start(page, one)
    n = page.scan.word_at(start) - 1
    if n < 0 or page.scan.words[n] < floor or page.form.text[page.scan.word_ends[n] : start].strip(" [*\"“'("):
        return False
    return page.scan.of("of").at(page.scan.words[n]) is not None and relation_to(page, one) is None


def alias(page: Page, left: Somebody, right: Somebody) -> bool:
    """Whether the second name stands in brackets right after the first: another name of the same person."""
    return left.who is Who.NAME and page.form.text[left.end : right.start].strip() == "("


def described(page: Page, one: Somebody) -> bool:
    """Whether one capitalised word follows an article, as an adjective does and a name does not ("a Kurdish woman")."""
    n = page.scan.word_at(one.start) - 1
    if one.sure or n < 0 or page.form.text[page.scan.word_ends[n] : one.start] != " ":
        return False
    return page.scan.of("attributive").at(page.scan.words[n]) is not None
