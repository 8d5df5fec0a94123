"""The ways a listed name is met in print: how far each is trusted by itself, and how a reader is told."""

from __future__ import annotations

from enum import IntEnum


class Style(IntEnum):
    """How the spelling that was found relates to the one on the list."""

    LISTED = 0
    SPELLING = 1
    KNOWN_AS = 2
    REVERSED = 3
    JOINED = 4
    MIDDLE_OMITTED = 5
    INITIAL = 6
    MONONYM = 7
    ACRONYM = 8
    DESIGNATION = 9
    RESPELLED = 10
    LATER = 11


#: Style → (score in [0, 1] of an undisturbed hit, reason in plain words).
TOLD: dict[Style, tuple[float, str]] = {
    Style.LISTED: (1.0, "full name as listed"),
    Style.SPELLING: (1.0, "full name in a listed spelling"),
    Style.KNOWN_AS: (1.0, "a phrase listed as meaning this entry"),
    Style.REVERSED: (0.98, "given name and family name, order reversed"),
    Style.JOINED: (0.97, "full name, spaces or hyphens written differently"),
    Style.MIDDLE_OMITTED: (0.93, "full name, middle name left out"),
    Style.INITIAL: (0.6, "family name with an initial"),
    Style.MONONYM: (0.75, "a single name that is listed"),
    Style.ACRONYM: (0.7, "acronym of a listed organisation"),
    Style.DESIGNATION: (0.85, "a designation of the community beside its place"),
    Style.RESPELLED: (0.85, "the name in another spelling"),
    Style.LATER: (0.85, "part of the name, after the full name in the same article"),
}

#: Styles in which the whole person is named, so that a part of the name may stand for it afterwards.
FULL = frozenset(
    {Style.LISTED, Style.SPELLING, Style.KNOWN_AS, Style.REVERSED, Style.JOINED, Style.MIDDLE_OMITTED, Style.RESPELLED}
)
