"""An incident and what the team knows → the lines an urgent appeal needs: what is known, what is missing, who is on it."""

from __future__ import annotations

from alerts.model import Line, LineStyle
from monitor.incidents import wording
from monitor.incidents.answers import positive
from monitor.incidents.rulings import Care, Ruling
from monitor.model import Defender, Incident, Liberty

NOT_VERIFIED = "This death is NOT VERIFIED. The family may not know. Share nothing before the case lead decides."
_HELD = frozenset({Liberty.HELD, Liberty.HOUSE_ARREST})
#: Which entry of the team answers which fact of an appeal.
_TEAM = {
    "held_at": "whereabouts",
    "lawyer_contact": "lawyer",
    "family_contact": "family",
    "health": "health",
    "next_date": "next_date",
}


def warning(incident: Incident, care: Care) -> tuple[Line, ...]:
    """The first line of every message about a reported death that nobody has verified."""
    if incident.liberty is Liberty.REPORTED_DEAD and care.verified is None:
        return (Line(text=NOT_VERIFIED, style=LineStyle.NOTE),)
    return ()


def team(care: Care, *, detail: bool) -> tuple[Line, ...]:
    """What the team recorded itself: who is on it, what was verified, what it knows."""
    rows: list[Line] = []
    if care.taken_by:
        rows.append(Line(label="On it", text=care.taken_by))
    if care.verified is not None:
        rows.append(Line(label="Verified by the team", text=f"{care.verified.by}, {care.verified.at:%Y-%m-%d}"))
    if detail:
        rows += [_known(f) for f in care.facts]
    return tuple(rows)


def missing(incident: Incident, defender: Defender | None, care: Care) -> tuple[Line, ...]:
    """What an urgent appeal for a person in custody still lacks; INTERNAL until consent to publish is recorded."""
    if defender is None or incident.liberty not in _HELD:
        return ()
    known = {f.key for f in incident.facts if positive(f.value)}
    told = {f.about for f in care.facts if positive(f.text)}
    lacking = [word for key, word in wording.APPEAL.items() if key not in known and _TEAM.get(key, "") not in told]
    lacking += [] if incident.occurrence else ["date"]
    lacking += [] if incident.place else ["place of arrest"]
    lacking += [] if incident.by else ["authority"]
    lacking += [] if care.taken_by else ["who is on it"]
    lacking += [] if defender.consent in {"given", "family"} else ["consent to publicity"]
    if not lacking:
        return ()
    internal = "" if defender.consent in {"given", "family"} else "INTERNAL, no consent to publish recorded. "
    return (Line(label="Not known yet", text=f"{internal}{', '.join(lacking)}"),)


def _known(fact: Ruling) -> Line:
    return Line(
        label=f"The team knows: {fact.about.replace('_', ' ')}", text=f"{fact.text} ({fact.by}, {fact.at:%Y-%m-%d})"
    )
