"""An article and an entry of the watchlist → the stage and the rule that kept it from becoming an alert, and what would change it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from monitor.match.nearest import nearest
from monitor.model import Article, Defender, Reading, Report, Source, SourceState, Strength
from monitor.store.fate import Fate

STAGES = ("source", "read", "name", "event", "person", "report", "incident", "delivery", "alerted")
_TELL = "if the article does say it, keep the sentence in should_match and tell whoever looks after the language pack"


@dataclass(frozen=True, slots=True)
class WhyNot:
    """Where it ended. stage: one of STAGES; why: the rule; next: what to do about it."""

    stage: str
    why: str
    next: str


def unheard(url: str, sources: Sequence[Source], states: dict[str, SourceState]) -> WhyNot:
    """Why an address was never read: no source is of its publisher, or the source is not heard or lists other things."""
    host = _host(url)
    near = [s for s in sources if host and (_host(s.url).endswith(host) or host.endswith(_host(s.url)))]
    if not near:
        return WhyNot(
            "source", f"no source of yours is of {host or 'this publisher'}", f"hrd-monitor sources add {url}"
        )
    one = near[0]
    state = states.get(one.id)
    said = f"it is {state.verdict}{f', {state.why}' if state.why else ''}" if state else "it was never visited"
    return WhyNot(
        "source",
        f"{one.id} has not listed this address ({said}), or its text is already forgotten",
        "hrd-monitor sources check; or add a feed of this publisher that lists more",
    )


def of_reading(reading: Reading, defender: Defender) -> WhyNot | None:
    """What the stages that read an article make of it; None when it alerts."""
    if reading.unread:
        return WhyNot(
            "read", f"the article could not be read: {reading.unread}", "read it yourself; `status` lists all such"
        )
    mine = [r for r in reading.reports if r.watch == defender.id]
    if any(r.alerts for r in mine):
        return None
    found = [m for m in reading.mentions if m.watch == defender.id]
    if not found:
        return _unnamed(reading.article, defender)
    if all(m.strength is not Strength.STRONG for m in found):
        best = max(found, key=lambda m: m.score)
        return WhyNot(
            "name",
            f"the name is {best.strength.value} ({best.score:.2f}): {'; '.join(best.reasons)}",
            "write what supports it into the entry: organisations, places, context; or this spelling into names",
        )
    if not reading.events:
        return WhyNot("event", "the person is named, and nothing is told that was done to anybody", _TELL)
    if not mine:
        acts = ", ".join(dict.fromkeys(f"{e.act.value.replace('_', ' ')} (“{e.trigger}”)" for e in reading.events))
        return WhyNot("person", f"what is told befell somebody else: {acts}", _TELL)
    nearly = max(mine, key=_nearly)
    return WhyNot("report", f"{nearly.act.value.replace('_', ' ')}: {nearly.reasons[-1]}", _TELL)


def of_fate(fate: Fate) -> WhyNot:
    """What became of a report that alerts, once it was read."""
    if not fate.filed:
        return WhyNot(
            "incident",
            "as the list stands now it alerts, and when it was read it did not",
            "nothing: the daemon looks for new and changed entries in the last 30 days by itself",
        )
    if fate.incident is None:
        return WhyNot("incident", "it was old news at the first visit to its source, which stays silent", "nothing")
    if fate.held:
        return WhyNot(
            "incident", f"{fate.incident}: a silence, a hold or a mute keeps it back", "hrd-monitor silence list"
        )
    if fate.sent:
        said = f"it did alert: {fate.incident}, sent to {', '.join(fate.sent)}; what only repeats it stays silent"
        return WhyNot("alerted", said, f"hrd-monitor incident show {fate.incident}")
    if fate.waiting:
        return WhyNot("delivery", f"{fate.incident}: {', '.join(fate.waiting)}", "hrd-monitor doctor")
    return WhyNot("delivery", f"{fate.incident}: no route matches it", "hrd-monitor channels route")


def _unnamed(article: Article, defender: Defender) -> WhyNot:
    close = nearest(article, defender)
    if close is None:
        return WhyNot(
            "name",
            f"nothing in it is written like {defender.id}",
            "if the person is named, write that spelling into names",
        )
    words, spelling, how = close
    return WhyNot(
        "name",
        f"{defender.id} is not named; “{words}” comes closest to “{spelling}” ({how.score:.2f}: {'; '.join(how.reasons)})",
        f'if it is the person: hrd-monitor watch edit {defender.id} "names+={words}"',
    )


def _nearly(report: Report) -> tuple[bool, float]:
    return report.aspect.value == "actual", report.score


def _host(url: str) -> str:
    return (urlsplit(url).hostname or "").removeprefix("www.")
