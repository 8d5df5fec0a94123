"""A change to one entry of the watchlist → the same file with only that entry changed: every comment, line and order where it was.

Nothing is written unless the whole watchlist can still be read afterwards.
"""

from __future__ import annotations

import csv
import io
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace as changed
from datetime import date
from pathlib import Path
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from monitor.config.files import CELL, read_watchlist, watchlist_files
from monitor.config.models import DefenderItem
from monitor.config.replaced import replace
from monitor.config.watch import read_watch
from monitor.errors import ConfigError, Mistake
from monitor.model import Watchlist

PRIVATE: Final = 0o600  #: rights of a watchlist we make: nobody else on the machine reads it
COLUMNS: Final = tuple(
    f.alias or n for n, f in DefenderItem.model_fields.items()
)  #: of a CSV file, and the keys of an entry
MANY: Final = frozenset(f.alias or n for n, f in DefenderItem.model_fields.items() if "tuple" in str(f.annotation))
_SIMPLE: Final = re.compile(r"[^\W\d_][\w ./-]*(?<! )")  #: text that needs no quotes
_HEAD: Final = "# yaml-language-server: $schema=schemas/watchlist.schema.json\n"

Entry = Mapping[str, Any]


def entries(watchlist: Path) -> Iterator[tuple[Path, int, dict[str, Any]]]:
    """Every entry of every file of a watchlist as it is written: file, line, and the keys it gives. Raises ConfigError."""
    for path in watchlist_files(watchlist):
        document, model = read_watchlist(path)
        if document.mistakes:
            raise ConfigError(tuple(document.mistakes))
        for index, item in enumerate(model.defenders if model else ()):
            line, _ = document.places.get(("defenders", index), (1, 1))
            given = item.model_dump(mode="json", by_alias=True, exclude_unset=True)
            yield path, line, {k: given[k] for k in COLUMNS if k in given}


def find(watchlist: Path, name: str) -> tuple[Path, int, dict[str, Any]]:
    """The entry with an id. Raises ConfigError when there is none."""
    for path, line, entry in entries(watchlist):
        if entry.get("id") == name:
            return path, line, entry
    raise ConfigError((Mistake(str(watchlist), 0, 0, f"there is no entry {name!r}", "see: hrd-monitor watch list"),))


def fresh_id(watchlist: Path, country: Sequence[str] = ()) -> str:
    """An id nobody has: the country and the next number ("kh-0007")."""
    taken = {e.get("id") for _, _, e in entries(watchlist)} if watchlist.exists() else set()
    stem = country[0].lower() if country and len(country[0]) == 2 else "d"
    return next(name for n in range(1, 1_000_000) if (name := f"{stem}-{n:04d}") not in taken)


def add(watchlist: Path, new: Sequence[Entry], *, dry: bool = False) -> Watchlist:
    """Write entries to the end of the watchlist, and the whole of it as it then reads. Raises ConfigError, and then nothing is written.

    dry: write nothing, only say how it would read.
    """
    if watchlist.suffix.lower() == ".csv":
        rows = [e for _, _, e in entries(watchlist)] + [dict(e) for e in new]
        return _write(watchlist, watchlist, _csv_text(rows), dry=dry)

    def append(listed: CommentedSeq) -> None:
        for entry in new:
            listed.append(_mapping(entry))

    return _write(watchlist, watchlist, _with(watchlist, append), dry=dry)


def edit(
    watchlist: Path, name: str, change: Callable[[dict[str, Any]], dict[str, Any]], *, dry: bool = False
) -> Watchlist:
    """Give one entry other values; a key that is gone afterwards is taken out. Raises ConfigError, and then nothing is written; dry as in `add`."""
    path, _, entry = find(watchlist, name)
    wanted = change(dict(entry))
    if path.suffix.lower() == ".csv":
        rows = [wanted if e.get("id") == name else e for p, _, e in entries(watchlist) if p == path]
        return _write(watchlist, path, _csv_text(rows), dry=dry)

    def apply(listed: CommentedSeq) -> None:
        held = next(e for e in listed if e.get("id") == name)
        for key in [k for k in held if k not in wanted]:
            del held[key]
        for key, value in wanted.items():
            if key in held and isinstance(held[key], CommentedSeq) and isinstance(value, list):
                _settle(held[key], value)
            elif key not in held:
                held.insert(
                    max(0, len(held) - 1), key, _plain(value)
                )  # what follows the last key is the next entry's comment
            elif str(held[key]) != str(value):
                held[key] = _plain(value)

    return _write(watchlist, path, _with(path, apply), dry=dry)


def remove(watchlist: Path, name: str) -> None:
    """Take one entry out. Raises ConfigError, and then nothing is written."""
    path, _, _ = find(watchlist, name)
    if path.suffix.lower() == ".csv":
        _write(watchlist, path, _csv_text([e for p, _, e in entries(watchlist) if p == path and e.get("id") != name]))
        return

    def apply(listed: CommentedSeq) -> None:
        del listed[next(n for n, e in enumerate(listed) if e.get("id") == name)]

    _write(watchlist, path, _with(path, apply))


