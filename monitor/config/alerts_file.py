"""alerts.yaml → channels and routing, with every mistake of the file at once, and notes on what looks unwise."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from alerts.model import Match, Mute, Route, Routing
from monitor.config.alerts_entries import LATER, AlertsFile, MatchEntry
from monitor.config.channels import ChannelConfig, read_channels
from monitor.config.document import Document, Loc
from monitor.config.mistakes import nearest, told
from monitor.config.yaml_reader import read
from monitor.errors import ConfigError, Mistake
from monitor.model import Act

#: Acts that nobody should sleep through: a mute over them is allowed, and noted.
NEVER_QUIET = frozenset({Act.THREAT, Act.DISAPPEARANCE, Act.ABDUCTION, Act.KILLING, Act.TORTURE})


@dataclass(frozen=True, slots=True)
class AlertsRead:
    """What alerts.yaml says, and the file itself for whoever must point into it. notes: what is allowed but looks unwise."""

    document: Document
    channels: dict[str, ChannelConfig]
    routing: Routing
    mode: str
    notes: tuple[Mistake, ...] = ()


def load_alerts(path: Path) -> AlertsRead:
    """The channels and the routing of a file. Raises ConfigError with all its mistakes."""
    return read_alerts(read(path))


def read_alerts(document: Document) -> AlertsRead:
    """The channels and the routing of a file that was read. Raises ConfigError with all its mistakes."""
    channels, found = read_channels(document, document.value.get("channels"))
    try:
        file = AlertsFile.model_validate(document.value)
    except ValidationError as error:
        raise ConfigError((*found, *told(document, error, AlertsFile))) from None
    found += tuple(_names(document, set(file.channels)))
    if file.mode == "trial" and file.trial is None:
        found += (
            document.mistake(("mode",), "trial mode needs a channel", "add `trial: {to: …}` with the name of one"),
        )
    if found:
        raise ConfigError(found)
    return AlertsRead(
        document=document,
        channels=channels,
        routing=_routing(file),
        mode=file.mode,
        notes=tuple(_notes(document, file)),
    )


def _names(document: Document, known: set[str]) -> Iterator[Mistake]:
    """Every channel a file names in `to` and does not have."""
    for loc, name in _mentioned(document.value):
        if isinstance(name, str) and name not in known:
            near = nearest(name, known)
            fix = (
                f"write {near}"
                if near
                else f"write one of {', '.join(sorted(known)) or 'your channels, once there are any'}"
            )
            yield document.mistake(loc, "no channel has this name", fix)


def _mentioned(value: dict[str, Any]) -> Iterator[tuple[Loc, Any]]:
    blocks: list[tuple[Loc, Any]] = [((key,), value.get(key)) for key in ("trial", "operator")]
    for key in ("routes", "escalate", "digest"):
        blocks += [((key, n), item) for n, item in enumerate(value.get(key) or ())]
    for loc, block in blocks:
        to = block.get("to") if isinstance(block, dict) else None
        if isinstance(to, list):
            yield from (((*loc, "to", n), name) for n, name in enumerate(to))
        elif to is not None:
            yield (*loc, "to"), to


def _routing(file: AlertsFile) -> Routing:
    return Routing(
        routes=tuple(Route(match=_match(r.match), to=r.to, further=r.further) for r in file.routes),
        operator=file.operator.to if file.operator else (),
        mute=tuple(Mute(match=_match(m.match), start=m.start, end=m.end, timezone=m.timezone) for m in file.mute),
        trial=file.trial.to if file.mode == "trial" and file.trial else None,
    )


def _match(entry: MatchEntry) -> Match:
    return Match(**{f.name: tuple(map(str, getattr(entry, f.name))) for f in fields(Match)})


def _notes(document: Document, file: AlertsFile) -> Iterator[Mistake]:
    for number, mute in enumerate(file.mute):
        covered = NEVER_QUIET if not mute.match.act else NEVER_QUIET & set(mute.match.act)
        if covered:
            what = f"this mute holds back {', '.join(sorted(covered))}"
            yield document.mistake(("mute", number), what, "name the acts that may wait in its `match`", key=False)
        if mute.start == mute.end:
            yield document.mistake(
                ("mute", number),
                "this mute begins and ends at the same time, so it does nothing",
                "set `from` and `to` apart",
            )
    for key in LATER:
        if key in document.value:
            what = f"`{key}` is understood but this release does not act on it yet"
            yield document.mistake((key,), what, "leave it; until then watch these alerts yourself", key=True)
    if file.mode == "trial":
        what = "trial mode: alerts go to " + ", ".join(file.trial.to if file.trial else ()) + " only"
        yield document.mistake(("mode",), what, "write `mode: live` when you trust what you see")
    elif not file.routes:
        yield document.mistake(
            (), "there are no routes: every alert goes to the operator", "add `routes: [{match: {}, to: […]}]`"
        )
    if file.operator is None:
        what = "nobody is told about trouble with the service itself, or about alerts that no route takes"
        yield document.mistake((), what, "add `operator: {to: […]}`")
    for number, route in enumerate(file.routes[:-1]):
        if not route.further and route.match == MatchEntry():
            what = "this route takes every alert, so those below are never asked"
            yield document.mistake(("routes", number), what, "move it to the end, or add `continue: true`")
