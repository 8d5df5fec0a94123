"""A YAML file → plain texts, lists and mappings, or the one mistake that keeps it from being read, in plain words.

Every value stays text as it is written: `no`, `012`, `12:30` and `2020-01-01` are what they look like, and whoever needs a date or
a yes/no reads it from the text. Source: YAML 1.2.2 §10.1.1 (failsafe schema: mappings, lists and strings only).
"""

from __future__ import annotations

import re
from functools import cache, partial
from pathlib import Path
from typing import Any

import yaml

from monitor.config.document import KEY, Document, Loc, Place, Places
from monitor.config.yaml_words import explain
from monitor.errors import ConfigError, Mistake

MAX_FILE_BYTES = (
    64 * 1024 * 1024
)  #: bytes; 100,000 full entries are about 60 MB, and without references a file cannot unfold
MAX_DEPTH = 20  #: levels; our files have five

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NOT_TEXT = re.compile(r"[^\t\n\r\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]")
_LINE_END = re.compile(r"\r\n?|\n")


def read(path: Path) -> Document:
    """The file's values. Raises ConfigError with its first mistake: what follows one in the writing itself is guesswork."""
    return parse(decode(path, read_bytes(path)), str(path))


def read_bytes(path: Path) -> bytes:
    """What a file holds. Raises ConfigError when it is missing, cannot be opened or is far too large."""
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_FILE_BYTES + 1)
    except FileNotFoundError:
        raise _whole(path, "there is no such file", "create it, or name the right one") from None
    except OSError as error:
        why = (error.strerror or type(error).__name__).lower()
        raise _whole(path, f"it cannot be opened ({why})", "see who may read it, and that it is a file") from None
    if len(data) > MAX_FILE_BYTES:
        raise _whole(path, f"it is larger than {MAX_FILE_BYTES // 1024**2} MiB", "split it into several files")
    return data


def decode(path: Path, data: bytes) -> str:
    """The file as text, without a byte order mark. Raises ConfigError at the first byte that is not UTF-8 text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise _whole(path, "it is saved as UTF-16", "save it again as UTF-8")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        bom = 3 if data.startswith(b"\xef\xbb\xbf") else 0
        before = data[bom : bom + error.start].decode("utf-8", "replace")
        raise _at(path, before, "this letter is not saved as UTF-8", "save the file again as UTF-8") from None
    if odd := _NOT_TEXT.search(text):
        raise _at(
            path,
            text[: odd.start()],
            f"an invisible control character stands here (U+{ord(odd.group()):04X})",
            "delete it and type the line anew",
        )
    return text


def parse(text: str, path: str) -> Document:
    """The values of a text. Raises ConfigError with its first mistake."""
    value = _build(text, path, None)
    if not isinstance(value, dict):
        what = "nothing is written in it" if value is None else "it does not begin with a key such as `sources:`"
        raise ConfigError((Mistake(path, 1, 1, what, "begin like the shipped file of this name"),))
    return Document(path=path, value=value, locate=cache(partial(_places, text, path)))


def _places(text: str, path: str) -> Places:
    """The same walk once more, this time noting where everything stands; only made when there is something to tell."""
    places: dict[Loc, Place] = {}
    _build(text, path, places)
    return places


def _build(text: str, path: str, places: dict[Loc, Place] | None) -> Any:
    """Walk the parser's events, without recursion, into values; `places` is filled when given."""
    walk = _Walk(path, places)
    try:
        for event in yaml.parse(text, Loader=_LOADER):
            walk.take(event)
    except yaml.YAMLError as error:
        line, column, what, fix = explain(error, text)
        raise ConfigError((Mistake(path, line, column, what, fix),)) from None
    return walk.root