def exported(watchlist: Path) -> str:
    """The whole watchlist as CSV that reads back the same, what a file's `defaults` say written into each row. Raises ConfigError."""
    rows = []
    for path in watchlist_files(watchlist):
        document, model = read_watchlist(path)
        if document.mistakes:
            raise ConfigError(tuple(document.mistakes))
        defaults = model.defaults if model else None
        for item in model.defenders if model else ():
            row = item.model_dump(mode="json", by_alias=True, exclude_unset=True)
            if defaults is not None:
                row.setdefault("sensitivity", defaults.sensitivity)
                row.setdefault("priority", defaults.priority.value)
            rows.append(row)
    return _csv_text(rows)


def read_import(path: Path) -> list[dict[str, Any]]:
    """The entries of a file to import: a CSV with our columns, or a plain list with one name a line. Raises ConfigError."""
    if path.suffix.lower() in {".csv", ".yaml", ".yml"}:
        return [entry for _, _, entry in entries(path)]
    try:
        lines = path.read_text("utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        why = f"it cannot be read ({type(error).__name__})"
        raise ConfigError((Mistake(str(path), 0, 0, why, "save it as text in UTF-8"),)) from error
    return [{"name": " ".join(line.split())} for line in lines if line.strip() and not line.lstrip().startswith("#")]


def keep(path: Path, text: str) -> None:
    """Write a copy of the list that nobody else on this machine can read. Raises OSError."""
    replace(path, text, PRIVATE)


def _yaml() -> YAML:
    yaml = YAML()
    yaml.preserve_quotes = True
    yaml.width = 10_000
    yaml.indent(mapping=2, sequence=4, offset=2)
    return yaml


def _with(path: Path, apply: Callable[[CommentedSeq], None]) -> str:
    """The text of a YAML file after a change to its list of defenders."""
    yaml = _yaml()
    document = yaml.load(path.read_text("utf-8") if path.exists() else _HEAD + "defenders: []\n")
    if not isinstance(document, CommentedMap):
        raise ConfigError((Mistake(str(path), 1, 1, "this is no watchlist", "begin it with  defenders:"),))
    listed = document.get("defenders")
    if listed is None or (isinstance(listed, CommentedSeq) and not listed):
        listed = CommentedSeq()
        document["defenders"] = listed
    apply(listed)
    made = io.StringIO()
    yaml.dump(document, made)
    return made.getvalue()


def _settle(held: CommentedSeq, wanted: Sequence[Any]) -> None:
    """Make a list hold these values, leaving those that stay where they are, with their comments."""
    for value in [v for v in held if v not in wanted]:
        held.remove(value)
    held.extend(_plain(v) for v in wanted if v not in held)


def _mapping(entry: Entry) -> CommentedMap:
    made = CommentedMap()
    for key in COLUMNS:
        if key in entry:
            made[key] = _plain(entry[key])
    return made


def _plain(value: Any) -> Any:
    """A value as it is written: lists on one line, days as days, text in quotes where a reader could take it for something else."""
    if isinstance(value, str) and not _SIMPLE.fullmatch(value):
        return DoubleQuotedScalarString(value)
    if isinstance(value, list | tuple):
        made = CommentedSeq(map(_plain, value))
        made.fa.set_flow_style()
        return made
    return value


def _csv_text(rows: Sequence[Entry]) -> str:
    """Entries as CSV. Raises ConfigError where a value holds the sign that separates values."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, lineterminator="\n")
    writer.writeheader()
    for row in rows:
        for key in MANY & set(row):
            if any(CELL in str(value) for value in row[key]):
                what = f"{row.get('id', '?')}: a value of {key} holds a {CELL}, which separates values in a CSV file"
                raise ConfigError((Mistake("watchlist", 0, 0, what, "write it without, or keep the list as YAML"),))
        writer.writerow({k: CELL.join(map(str, v)) if isinstance(v, list | tuple) else v for k, v in row.items()})
    return out.getvalue()


def _write(watchlist: Path, path: Path, text: str, *, dry: bool = False) -> Watchlist:
    """Replace one file of a watchlist, once the whole list with it in place has been read without a mistake; dry: only read it."""
    mistakes: list[Mistake] = []
    with tempfile.TemporaryDirectory() as folder:
        trial = Path(folder) / watchlist.name
        for file in watchlist_files(watchlist):
            copy = trial if file == watchlist else trial.with_name(f"{trial.stem}.d") / file.name
            copy.parent.mkdir(exist_ok=True)
            if file == path:
                copy.write_text(text, "utf-8")
            elif file.exists():
                shutil.copyfile(file, copy)
        found, _ = read_watch(trial, mistakes, [])
    if mistakes:
        raise ConfigError(tuple(changed(m, path=str(path)) for m in mistakes))
    if not dry:
        replace(path, text, PRIVATE)
    return found


def parsed(key: str, text: str) -> Any:
    """A value given on the command line as its key wants it: several are separated by |. Raises ConfigError for a key there is not."""
    if key not in COLUMNS:
        raise ConfigError(
            (Mistake("command line", 0, 0, f"there is no key {key!r}", f"use one of {', '.join(COLUMNS)}"),)
        )
    if key in MANY:
        return [part.strip() for part in text.split(CELL) if part.strip()]
    if key == "review_by":
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    return text
