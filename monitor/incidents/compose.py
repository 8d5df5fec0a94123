"""An incident and the reason to speak → one alert: the words, the quotation, and what may be shown of whom.

This is the only place where sensitivity is decided: what is withheld here exists nowhere behind it.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from alerts.model import Alert, AlertKind, Line, LineStyle, Link, Sensitivity, Severity
from monitor.incidents import appeal, wording
from monitor.incidents.decide import Decision
from monitor.incidents.families import TAKING, Family, family
from monitor.incidents.rulings import Care
from monitor.incidents.severity import highest
from monitor.model import Act, Citation, Defender, Incident, Liberty, Reason, Source, Watchlist
from monitor.model import Sensitivity as Shown

MAX_REASONS = 2  #: of a match that are shown; `explain` shows all
MAX_QUOTES = 2  #: newest publishers quoted; the rest are counted, and all are on the desk
_KINDS = {Reason.FIRST_REPORT: AlertKind.NEW, Reason.WITHDRAWN: AlertKind.CANCEL}
NOBODY = Care()  #: nothing was recorded by the team
SILENT = "A silent case has moved, open the desk"
_STATE = frozenset({"state", "official"})
_LATE_DAYS = 2  #: days between the event and its first report from which the alert says so


@dataclass(frozen=True, slots=True)
class Shape:
    """What may be shown of an incident. name: as the reader may see it; withheld: why quotes, links and finer facts are not shown."""

    name: str
    sensitivity: Sensitivity
    withheld: str | None


def compose(
    incident: Incident,
    decision: Decision,
    watchlist: Watchlist,
    sources: Mapping[str, Source],
    now: datetime,
    care: Care = NOBODY,
    see: Sequence[str] = (),
) -> Alert | None:
    """The alert of one decision; None when there is nothing to say. see: ids of incidents of the same gathering."""
    if decision.reason is Reason.NONE:
        return None
    defender = watchlist.by_id().get(incident.watch[0]) if incident.watch else None
    shape = _shape(incident, defender)
    kind = _KINDS.get(decision.reason, AlertKind.UPDATE)
    if kind is AlertKind.CANCEL:
        silent = shape.sensitivity is Sensitivity.SILENT and defender is not None
        return withdrawn(incident, decision, now, defender.silent_to if silent and defender else None)
    if shape.sensitivity is Sensitivity.SILENT and defender is not None:
        return _silent(incident, defender, kind, decision, now)
    detail = shape.withheld is None
    done = wording.DONE[headline(incident)]
    who = wording.SOMEBODY[incident.relation] + shape.name
    where = ", ".join(incident.country)
    newest = incident.citations[-1] if incident.citations else None
    return Alert(
        id=_id(incident.id, incident.revision, kind),
        thread=incident.id,
        revision=incident.revision,
        kind=kind,
        severity=Severity(incident.severity.value),
        sensitivity=shape.sensitivity,
        reason=decision.reason.value,
        at=now,
        title=f"{who} reported {done}"
        if incident.watch
        else f"{done.capitalize()} reported in {incident.place or where}",
        preview=_preview(incident, kind, where),
        lines=(
            *appeal.warning(incident, care),
            *_facts(incident, defender, detail),
            *appeal.team(care, detail=detail),
            *(_quotes(incident.citations, sources) if detail else _withheld(shape)),
            *(appeal.missing(incident, defender, care) if detail else ()),
            *((Line(text=f"see also case {', '.join(see)}", style=LineStyle.NOTE),) if see else ()),
            *_ending(incident, decision, detail),
        ),
        changes=_changes(incident, decision, detail, newest, sources) if kind is AlertKind.UPDATE else (),
        links=tuple(Link(label=c.publisher, url=c.url) for c in incident.citations[-MAX_QUOTES:] if c.url)
        if detail
        else (),
        broadcast=decision.broadcast and kind is AlertKind.UPDATE,
        country=incident.country,
        routed=countries_of(defender),
        act=headline(incident).value,
        watch=incident.watch,
        organisation=defender.organisations if defender and detail else (),
        tag=defender.tags if defender else (),
        exposes=(*incident.watch, *((defender.name,) if defender and detail else ())),
    )


def countries_of(defender: Defender | None) -> tuple[str, ...]:
    """The countries whose desks hear of a defender wherever it happens: where the risk comes from, and where the person lives."""
    return tuple(dict.fromkeys((*defender.country, *defender.lives_in))) if defender else ()


def headline(incident: Incident) -> Act:
    """The act that says best where things stand: how it ended, else the latest step of the case, else what began it."""
    last = [a for a in incident.acts if family(a) is Family.COURSE]
    if incident.liberty is Liberty.FREED:
        return next((a for a in (Act.ACQUITTAL, Act.RELEASE) if a in incident.acts), incident.act)
    taken = next((a for a in incident.acts if a in TAKING), incident.act)
    return last[-1] if last else taken if incident.act is Act.RAID else incident.act


def summary(
    found: Sequence[tuple[Incident, Decision]], older: int, watchlist: Watchlist, source_id: str, now: datetime
) -> Alert:
    """What was found at start, as one alert: listed people who may be named, each with state and date, and how many older reports were counted."""
    incidents = [i for i, _ in found]
    known = watchlist.by_id()
    lines = tuple(_at_start(i, known.get(i.watch[0]) if i.watch else None) for i in incidents)
    level = highest(*(i.severity for i in incidents))
    counted = f"{older} older reports were counted and not told" if older else "no older reports were found"
    said = "|".join(f"{i.id}.{i.revision}" for i in incidents)
    thread = f"s-{hashlib.sha256(f'{source_id}|{said}'.encode()).hexdigest()[:16]}"
    return Alert(
        id=_id(thread, 1, AlertKind.SUMMARY),
        thread=thread,
        revision=1,
        kind=AlertKind.SUMMARY,
        severity=Severity(level.value),
        sensitivity=Sensitivity.OPEN,
        reason=Reason.SUMMARY.value,
        at=now,
        title=f"Found at start: {len(incidents)} recent report{'s' if len(incidents) != 1 else ''} about your list",
        preview=f"Found at start: {len(incidents)} recent, severity {level.value}",
        lines=(*lines, Line(text=counted, style=LineStyle.NOTE)),
        country=tuple(dict.fromkeys(c for i in incidents for c in i.country)),
        routed=tuple(dict.fromkeys(c for i in incidents for w in i.watch for c in countries_of(known.get(w)))),
        act=incidents[0].act.value,
        watch=tuple(dict.fromkeys(w for i in incidents for w in i.watch)),
        exposes=tuple(dict.fromkeys(w for i in incidents for w in i.watch)),
    )


def may_share_a_message(incident: Incident, watchlist: Watchlist) -> bool:
    """Whether an incident may stand in one message with others: only people who may be named, and acts on assemblies."""
    defender = watchlist.by_id().get(incident.watch[0]) if incident.watch else None
    return _shape(incident, defender).withheld is None


def _shape(incident: Incident, defender: Defender | None) -> Shape:
    if defender is None:
        return Shape("", Sensitivity.OPEN, None)
    if defender.sensitivity is Shown.SILENT:
        return Shape("", Sensitivity.SILENT, "silent")
    code = defender.codename or defender.id
    if defender.sensitivity is Shown.CODENAME:
        return Shape(code, Sensitivity.CODENAME, "a code name is used for this person")
    keys = {f.key for f in incident.facts}
    if "under_18" in keys or "sexual_violence" in keys or Act.SEXUAL_VIOLENCE in incident.acts:
        return Shape(code, Sensitivity.CODENAME, "name, quotation and link are withheld to protect the person")
    return Shape(defender.name, Sensitivity.OPEN, None)


def withdrawn(incident: Incident, decision: Decision, now: datetime, only_to: tuple[str, ...] | None = None) -> Alert:
    """What takes an alert back: the first message is rewritten to it, and it names nobody. only_to: the channels of a silent case."""
    silent = only_to is not None
    said = SILENT if silent else f"WITHDRAWN: {'; '.join(decision.why)} (case {incident.id})"
    note = Line(text="Please delete what was passed on from it.", style=LineStyle.NOTE)
    return Alert(
        id=_id(incident.id, incident.revision, AlertKind.CANCEL),
        thread=incident.id,
        revision=incident.revision,
        kind=AlertKind.CANCEL,
        severity=Severity(incident.severity.value),
        sensitivity=Sensitivity.SILENT if silent else Sensitivity.CODENAME,
        reason=decision.reason.value,
        at=now,
        title=said,
        preview=said,
        lines=() if silent else (note,),
        changes=() if silent else (Line(text=said, style=LineStyle.CHANGE),),
        only_to=only_to,
        country=() if silent else incident.country,
        act="" if silent else incident.act.value,
    )


def _silent(incident: Incident, defender: Defender, kind: AlertKind, decision: Decision, now: datetime) -> Alert:
    """A page without content. Its routing fields are empty too: the outbox knows no more than the reader."""
    return Alert(
        id=_id(incident.id, incident.revision, kind),
        thread=incident.id,
        revision=incident.revision,
        kind=kind,
        severity=Severity(incident.severity.value),
        sensitivity=Sensitivity.SILENT,
        reason=decision.reason.value,
        at=now,
        title=SILENT,
        preview=SILENT,
        only_to=defender.silent_to,
    )


def _id(thread: str, revision: int, kind: AlertKind) -> str:
    return f"a-{hashlib.sha256(f'{thread}|{revision}|{kind}'.encode()).hexdigest()[:20]}"


def _preview(incident: Incident, kind: AlertKind, where: str) -> str:
    told = "New" if kind is AlertKind.NEW else "Update"
    act = headline(incident).value.replace("_", " ")
    return f"{told}: {act}{f', {where}' if where else ''}, {incident.severity.value}, case {incident.id}"


def _facts(incident: Incident, defender: Defender | None, detail: bool) -> tuple[Line, ...]:
    """Where things stand now: state, what, when, where, by whom, and what is known of the case."""
    state = wording.LIBERTY[incident.liberty]
    if incident.charges.value != "none_known":
        who = incident.citations[-1].publisher if detail and incident.citations else "the reports"
        state = f"{state}; {wording.CHARGES[incident.charges]}, according to {who}"
    rows = [
        Line(label="Now", text=state) if incident.watch else None,
        Line(label="What", text=", ".join(dict.fromkeys(wording.DONE[a] for a in incident.acts))),
        Line(label="When", text=_day(incident)) if incident.occurrence else None,
        Line(label="Country", text=_country(incident, defender if detail else None)) if incident.country else None,
        Line(label="Where", text=incident.place) if detail and incident.place else None,
        Line(label="By", text=f"{incident.by}, according to the report") if detail and incident.by else None,
    ]
    stated = [
        Line(label=wording.FACTS[f.key], text=f.value) for f in incident.facts if detail and f.key in wording.FACTS
    ]
    return (*(r for r in rows if r), *stated)


def _country(incident: Incident, defender: Defender | None) -> str:
    """Where it happened; *abroad* where that is not the country the risk comes from and the person lives there."""
    where = ", ".join(incident.country)
    abroad = defender is not None and set(incident.country) & set(defender.lives_in) - set(defender.country)
    return f"{where} (abroad, where the person lives)" if abroad else where


def _day(incident: Incident) -> str:
    late = incident.occurrence and (incident.opened.date() - incident.occurrence.last).days >= _LATE_DAYS
    return f"{incident.occurrence}{' (a late report)' if late else ''}"


def _quotes(citations: Sequence[Citation], sources: Mapping[str, Source]) -> tuple[Line, ...]:
    """The newest sentence of each of the last publishers, with whether it is a claim of the state."""
    newest = {c.group: c for c in citations}
    return tuple(_quote(c, sources) for c in list(newest.values())[-MAX_QUOTES:])


def _quote(citation: Citation, sources: Mapping[str, Source]) -> Line:
    source = sources.get(citation.source_id)
    says = "claims" if source and source.publisher in _STATE else "says"
    return Line(label=f"{citation.publisher} {says}", text=citation.quote, style=LineStyle.QUOTE, url=citation.url)


def _withheld(shape: Shape) -> tuple[Line, ...]:
    return (Line(text=f"{shape.withheld}; the sentences are on the desk", style=LineStyle.NOTE),)


def _ending(incident: Incident, decision: Decision, detail: bool) -> tuple[Line, ...]:
    many = incident.independent
    rows = [Line(label="Reported by", text=f"{many} independent publisher{'s' if many != 1 else ''}")]
    if incident.possible_duplicate:
        rows.append(Line(text=f"possible duplicate of case {incident.possible_duplicate}", style=LineStyle.NOTE))
    if incident.follows:
        rows.append(Line(text=f"comes after case {incident.follows}", style=LineStyle.NOTE))
    why = [*decision.why, *(decision.matched[:MAX_REASONS] if detail else ())]
    rows.append(Line(text=f"Why you get this: {'; '.join(why)} (case {incident.id})", style=LineStyle.NOTE))
    return tuple(rows)


def _changes(
    incident: Incident, decision: Decision, detail: bool, newest: Citation | None, sources: Mapping[str, Source]
) -> tuple[Line, ...]:
    """What is new since the last message of the thread, for its reply."""
    rows = [Line(text="; ".join(decision.why), style=LineStyle.CHANGE)]
    if detail:
        stated = {f.key: f.value for f in incident.facts}
        rows += [
            Line(label=wording.FACTS[k], text=stated[k], style=LineStyle.CHANGE)
            for k in decision.changed
            if k in wording.FACTS
        ]
        if newest is not None and decision.reason is not Reason.OVERDUE:
            rows.append(_quote(newest, sources))
    return tuple(rows)


def _at_start(incident: Incident, defender: Defender | None) -> Line:
    who = (
        f"{wording.SOMEBODY[incident.relation]}{defender.name}"
        if defender
        else incident.place or ", ".join(incident.country)
    )
    return Line(label=who, text=f"{wording.DONE[headline(incident)]}, {incident.occurrence} (case {incident.id})")


__all__ = ["compose", "may_share_a_message", "summary", "withdrawn"]