class _Walk:
    """The containers open at one moment of the walk, with the key that waits for its value in each."""

    def __init__(self, path: str, places: dict[Loc, Place] | None) -> None:
        self.root: Any = None
        self._path = path
        self._places = places
        self._stack: list[Any] = []
        self._keys: list[str | None] = []
        self._lines: list[dict[str, int]] = []  # of each open mapping: its keys and their lines
        self._ways: list[Loc] = []  # to each open container
        self._documents = 0

    def take(self, event: yaml.Event) -> None:
        """One event of the parser."""
        kind = type(event)
        if kind is yaml.ScalarEvent:
            self._scalar(event)
        elif kind is yaml.MappingEndEvent or kind is yaml.SequenceEndEvent:
            self._stack.pop()
            self._keys.pop()
            self._lines.pop()
            self._ways.pop()
        elif kind is yaml.MappingStartEvent:
            self._open(event, {})
        elif kind is yaml.SequenceStartEvent:
            self._open(event, [])
        elif kind is yaml.AliasEvent:
            raise self._wrong(event, "a text that begins with * must stand in quotes", 'write it as "*…"')
        elif kind is yaml.DocumentStartEvent:
            self._documents += 1
            if self._documents > 1:
                raise self._wrong(
                    event, "a second list begins here", "remove the line with --- and keep one list a file"
                )

    def _scalar(self, event: Any) -> None:
        if event.anchor is not None or event.tag is not None:
            raise self._marked(event)
        value = event.value
        if value == "" and not event.style:
            value = None  # nothing is written after the colon or hyphen
        if self._stack and self._keys[-1] is None and type(self._stack[-1]) is dict:
            self._key(event, value)
        else:
            self._add(event, value)

    def _key(self, event: Any, key: str | None) -> None:
        if not key:
            raise self._wrong(event, "no key stands before this colon", "write a key, or remove the colon")
        first = self._lines[-1].get(key)
        if first is not None:
            where = f"the first is on line {first}" if first != event.start_mark.line + 1 else "both on this line"
            raise self._wrong(
                event, f"this key stands twice: {where}", "remove one of them, or begin a new entry with a hyphen"
            )
        self._lines[-1][key] = event.start_mark.line + 1
        self._keys[-1] = key
        if self._places is not None:
            self._places[*self._ways[-1], key, KEY] = _mark(event)

    def _open(self, event: Any, value: Any) -> None:
        if event.anchor is not None or event.tag is not None:
            raise self._marked(event)
        if self._stack and self._keys[-1] is None and type(self._stack[-1]) is dict:
            raise self._wrong(event, "a key must be a word, not a list", "write one word before the colon")
        if len(self._stack) >= MAX_DEPTH:
            raise self._wrong(event, "too many lists stand inside each other", "see the shipped file of this name")
        way = self._way()
        self._add(event, value)
        self._ways.append(way)
        self._stack.append(value)
        self._keys.append(None)
        self._lines.append({})

    def _add(self, event: Any, value: Any) -> None:
        if self._places is not None:
            self._places[self._way()] = _mark(event)
        if not self._stack:
            self.root = value
        elif type(self._stack[-1]) is list:
            self._stack[-1].append(value)
        else:
            self._stack[-1][self._keys[-1]] = value
            self._keys[-1] = None

    def _way(self) -> Loc:
        """The way to the value that comes next."""
        if not self._stack:
            return ()
        held = self._stack[-1]
        return (*self._ways[-1], len(held) if type(held) is list else self._keys[-1] or "")

    def _marked(self, event: Any) -> ConfigError:
        sign = "&" if event.anchor is not None else "!"
        return self._wrong(event, f"a text that begins with {sign} must stand in quotes", f'write it as "{sign}…"')

    def _wrong(self, event: Any, what: str, fix: str) -> ConfigError:
        return ConfigError((Mistake(self._path, *_mark(event), what, fix),))


def _mark(event: Any) -> Place:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _whole(path: Path, what: str, fix: str) -> ConfigError:
    return ConfigError((Mistake(str(path), 0, 0, what, fix),))


def _at(path: Path, before: str, what: str, fix: str) -> ConfigError:
    lines = _LINE_END.split(before)
    return ConfigError((Mistake(str(path), len(lines), len(lines[-1]) + 1, what, fix),))
