"""Which acts tell of one happening, and which of its course: the coarse identity of an event."""

from __future__ import annotations

from enum import StrEnum

from monitor.model import Act


class Family(StrEnum):
    """A group of acts that describe one happening (custody, violence …) or the course of one (course)."""

    CUSTODY = "custody"
    COURSE = "course"
    VIOLENCE = "violence"
    PRESSURE = "pressure"
    ASSEMBLY = "assembly"


_FAMILIES: dict[Family, tuple[Act, ...]] = {
    Family.CUSTODY: (Act.ARREST, Act.DETENTION, Act.HOUSE_ARREST, Act.ABDUCTION, Act.DISAPPEARANCE),
    Family.COURSE: (
        Act.WARRANT,
        Act.SUMMONS,
        Act.CHARGE,
        Act.TRIAL,
        Act.SENTENCE,
        Act.RELEASE,
        Act.ACQUITTAL,
        Act.DEATH_IN_CUSTODY,
        Act.DENIAL_OF_CARE,
        Act.TORTURE,
        Act.DEPORTATION,
        Act.FORCED_RETURN,
    ),
    Family.VIOLENCE: (Act.KILLING, Act.ATTEMPTED_KILLING, Act.ATTACK, Act.SEXUAL_VIOLENCE),
    Family.PRESSURE: (Act.RAID, Act.THREAT, Act.SMEAR, Act.SURVEILLANCE, Act.TRAVEL_BAN, Act.ORGANISATION_CLOSURE),
    Family.ASSEMBLY: (
        Act.ASSEMBLY_DISPERSAL,
        Act.ASSEMBLY_BAN,
        Act.EXCESSIVE_FORCE,
        Act.MASS_ARREST,
        Act.CURFEW,
        Act.INTERNET_SHUTDOWN,
    ),
}
_OF = {act: family for family, acts in _FAMILIES.items() for act in acts}

#: Acts that a person who is free again can suffer anew: after a release they open another incident.
TAKING = frozenset({Act.ARREST, Act.DETENTION, Act.ABDUCTION, Act.DISAPPEARANCE, Act.HOUSE_ARREST})


def family(act: Act) -> Family:
    """The family an act belongs to; every act has exactly one."""
    return _OF[act]


def assembly_acts() -> frozenset[Act]:
    """The acts that are done to a gathering rather than to one person."""
    return frozenset(_FAMILIES[Family.ASSEMBLY])
