"""A watchlist → notes on what is allowed but looks unwise; ids and places only, never a name."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.config.watchlist_file import WatchlistRead
from monitor.errors import Mistake
from monitor.model import Defender, Sensitivity

MIN_TELLING_CHARS = 3  #: letters; a shorter part of a name tells nobody apart


def watchlist_notes(listed: WatchlistRead) -> Iterator[Mistake]:
    """What a responder should look at again, entry by entry."""
    first: dict[str, str] = {}
    codenames: dict[str, str] = {}
    for defender in listed.watchlist.defenders:
        place = listed.places[defender.id]
        if not defender.country:
            what = f"{defender.id} has no country: no country supports a match, and no country's route takes it"
            yield place.document.mistake(place.loc, what, "add a line `country: [ … ]`")
        if _tells(defender):
            what = f"the id {defender.id} gives the name away: logs and opaque messages show ids"
            yield place.document.mistake((*place.loc, "id"), what, "choose an id without any part of the name")
        name = defender.name.casefold()
        if name in first:
            what = f"{defender.id} has the same name as {first[name]}: a bare name will fit both"
            yield place.document.mistake(
                (*place.loc, "name"), what, "give each what tells them apart: country, places, context, `not`"
            )
        first.setdefault(name, defender.id)
        if defender.sensitivity is Sensitivity.CODENAME:
            if defender.codename in codenames:
                what = f"{defender.id} has the same code name as {codenames[defender.codename]}"
                yield place.document.mistake((*place.loc, "codename"), what, "give each a code name of their own")
            codenames.setdefault(defender.codename, defender.id)


def _tells(defender: Defender) -> bool:
    """Whether a part of the name stands in the id."""
    if defender.kind != "person":
        return False
    shown = defender.id.casefold()
    parts = (part.casefold() for name in (defender.name, *defender.names) for part in name.split())
    return any(len(part) >= MIN_TELLING_CHARS and part.isalpha() and part in shown for part in parts)
