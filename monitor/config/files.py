"""One file → its validated model and where everything stands; every mistake in plain words at its line."""

from __future__ import annotations

import csv
import difflib
import io
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from monitor.config.models import DefenderItem, WatchlistFile
from monitor.config.yaml_reader import Document, Where, read
from monitor.errors import Mistake

M = TypeVar("M", bound=BaseModel)
CELL = "|"  #: separates the values of one cell of a CSV file


def validated(document: Document, model: type[M]) -> M | None:
    """The model of a document; None when something is wrong, which is then among the document's mistakes."""
    if document.mistakes:
        return None
    value = {} if document.value is None else document.value
    if not isinstance(value, dict):
        document.wrong((), "the file does not begin with a name and a colon", "compare it with the example")
        return None
    try:
        return model.model_validate(value)
    except ValidationError as error:
        for one in error.errors(include_input=False, include_url=False):
            _tell(document, model, one)
        return None


def _tell(document: Document, model: type[BaseModel], one: Any) -> None:
    where: Where = tuple(one["loc"])
    kind, message = one["type"], str(one["msg"]).removeprefix("Value error, ")
    name = next((str(p) for p in reversed(where) if isinstance(p, str)), "")
    if kind == "extra_forbidden":
        near = difflib.get_close_matches(name, _known(model, where), n=1)
        document.wrong(
            where,
            f"there is no setting called {name!r} here",
            f"did you mean {near[0]!r}?" if near else "take it out, or see the example",
        )
    elif kind == "missing":
        document.wrong(where[:-1], f"{name!r} is missing", f"add a line {name}: …")
    elif kind in {"literal_error", "enum"}:
        document.wrong(
            where, f"{name!r} has a value that does not exist", f"write {one['ctx']['expected'].replace(chr(39), '')}"
        )
    elif kind == "string_type":
        document.wrong(where, f"{name!r} must be text", "put it in double quotes")
    elif kind in {"tuple_type", "list_type"}:
        document.wrong(where, f"{name!r} must be a list", "write [one, two]")
    elif kind in {"model_type", "dict_type", "model_attributes_type"}:
        document.wrong(where, f"{name!r} must have names and values under it", "compare it with the example")
    elif kind in {"bool_type", "bool_parsing"}:
        document.wrong(where, f"{name!r} must be true or false", "write true or false")
    elif kind == "string_pattern_mismatch":
        document.wrong(
            where,
            f"{name!r} is not written as it must be",
            "use letters, digits and hyphens" if name in {"id", "group"} else "compare it with the example",
        )
    else:
        document.wrong(where, f"{name!r} cannot be used", message[:1].lower() + message[1:])


def _known(model: type[BaseModel], where: Where) -> list[str]:
    """The names a person may have meant at this place."""
    fields: list[str] = []
    current: type[BaseModel] | None = model
    for part in where[:-1]:
        if current is None or not isinstance(part, str):
            continue
        field = next((f for n, f in current.model_fields.items() if part in {n, f.alias}), None)
        current = _inner(field.annotation) if field else None
    if current is not None:
        fields = [f.alias or n for n, f in current.model_fields.items()]
    return fields


def _inner(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for a in getattr(annotation, "__args__", ()) if (found := _inner(a)) is not None), None)


def watchlist_files(path: Path) -> list[Path]:
    """The watchlist itself and one file a team from `watchlist.d/` beside it."""
    folder = path.with_name(f"{path.stem}.d")
    return (
        [path, *sorted(p for p in folder.glob("*") if p.suffix in {".yaml", ".yml", ".csv"})]
        if folder.is_dir()
        else [path]
    )


def read_watchlist(path: Path) -> tuple[Document, WatchlistFile | None]:
    """One watchlist file, YAML or CSV."""
    document = _csv(path) if path.suffix.lower() == ".csv" else read(path)
    return document, validated(document, WatchlistFile)


def _csv(path: Path) -> Document:
    """A CSV file as a document of the same shape: one row a defender, the columns are the keys, several values in a cell are separated by |."""
    document = Document(str(path))
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        document.mistakes.append(
            Mistake(str(path), 0, 0, f"it cannot be read ({type(error).__name__})", "save it as CSV in UTF-8")
        )
        return document
    rows = csv.DictReader(io.StringIO(text), strict=True)
    many = {n for n, f in DefenderItem.model_fields.items() if "tuple" in str(f.annotation)}
    defenders: list[dict[str, Any]] = []
    try:
        for index, row in enumerate(rows):
            item = {k: _cell(k, v, many) for k, v in row.items() if k and v and v.strip()}
            document.places[("defenders", index)] = (rows.line_num, 1)
            if None in row:
                document.wrong(
                    ("defenders", index),
                    "this row has more cells than the first row names",
                    "put texts with commas in double quotes",
                )
            defenders.append(item)
    except csv.Error as error:
        document.mistakes.append(
            Mistake(str(path), rows.line_num, 1, f"this row cannot be read ({error})", "save the file as CSV again")
        )
    document.value = {"defenders": defenders}
    return document


def _cell(key: str, value: str, many: set[str]) -> Any:
    name = "against" if key == "not" else key
    if name in many:
        return [part.strip() for part in value.split(CELL) if part.strip()]
    return value.strip()
