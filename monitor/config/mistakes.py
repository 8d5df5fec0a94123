"""What the models refuse → mistakes with file, line, column, plain words and the fix; values are never repeated."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel, ValidationError

from monitor.config.document import Document, Loc
from monitor.errors import Mistake

_TEXT_TYPES = {"string_type", "literal_error", "enum", "told"}


def told(document: Document, error: ValidationError, model: type[BaseModel], base: Loc = ()) -> Iterator[Mistake]:
    """Every mistake of one refused value, in the order of the file. base: the way to that value."""
    for found in error.errors(include_url=False):
        loc = base + tuple(found["loc"])
        if found["type"] == "extra_forbidden":
            yield unknown(document, loc, keys(_block(model, found["loc"][:-1])), _elsewhere(model))
        else:
            yield document.mistake(loc, *words(found, loc))


def unknown(document: Document, loc: Loc, known: Iterable[str], elsewhere: Iterable[str] = ()) -> Mistake:
    """A key nobody knows, with the one that was probably meant. elsewhere: keys of the blocks inside this one or around it."""
    written, known = str(loc[-1]), sorted(known)
    if written.startswith("-"):
        return document.mistake(loc, "a space is missing after this hyphen", "write `- key: value`", key=True)
    if written in set(elsewhere) - set(known):
        what, fix = (
            f"the key `{written}` does not belong here",
            "see which entry it belongs to: its line begins too far left or right",
        )
        return document.mistake(loc, what, fix, key=True)
    near = nearest(written, known)
    fix = f"write {near}" if near else f"the keys here are {', '.join(known)}"
    return document.mistake(loc, "this key is not known", fix, key=True)


def nearest(written: str, known: Iterable[str]) -> str | None:
    """The word of a list that was probably meant; None when none is near."""
    found = get_close_matches(written.strip().lower().replace(" ", "_"), list(known), n=1, cutoff=0.7)
    return found[0] if found else None


def keys(model: type[BaseModel] | None) -> tuple[str, ...]:
    """The keys a block may hold, as they are written in the file."""
    return tuple(field.alias or name for name, field in model.model_fields.items()) if model else ()


def words(found: Mapping[str, Any], loc: Loc) -> tuple[str, str]:
    """What is wrong with one refused value, and the fix. found: one error as pydantic tells it; loc: the way to the value."""
    kind, given, context = found["type"], found.get("input"), found.get("ctx") or {}
    key = next((step for step in reversed(loc) if isinstance(step, str)), "")
    if kind == "told" and given is not None and not isinstance(given, list | dict):
        return str(context["what"]), str(context["fix"])
    if kind == "missing":
        return f"the key `{key}` is missing here", f"add a line `{key}: …`"
    if given is None and loc and isinstance(loc[-1], int):
        return "nothing is written for this item", "write it, or remove its hyphen or comma"
    if given is None:
        return f"nothing is written after `{key}`", "write a value, [] where a list is empty, or remove the line"
    if kind in _TEXT_TYPES and isinstance(given, list | dict):
        return "one text is meant here", "write it after the key; in double quotes when a colon belongs to it"
    if kind in {"literal_error", "enum"}:
        expected = re.findall(r"'([^']*)'", str(context.get("expected", "")))
        near = nearest(str(given), expected)
        return f"`{key}` knows no such value", f"write {near}" if near else f"write one of {', '.join(expected)}"
    if kind in {"tuple_type", "list_type"}:
        return "a list is meant here", f"put it in brackets: {key}: [ … ]"
    return "`key: value` lines are meant here", "see the shipped file of this name"


def _block(model: type[BaseModel], loc: Iterable[str | int]) -> type[BaseModel] | None:
    """The model of the block a way leads to."""
    here: type[BaseModel] | None = model
    for step in loc:
        if isinstance(step, int) or here is None:
            continue
        field = next((f for name, f in here.model_fields.items() if step in {name, f.alias}), None)
        here = _model_in(field.annotation) if field else None
    return here


def _model_in(annotation: Any) -> type[BaseModel] | None:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((found for part in get_args(annotation) if (found := _model_in(part))), None)


def _elsewhere(model: type[BaseModel]) -> set[str]:
    """The keys of every block inside a model, and its own."""
    found = set(keys(model))
    for field in model.model_fields.values():
        if inner := _model_in(field.annotation):
            found |= _elsewhere(inner)
    return found
