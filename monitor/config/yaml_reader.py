"""A YAML file → plain values and where each stands: every mistake in plain words, with line and column; nothing in it can do harm."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from monitor.errors import Mistake

MAX_BYTES = 64_000_000  #: of one file: a list of 100,000 defenders with every field is about half of it
MAX_DEPTH = 20  #: of values inside values; the deepest real file has five

MAX_BRACKETS = 200  #: open brackets, also inside texts; a stack of a few ten thousand ends the process

Where = tuple[str | int, ...]  #: the way to a value: keys and positions from the top

_WHOLE = re.compile(r"[-+]?(?:0|[1-9][0-9]*)")
_FRACTION = re.compile(r"[-+]?(?:0|[1-9][0-9]*)\.[0-9]+")
_BRACKET = re.compile(r"[\[\]{}]")
_STEEP = re.compile(r"(?:[-?:][ \t]+){200}|^[ ]{400}", re.MULTILINE)
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(slots=True)
class Document:
    """What a file says. value: None where it could not be read. places: for each value its line and column, from 1."""

    path: str
    value: Any = None
    places: dict[Where, tuple[int, int]] = field(default_factory=dict)
    mistakes: list[Mistake] = field(default_factory=list)

    def wrong(self, where: Where, what: str, fix: str) -> None:
        """Add a mistake at a value, or at the nearest value around it that the file has."""
        while where and where not in self.places:
            where = where[:-1]
        line, column = self.places.get(where, (1, 1))
        self.mistakes.append(Mistake(self.path, line, column, what, fix))


def read(path: Path) -> Document:
    """Read a file; mistakes are collected in the document, never raised."""
    document = Document(str(path))
    try:
        raw = path.read_bytes()
    except FileNotFoundError:
        document.mistakes.append(Mistake(str(path), 0, 0, "there is no such file", "make it, or name another"))
        return document
    except OSError as error:
        document.mistakes.append(
            Mistake(str(path), 0, 0, f"it cannot be opened ({error.strerror})", "see its permissions")
        )
        return document
    return read_bytes(raw, document)


def read_bytes(raw: bytes, document: Document) -> Document:
    """Read what a file holds into its document."""
    if len(raw) > MAX_BYTES:
        document.wrong((), f"it is larger than {MAX_BYTES // 1_000_000} MB", "split it into files of watchlist.d/")
        return document
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        document.mistakes.append(
            Mistake(document.path, line, 1, "a letter here is not written in UTF-8", "save the file as UTF-8")
        )
        return document
    odd = re.search(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]", text)
    if odd:
        line = text.count("\n", 0, odd.start()) + 1
        document.mistakes.append(
            Mistake(document.path, line, 1, "an invisible character stands here", "delete the line and type it again")
        )
        return document
    deep = too_deep(text)
    if deep:
        document.mistakes.append(
            Mistake(document.path, deep, 1, "too many values inside values", "compare it with the example")
        )
        return document
    try:
        node = yaml.compose(io.StringIO(text), Loader=LOADER)
        document.value = None if node is None else _Builder(document).value(node, (), 0)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        document.mistakes.append(
            Mistake(
                document.path, line, column, *_plainly(str(error.problem), str(error.context or ""), _line(text, line))
            )
        )
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        document.mistakes.append(
            Mistake(document.path, 1, 1, f"it cannot be read ({type(error).__name__})", "compare it with the example")
        )
    return document


def too_deep(text: str) -> int:
    """The line at which brackets, dashes or spaces nest so deeply that the composer, which is recursive C, would overflow its stack; 0 for none."""
    depth = 0
    for bracket in _BRACKET.finditer(text):
        depth = depth + 1 if bracket.group() in "[{" else max(0, depth - 1)
        if depth > MAX_BRACKETS:
            return text.count("\n", 0, bracket.start()) + 1
    steep = _STEEP.search(text)
    return text.count("\n", 0, steep.start()) + 1 if steep else 0


def _line(text: str, number: int) -> str:
    lines = text.splitlines()
    return lines[number - 1] if number <= len(lines) else ""


def _plainly(problem: str, context: str, line: str) -> tuple[str, str]:
    """What the parser complains of, in words of somebody who has never heard of YAML."""
    if line[: len(line) - len(line.lstrip())].count("\t"):
        return "a tab stands at the beginning of this line", "use spaces"
    if "mapping values are not allowed" in problem:
        return (
            "there is a second colon on this line, or the line above is not finished",
            "put the text in double quotes",
        )
    if "could not find expected ':'" in problem:
        return "a name without a colon", 'write "name: value"'
    if "expected <block end>" in problem:
        return "this line does not stand under the one it belongs to", "give it as many spaces as its neighbours"
    if "alias" in problem or "anchor" in problem:
        return "a word begins with & or *", "put it in double quotes"
    if "found unexpected end of stream" in problem or "quoted scalar" in context:
        return "a quotation mark is opened here and never closed", "close it"
    if "flow" in context or "expected ',' or" in problem:
        return "a list or a pair of braces is opened and never closed", "close it with ] or }"
    if "start any token" in problem:
        return "a text may not begin with this sign", "put it in double quotes"
    return problem or "this line cannot be read", "compare it with the example"


class _Builder:
    """Turns nodes into values. Refuses what could hide something: repeated keys, references, tags."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._seen: set[int] = set()

    def value(self, node: yaml.Node, where: Where, depth: int) -> Any:
        self._document.places.setdefault(where, (node.start_mark.line + 1, node.start_mark.column + 1))
        if id(node) in self._seen:
            self._document.wrong(where, "a word begins with * and points somewhere else", "write the value out")
            return None
        self._seen.add(id(node))
        if depth > MAX_DEPTH:
            self._document.wrong(where, "too many values inside values", "compare it with the example")
            return None
        if not node.tag.startswith("tag:yaml.org,2002:"):
            self._document.wrong(where, "a word begins with !", "put it in double quotes")
            return None
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, where, depth)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, (*where, i), depth + 1) for i, item in enumerate(node.value)]
        return scalar(node) if isinstance(node, yaml.ScalarNode) else None

    def _mapping(self, node: yaml.MappingNode, where: Where, depth: int) -> Mapping[str, Any]:
        found: dict[str, Any] = {}
        lines: dict[str, int] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else ""
            mark = key_node.start_mark
            if not key:
                self._document.mistakes.append(
                    Mistake(
                        self._document.path,
                        mark.line + 1,
                        mark.column + 1,
                        "a name is missing here",
                        'write "name: value"',
                    )
                )
                continue
            if key in found:
                self._document.mistakes.append(
                    Mistake(
                        self._document.path,
                        mark.line + 1,
                        mark.column + 1,
                        f"{key!r} stands twice, first on line {lines[key]}",
                        "keep one of them",
                    )
                )
                continue
            lines[key] = mark.line + 1
            self._document.places[(*where, key)] = (mark.line + 1, mark.column + 1)
            found[key] = self.value(value_node, (*where, key), depth + 1)
        return found


def scalar(node: yaml.ScalarNode) -> Any:
    """A single value: true, false, null and plain numbers; everything else is the text that stands there (no, 012, 12:30, 2020-01-01)."""
    text = str(node.value)
    if node.style in {'"', "'", "|", ">"}:
        return text
    if text in {"", "~", "null"}:
        return None
    if text in {"true", "false"}:
        return text == "true"
    if _WHOLE.fullmatch(text) and len(text) < 16:
        return int(text)
    return float(text) if _FRACTION.fullmatch(text) else text
