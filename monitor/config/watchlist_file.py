"""watchlist.yaml, watchlist.d/ and .csv files → one watchlist with ids unique over all of them, and notes on what looks unwise."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from pydantic import ValidationError

from monitor.config.csv_reader import read_csv
from monitor.config.defaults import fill
from monitor.config.document import Document, Loc
from monitor.config.mistakes import told
from monitor.config.watchlist_entries import LISTS, AssemblyEntry, DefenderDefaults, DefenderEntry, WatchlistFile
from monitor.config.yaml_reader import read
from monitor.errors import ConfigError, Mistake
from monitor.model import Assembly, Defender, Priority, Sensitivity, Watchlist

EXAMPLE_SUFFIX = ".example.yaml"  #: an example stands alone, whatever lies beside it


@dataclass(frozen=True, slots=True)
class Listed:
    """One entry of a file: where it stands, and what it says. entry.id is None where none is written."""

    document: Document
    loc: Loc
    entry: DefenderEntry | AssemblyEntry


@dataclass(frozen=True, slots=True)
class WatchlistRead:
    """The watchlist with where each of its entries stands: `places` by id, for whoever must point at one."""

    watchlist: Watchlist
    places: dict[str, Listed]


def load_watchlist(path: Path, *, number_missing: bool = False) -> Watchlist:
    """The watchlist of a file and of those beside it. Raises ConfigError with all mistakes of all of them.

    number_missing: entries without an id get one by their position, the same on every read; otherwise a missing id is a mistake.
    """
    return read_watchlist(path, number_missing=number_missing).watchlist


def watchlist_files(path: Path) -> tuple[Path, ...]:
    """The file, the .csv of the same name, and everything in the folder watchlist.d beside it, in the order they are read."""
    if path.name.endswith(EXAMPLE_SUFFIX):
        return (path,)
    folder = path.parent / "watchlist.d"
    try:
        beside = sorted(
            p for p in folder.iterdir() if p.suffix in {".yaml", ".yml", ".csv"} and not p.name.startswith(".")
        )
    except (FileNotFoundError, NotADirectoryError):
        beside = []
    except OSError:
        raise ConfigError(
            (Mistake(str(folder), 0, 0, "this folder cannot be opened", "see who may read it"),)
        ) from None
    sheet = path.with_suffix(".csv")
    return (path, *([sheet] if sheet != path and sheet.is_file() else []), *beside)


def read_watchlist(path: Path, *, number_missing: bool = False) -> WatchlistRead:
    """As `load_watchlist`, with the place of every entry."""
    listed, mistakes = entries(path)
    named = _named(listed, number_missing=number_missing)
    mistakes += _together(named)
    if mistakes:
        raise ConfigError(tuple(mistakes))
    defenders = tuple(_defender(i, x.entry) for i, x in named if i and isinstance(x.entry, DefenderEntry))
    assemblies = tuple(_assembly(i, x.entry) for i, x in named if i and isinstance(x.entry, AssemblyEntry))
    made = Watchlist(defenders=defenders, assemblies=assemblies, version=_version(defenders, assemblies))
    return WatchlistRead(watchlist=made, places={i: x for i, x in named if i})


def entries(path: Path) -> tuple[list[Listed], list[Mistake]]:
    """Every entry of every file that can be read, and the mistakes of those that cannot."""
    listed: list[Listed] = []
    mistakes: list[Mistake] = []
    for file in watchlist_files(path):
        try:
            listed += _one(read_csv(file, "defenders", LISTS) if file.suffix == ".csv" else read(file))
        except ConfigError as error:
            mistakes += error.mistakes
    return listed, mistakes


def _one(document: Document) -> list[Listed]:
    """The entries of one file. Raises ConfigError with all its mistakes."""
    value, found = fill(document, ("defenders",), DefenderDefaults)
    try:
        file = WatchlistFile.model_validate(value)
    except ValidationError as error:
        raise ConfigError((*found, *told(document, error, WatchlistFile))) from None
    if found:
        raise ConfigError(found)
    listed = [Listed(document, ("defenders", n), d) for n, d in enumerate(file.defenders)]
    return listed + [Listed(document, ("assemblies", n), a) for n, a in enumerate(file.assemblies)]


def _named(listed: list[Listed], *, number_missing: bool) -> list[tuple[str | None, Listed]]:
    """Every entry with its id; the missing ones numbered by position over all files (d000001, a000001) when asked."""
    taken = {x.entry.id for x in listed}
    named: list[tuple[str | None, Listed]] = []
    for number, x in enumerate(listed, 1):
        made = x.entry.id
        if made is None and number_missing:
            made = f"{'d' if isinstance(x.entry, DefenderEntry) else 'a'}{number:06d}"
            while made in taken:
                made += "x"
            taken.add(made)
        named.append((made, x))
    return named


def _together(named: Iterable[tuple[str | None, Listed]]) -> Iterator[Mistake]:
    """What is wrong only when keys or entries are seen together."""
    first: dict[str, Listed] = {}
    for known, x in named:
        if known is None:
            yield x.document.mistake(
                x.loc, "the key `id` is missing here", "run `hrd-monitor check --fix`, which writes one"
            )
        elif known in first:
            other = first[known]
            line, _ = other.document.at((*other.loc, "id"))
            where = f"line {line}" if other.document is x.document else f"{other.document.path}:{line}"
            what = f"the id {known} stands twice: the first is on {where}"
            yield x.document.mistake((*x.loc, "id"), what, "give this entry an id of its own")
        else:
            first[known] = x
        if isinstance(x.entry, DefenderEntry):
            yield from _defender_mistakes(x, x.entry)


def _defender_mistakes(x: Listed, entry: DefenderEntry) -> Iterator[Mistake]:
    if entry.sensitivity == "silent" and not entry.silent_to:
        fix = "add a line `silent_to: [ … ]` with the channels that get a page without content"
        yield x.document.mistake(
            (*x.loc, "sensitivity"), "a silent entry needs somebody who is told that it moved", fix
        )
    for key in ("name", "names"):
        for number, text in enumerate((entry.name,) if key == "name" else entry.names):
            if not any(c.isalnum() for c in text):
                loc = (*x.loc, key) if key == "name" else (*x.loc, key, number)
                yield x.document.mistake(
                    loc, "this name has neither letter nor figure", "write the name, or remove the line"
                )
    if entry.sensitivity != "open" and entry.codename:
        shown = entry.codename.casefold()
        if any(shown == n.casefold() for n in (entry.name, *entry.names)):
            yield x.document.mistake(
                (*x.loc, "codename"), "this code name is the name itself", "choose one that says nothing"
            )


def _defender(known: str, entry: DefenderEntry) -> Defender:
    return Defender(
        id=known,
        name=entry.name,
        names=_once(entry.names),
        known_as=_once(entry.known_as),
        kind=entry.kind,
        country=_once(entry.country),
        lives_in=_once(entry.lives_in),
        organisations=_once(entry.organisations),
        places=_once(entry.places),
        context=_once(entry.context),
        against=_once(entry.against),
        priority=Priority(entry.priority),
        sensitivity=Sensitivity(entry.sensitivity),
        codename=entry.codename or known,
        silent_to=_once(entry.silent_to),
        tags=_once(entry.tags),
        owner=entry.owner,
        case=entry.case,
        consent=entry.consent,
        review_by=entry.review_by,
        gender=entry.gender,
        note=entry.note,
        should_match=entry.should_match,
        should_not_match=entry.should_not_match,
    )


def _assembly(known: str, entry: AssemblyEntry) -> Assembly:
    return Assembly(
        id=known, country=_once(entry.country), places=_once(entry.places), acts=tuple(dict.fromkeys(entry.acts))
    )


def _once(items: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items)) if len(items) > 1 else items


def _version(defenders: tuple[Defender, ...], assemblies: tuple[Assembly, ...]) -> str:
    """A hash of everything the watchlist says."""
    digest = hashlib.sha256()
    everything: tuple[Defender | Assembly, ...] = (*defenders, *assemblies)
    for entry in everything:
        digest.update(json.dumps(asdict(entry), default=str, sort_keys=True).encode())
    return digest.hexdigest()[:16]
