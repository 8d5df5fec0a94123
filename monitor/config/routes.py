"""alerts.yaml → channels and routing; what names a channel must name one that exists."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping
from dataclasses import fields as fields_of
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import TypeAdapter, ValidationError

from alerts.channels import KINDS
from alerts.model import Digest, Escalation, Flood, Match, Mute, Route, Routing
from monitor.config.files import validated
from monitor.config.models import AlertsFile, MatchItem
from monitor.config.yaml_reader import Document, Where, read
from monitor.errors import Mistake

Channels = Mapping[str, tuple[str, Any]]  #: name → kind and settings

#: Acts that nobody should sleep through.
_GRAVE = frozenset({"threat", "disappearance", "abduction", "killing", "torture"})


def read_alerts(
    path: Path, mistakes: list[Mistake], notes: list[Mistake], silent_to: Iterable[tuple[Mistake, str]]
) -> tuple[Channels, Routing]:
    """The channels and routes of a file; what is wrong is added to `mistakes`."""
    document = read(path)
    model = validated(document, AlertsFile)
    if model is None:
        mistakes += document.mistakes
        return {}, Routing(routes=())
    channels = {name: made for name, item in model.channels.items() if (made := _channel(document, name, item))}
    if not channels and not document.mistakes:
        document.wrong((), "no channel is configured: nobody would be told", "add one under channels:")
    named: list[tuple[Where, Iterable[str]]] = [(("routes", i, "to"), r.to) for i, r in enumerate(model.routes)]
    named += [(("operator", "to"), model.operator.to), (("trial", "to"), model.trial.to)]
    named += [(("escalate", i, "to"), e.to) for i, e in enumerate(model.escalate)] + [
        (("digest", i, "to"), d.to) for i, d in enumerate(model.digest)
    ]
    for where, names in named:
        for name in names:
            if name not in model.channels:
                _no_channel(document, where, name, model.channels)
    mistakes += [told for told, name in silent_to if name not in model.channels]
    if model.mode == "trial" and not model.trial.to:
        document.wrong(("mode",), "trial mode without a channel for the trial", "add trial: {to: terminal}")
    for index, mute in enumerate(model.mute):
        _zone(document, ("mute", index, "timezone"), mute.timezone)
        _warn_of_mute(document, index, mute.match, notes)
    for index, digest in enumerate(model.digest):
        _zone(document, ("digest", index, "timezone"), digest.timezone)
    mistakes += document.mistakes
    return channels, _routing(model)


def _routing(model: AlertsFile) -> Routing:
    return Routing(
        routes=tuple(Route(match=_match(r.match), to=r.to, further=r.further) for r in model.routes),
        operator=model.operator.to,
        mute=tuple(Mute(match=_match(m.match), start=m.start, end=m.end, timezone=m.timezone) for m in model.mute),
        trial=model.trial.to if model.mode == "trial" else None,
        escalate=tuple(Escalation(match=_match(e.match), after_s=float(e.after), to=e.to) for e in model.escalate),
        remind={severity: float(after) for severity, after in model.remind.items()},
        flood=_flood(model.flood.per_channel) if model.flood else None,
        digest=tuple(Digest(to=d.to, at=d.at, timezone=d.timezone) for d in model.digest),
    )


def _flood(written: str) -> Flood:
    """`20/10m` as numbers."""
    messages, _, window = written.partition("/")
    return Flood(messages=max(1, int(messages)), window_s=int(window[:-1]) * {"s": 1, "m": 60, "h": 3600}[window[-1]])


def _match(item: MatchItem) -> Match:
    return Match(
        country=item.country,
        act=tuple(a.value for a in item.act),
        severity=item.severity,
        watch=item.watch,
        organisation=item.organisation,
        tag=item.tag,
        sensitivity=tuple(s.value for s in item.sensitivity),
        kind=item.kind,
    )


def _channel(document: Document, name: str, item: Mapping[str, Any]) -> tuple[str, Any] | None:
    where: Where = ("channels", name)
    kind = str(item.get("kind"))
    if kind not in KINDS:
        near = difflib.get_close_matches(str(kind), KINDS, n=1)
        document.wrong(
            (*where, "kind"),
            f"channel {name!r} has no kind that exists",
            f"did you mean {near[0]!r}?" if near else f"write one of {', '.join(KINDS)}",
        )
        return None
    given = {k: ([v] if k == "to" and isinstance(v, str) else v) for k, v in item.items() if k != "kind"}
    fields = {f.name for f in fields_of(KINDS[kind].settings)}
    for key in given.keys() - fields:
        near = difflib.get_close_matches(key, fields, n=1)
        document.wrong(
            (*where, key),
            f"a {kind} channel has no setting called {key!r}",
            f"did you mean {near[0]!r}?" if near else f"it has {', '.join(sorted(fields))}",
        )
    try:
        settings: Any = TypeAdapter(KINDS[kind].settings).validate_python(
            {k: v for k, v in given.items() if k in fields}
        )
    except ValidationError as error:
        for one in error.errors(include_input=False, include_url=False):
            key = str(one["loc"][0]) if one["loc"] else ""
            document.wrong(
                (*where, key),
                f"{key!r} of channel {name!r} cannot be used",
                "it is missing" if one["type"] == "missing" else str(one["msg"]).lower(),
            )
        return None
    for wrong in KINDS[kind].wrong(settings):
        document.wrong((*where, wrong.key), f"channel {name!r}: {wrong.what}", wrong.fix)
    return kind, settings


def _no_channel(document: Document, where: Where, name: str, channels: Mapping[str, Any]) -> None:
    near = difflib.get_close_matches(name, channels, n=1)
    document.wrong(
        where,
        f"there is no channel called {name!r}",
        f"did you mean {near[0]!r}?" if near else "add it under channels:",
    )


def _zone(document: Document, where: Where, name: str) -> None:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        document.wrong(where, f"there is no time zone called {name!r}", "write one like Asia/Phnom_Penh")


def _warn_of_mute(document: Document, index: int, match: MatchItem, notes: list[Mistake]) -> None:
    grave = sorted(a.value for a in match.act if a.value in _GRAVE) if match.act else ["everything"]
    if grave:
        line, column = document.places.get(("mute", index), (1, 1))
        notes.append(
            Mistake(
                document.path,
                line,
                column,
                f"this mute also holds back {', '.join(grave)}",
                "mute less, unless you mean it",
            )
        )
