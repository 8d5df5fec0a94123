"""Frozen values ↔ JSON, strictly and by their own annotations: enums, dates, times, tuples and nested values come back as they were."""

from __future__ import annotations

import json
import types
import typing
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from datetime import UTC, date, datetime
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar

from monitor.errors import StoreError

T = TypeVar("T")
VERSION = 1  #: of the stored form; a field that is added with a default needs no new one, any other change does

_Read = Callable[[Any], Any]


def dump(value: object) -> str:
    """A frozen dataclass as ASCII JSON with its version: NUL and lone surrogates travel as escapes, times as RFC 3339 in UTC.

    Raises TypeError for what the stored form has no place for, ValueError for a time without a zone or a number that is none.
    """
    made = {"version": VERSION, "value": _plain(value)}
    return json.dumps(made, ensure_ascii=True, allow_nan=False, separators=(",", ":"))


def load(kind: type[T], text: str) -> T:
    """The value that was dumped. Raises StoreError when a newer release wrote it or it is damaged; its content is never shown."""
    try:
        made = json.loads(text)
        version, value = made["version"], made["value"]
        if version == VERSION:
            return typing.cast("T", _reader(typing.cast("Any", kind))(value))
    except (ValueError, KeyError, TypeError, RecursionError):
        raise StoreError(
            f"a stored {kind.__name__} cannot be read: a newer release wrote it (install that one), or it is damaged (restore a backup)"
        ) from None
    raise StoreError(
        f"a stored {kind.__name__} has version {version}, this release reads {VERSION}: install the release that wrote it"
    )


def _plain(value: object) -> Any:
    if isinstance(value, Enum):
        return value.value
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError("a time without a zone cannot be stored")
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(v) for v in value]
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
    raise TypeError(f"a {type(value).__name__} has no stored form")


@lru_cache(maxsize=256)
def _reader(kind: Any) -> _Read:
    """How a stored value of one annotation is read; made once for each annotation, since incidents are read by the hundred."""
    if kind is types.NoneType:
        raise TypeError("None alone is no value")
    if typing.get_origin(kind) in {types.UnionType, typing.Union}:
        (one,) = (a for a in typing.get_args(kind) if a is not types.NoneType)
        read = _reader(one)
        return lambda made: None if made is None else read(made)
    if typing.get_origin(kind) is tuple:
        item, rest = typing.get_args(kind)
        if rest is not Ellipsis:
            raise TypeError("only tuples of any length have a stored form")
        return _tuple(_reader(item))
    if is_dataclass(kind) and isinstance(kind, type):
        return _dataclass(kind)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind
    plain: dict[Any, _Read] = {datetime: _moment, date: date.fromisoformat, float: _number}
    if kind in {str, int, bool}:
        return _exactly(kind)
    return plain[kind]


def _dataclass(kind: type) -> _Read:
    hints = typing.get_type_hints(kind)
    readers = {f.name: _reader(hints[f.name]) for f in fields(kind)}

    def read(made: Any) -> Any:
        if type(made) is not dict:
            raise TypeError("not an object")
        return kind(**{name: readers[name](value) for name, value in made.items()})  # an unknown name is a KeyError

    return read


def _tuple(read: _Read) -> _Read:
    def items(made: Any) -> tuple[Any, ...]:
        if type(made) is not list:
            raise TypeError("not a list")
        return tuple(read(m) for m in made)

    return items


def _exactly(kind: type) -> _Read:
    def same(made: Any) -> Any:
        if type(made) is not kind:
            raise TypeError(f"not a {kind.__name__}")
        return made

    return same


def _number(made: Any) -> float:
    if type(made) not in {int, float}:
        raise TypeError("not a number")
    return float(made)


def _moment(made: Any) -> datetime:
    at = datetime.fromisoformat(made)
    if at.tzinfo is None:
        raise ValueError("a time without a zone")
    return at
