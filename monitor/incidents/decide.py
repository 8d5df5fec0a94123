"""An incident before and after a report → why a person must hear of it now, or that nobody needs to."""

from __future__ import annotations

from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from monitor.incidents import wording
from monitor.incidents.answers import positive
from monitor.model import Act, Custody, Fact, Incident, Liberty, Reason, Report, Severity

DISPUTED = "disputed"  #: key of the fact that somebody says it never happened

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


#: Acts that come through every silence but a hold, beside each change of liberty: torture, a health emergency, death, a sentence …
PIERCING = frozenset(
    {
        Act.TORTURE,
        Act.DENIAL_OF_CARE,
        Act.DEATH_IN_CUSTODY,
        Act.KILLING,
        Act.SENTENCE,
        Act.FORCED_RETURN,
        Act.SEXUAL_VIOLENCE,
    }
)
ANOTHER_PLACE = 60.0  #: percent of likeness under which a place of detention is another one, and not another spelling


@dataclass(frozen=True, slots=True)
class Decision:
    """Why an incident deserves a message now, in one word and in plain ones; broadcast: worth the whole channel, not only the thread."""

    reason: Reason
    why: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()  #: keys of facts that are new or changed
    matched: tuple[str, ...] = ()  #: why the report was taken for this defender and for news; may quote the name
    broadcast: bool = False
    pierces: bool = False  #: comes through mutes and silences; nothing comes through a hold


def decide(before: Incident | None, after: Incident, report: Report) -> Decision:
    """Say why this incident deserves a message now, or that it does not.

    before: the incident as it stood, None when this report opened it. A report that does not alert makes no message, but for a denial
    by those in office and for one that says it never happened.
    """
    return replace(_decide(before, after, report), matched=report.reasons)


def _decide(before: Incident | None, after: Incident, report: Report) -> Decision:
    if not report.alerts:
        return _unsaid(before, after, report)
    if before is None or before.alerted == 0:
        why = "nobody was told of it before" if before is None else "it was known, and nobody had been told"
        taken = after.liberty is not Liberty.AT_LIBERTY  # to be taken is a change of liberty too
        return Decision(Reason.FIRST_REPORT, (why,), broadcast=True, pierces=taken or report.act in PIERCING)
    moved = _moved(before, after)
    if moved is not None:
        return moved
    changed = _new_facts(before, after)
    if changed:
        pierces = "held_at" in changed and any(f.key == "held_at" for f in before.facts)
        return Decision(
            Reason.MATERIAL_FACT, tuple(f"now known: {_said(k)}" for k in changed), changed, pierces=pierces
        )
    if after.independent != before.independent and after.independent in MILESTONES:
        return Decision(Reason.CORROBORATED, (f"now reported by {after.independent} independent publishers",))
    return Decision(Reason.NONE, ("nothing in it that a responder would act on is new",))


def _moved(before: Incident, after: Incident) -> Decision | None:
    """A change of state: liberty, charges, or something done to the person that cannot wait."""
    if after.liberty is not before.liberty:
        why = f"{wording.LIBERTY[before.liberty]} → {wording.LIBERTY[after.liberty]}"
        return Decision(Reason.STATE_CHANGED, (why,), _new_facts(before, after), broadcast=True, pierces=True)
    if after.charges is not before.charges:
        why = f"{wording.CHARGES[before.charges]} → {wording.CHARGES[after.charges]}"
        sentenced = Act.SENTENCE in after.acts and Act.SENTENCE not in before.acts
        return Decision(Reason.STATE_CHANGED, (why,), _new_facts(before, after), broadcast=sentenced, pierces=sentenced)
    grave = [a for a in after.acts if a in PIERCING and a not in before.acts]
    if grave:
        return Decision(Reason.STATE_CHANGED, tuple(_said(g.value) for g in grave), broadcast=True, pierces=True)
    if after.severity is Severity.CRITICAL and before.severity is not Severity.CRITICAL:
        return Decision(
            Reason.STATE_CHANGED,
            ("now stated: whereabouts unknown, or nobody may reach the person",),
            _new_facts(before, after),
            broadcast=True,
            pierces=True,
        )
    return None


def _unsaid(before: Incident | None, after: Incident, report: Report) -> Decision:
    """What a report that is no news by itself takes back: custody that is denied, an arrest that never was."""
    if before is not None and after.custody is Custody.DENIED and before.custody is not Custody.DENIED:
        why = "those in office deny holding the person, according to the report"
        return Decision(Reason.STATE_CHANGED, (why,), broadcast=True, pierces=True)
    disputed = {f.key for f in after.facts} - ({f.key for f in before.facts} if before else set())
    if before is not None and before.alerted and DISPUTED in disputed:
        return Decision(Reason.CORRECTED, ("a report says that this did not happen",), broadcast=True, pierces=True)
    return Decision(Reason.NONE, report.reasons[-1:])


def _new_facts(before: Incident, after: Incident) -> tuple[str, ...]:
    """Material facts that were not stated before, and another place of detention; another wording of a known fact is not news."""
    known = {f.key: f.value for f in before.facts}
    return tuple(
        f.key for f in after.facts if f.key in MATERIAL and (f.key not in known or _elsewhere(f, known[f.key]))
    )


def _elsewhere(fact: Fact, before: str) -> bool:
    """Whether a person is said to be held in another place than before."""
    if fact.key != "held_at" or not positive(fact.value) or not positive(before):
        return False
    one, other = fact.value.casefold(), before.casefold()
    return one not in other and other not in one and fuzz.ratio(one, other) < ANOTHER_PLACE


def _said(word: str) -> str:
    return str(word).replace("_", " ")
