"""Our acts and states → the codes of the taxonomies others count by, as hints for exchange and never as a finding.

Codes: HURIDOCS micro-thesauri (4 types of acts, 25 status of the victim, 30 whereabouts; two digits a level, six levels), PLOVER, ACLED
event types, CIVICUS Monitor themes. The labels here are ours; a code is empty where a taxonomy has no place for the act.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from monitor.terms import Act, Charges, Custody, Liberty


@dataclass(frozen=True, slots=True)
class Codes:
    """One act in four taxonomies; several codes of one taxonomy where the act answers to several."""

    huridocs: tuple[str, ...] = ()
    plover: str = ""
    acled: str = ""
    civicus: str = ""


_COURT: Final = Codes(("3501",), "COERCE arrest (legal)", "", "HRD prosecution")
_TAKEN: Final = "HRD detention"
_FREED: Final = Codes((), "RETREAT release", "", "")

#: Every act of ours. Source: the published code lists; the mapping is our own reading of them.
CODES: Final[dict[Act, Codes]] = {
    Act.ARREST: Codes(("030101",), "COERCE arrest", "Arrests", _TAKEN),
    Act.DETENTION: Codes(("030102",), "COERCE arrest", "Arrests", _TAKEN),
    Act.WARRANT: Codes(("3501",), "THREATEN arrest", "", "intimidation"),
    Act.SUMMONS: Codes(("3501",), "THREATEN arrest", "", "intimidation"),
    Act.CHARGE: _COURT,
    Act.TRIAL: _COURT,
    Act.SENTENCE: _COURT,
    Act.RELEASE: _FREED,
    Act.ACQUITTAL: Codes((), "CONCEDE", "", ""),
    Act.RAID: Codes(("120102",), "COERCE seize", "Looting/property destruction", "harassment"),
    Act.DISAPPEARANCE: Codes(("030103",), "ASSAULT abduct", "Abduction/forced disappearance", ""),
    Act.ABDUCTION: Codes(("030104",), "ASSAULT abduct", "Abduction/forced disappearance", ""),
    Act.KILLING: Codes(("010101",), "ASSAULT targeted", "Attack", ""),
    Act.ATTEMPTED_KILLING: Codes(("020101",), "ASSAULT targeted", "Attack", ""),
    Act.DEATH_IN_CUSTODY: Codes(("010101",), "ASSAULT", "Attack", ""),
    Act.ATTACK: Codes(("020101",), "ASSAULT beat", "Attack", ""),
    Act.TORTURE: Codes(("02011111",), "ASSAULT torture", "Attack", ""),
    Act.SEXUAL_VIOLENCE: Codes((), "ASSAULT sexual", "Sexual violence", ""),
    Act.DENIAL_OF_CARE: Codes(),
    Act.THREAT: Codes(("02010301",), "THREATEN violence", "", "intimidation"),
    Act.SMEAR: Codes((), "ACCUSE", "", "intimidation"),
    Act.SURVEILLANCE: Codes(("120104",), "", "", "intimidation"),
    Act.TRAVEL_BAN: Codes(("050106",), "COERCE restrict", "", ""),
    Act.HOUSE_ARREST: Codes(("030105",), "COERCE restrict", "", _TAKEN),
    Act.DEPORTATION: Codes(("050102",), "COERCE deport", "", ""),
    Act.FORCED_RETURN: Codes(("050102",), "COERCE deport", "", ""),
    Act.ORGANISATION_CLOSURE: Codes(("120101", "120103"), "COERCE restrict", "Change to group/activity", "restrictive law"),
    Act.ASSEMBLY_DISPERSAL: Codes(("120105",), "ASSAULT crowd-control", "Protest with intervention", "protest disruption"),
    Act.ASSEMBLY_BAN: Codes(("120105", "120106"), "COERCE restrict", "", "protest disruption"),
    Act.EXCESSIVE_FORCE: Codes(("0201",), "ASSAULT firearms", "Excessive force against protesters", "excessive force"),
    Act.MASS_ARREST: Codes(("030107",), "COERCE arrest", "Arrests", "protester detention"),
    Act.CURFEW: Codes(("030108",), "COERCE curfew", "", "protest disruption"),
    Act.INTERNET_SHUTDOWN: Codes((), "COERCE withhold", "", "censorship"),
}  # fmt: skip

_HELD: Final = {
    Charges.UNDER_INVESTIGATION: "020201",
    Charges.CHARGED: "020202",
    Charges.ON_TRIAL: "020202",
    Charges.ON_APPEAL: "020202",
    Charges.RETRIAL: "020202",
    Charges.CONVICTED: "020203",
}
_FREE_AGAIN: Final = {
    Charges.UNDER_INVESTIGATION: "020101",
    Charges.CHARGED: "020102",
    Charges.ON_TRIAL: "020102",
    Charges.ON_APPEAL: "020102",
    Charges.RETRIAL: "020102",
    Charges.DROPPED: "020103",
    Charges.AMNESTIED: "020103",
    Charges.ACQUITTED: "020104",
    Charges.CONVICTED: "020105",
}
_STATUS: Final = {
    Liberty.RESTRICTED: "0301",
    Liberty.STOPPED_AT_BORDER: "0301",
    Liberty.HOUSE_ARREST: "0301",
    Liberty.WANTED: "0203",
    Liberty.EXILED: "0302",
    Liberty.FORCIBLY_RETURNED: "0302",
    Liberty.REPORTED_DEAD: "0101",
}
_WHEREABOUTS: Final = {
    Custody.DENIED: "02",
    Custody.ACKNOWLEDGED: "0102",
    Custody.PLACE_KNOWN: "0101",
    Custody.CONTACT_REPORTED: "0101",
}


def status(liberty: Liberty, charges: Charges) -> str:
    """The status of the victim as HURIDOCS micro-thesaurus 25 codes it, twelve digits; empty for somebody at liberty."""
    if liberty is Liberty.HELD:
        return full(_HELD.get(charges, "0202"))
    if liberty is Liberty.FREED:
        return full(_FREE_AGAIN.get(charges, "0201"))
    return full(_STATUS.get(liberty, ""))


def whereabouts(custody: Custody | None) -> str:
    """What is known of where somebody is held, as HURIDOCS micro-thesaurus 30 codes it, twelve digits; empty when nothing is."""
    return full(_WHEREABOUTS[custody]) if custody else ""


def full(code: str) -> str:
    """A code with its trailing zeros, twelve digits; the empty code stays empty."""
    return code.ljust(12, "0") if code else ""
