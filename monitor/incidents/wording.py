"""The plain words for acts, states and facts, as a responder reads them; one home, so that every channel says the same."""

from __future__ import annotations

from collections.abc import Mapping

from monitor.model import Act, Charges, Liberty, Relation

#: What happened to a person, after "reported".
DONE: Mapping[Act, str] = {
    Act.ARREST: "arrested",
    Act.DETENTION: "detained",
    Act.WARRANT: "wanted under a warrant",
    Act.SUMMONS: "summoned",
    Act.CHARGE: "charged",
    Act.TRIAL: "on trial",
    Act.SENTENCE: "sentenced",
    Act.RELEASE: "released",
    Act.ACQUITTAL: "acquitted",
    Act.RAID: "raided",
    Act.DISAPPEARANCE: "disappeared",
    Act.ABDUCTION: "abducted",
    Act.KILLING: "killed",
    Act.ATTEMPTED_KILLING: "attacked in an attempted killing",
    Act.DEATH_IN_CUSTODY: "dead in custody",
    Act.ATTACK: "attacked",
    Act.TORTURE: "tortured",
    Act.SEXUAL_VIOLENCE: "subjected to violence",
    Act.DENIAL_OF_CARE: "denied medical care",
    Act.THREAT: "threatened",
    Act.SMEAR: "smeared",
    Act.SURVEILLANCE: "under surveillance",
    Act.TRAVEL_BAN: "banned from travelling",
    Act.HOUSE_ARREST: "under house arrest",
    Act.DEPORTATION: "deported",
    Act.FORCED_RETURN: "forcibly returned",
    Act.ORGANISATION_CLOSURE: "closed",
    Act.ASSEMBLY_DISPERSAL: "assembly dispersed",
    Act.ASSEMBLY_BAN: "assembly banned",
    Act.EXCESSIVE_FORCE: "force used against an assembly",
    Act.MASS_ARREST: "mass arrest at an assembly",
    Act.CURFEW: "curfew imposed",
    Act.INTERNET_SHUTDOWN: "internet shut down",
}

LIBERTY: Mapping[Liberty, str] = {
    Liberty.AT_LIBERTY: "at liberty",
    Liberty.RESTRICTED: "restricted in movement",
    Liberty.WANTED: "wanted",
    Liberty.STOPPED_AT_BORDER: "stopped at a border",
    Liberty.HELD: "held",
    Liberty.HOUSE_ARREST: "under house arrest",
    Liberty.FREED: "free again",
    Liberty.EXILED: "outside the country",
    Liberty.FORCIBLY_RETURNED: "forcibly returned",
    Liberty.REPORTED_DEAD: "reported dead; this is not verified",
}

CHARGES: Mapping[Charges, str] = {
    Charges.NONE_KNOWN: "no charge known",
    Charges.UNDER_INVESTIGATION: "under investigation",
    Charges.CHARGED: "charged",
    Charges.ON_TRIAL: "on trial",
    Charges.CONVICTED: "convicted",
    Charges.CONVICTED_IN_ABSENTIA: "convicted in absentia",
    Charges.SUSPENDED_SENTENCE: "suspended sentence",
    Charges.ON_APPEAL: "on appeal",
    Charges.RETRIAL: "facing a retrial",
    Charges.ACQUITTED: "acquitted",
    Charges.DROPPED: "charges dropped",
    Charges.AMNESTIED: "amnestied",
}

FACTS: Mapping[str, str] = {
    "age": "Age",
    "nationality": "Nationality",
    "occupation": "Occupation",
    "charge": "Charge",
    "law": "Law",
    "held_at": "Held at",
    "court": "Court",
    "lawyer_contact": "Lawyer",
    "family_contact": "Family",
    "health": "Health",
    "medical_needs": "Medical needs",
    "conditions": "Conditions",
    "next_date": "Next date",
    "sentence_length": "Sentence",
    "number_taken": "Number taken",
}

#: What an urgent appeal asks for, and the fact that answers it.
APPEAL: Mapping[str, str] = {
    "age": "age",
    "nationality": "nationality",
    "occupation": "occupation",
    "charge": "grounds",
    "held_at": "place of detention",
    "lawyer_contact": "lawyer contact",
    "family_contact": "family contact",
    "health": "health",
    "next_date": "next hearing",
}

SOMEBODY: Mapping[Relation, str] = {
    Relation.SELF: "",
    Relation.RELATIVE: "a relative of ",
    Relation.LAWYER: "the lawyer of ",
    Relation.COLLEAGUE: "a colleague of ",
}
