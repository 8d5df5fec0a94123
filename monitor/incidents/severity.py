"""An act, what is stated of it, and the defender's entry → how soon a person must act, by the one table of the contract."""

from __future__ import annotations

from monitor.model import Act, Custody, Defender, Fact, Priority, Relation, Severity

_BY_ACT: dict[Severity, frozenset[Act]] = {
    Severity.CRITICAL: frozenset(
        {
            Act.KILLING,
            Act.DEATH_IN_CUSTODY,
            Act.TORTURE,
            Act.DISAPPEARANCE,
            Act.ABDUCTION,
            Act.ATTEMPTED_KILLING,
            Act.SEXUAL_VIOLENCE,
            Act.FORCED_RETURN,
        }
    ),
    Severity.HIGH: frozenset(
        {Act.ARREST, Act.DETENTION, Act.RAID, Act.ATTACK, Act.DEPORTATION, Act.SENTENCE, Act.EXCESSIVE_FORCE}
    ),
    Severity.MEDIUM: frozenset(
        {
            Act.WARRANT,
            Act.SUMMONS,
            Act.CHARGE,
            Act.TRIAL,
            Act.TRAVEL_BAN,
            Act.HOUSE_ARREST,
            Act.DENIAL_OF_CARE,
            Act.MASS_ARREST,
            Act.ASSEMBLY_DISPERSAL,
            Act.ORGANISATION_CLOSURE,
            Act.THREAT,
            Act.RELEASE,
            Act.ACQUITTAL,
        }
    ),
    Severity.LOW: frozenset({Act.SURVEILLANCE, Act.SMEAR, Act.ASSEMBLY_BAN, Act.CURFEW, Act.INTERNET_SHUTDOWN}),
}
_ORDER = (Severity.LOW, Severity.MEDIUM, Severity.HIGH, Severity.CRITICAL)
_TAKEN = frozenset({Act.ARREST, Act.DETENTION})
MAX_STEPS = 2  #: raises are never more than two together


def highest(*severities: Severity) -> Severity:
    """The most urgent of them."""
    return max(severities, key=_ORDER.index)


def severity(
    act: Act,
    custody: Custody | None,
    facts: tuple[Fact, ...],
    defender: Defender | None,
    country: tuple[str, ...],
    relation: Relation,
    *,
    warned: bool = False,
) -> tuple[Severity, tuple[str, ...]]:
    """How soon a person must act, and why; relation other than self does not lower it: the message is meant for the defender.

    warned: a threat, summons, raid or the like befell the same person shortly before. Source: of those killed, 85 % had been threatened
    before (Front Line Global Analysis 2019).
    """
    base = next(level for level, acts in _BY_ACT.items() if act in acts)
    reasons = [f"{act.value.replace('_', ' ')}: {base.value}"]
    stated = {f.key: f.value.casefold() for f in facts}
    if act in _TAKEN and (custody is Custody.DENIED or _unreachable(stated)):
        base = Severity.CRITICAL
        reasons.append("whereabouts stated to be unknown, denied or incommunicado: critical")
    if act is Act.THREAT and "threat_to_life" in stated:
        base = Severity.HIGH
        reasons.append("a threat to life: high")
    steps = 0
    if defender is not None and defender.priority is Priority.URGENT:
        steps += 1
        reasons.append("priority urgent: one step up")
    if warned:
        steps += 1
        reasons.append("it follows a threat, summons, raid or the like: one step up")
    if defender is not None and set(country) & set(defender.lives_in) - set(defender.country):
        steps += 1
        reasons.append("abroad, where the person lives: one step up")
    if relation is not Relation.SELF:
        reasons.append(f"it befell a {relation.value} because of the defender")
    return _ORDER[min(_ORDER.index(base) + min(steps, MAX_STEPS), len(_ORDER) - 1)], tuple(reasons)


def _unreachable(stated: dict[str, str]) -> bool:
    said = f"{stated.get('held_at', '')} {stated.get('family_contact', '')}"
    return any(word in said for word in ("unknown", "incommunicado", "undisclosed"))
