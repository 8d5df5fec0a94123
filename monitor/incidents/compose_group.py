"""A group and its incidents → one alert: listed people first, each with a state, then how many others by which source."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime

from alerts.model import Alert, AlertKind, Line, LineStyle, Link, Sensitivity, Severity
from monitor.incidents import wording
from monitor.incidents.compose import countries_of
from monitor.incidents.groups import Group, GroupKind, others
from monitor.incidents.severity import highest
from monitor.model import Incident, Reason, Watchlist

MOST_SHOWN = 30  #: people listed in one message; the rest is counted, one screen holds no more
MOST_LINKS = 3


def compose_group(
    group: Group, members: Sequence[Incident], fresh: Sequence[Incident], watchlist: Watchlist, now: datetime
) -> Alert:
    """The one message of a happening or a surge. members: only people who may be named, in the order they came; fresh: those new to it."""
    known = watchlist.by_id()
    names = {i.id: ", ".join(known[w].name for w in i.watch if w in known) for i in members}
    first = group.revision == 1
    new = ", ".join(names[i.id] for i in fresh if i.id in names)
    kind = AlertKind.NEW if first else AlertKind.UPDATE
    reason = Reason.SURGE if group.kind is GroupKind.SURGE else Reason.FIRST_REPORT if first else Reason.NEW_PERSON
    level = highest(*(i.severity for i in members))
    links = {c.url: c.publisher for i in members for c in i.citations if c.url}
    return Alert(
        id=f"a-{hashlib.sha256(f'{group.id}|{group.revision}'.encode()).hexdigest()[:20]}",
        thread=group.id,
        revision=group.revision,
        kind=kind,
        severity=Severity(level.value),
        sensitivity=Sensitivity.OPEN,
        reason=reason.value,
        at=now,
        title=_title(group, len(members)),
        preview=f"{'New' if first else 'Update'}: {len(members)} people, {group.country}, {level.value}, case {group.id}",
        lines=_lines(group, members, names),
        changes=() if first else (Line(text=f"also named: {new}" if new else "newer numbers", style=LineStyle.CHANGE),),
        links=tuple(Link(label=p, url=u) for u, p in list(links.items())[:MOST_LINKS]),
        broadcast=not first and bool(fresh),
        country=(group.country,) if group.country else (),
        routed=tuple(dict.fromkeys(c for i in members for w in i.watch for c in countries_of(known.get(w)))),
        act=members[0].act.value,
        watch=tuple(dict.fromkeys(w for i in members for w in i.watch)),
        organisation=tuple(
            dict.fromkeys(o for i in members for w in i.watch if w in known for o in known[w].organisations)
        ),
        tag=tuple(dict.fromkeys(t for i in members for w in i.watch if w in known for t in known[w].tags)),
        exposes=tuple(dict.fromkeys((*(w for i in members for w in i.watch), *filter(None, names.values())))),
    )


def _title(group: Group, many: int) -> str:
    if group.kind is GroupKind.SURGE:
        return f"Surge: {many} listed people reported taken in {group.country} between {group.occurrence.first} and {group.occurrence.last}"
    where = f" in {group.place}" if group.place else f" in {group.country}" if group.country else ""
    return f"{many} listed people reported taken{where}"


def _lines(group: Group, members: Sequence[Incident], names: dict[str, str]) -> tuple[Line, ...]:
    shown = [
        Line(label=names[i.id], text=f"{wording.LIBERTY[i.liberty]}, {i.occurrence} (case {i.id})")
        for i in members[:MOST_SHOWN]
    ]
    rest = len(members) - len(shown)
    if rest > 0:
        shown.append(Line(text=f"and {rest} more of the list, on the desk", style=LineStyle.NOTE))
    if more := others(group.counts, len(members)):
        shown.append(Line(label="Others", text=more))
    quote = next((c for i in members for c in reversed(i.citations)), None)
    if quote is not None and group.kind is GroupKind.HAPPENING:
        shown.append(Line(label=f"{quote.publisher} says", text=quote.quote, style=LineStyle.QUOTE, url=quote.url))
    why = (
        "so many arrests in so short a time are far above this country's own rhythm"
        if group.kind is GroupKind.SURGE
        else "several people of your list were taken together"
    )
    return (*shown, Line(text=f"Why you get this: {why} (case {group.id})", style=LineStyle.NOTE))
