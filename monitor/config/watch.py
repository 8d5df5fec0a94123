"""watchlist.yaml, watchlist.d/ and .csv files → the watchlist: validated, immutable, with a version."""

from __future__ import annotations

import hashlib
from pathlib import Path

from monitor.config.files import read_watchlist, watchlist_files
from monitor.config.models import DefenderDefaults, DefenderItem
from monitor.config.yaml_reader import Document
from monitor.errors import Mistake
from monitor.model import Assembly, Defender, Sensitivity, Watchlist


def read_watch(
    path: Path, mistakes: list[Mistake], notes: list[Mistake], *, number_missing: bool = False
) -> tuple[Watchlist, tuple[tuple[Mistake, str], ...]]:
    """The watchlist, and for each channel a silent entry names the mistake it would be if there were no such channel."""
    defenders: list[Defender] = []
    assemblies: list[Assembly] = []
    silent_to: list[tuple[Mistake, str]] = []
    seen: dict[str, str] = {}
    for file in watchlist_files(path):
        document, model = read_watchlist(file)
        for index, item in enumerate(model.defenders if model else ()):
            made = _defender(
                item, model.defaults if model else DefenderDefaults(), len(defenders) + 1, number_missing=number_missing
            )
            _check(document, index, item, made, seen, notes)
            defenders.append(made)
            line, column = document.places.get(("defenders", index), (1, 1))
            silent_to += [
                (
                    Mistake(
                        str(file),
                        line,
                        column,
                        f"{made.id}: there is no channel called {name!r}",
                        "name one of alerts.yaml in silent_to",
                    ),
                    name,
                )
                for name in made.silent_to
            ]
        for number, gathering in enumerate(model.assemblies if model else ()):
            if gathering.id in seen:
                document.wrong(
                    ("assemblies", number, "id"), f"the id {gathering.id!r} stands twice", "give this one another id"
                )
            seen[gathering.id] = str(file)
            assemblies.append(
                Assembly(id=gathering.id, country=gathering.country, places=gathering.places, acts=gathering.acts)
            )
        mistakes += document.mistakes
    version = hashlib.sha256(repr((defenders, assemblies)).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    return Watchlist(defenders=tuple(defenders), assemblies=tuple(assemblies), version=version), tuple(silent_to)


def _defender(item: DefenderItem, defaults: DefenderDefaults, position: int, *, number_missing: bool) -> Defender:
    name = item.id or (f"d{position:06d}" if number_missing else "")
    return Defender(
        id=name,
        name=item.name,
        names=item.names,
        known_as=item.known_as,
        kind=item.kind,
        country=item.country,
        lives_in=item.lives_in,
        organisations=item.organisations,
        places=item.places,
        context=item.context,
        against=item.against,
        priority=item.priority or defaults.priority,
        sensitivity=item.sensitivity or Sensitivity(defaults.sensitivity),
        codename=item.codename or name,
        silent_to=item.silent_to,
        tags=item.tags,
        owner=item.owner,
        case=item.case,
        consent=item.consent,
        review_by=item.review_by,
        gender=item.gender,
        note=item.note,
        should_match=item.should_match,
        should_not_match=item.should_not_match,
    )


def _check(
    document: Document, index: int, item: DefenderItem, made: Defender, seen: dict[str, str], notes: list[Mistake]
) -> None:
    where = ("defenders", index)
    line, column = document.places.get(where, (1, 1))
    if not made.id:
        document.wrong(where, "this entry has no id", "run `hrd-monitor check --fix`, which writes one")
    elif made.id in seen:
        document.wrong((*where, "id"), f"the id {made.id!r} stands twice", "give this one another id")
    seen[made.id] = document.path
    if made.sensitivity is Sensitivity.SILENT and not made.silent_to:
        document.wrong(
            where, "a silent entry without silent_to: nobody would ever hear of it", "add silent_to: [a channel]"
        )
    if not item.country:
        notes.append(
            Mistake(
                document.path,
                line,
                column,
                f"{made.id}: no country, so neither country evidence nor country routes",
                "add country: [KH]",
            )
        )
