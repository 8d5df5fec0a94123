"""What is heard and what is not → what the operator must know of, each with its next step; names of places and sources only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from monitor import health
from monitor.model import Source, SourceState

LOST_SHARE = 0.25  #: of all sources that cannot be heard, from which the list itself is a concern
LOST_LEAST = 4  #: sources, below which a share says nothing
LISTED = 8  #: ids named in one message; the rest are in `status`
GONE = "gone for good"  #: how a source's reason reads after an answer of 410


@dataclass(frozen=True, slots=True, kw_only=True)
class Concern:
    """One thing the operator must know of. key: the same as long as it is the same concern; what, todo: plain sentences."""

    key: str
    title: str
    what: str
    todo: str


def concerns(
    sources: Sequence[Source],
    states: Mapping[str, SourceState],
    *,
    offline: bool = False,
    canaries: Mapping[str, str] | None = None,
) -> tuple[Concern, ...]:
    """Everything of concern now, sorted by key. canaries: by script, why an article made for a test did not become an alert, "" when it did.

    While it is we who are offline that is the one concern: what cannot be heard meanwhile says nothing about the publishers.
    """
    found = [_unread(script, why) for script, why in (canaries or {}).items() if why]
    if offline:
        found.append(_cut_off())
    else:
        found += _dark_places(sources, states)
        found += [concern for s in sources if (concern := _of_source(s, states.get(s.id)))]
        found += _long_list(sources, states)
    return tuple(sorted(found, key=lambda c: c.key))


def _cut_off() -> Concern:
    return Concern(
        key="offline",
        title="We are cut off: most publishers cannot be reached",
        what="unrelated publishers failed at the same time, so it is our own connection, its name server or its proxy",
        todo="look at the network of this machine; the sources are tried again every two minutes, and none is blamed meanwhile",
    )


def _unread(script: str, why: str) -> Concern:
    return Concern(
        key=f"canary:{script}",
        title=f"An article made for a test in {script} script did not become an alert",
        what=f"{why}; a real report in this script may be missed",
        todo="run `hrd-monitor status`, then start the daemon anew; if it goes on, put back the release or the language pack of before",
    )


def _dark_places(sources: Iterable[Source], states: Mapping[str, SourceState]) -> Iterable[Concern]:
    """One concern for each country in which nobody is heard any more in some language."""
    dark: dict[str, list[health.Coverage]] = {}
    for cell in health.coverage(sources, states):
        if cell.dark:
            dark.setdefault(cell.country, []).append(cell)
    causes = {
        "publisher": "one publisher is behind all of them, so look at that house first",
        "country": "several independent houses went quiet together, so the whole country may be cut off",
    }
    for country, cells in dark.items():
        languages = [c.language or "any language" for c in cells]
        lost = sorted({source for cell in cells for source in cell.lost})
        causing = {c.cause for c in cells}
        place = country or "the world (sources without a country)"
        yield Concern(
            key=f"coverage:{country}:{'+'.join(languages)}",
            title=f"Nobody is heard any more: {place}, {', '.join(languages)}",
            what=f"not heard: {_some(lost)}. {causes['country' if 'country' in causing else 'publisher'].capitalize()}",
            todo="run `hrd-monitor status` for the reason of each; add another source for the place with `hrd-monitor sources add`",
        )


def _of_source(source: Source, state: SourceState | None) -> Concern | None:
    """What is to be done about one source; None while it needs nothing."""
    if state is None:
        return None
    if state.verdict == "moved" and state.moved_to:
        return Concern(
            key=f"moved:{source.id}",
            title=f"Source {source.id} has moved",
            what=state.why,
            todo=f"in sources.yaml, under id: {source.id}, write  url: {state.moved_to}",
        )
    if state.verdict == "broken" and GONE in state.why:
        return Concern(
            key=f"gone:{source.id}",
            title=f"Source {source.id} is gone",
            what=state.why,
            todo=f"in sources.yaml, under id: {source.id}, write its new url, or remove the item; until then it is asked once a week",
        )
    if state.verdict == "hostile":
        return Concern(
            key=f"hostile:{source.id}",
            title=f"Source {source.id} sends documents that break readers",
            what=state.why,
            todo=health.next_step("hostile"),
        )
    return None


def _long_list(sources: Sequence[Source], states: Mapping[str, SourceState]) -> Iterable[Concern]:
    """Whether so much of the list cannot be heard that the list, or our way out, is at fault."""
    lost = sorted(s.id for s in sources if s.id in states and states[s.id].verdict in {"broken", "blocked", "hostile"})
    if len(lost) >= LOST_LEAST and len(lost) >= LOST_SHARE * len(sources):
        yield Concern(
            key="sources",
            title=f"{len(lost)} of {len(sources)} sources cannot be heard",
            what=f"not heard: {_some(lost)}",
            todo="run `hrd-monitor sources check`; where publishers turn us away, give those sources a proxy",
        )


def _some(ids: Sequence[str]) -> str:
    return ", ".join(ids[:LISTED]) + (f" and {len(ids) - LISTED} more" if len(ids) > LISTED else "")
