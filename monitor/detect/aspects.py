"""A trigger as told → whether it really happened, and when: the pack's rules in order, each bound to the trigger and its clause."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from monitor.detect.page import Page
from monitor.detect.places import Place
from monitor.detect.voices import Told, auxiliary
from monitor.languages.pack import AspectRule, Voice
from monitor.model import Aspect, Occurrence

OLD: Final = timedelta(
    days=30
)  #: an event further back than this from its publication is background; editors call a month old news

COARSE: Final = timedelta(days=27)  #: a stretch this long is a month or a year: the day was not worth telling

HEADLINE_WORDS: Final = 16  #: words of a line that may do without a verb

_BY_VOICE: Final = {
    Voice.ACTIVE: Aspect.ACTUAL,
    Voice.PASSIVE: Aspect.ACTUAL,
    Voice.PARTICIPLE: Aspect.ACTUAL,
    Voice.GERUND: Aspect.ACTUAL,
    Voice.BASE: Aspect.HYPOTHETICAL,
    Voice.NOMINAL: Aspect.HISTORICAL,
    Voice.STATIVE: Aspect.HISTORICAL,
}


@dataclass(frozen=True, slots=True)
class Judged:
    """An aspect and why."""

    aspect: Aspect
    why: str


def judge(
    page: Page, told: Told, sentence: Place, occurrence: Occurrence | None, published: Occurrence | None
) -> Judged:
    """The aspect of a trigger. occurrence: when it happened, as far as the text says. published: the day of publication, if known."""
    ruled = _ruled(page, told, sentence)
    if ruled is not None and ruled.aspect is not Aspect.ACTUAL:
        return ruled
    if occurrence is not None and published is not None:
        if occurrence.last < published.first - OLD:
            return Judged(Aspect.HISTORICAL, f"it happened {occurrence}, more than {OLD.days} days before publication")
        if occurrence.first > published.last:
            return Judged(Aspect.FUTURE, f"it is told for {occurrence}, after publication")
    if (
        occurrence is not None
        and published is None
        and (occurrence.last - occurrence.first) >= COARSE
        and page.field != "title"
    ):
        return Judged(Aspect.HISTORICAL, f"told by month or year only ({occurrence}), as news of the day is not")
    if told.attributive:
        return Judged(Aspect.HISTORICAL, "the word only describes somebody")
    if page.scan.of("ago").within(sentence.start, sentence.end) and occurrence is None:
        return Judged(Aspect.HISTORICAL, "long ago, says the sentence")
    if ruled is not None:
        return ruled
    if page.field == "title" and told.voice is Voice.NOMINAL:
        return Judged(Aspect.ACTUAL, "a noun in the headline")
    if (occurrence is None or published is None) and told.voice is Voice.PASSIVE and _relative(page, told, sentence):
        return Judged(Aspect.HISTORICAL, "told in passing of somebody, without a date to tell its age")
    if told.bare and page.field != "title" and told.voice is Voice.PASSIVE and _verb_elsewhere(page, told, sentence):
        return Judged(Aspect.HISTORICAL, "the participle only describes somebody of whom something else is told")
    return Judged(_BY_VOICE[told.voice], f"told as {told.voice.value}")


def _relative(page: Page, told: Told, sentence: Place) -> bool:
    """Whether "who was …" opens the clause of the trigger."""
    stop = auxiliary(page, told.place, sentence)
    if stop is None:
        return False
    return any(
        page.scan.apart(r.end, stop.start) <= 1
        for r in page.scan.of("relative").within(max(sentence.start, stop.start - 24), stop.start)
    )


def _ruled(page: Page, told: Told, sentence: Place) -> Judged | None:
    """What the first fitting rule of the pack says; None where none fits."""
    place = told.place
    for number, rule in enumerate(page.pack.aspects):
        if (rule.acts and told.trigger.act not in rule.acts) or (rule.voices and told.voice not in rule.voices):
            continue
        cue = _before(page, rule, number, place, sentence) or _after(page, rule, number, place, sentence)
        if cue is not None:
            return Judged(rule.aspect, f"“{page.scan.text[cue.start : cue.end].strip()}” beside it")
    return None


def _before(page: Page, rule: AspectRule, number: int, place: Place, sentence: Place) -> Place | None:
    if not rule.before:
        return None
    for cue in reversed(page.scan.of(f"aspect {number} before").within(sentence.start, place.start)):
        if page.scan.apart(cue.end, place.start) > rule.within:
            if place.start - cue.end > 40 + rule.within * 16:
                return None
            continue
        if rule.crosses or not _bounded(page, cue.end, place.start):
            return cue
    return None


def _after(page: Page, rule: AspectRule, number: int, place: Place, sentence: Place) -> Place | None:
    if not rule.after:
        return None
    for cue in page.scan.of(f"aspect {number} after").within(place.end, sentence.end):
        if page.scan.apart(place.end, cue.start) > rule.within:
            return None
        if rule.crosses or not _bounded(page, place.end, cue.start):
            return cue
    return None


def _bounded(page: Page, start: int, end: int) -> bool:
    """Whether a clause ends between two points."""
    between = page.form.text[start:end]
    if any(mark in between for mark in (",", ";", ":", "،", "；", "，", "(", " - ")):
        return True
    return page.has("breaks", start, end)


def _verb_elsewhere(page: Page, told: Told, sentence: Place) -> bool:
    """Whether a bare participle stands in a full sentence, which has a verb of its own, rather than in a headline."""
    if page.scan.apart(sentence.start, sentence.end) > HEADLINE_WORDS:
        return True
    return page.has("auxiliaries", sentence.start, sentence.end) or any(
        trigger.voice in {Voice.PARTICIPLE, Voice.ACTIVE, Voice.PASSIVE}
        for other, trigger in page.scan.triggers_after(told.place.end, sentence.end)
        if other != told.place
    )
