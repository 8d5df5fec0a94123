"""A watchlist saved from a spreadsheet (.csv) → the same document a YAML file gives: one row a defender, one column a key.

The first row names the columns. Cells that hold lists part their items with `|` or `;`; sentences to try (`should_match`,
`should_not_match`) with `|` alone. An empty cell says nothing. Places count rows of the file and columns of the sheet.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from monitor.config.document import KEY, Document, Loc, Place
from monitor.config.yaml_reader import decode, read_bytes
from monitor.errors import ConfigError, Mistake

DELIMITERS = ",;\t"  #: what spreadsheets put between cells, by country and by whim
SENTENCES = frozenset({"should_match", "should_not_match"})


def read_csv(path: Path, entries: str, lists: frozenset[str]) -> Document:
    """The rows of a file under the key `entries`. lists: the columns that hold several items. Raises ConfigError."""
    text = decode(path, read_bytes(path))
    places: dict[Loc, Place] = {(): (1, 1), (entries,): (1, 1)}
    mistakes: list[Mistake] = []
    found: list[dict[str, Any]] = []
    header: list[str] | None = None
    for line, cells in _rows(path, text):
        if header is None:
            header = [c.strip().lower() for c in cells]
            mistakes += _headings(path, header, line)
            continue
        if not any(c.strip() for c in cells):
            continue
        if len(cells) > len(header):
            what, fix = "this row has more cells than the first row has columns", "put cells that hold commas in quotes"
            mistakes.append(Mistake(str(path), line, len(header) + 1, what, fix))
            continue
        places[entries, len(found)] = (line, 1)
        found.append(_entry(header, cells, lists, places, (entries, len(found)), line))
    if header is None:
        mistakes.append(Mistake(str(path), 1, 1, "nothing is written in it", "begin with a row that names the columns"))
    if mistakes:
        raise ConfigError(tuple(mistakes))
    return Document(path=str(path), value={entries: found}, locate=lambda: places)


def delimiter(text: str) -> str:
    """What stands between the cells: the sign that is commonest in the first row."""
    first = text.lstrip("\r\n").split("\n", 1)[0]
    return max(DELIMITERS, key=first.count)


def _rows(path: Path, text: str) -> Iterator[tuple[int, list[str]]]:
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter(text), strict=True)
    line = 1
    try:
        for cells in rows:
            yield line, cells
            line = rows.line_num + 1
    except csv.Error:
        what, fix = (
            "the quotation marks of this row do not fit together",
            "double a quotation mark inside a quoted cell",
        )
        raise ConfigError((Mistake(str(path), line, 1, what, fix),)) from None


def _headings(path: Path, header: list[str], line: int) -> Iterator[Mistake]:
    for number, name in enumerate(header):
        if not name:
            yield Mistake(str(path), line, number + 1, "this column has no name", "write its key, or remove the column")
        elif name in header[:number]:
            yield Mistake(str(path), line, number + 1, "two columns have this name", "keep one of them")


def _entry(
    header: list[str], cells: list[str], lists: frozenset[str], places: dict[Loc, Place], loc: Loc, line: int
) -> dict[str, Any]:
    entry: dict[str, Any] = {}
    for number, (key, cell) in enumerate(zip(header, cells, strict=False)):
        if not cell.strip():
            continue
        places[*loc, key] = places[*loc, key, KEY] = (line, number + 1)
        if key not in lists:
            entry[key] = cell
            continue
        items = [part.strip() for part in _parts(key, cell) if part.strip()]
        entry[key] = items
        places |= dict.fromkeys(((*loc, key, n) for n in range(len(items))), (line, number + 1))
    return entry


def _parts(key: str, cell: str) -> list[str]:
    return (cell if key in SENTENCES else cell.replace(";", "|")).split("|")


def with_ids(text: str, ids: Mapping[int, str]) -> str:
    """The file with an id written into rows that have none, by the line each begins on. Everything else stays as it means."""
    sign = delimiter(text)
    rows = csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True)
    out = io.StringIO()
    writer = csv.writer(out, delimiter=sign, lineterminator="\r\n" if "\r\n" in text else "\n")
    column, line = -1, 1
    for cells in rows:
        if column < 0:
            names = [c.strip().lower() for c in cells]
            column = names.index("id") if "id" in names else len(names)
            row = [*cells, "id"] if column == len(cells) else cells
        else:
            row = [*cells, *[""] * (column + 1 - len(cells))] if line in ids else list(cells)
            if line in ids:
                row[column] = ids[line]
        writer.writerow(row)
        line = rows.line_num + 1
    return out.getvalue()
