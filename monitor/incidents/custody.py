"""One report → where the defender now stands on the two axes of custody: liberty and charges."""

from __future__ import annotations

from dataclasses import dataclass, replace

from monitor.incidents.answers import contact, place
from monitor.model import Act, Charges, Custody, Fact, Liberty

_LIBERTY: dict[Act, Liberty] = {
    Act.ARREST: Liberty.HELD,
    Act.DETENTION: Liberty.HELD,
    Act.ABDUCTION: Liberty.HELD,
    Act.DISAPPEARANCE: Liberty.HELD,
    Act.HOUSE_ARREST: Liberty.HOUSE_ARREST,
    Act.RELEASE: Liberty.FREED,
    Act.ACQUITTAL: Liberty.FREED,
    Act.WARRANT: Liberty.WANTED,
    Act.TRAVEL_BAN: Liberty.RESTRICTED,
    Act.DEPORTATION: Liberty.EXILED,
    Act.FORCED_RETURN: Liberty.FORCIBLY_RETURNED,
    Act.KILLING: Liberty.REPORTED_DEAD,
    Act.DEATH_IN_CUSTODY: Liberty.REPORTED_DEAD,
}
_CHARGES: dict[Act, Charges] = {
    Act.SUMMONS: Charges.UNDER_INVESTIGATION,
    Act.CHARGE: Charges.CHARGED,
    Act.TRIAL: Charges.ON_TRIAL,
    Act.SENTENCE: Charges.CONVICTED,
    Act.ACQUITTAL: Charges.ACQUITTED,
}
_FREE = (Liberty.AT_LIBERTY, Liberty.RESTRICTED, Liberty.WANTED, Liberty.STOPPED_AT_BORDER)
_PROGRESS = tuple(Custody)
_COURSE = (Charges.NONE_KNOWN, Charges.UNDER_INVESTIGATION, Charges.CHARGED, Charges.ON_TRIAL)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a defender stands: liberty, how much is known of a person held, and charges."""

    liberty: Liberty = Liberty.AT_LIBERTY
    custody: Custody | None = None
    charges: Charges = Charges.NONE_KNOWN


def step(before: Standing, act: Act, facts: tuple[Fact, ...]) -> Standing:
    """Where the person stands after this report. An earlier stage told later takes nothing back: charges never run backwards."""
    keys = {f.key for f in facts}
    liberty = _LIBERTY.get(act, before.liberty)
    if act in {Act.WARRANT, Act.TRAVEL_BAN} and before.liberty not in _FREE:
        liberty = before.liberty
    if liberty is Liberty.HELD and before.liberty in {Liberty.FREED, Liberty.REPORTED_DEAD}:
        liberty = before.liberty  # the same incident: taken again is another one
    custody = _custody(before, liberty, act, facts)
    charges = _CHARGES.get(act, before.charges)
    if "charge" in keys and charges in {Charges.NONE_KNOWN, Charges.UNDER_INVESTIGATION}:
        charges = Charges.CHARGED
    if act is Act.SENTENCE and "in_absentia" in keys:
        charges = Charges.CONVICTED_IN_ABSENTIA
    if charges in _COURSE and (before.charges not in _COURSE or _COURSE.index(charges) < _COURSE.index(before.charges)):
        charges = before.charges
    return Standing(liberty=liberty, custody=custody, charges=charges)


def denied(before: Standing) -> Standing:
    """Where the person stands once those in office deny it; what outsiders know of place or contact is not undone by that."""
    if before.liberty is Liberty.HELD and before.custody in {None, Custody.ACKNOWLEDGED}:
        return replace(before, custody=Custody.DENIED)
    return before


def _custody(before: Standing, liberty: Liberty, act: Act, facts: tuple[Fact, ...]) -> Custody | None:
    if liberty is not Liberty.HELD:
        return None
    found = Custody.ACKNOWLEDGED if act is not Act.DISAPPEARANCE else None
    if place(facts):
        found = Custody.PLACE_KNOWN
    if contact(facts):
        found = Custody.CONTACT_REPORTED
    if before.custody is Custody.DENIED and found is Custody.ACKNOWLEDGED:
        return Custody.DENIED  # that outsiders report the arrest again acknowledges nothing
    if found is None or (before.custody is not None and _PROGRESS.index(found) < _PROGRESS.index(before.custody)):
        return before.custody
    return found
