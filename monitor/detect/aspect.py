"""A trigger in its clause → whether it really happened, and when: the cues that bind to it, each with its reason."""

from __future__ import annotations

from datetime import date, timedelta

from monitor.detect.lexicon import Found, Marked
from monitor.detect.victims import Voice
from monitor.model import Act, Aspect, Occurrence

LEFT = 6  #: words to the left in which a cue still binds to the trigger
OLD = timedelta(days=30)  #: an event dated longer than this before publication is background
_GOOD = frozenset({Act.RELEASE, Act.ACQUITTAL})
_MEANS = frozenset({Act.ASSEMBLY_DISPERSAL, Act.EXCESSIVE_FORCE})


def aspect(
    marked: Marked, one: Found, how: Voice, when: Occurrence | None, published: date | None, in_title: bool
) -> tuple[Aspect, str]:
    """The aspect of an event and the cue that decides it."""
    start = _clause_start(marked, one)
    if marked.at("negation", max(start, one.first - 4), one.first):
        return Aspect.NEGATED, "negated before it"
    if how is Voice.BASE:
        return _base(marked, one, start)
    if one.trigger.act in _GOOD and _demanded(marked, one, how):
        return Aspect.DEMANDED, "what somebody demands"
    if how is not Voice.NOUN or one.trigger.act in _GOOD:
        if marked.at("future", max(start, one.first - LEFT), one.first):
            return Aspect.FUTURE, "told as still to come"
        if marked.at("hypothetical", max(start, one.first - LEFT), one.first) and not _helped(marked, one):
            return Aspect.HYPOTHETICAL, "told as possible"
    elif marked.at("hypothetical", max(start, one.first - 3), one.first) or marked.at(
        "future", max(start, one.first - 3), one.first
    ):
        return Aspect.HYPOTHETICAL, "told as possible"
    return _in_time(marked, one, how, when, published, in_title)


def _in_time(
    marked: Marked, one: Found, how: Voice, when: Occurrence | None, published: date | None, in_title: bool
) -> tuple[Aspect, str]:
    """Now or long ago: dates first, then the words that tell of the past."""
    if when is not None and published is not None:
        if when.last < published - OLD:
            return Aspect.HISTORICAL, f"dated {when}, long before publication"
        if when.first > published + timedelta(days=1):
            return Aspect.FUTURE, f"dated {when}, after publication"
        if how is not Voice.ATTRIBUTE and not marked.any("year_ago"):
            return Aspect.ACTUAL, f"dated {when}"
    if how is Voice.ATTRIBUTE:
        return Aspect.HISTORICAL, "only describes the person"
    if how is Voice.STATE:
        return Aspect.HISTORICAL, "a state that lasts"
    if marked.any("year_ago"):
        return Aspect.HISTORICAL, "told as years ago"
    if marked.at("background", one.first - LEFT, one.first) or marked.at("background", one.last, one.last + LEFT):
        return Aspect.HISTORICAL, "told as background"
    if how is Voice.NOUN and not in_title and marked.at("nominal_background", one.first - 4, one.first):
        return Aspect.HISTORICAL, "named only as what came before"
    if (when is not None and when.last.year != when.first.year) or (
        when is not None and published is None and _year_only(when)
    ):
        return Aspect.HISTORICAL, f"dated {when}"
    return Aspect.ACTUAL, "told as having happened"


def _year_only(when: Occurrence) -> bool:
    return (when.last - when.first).days > 300


def _base(marked: Marked, one: Found, start: int) -> tuple[Aspect, str]:
    """A verb in its bare form: a headline's present, a demand, a purpose."""
    if one.trigger.act in _GOOD and (
        marked.any("demand") or one.first <= 2 or marked.at("hypothetical", start, one.first)
    ):
        return Aspect.DEMANDED, "what somebody demands"
    before = marked.tokens[one.first - 1].text if one.first else ""
    if before == "to":
        if one.trigger.act in _MEANS and any(t.trigger.act in _MEANS and t is not one for t in marked.triggers):
            return Aspect.ACTUAL, "the purpose of force that was used"
        if marked.at("future", max(start, one.first - LEFT), one.first):
            return Aspect.FUTURE, "told as still to come"
        return Aspect.HYPOTHETICAL, "a purpose, not a fact"
    if marked.at("future", max(start, one.first - LEFT), one.first):
        return Aspect.FUTURE, "told as still to come"
    if marked.at("hypothetical", max(start, one.first - LEFT), one.first):
        return Aspect.HYPOTHETICAL, "told as possible"
    if any(marked.at(cue, one.first - 4, one.first) for cue in ("police", "court", "state")) or (
        one.first >= 1 and marked.tokens[one.first].text.endswith("s")
    ):
        return Aspect.ACTUAL, "a headline's present"
    return Aspect.HYPOTHETICAL, "a bare verb without a subject that acts"


def _demanded(marked: Marked, one: Found, how: Voice) -> bool:
    """Whether a release is asked for rather than told."""
    if marked.at("demand", one.first - 14, one.first) and (
        how is Voice.NOUN or marked.tokens[one.first - 1].text in {"be", "immediately", "unconditionally"}
    ):
        return True
    if how is Voice.ACTIVE and marked.at("demand", one.first - 4, one.first):
        return True
    return (
        one.first > 0
        and marked.tokens[one.first - 1].text == "be"
        and marked.at("hypothetical", one.first - 4, one.first)
    )


def _helped(marked: Marked, one: Found) -> bool:
    """Whether "may" or "can" is a month or belongs to another verb: nothing but adverbs stands between a modal and its verb."""
    cue = marked.last("hypothetical", one.first - LEFT, one.first)
    return cue is not None and any(t.last <= one.first and t.first > cue for t in marked.triggers)


def _clause_start(marked: Marked, one: Found) -> int:
    """The word at which the trigger's clause begins: behind the last conjunction, semicolon or other trigger's object."""
    for i in range(one.first - 1, -1, -1):
        if marked.tokens[i].text in {";", ":", "—", "–", "(", ")", "“", "”"}:
            return i + 1
        if i in marked.cues.get("clause", {}) and marked.tokens[i].text not in {"and", "who", "that", "which"}:
            return i
    return 0
