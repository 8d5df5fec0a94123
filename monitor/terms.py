"""The closed lists of words that reports, incidents and alerts are told in; each value is written alike in YAML, JSON, logs and docs."""

from __future__ import annotations

from enum import StrEnum


class Act(StrEnum):
    """What was done: the closed list of acts a report can name (HURIDOCS, PLOVER, ACLED and CIVICUS hints are data)."""

    ARREST = "arrest"
    DETENTION = "detention"
    WARRANT = "warrant"
    SUMMONS = "summons"
    CHARGE = "charge"
    TRIAL = "trial"
    SENTENCE = "sentence"
    RELEASE = "release"
    ACQUITTAL = "acquittal"
    RAID = "raid"
    DISAPPEARANCE = "disappearance"
    ABDUCTION = "abduction"
    KILLING = "killing"
    ATTEMPTED_KILLING = "attempted_killing"
    DEATH_IN_CUSTODY = "death_in_custody"
    ATTACK = "attack"
    TORTURE = "torture"
    SEXUAL_VIOLENCE = "sexual_violence"
    DENIAL_OF_CARE = "denial_of_care"
    THREAT = "threat"
    SMEAR = "smear"
    SURVEILLANCE = "surveillance"
    TRAVEL_BAN = "travel_ban"
    HOUSE_ARREST = "house_arrest"
    DEPORTATION = "deportation"
    FORCED_RETURN = "forced_return"
    ORGANISATION_CLOSURE = "organisation_closure"
    ASSEMBLY_DISPERSAL = "assembly_dispersal"
    ASSEMBLY_BAN = "assembly_ban"
    EXCESSIVE_FORCE = "excessive_force"
    MASS_ARREST = "mass_arrest"
    CURFEW = "curfew"
    INTERNET_SHUTDOWN = "internet_shutdown"


class Aspect(StrEnum):
    """Whether the event really happened, and when: only *actual* is news."""

    ACTUAL = "actual"
    HISTORICAL = "historical"
    FUTURE = "future"
    HYPOTHETICAL = "hypothetical"
    NEGATED = "negated"
    DEMANDED = "demanded"


class Relevance(StrEnum):
    """Whether a link to civic life was found; *other* means none was found, which is not innocence or guilt."""

    CIVIC = "civic"
    OTHER = "other"
    UNCLEAR = "unclear"


class Relation(StrEnum):
    """Whom the event befell: the defender, or somebody else because of the defender."""

    SELF = "self"
    RELATIVE = "relative"
    LAWYER = "lawyer"
    COLLEAGUE = "colleague"


class Strength(StrEnum):
    """How sure a mention is: strong may alert, weak is unsupported, ambiguous fits two defenders."""

    STRONG = "strong"
    WEAK = "weak"
    AMBIGUOUS = "ambiguous"


class Severity(StrEnum):
    """How soon a person must act: act now, today, this week, for the record."""

    CRITICAL = "critical"
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Liberty(StrEnum):
    """The first axis of custody: where the person stands between free and taken."""

    AT_LIBERTY = "at_liberty"
    RESTRICTED = "restricted"
    WANTED = "wanted"
    STOPPED_AT_BORDER = "stopped_at_border"
    HELD = "held"
    HOUSE_ARREST = "house_arrest"
    FREED = "freed"
    EXILED = "exiled"
    FORCIBLY_RETURNED = "forcibly_returned"
    REPORTED_DEAD = "reported_dead"


class Custody(StrEnum):
    """What is known of a person who is held, from worst to best."""

    DENIED = "denied"
    ACKNOWLEDGED = "acknowledged"
    PLACE_KNOWN = "place_known"
    CONTACT_REPORTED = "contact_reported"


class Charges(StrEnum):
    """The second axis of custody: where the case against the person stands."""

    NONE_KNOWN = "none_known"
    UNDER_INVESTIGATION = "under_investigation"
    CHARGED = "charged"
    ON_TRIAL = "on_trial"
    CONVICTED = "convicted"
    CONVICTED_IN_ABSENTIA = "convicted_in_absentia"
    SUSPENDED_SENTENCE = "suspended_sentence"
    ON_APPEAL = "on_appeal"
    RETRIAL = "retrial"
    ACQUITTED = "acquitted"
    DROPPED = "dropped"
    AMNESTIED = "amnestied"


class Sensitivity(StrEnum):
    """How much of a defender may leave the machine: all, a code name, or nothing but that something moved."""

    OPEN = "open"
    CODENAME = "codename"
    SILENT = "silent"


class Priority(StrEnum):
    """How much a defender's entry raises the severity of what befalls them."""

    URGENT = "urgent"
    HIGH = "high"
    NORMAL = "normal"


class Reason(StrEnum):
    """Why an incident deserves a message now; NONE when nothing a responder would act on has changed."""

    FIRST_REPORT = "first_report"
    NEW_PERSON = "new_person"
    STATE_CHANGED = "state_changed"
    MATERIAL_FACT = "material_fact"
    CORROBORATED = "corroborated"
    CORRECTED = "corrected"
    WITHDRAWN = "withdrawn"
    OVERDUE = "overdue"
    SURGE = "surge"
    SUMMARY = "summary"
    MERGED = "merged"
    NONE = "none"
