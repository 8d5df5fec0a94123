"""What the demonstration's publishers write, chapter by chapter; every person, group and event is invented."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Story:
    """One article of one publisher. key: stable and unique; silent: why a responder must not be woken by it, None when it is news."""

    publisher: str
    key: str
    title: str
    text: str
    silent: str | None = None


#: The publishers: id → (name, language, kind of publisher). Two of them belong to one house.
PUBLISHERS = {
    "river-ngo": ("Mekong Defenders Network", "en", "ngo"),
    "daily-delta": ("The Daily Delta", "en", "independent"),
    "voice-km": ("សំឡេងទន្លេ", "km", "independent"),
    "courrier": ("Courrier du Delta", "fr", "independent"),
}

_MONTHS_FR = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]
_MONTHS_KM = ["មករា", "កុម្ភៈ", "មីនា", "មេសា", "ឧសភា", "មិថុនា", "កក្កដា", "សីហា", "កញ្ញា", "តុលា", "វិច្ឆិកា", "ធ្នូ"]
_DIGITS_KM = str.maketrans("0123456789", "០១២៣៤៥៦៧៨៩")


def _en(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _fr(day: date) -> str:
    return f"{day.day} {_MONTHS_FR[day.month - 1]} {day.year}"


def _km(day: date) -> str:
    return f"ថ្ងៃទី{day.day} ខែ{_MONTHS_KM[day.month - 1]} ឆ្នាំ{day.year}".translate(_DIGITS_KM)


def quiet(today: date) -> list[Story]:
    """What stands in the feeds before anything happens, and must stay silent."""
    past = today - timedelta(days=5 * 365)
    return [
        Story(
            "river-ngo",
            "march",
            "Hundreds join peaceful march for the river in Phnom Penh",
            f"Several hundred residents and students walked peacefully along the river on {_en(today)}. Sok Dara of the Example Students' "
            "League read out a petition. The march ended without incident and the organisers thanked everyone who came.",
            "a peaceful march: nothing was done to anybody",
        ),
        Story(
            "daily-delta",
            "robbery",
            "Police arrest two men over jewellery shop robbery",
            f"Police arrested two men on {_en(today)} on suspicion of robbing a jewellery shop near the central market. Officers said the "
            "suspects had stolen gold worth 12,000 dollars and were carrying a knife.",
            "an ordinary crime, and nobody on the watchlist",
        ),
        Story(
            "courrier",
            "anniversary",
            "Il y a cinq ans : l'arrestation de Sok Dara",
            f"Il y a cinq ans, le {_fr(past)}, l'étudiant Sok Dara avait été arrêté lors d'une manifestation. Il avait été libéré trois "
            "jours plus tard. Des militants se souviennent aujourd'hui de cet anniversaire.",
            "an anniversary: the arrest was years ago",
        ),
    ]


def arrest(today: date) -> list[Story]:
    """The first outlet reports the arrest."""
    return [
        Story(
            "river-ngo",
            "arrest-ngo",
            "Cambodia: student activist Sok Dara arrested outside court",
            f"On {_en(today)}, student activist Sok Dara was arrested by police outside the municipal court in Phnom Penh. Sok Dara is a "
            "member of the Example Students' League, which had held a peaceful assembly at Freedom Park two days earlier. His colleagues do not "
            "know where he has been taken.",
        )
    ]


def retellings(today: date) -> list[Story]:
    """Three more outlets tell the same arrest, in three languages."""
    return [
        Story(
            "daily-delta",
            "arrest-en",
            "Police detain students' league member Dara Sok",
            f"Police in Phnom Penh detained the activist Dara Sok on {_en(today)}, fellow students said. He had helped to organise a peaceful "
            "assembly at Freedom Park.",
        ),
        Story(
            "voice-km",
            "arrest-km",
            "ប៉ូលិសចាប់ខ្លួនសកម្មជននិស្សិត សុខ ដារ៉ា",
            f"ប៉ូលិសរាជធានីភ្នំពេញបានចាប់ខ្លួនសកម្មជននិស្សិតឈ្មោះ សុខ ដារ៉ា នៅ{_km(today)} នៅមុខសាលាដំបូង។ លោកជាសមាជិកសម្ព័ន្ធនិស្សិតមួយ ដែលបានជួបជុំដោយសន្តិវិធី។",
        ),
        Story(
            "courrier",
            "arrest-fr",
            "Cambodge : le militant étudiant Sok Dara arrêté à Phnom Penh",
            f"Le militant étudiant Sok Dara a été arrêté par la police à Phnom Penh le {_fr(today)}, a annoncé son organisation. Il avait "
            "participé à un rassemblement pacifique.",
        ),
    ]


def charge(today: date) -> list[Story]:
    """The next development: a charge, and where he is held."""
    return [
        Story(
            "daily-delta",
            "charge",
            "Student activist Sok Dara charged with incitement",
            f"A judge in Phnom Penh charged student activist Sok Dara with “incitement to disturb social order” on {_en(today)}. He is being "
            "held at the Riverside Correctional Centre, his lawyer said.",
        )
    ]


def release(today: date) -> list[Story]:
    """The last development: he is free on bail."""
    return [
        Story(
            "river-ngo",
            "release",
            "Cambodia: Sok Dara released on bail",
            f"Student activist Sok Dara was released on bail on {_en(today)}. He left the Riverside Correctional Centre in the afternoon and "
            "was met by his family and his lawyer.",
        )
    ]
