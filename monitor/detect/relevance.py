"""An event in its surroundings → whether it touches civic life, with the cue that says so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from monitor.detect.page import Page
from monitor.detect.places import Place
from monitor.detect.voices import Told
from monitor.model import Act, Relevance

NEAR: Final = 14  #: words between a trigger and the role of the one it befell
LOOKED_BACK: Final = 3  #: sentences before it whose protest or role still sets the scene

_ON_ASSEMBLIES: Final = frozenset({
    Act.ASSEMBLY_DISPERSAL, Act.ASSEMBLY_BAN, Act.EXCESSIVE_FORCE, Act.MASS_ARREST,
})  # fmt: skip


#: Acts of courts and police, whose reason may be a crime against somebody with a civic role.
_ON_PERSONS: Final = frozenset(
    {Act.ARREST, Act.DETENTION, Act.CHARGE, Act.SENTENCE, Act.TRIAL, Act.RELEASE, Act.ACQUITTAL, Act.WARRANT}
)
_VIOLENT: Final = frozenset(
    {Act.KILLING, Act.ATTACK, Act.ABDUCTION, Act.SEXUAL_VIOLENCE, Act.ATTEMPTED_KILLING, Act.THREAT}
)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A relevance and the cue behind it."""

    relevance: Relevance
    why: str


def weigh(
    page: Page, title: Page | None, told: Told, sentence: Place, *, victim_civic: str | None, listed: bool
) -> Weighed:
    """The relevance of one event. victim_civic: the civic role the article gives its victim elsewhere. listed: a listed person is hit."""
    civic = _civic_here(page, told, sentence)
    crime = _nearest(page, "crime", told.place, sentence, NEAR * 2)
    if civic is None and victim_civic is not None:
        civic = f"the article calls the victim “{victim_civic}”"
    if civic is not None:
        return Weighed(Relevance.CIVIC, civic)
    if crime is None:
        scene = _scene(page, title, sentence)
        if scene is not None:
            return Weighed(Relevance.CIVIC, scene)
    if crime is not None and not listed:
        return Weighed(Relevance.OTHER, f"“{_cue(page, crime)}” and no civic link")
    return Weighed(
        Relevance.UNCLEAR,
        "no civic link found" if crime is None else "a listed person, but “crime” words and no civic link",
    )


def _civic_here(page: Page, told: Told, sentence: Place) -> str | None:
    """The civic cue of the sentence itself: a role near the trigger, a protest, a charge used against dissent."""
    for cue, reach in (("roles", NEAR), ("protest", NEAR * 2), ("repression", NEAR * 2)):
        if cue != "roles" and told.trigger.act in _VIOLENT and not page.has("state", sentence.start, sentence.end):
            continue
        found = _nearest(page, cue, told.place, sentence, reach)
        if found is not None and not (told.trigger.act in _ON_PERSONS and _of_another_act(page, told.place, found)):
            return f"“{_cue(page, found)}” beside it"
    if told.trigger.act in _ON_ASSEMBLIES and told.trigger.needs == ():
        return "the act itself is against an assembly"
    return None


def _of_another_act(page: Page, place: Place, cue: Place) -> bool:
    """Whether a violent act told between the trigger and the cue is what befell the role ("arrested after he beat a journalist")."""
    return cue.start > place.end and any(
        place.end <= other.start < cue.start and trigger.act in _VIOLENT and trigger.act not in _ON_PERSONS
        for other, trigger in page.scan.triggers
    )


def _nearest(page: Page, cue: str, place: Place, sentence: Place, reach: int) -> Place | None:
    found = page.scan.of(cue).within(sentence.start, sentence.end)
    if cue == "roles":
        found = [p for p in found if not _speaks(page, p) or page.has("pronouns", p.end, place.start)]
    best = min(found, key=lambda p: abs(p.start - place.start), default=None)
    if best is None:
        return None
    apart = page.scan.apart(min(best.end, place.start), max(best.start, place.start))
    return best if apart <= reach else None


def _speaks(page: Page, role: Place) -> bool:
    """Whether the one with the role only speaks ("activists said", "told the reporter")."""
    speech = page.scan.of("speech")
    return any(page.scan.apart(role.end, s.start) <= 1 for s in speech.within(role.end, role.end + 24)) or any(
        page.scan.apart(s.end, role.start) <= 1 for s in speech.within(max(0, role.start - 20), role.start)
    )


def _scene(page: Page, title: Page | None, sentence: Place) -> str | None:
    """The civic cue of the headline or of the sentences just before."""
    for cue in ("protest", "roles", "repression"):
        if title is not None and title is not page and title.scan.of(cue):
            return f"“{title.scan.text[title.scan.of(cue).starts[0] : title.scan.of(cue).ends[0]]}” in the headline"
    here = page.number(sentence)
    for earlier in reversed(page.sentences[max(0, here - LOOKED_BACK) : here]):
        for cue in ("protest", "roles"):
            found = page.scan.of(cue).within(earlier.start, earlier.end)
            if found and not page.scan.of("crime").within(earlier.start, earlier.end):
                return f"“{_cue(page, found[0])}” just before"
    if page.has("state", sentence.start, sentence.end) and (protest := page.scan.of("protest")):
        return f"“{page.scan.text[protest.starts[0] : protest.ends[0]]}” in the same report, and somebody of the state acts"
    return None


def _cue(page: Page, place: Place) -> str:
    return page.scan.text[place.start : place.end].strip()
