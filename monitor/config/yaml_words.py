"""What the parser stumbled over → line, column, what is wrong and what to do, in words for people who never heard of the format."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight")
_QUOTE = "put the whole text after the colon in double quotes"
_ENTRY = re.compile(r"(?P<indent> *)(?P<dashes>(?:- +)*)(?P<key>[^\s#'\"\[\]{},:][^#:]*:(?:\s|$))?")
_GLUED = re.compile(r" *(?:- +)*[A-Za-z_]+:(?=[^\s/])")
_STUCK = re.compile(r" *-(?=[A-Za-z_]+:)")

#: The parser's own words for what it cannot read, what that means, and the fix. The first that fits counts.
_MEANINGS = (
    ("unknown escape character", "a backslash stands in double quotes", "use single quotes around this text"),
    ("hexdecimal number", "a backslash stands in double quotes", "use single quotes around this text"),
    ("hexadecimal", "a backslash stands in double quotes", "use single quotes around this text"),
    ("expected comment or line break", "a text cannot begin with | or >", _QUOTE),
    ("tab character", "a tab stands here", "replace it with spaces"),
    ("directive", "a line cannot begin with %", "put the text in double quotes, or write # for a remark"),
    ("alias", "a text that begins with * must stand in quotes", 'write it as "*…"'),
    ("anchor", "a text that begins with & must stand in quotes", 'write it as "&…"'),
    ("tag", "a text that begins with ! must stand in quotes", 'write it as "!…"'),
    ("document start", "this line does not belong to what stands above it", "begin it at the very left, like the first key of the file"),
    ("mapping values are not allowed", "a colon cannot stand here", f"if it belongs to the text, {_QUOTE}"),
    ("could not find expected ':'", "a colon is missing after this word", "write `key: value`, or put a hyphen before an item of a list"),
    ("expected key", "something follows the end of this value", "if it belongs to the text, put all of it in double quotes and double every quotation mark inside"),
    ("node content", "a value is missing, or a comma or bracket too many stands here", "write the value, or remove the sign"),
    ("'-' indicator", "a hyphen is missing before this item", "begin the line like its neighbours"),
)  # fmt: skip


def explain(error: Any, text: str) -> tuple[int, int, str, str]:
    """Line and column (from 1), what is wrong, and what to do. The text of the file is looked at, never repeated."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:
        return 1, 1, "this file cannot be read", "begin like the shipped file of this name"
    problem = str(getattr(error, "problem", None) or "").lower()
    opened = getattr(error, "context_mark", None)
    lines = re.split(r"\r\n?|\n", text)
    if "expected ':'" in problem and opened is not None:
        mark = opened
    where = (
        _unclosed(problem, opened, mark, lines) or _stuck(mark, lines) or _shifted(mark, lines) or _glued(mark, lines)
    )
    if where:
        return where
    what, fix = _meaning(problem, _character(mark, lines))
    return mark.line + 1, mark.column + 1, what, fix


def _unclosed(problem: str, opened: Any, mark: Any, lines: list[str]) -> tuple[int, int, str, str] | None:
    """A quotation mark or bracket that was opened and never closed, told where it was opened."""
    if opened is None:
        return None
    place = opened.line + 1, opened.column + 1
    if "end of stream" in problem or "document indicator" in problem:
        return *place, "the quotation mark that opens here is never closed", "close it at the end of the text"
    if found := re.search(r"',' or '([\]}])'", problem):
        sign = _character(opened, lines) or {"]": "[", "}": "{"}[found[1]]
        if mark.line == opened.line and _character(mark, lines) not in {"", "]", "}"}:
            return mark.line + 1, mark.column + 1, "a comma is missing before this", "put commas between the items"
        return (
            *place,
            f"the bracket {sign} that opens here is never closed with {found[1]}",
            "close it, and put commas between the items",
        )
    return None


def _shifted(mark: Any, lines: list[str]) -> tuple[int, int, str, str] | None:
    """A line that begins too far left or right of its neighbours; the commonest slip of all."""
    if mark.line >= len(lines):
        return None
    line = lines[mark.line]
    indent = len(line) - len(line.lstrip(" "))
    if line[indent : indent + 1] == "\t":
        return mark.line + 1, indent + 1, "a tab stands at the beginning of this line", "replace it with spaces"
    if not (mark.column == indent or ("\t" not in line[:indent] and ":" in line[indent : mark.column + 1])):
        return None
    dashed = line[indent:].startswith("- ")
    wanted = [column for column, dash in _starts(lines[: mark.line]) if dash == dashed]
    if not wanted or indent in wanted:
        return None
    best = min(wanted, key=lambda column: (abs(column - indent), -column))
    count = abs(best - indent)
    amount = f"{_NUMBERS[count] if count < len(_NUMBERS) else count} {'more' if best > indent else 'fewer'} "
    amount += "space" if count == 1 else "spaces"
    return (
        mark.line + 1,
        indent + 1,
        f"this line needs {amount} before it",
        "let it begin below the line it belongs with",
    )


def _stuck(mark: Any, lines: list[str]) -> tuple[int, int, str, str] | None:
    """`-id: x`, where the hyphen has no space after it and so begins no entry."""
    found = _STUCK.match(lines[mark.line]) if mark.line < len(lines) else None
    return (
        (mark.line + 1, found.end(), "a space is missing after this hyphen", "write `- key: value`") if found else None
    )


def _glued(mark: Any, lines: list[str]) -> tuple[int, int, str, str] | None:
    """`name:Sok` on the line above, where the colon has no space after it and so separates nothing."""
    for number in range(min(mark.line, len(lines)) - 1, -1, -1):
        if not lines[number].strip():
            continue
        if found := _GLUED.match(lines[number]):
            return number + 1, found.end(), "a space is missing after this colon", "write `key: value`"
        return None
    return None


def _starts(above: list[str]) -> Iterator[tuple[int, bool]]:
    """Where entries that are still open begin, from the nearest line up: column, and whether a hyphen stands there."""
    limit = 1 << 30
    for line in reversed(above):
        found = _ENTRY.match(line)
        if not found or not line.strip() or line.lstrip().startswith("#") or len(found["indent"]) >= limit:
            continue
        columns = [(len(found["indent"]), True)] if found["dashes"] else []
        if found["key"]:
            columns.append((len(found["indent"]) + len(found["dashes"]), False))
        yield from ((column, dash) for column, dash in columns if column < limit)
        limit = min([limit, *(column for column, _ in columns)])
        if limit == 0:
            return


def _character(mark: Any, lines: list[str]) -> str:
    return lines[mark.line][mark.column : mark.column + 1] if mark.line < len(lines) else ""


def _meaning(problem: str, sign: str) -> tuple[str, str]:
    if "cannot start any token" in problem:
        if sign == "\t":
            return "a tab stands here", "replace it with spaces"
        return f"a text cannot begin with {sign or 'this sign'}", _QUOTE
    for words, what, fix in _MEANINGS:
        if words in problem:
            return what, fix
    return "this line cannot be understood", "compare its spaces, quotes and colons with the lines around it"
