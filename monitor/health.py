"""What visits have brought → a verdict on each source and on each country and language: is it still being heard, and if not, why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from monitor.model import FetchFailure, NotModified, Response, Source, SourceState

MOVED_AFTER = timedelta(
    days=7
)  #: a permanent redirect is believed once it has stood for a week; before, it may be a mistake
UNHEARD_AFTER = timedelta(
    hours=24
)  #: a source that could not be read for so long is broken, whatever the reason each time
BROKEN_WEIGHT = 2.0  #: of failures in a row: two hard ones, four soft ones, eight temporary ones
SILENT_FACTOR = 6.0  #: times a source's own rhythm without anything new before it counts as silent
QUIET_FACTOR = 2.0  #: times before it counts as quiet
MIN_RHYTHM = timedelta(hours=12)  #: a newsroom that prints every ten minutes still sleeps at night
DEFAULT_RHYTHM = timedelta(days=10)  #: of a source whose rhythm is not known yet
SMOOTHING = 0.2  #: weight of the newest gap in a source's rhythm

#: What the operator does next, by verdict.
NEXT_STEP: Mapping[str, str] = {
    "new": "wait for its first visit",
    "heard": "nothing to do",
    "quiet": "nothing to do",
    "silent": "open its site and see whether it still publishes, and under which feed address",
    "moved": "write its new address into sources.yaml",
    "blocked": "ask the publisher to admit feed readers, or give the source a proxy",
    "broken": "open its address in a browser; if the feed is gone, find its new one or remove it from sources.yaml",
    "hostile": "do not open it in a browser; check whether the site was taken over",
}

Outcome = Response | NotModified | FetchFailure


def verdict(state: SourceState, outcome: Outcome, now: datetime) -> tuple[str, str]:
    """Whether a source is heard, quiet, silent, moved, blocked, broken or hostile after this visit, and why.

    state: with this visit already in it (failures, heard, renewed, moved_to). A single slip leaves the former verdict.
    """
    if isinstance(outcome, FetchFailure):
        return _failing(state, outcome, now)
    if state.moved_to and state.moved_since and now - state.moved_since >= MOVED_AFTER:
        return "moved", f"its address has led to {state.moved_to} since {state.moved_since:%Y-%m-%d}"
    since = state.renewed or state.heard or state.visited
    silence = now - since if since else timedelta(0)
    rhythm = max(timedelta(seconds=state.gap_s), MIN_RHYTHM) if state.gap_s else DEFAULT_RHYTHM
    if silence > SILENT_FACTOR * rhythm:
        return "silent", f"nothing new for {_told(silence)}; it used to bring something every {_told(rhythm)}"
    if silence > QUIET_FACTOR * rhythm:
        return "quiet", f"nothing new for {_told(silence)}"
    return "heard", "readable and in its usual rhythm"


def rhythm(state: SourceState, now: datetime) -> float | None:
    """The source's own rhythm in seconds once something new has come now; None while only one such visit is known."""
    if state.renewed is None:
        return None
    gap = max(0.0, (now - state.renewed).total_seconds())
    return gap if state.gap_s is None else (1 - SMOOTHING) * state.gap_s + SMOOTHING * gap


def next_step(verdict_: str) -> str:
    """What the operator does about a source with this verdict."""
    return NEXT_STEP[verdict_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """Whether one country in one language is still being heard. cause: us | publisher | country | none; lost: ids of unheard sources."""

    country: str
    language: str
    heard: int
    sources: int
    cause: str
    lost: tuple[str, ...]
    why: str

    @property
    def dark(self) -> bool:
        """Whether nobody is left who would tell us."""
        return self.heard == 0


def coverage(
    sources: Iterable[Source], states: Mapping[str, SourceState], *, offline: bool = False
) -> tuple[Coverage, ...]:
    """One verdict per country and language named in the sources, sorted; a country "" is the whole world.

    The causes are kept apart: *us* while we are offline, *publisher* while one house is behind all that is lost, *country* when
    several independent houses of the place went quiet together.
    """
    cells: dict[tuple[str, str], list[Source]] = {}
    for source in sources:
        for country in source.country or ("",):
            for language in source.language or ("",):
                cells.setdefault((country, language.partition("-")[0].lower()), []).append(source)
    return tuple(_cell(place, members, states, offline=offline) for place, members in sorted(cells.items()))


def _cell(
    place: tuple[str, str], members: list[Source], states: Mapping[str, SourceState], *, offline: bool
) -> Coverage:
    lost = [s for s in members if not _listening(states.get(s.id))]
    houses = {s.group or s.id for s in lost}
    if not lost:
        cause, why = "none", "every source is heard"
    elif offline:
        cause, why = "us", "our own connection is down"
    elif len(houses) == 1:
        cause, why = "publisher", f"{len(lost)} of {len(members)} sources, all of one house, cannot be heard"
    else:
        cause, why = "country", f"{len(lost)} of {len(members)} sources of {len(houses)} houses cannot be heard"
    return Coverage(
        country=place[0], language=place[1], heard=len(members) - len(lost), sources=len(members),
        cause=cause, lost=tuple(sorted(s.id for s in lost)), why=why,
    )  # fmt: skip


def _listening(state: SourceState | None) -> bool:
    return state is None or state.verdict in {"new", "heard", "quiet", "moved"}


def _failing(state: SourceState, outcome: FetchFailure, now: datetime) -> tuple[str, str]:
    if outcome.kind == "hostile":
        return "hostile", outcome.why
    if outcome.kind == "gone":
        return "broken", outcome.why
    unheard = now - state.heard if state.heard else None
    if state.failures < BROKEN_WEIGHT and (unheard is None or unheard < UNHEARD_AFTER) and state.verdict != "new":
        return state.verdict, state.why
    if outcome.kind == "blocked":
        return "blocked", outcome.why
    return "broken", outcome.why if unheard is None else f"{outcome.why}; unheard for {_told(unheard)}"


def _told(length: timedelta) -> str:
    """A length of time in the largest unit that fits."""
    hours = length.total_seconds() / 3_600
    return f"{hours / 24:.0f} days" if hours >= 48 else f"{hours:.0f} hours"
