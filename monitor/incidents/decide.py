"""An incident before and after a report → why a person must hear of it now, or that nobody needs to."""

from __future__ import annotations

from dataclasses import dataclass, replace

from monitor.incidents import wording
from monitor.model import Incident, Reason, Report

#: Facts whose appearance or change a responder acts on.
MATERIAL = (
    "charge",
    "held_at",
    "lawyer_contact",
    "family_contact",
    "health",
    "medical_needs",
    "next_date",
    "conditions",
    "sentence_length",
)
MILESTONES = (
    2,
    3,
)  #: independent publishers at which corroboration is worth a line; a fourth changes nothing a responder does


@dataclass(frozen=True, slots=True)
class Decision:
    """Why an incident deserves a message now, in one word and in plain ones; broadcast: worth the whole channel, not only the thread."""

    reason: Reason
    why: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()  #: keys of facts that are new or changed
    matched: tuple[str, ...] = ()  #: why the report was taken for this defender and for news; may quote the name
    broadcast: bool = False


def decide(before: Incident | None, after: Incident, report: Report) -> Decision:
    """Say why this incident deserves a message now, or that it does not.

    before: the incident as it stood, None when this report opened it. A report that does not alert never makes a message.
    """
    return replace(_decide(before, after, report), matched=report.reasons)


def _decide(before: Incident | None, after: Incident, report: Report) -> Decision:
    if not report.alerts:
        return Decision(Reason.NONE, report.reasons[-1:])
    if before is None:
        return Decision(Reason.FIRST_REPORT, ("nobody was told of it before",), broadcast=True)
    if before.alerted == 0:
        return Decision(Reason.FIRST_REPORT, ("it was known, and nobody had been told",), broadcast=True)
    if after.liberty is not before.liberty:
        return Decision(
            Reason.STATE_CHANGED,
            (f"{wording.LIBERTY[before.liberty]} → {wording.LIBERTY[after.liberty]}",),
            broadcast=True,
        )
    if after.charges is not before.charges:
        return Decision(
            Reason.STATE_CHANGED,
            (f"{wording.CHARGES[before.charges]} → {wording.CHARGES[after.charges]}",),
            _new_facts(before, after),
        )
    grave = {"torture", "death_in_custody", "denial_of_care"} & {a.value for a in set(after.acts) - set(before.acts)}
    if grave:
        return Decision(Reason.STATE_CHANGED, tuple(_said(g) for g in sorted(grave)), broadcast=True)
    changed = _new_facts(before, after)
    if changed:
        return Decision(Reason.MATERIAL_FACT, tuple(f"now known: {_said(k)}" for k in changed), changed)
    if after.independent != before.independent and after.independent in MILESTONES:
        return Decision(Reason.CORROBORATED, (f"now reported by {after.independent} independent publishers",))
    return Decision(Reason.NONE, ("nothing in it that a responder would act on is new",))


def _new_facts(before: Incident, after: Incident) -> tuple[str, ...]:
    """Material facts that were not stated before; another wording of a known fact is not news."""
    known = {f.key for f in before.facts}
    return tuple(f.key for f in after.facts if f.key in MATERIAL and f.key not in known)


def _said(word: str) -> str:
    return str(word).replace("_", " ")
