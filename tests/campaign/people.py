"""Chance → invented names that no rule of spelling can take for one another; each is the marker of one item."""

from __future__ import annotations

from random import Random

from rapidfuzz.distance import Levenshtein

MIN_DISTANCE = 4  #: letters by which any two parts of names differ; the matcher forgives at most two
_BEGIN = [
    "Bro",
    "Dal",
    "Fen",
    "Gur",
    "Hab",
    "Jos",
    "Kel",
    "Lor",
    "Mab",
    "Nur",
    "Pol",
    "Quor",
    "Rud",
    "Stev",
    "Tob",
    "Vel",
    "Wim",
    "Yar",
    "Zan",
    "Khu",
    "Odr",
    "Umb",
    "Isk",
    "Eb",
    "Ach",
    "Glo",
    "Pris",
    "Thra",
]
_MIDDLE = ["a", "e", "i", "o", "u", "ai", "ou", "ia", "eo"]
_END = [
    "brek",
    "dask",
    "fung",
    "gorm",
    "hald",
    "jinsk",
    "kett",
    "lomb",
    "marn",
    "nolt",
    "pert",
    "quand",
    "rusk",
    "stipp",
    "thol",
    "vond",
    "wexel",
    "yorv",
    "zimt",
    "dreb",
]


def names(chance: Random, count: int) -> list[str]:
    """So many names, each a given and a family name far from all the others."""
    parts: list[str] = []
    while len(parts) < 2 * count:
        syllables = 1 if len(parts) < 200 else 2  # more people need longer names
        middle = "".join(chance.choice(_MIDDLE) + chance.choice("bdfgklmnprstvz") for _ in range(syllables))
        made = chance.choice(_BEGIN) + middle + chance.choice(_MIDDLE) + chance.choice(_END)
        if all(Levenshtein.distance(made, other, score_cutoff=MIN_DISTANCE) >= MIN_DISTANCE for other in parts):
            parts.append(made)
    return [f"{a} {b.capitalize()}" for a, b in zip(parts[::2], parts[1::2], strict=True)]
