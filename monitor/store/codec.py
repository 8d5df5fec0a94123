"""Frozen values ↔ JSON, strictly and by their own annotations: enums, dates, times, tuples and nested values come back as they were."""

from __future__ import annotations

import json
import types
import typing
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar

from monitor.errors import StoreError

T = TypeVar("T")
VERSION = 1  #: of the stored form; a field that is added with a default needs no new one


def dump(value: object) -> str:
    """A frozen dataclass as ASCII JSON with its version: NUL and lone surrogates travel as escapes."""
    return json.dumps({"version": VERSION, "value": _plain(value)}, ensure_ascii=True, separators=(",", ":"))


def load(kind: type[T], text: str) -> T:
    """The value that was dumped. Raises StoreError when a newer release wrote it or it is damaged."""
    try:
        made = json.loads(text)
        if made["version"] != VERSION:
            raise StoreError(
                f"a stored record is of version {made['version']}, this release reads {VERSION}: start the newer release"
            )
        return typing.cast("T", _value(kind, made["value"]))
    except (ValueError, KeyError, TypeError) as error:
        raise StoreError(
            f"a stored {kind.__name__} cannot be read ({type(error).__name__}): restore a backup"
        ) from error


def _plain(value: object) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):  # datetime is a date
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [_plain(v) for v in value]
    return value


@lru_cache(maxsize=64)
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _value(kind: Any, made: Any) -> Any:
    origin = typing.get_origin(kind)
    if origin in {types.UnionType, typing.Union}:
        return None if made is None else _value(next(a for a in typing.get_args(kind) if a is not type(None)), made)
    if origin is tuple:
        item = typing.get_args(kind)[0]
        return tuple(_value(item, m) for m in made)
    if not isinstance(kind, type):
        raise TypeError(str(kind))
    if is_dataclass(kind):
        hints = _hints(kind)
        return kind(**{name: _value(hints[name], m) for name, m in made.items() if name in hints})
    if issubclass(kind, Enum):
        return kind(made)
    if issubclass(kind, datetime):
        return datetime.fromisoformat(made)
    return date.fromisoformat(made) if issubclass(kind, date) else made
