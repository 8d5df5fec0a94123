"""Language pack files → packs: every mistake at once, with file, line and fix; a broken pack is refused, never half used."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from yaml import CSafeLoader, MappingNode, Node, ScalarNode, SequenceNode, YAMLError, compose

from monitor.errors import ConfigError, Mistake
from monitor.languages.pack import CUES, Example, Form, LanguagePack, Packs, Trigger
from monitor.model import Act, Aspect, Relevance

SHIPPED = Path(__file__).parent.parent / "languages"
_KEYS = {"code", "name", "spaced", "order", "triggers", "cues", "clitics", "months", "weekdays", "days", "examples"}


def load_packs(folder: Path | None = None) -> Packs:
    """The shipped packs, and those of a folder of one's own over them. Raises ConfigError with every mistake of every file."""
    packs: dict[str, LanguagePack] = {}
    mistakes: list[Mistake] = []
    for place in (SHIPPED, folder):
        for path in sorted(place.glob("*.yaml")) if place else ():
            pack = _Reader(path, mistakes).pack()
            if pack is not None:
                packs[pack.code] = pack
    if mistakes:
        raise ConfigError(tuple(mistakes))
    return Packs(packs)


class _Reader:
    """Reads one file, collecting what is wrong with it."""

    def __init__(self, path: Path, mistakes: list[Mistake]) -> None:
        self._path = path
        self._mistakes = mistakes
        self._before = len(mistakes)

    def pack(self) -> LanguagePack | None:
        try:
            root = compose(self._path.read_text("utf-8"), Loader=CSafeLoader)
        except (YAMLError, UnicodeDecodeError, OSError) as error:
            mark = getattr(error, "problem_mark", None)
            self._wrong(mark, "this is not written as a pack", "compare with en.yaml")
            return None
        fields = self._mapping(root)
        for key in fields.keys() - _KEYS:
            self._wrong(
                fields[key].start_mark, f"{key!r} is no part of a pack", f"use one of {', '.join(sorted(_KEYS))}"
            )
        made = LanguagePack(
            code=self._text(fields.get("code")) or self._path.stem,
            name=self._text(fields.get("name")) or self._path.stem,
            spaced=self._text(fields.get("spaced")) != "false",
            order=self._text(fields.get("order")) or "SVO",
            triggers=tuple(self._triggers(fields.get("triggers"))),
            cues=self._cues(fields.get("cues")),
            clitics=self._texts(fields.get("clitics")),
            months=self._numbers(fields.get("months"), 1, 12),
            weekdays=self._numbers(fields.get("weekdays"), 0, 6),
            days=self._numbers(fields.get("days"), -7, 7),
            examples=tuple(self._examples(fields.get("examples"))),
        )
        return made if len(self._mistakes) == self._before else None

    def _triggers(self, node: Node | None) -> list[Trigger]:
        found: list[Trigger] = []
        for name, forms in self._mapping(node).items():
            act = self._one_of(Act, name, forms)
            for form_name, phrases in self._mapping(forms).items():
                form = self._one_of(Form, form_name, phrases)
                if act is not None and form is not None:
                    found += [Trigger(act, form, p) for p in self._texts(phrases)]
        return found

    def _cues(self, node: Node | None) -> Mapping[str, tuple[str, ...]]:
        found: dict[str, tuple[str, ...]] = {}
        for name, phrases in self._mapping(node).items():
            if name not in CUES:
                self._wrong(phrases.start_mark, f"{name!r} is no class of cues", f"use one of {', '.join(CUES)}")
            found[name] = self._texts(phrases)
        return found

    def _examples(self, node: Node | None) -> list[Example]:
        found: list[Example] = []
        for item in node.value if isinstance(node, SequenceNode) else ():
            fields = {k: self._text(v) for k, v in self._mapping(item).items()}
            act = None if fields.get("act") in {None, "none"} else self._one_of(Act, fields["act"], item)
            aspect = self._one_of(Aspect, fields.get("aspect", "actual"), item)
            relevance = self._one_of(Relevance, fields["relevance"], item) if "relevance" in fields else None
            if not fields.get("text"):
                self._wrong(item.start_mark, "an example without a text", "write the sentence after text:")
            found.append(Example(fields.get("text", ""), act, aspect or Aspect.ACTUAL, relevance))
        return found

    def _numbers(self, node: Node | None, low: int, high: int) -> Mapping[str, int]:
        found: dict[str, int] = {}
        for word, value in self._mapping(node).items():
            text = self._text(value)
            if not text.lstrip("-").isdigit() or not low <= int(text) <= high:
                self._wrong(value.start_mark, f"{word!r} needs a number", f"write one from {low} to {high}")
                continue
            found[word] = int(text)
        return found

    def _one_of(self, kind: type[Any], value: str, node: Node) -> Any:
        try:
            return kind(value)
        except ValueError:
            self._wrong(node.start_mark, f"{value!r} is no {kind.__name__.lower()}", f"use one of {', '.join(kind)}")
            return None

    def _mapping(self, node: Node | None) -> dict[str, Node]:
        if node is None:
            return {}
        if not isinstance(node, MappingNode):
            self._wrong(node.start_mark, "names with values are expected here", "write name: value")
            return {}
        found: dict[str, Node] = {}
        for key, value in node.value:
            name = self._text(key)
            if name in found:
                self._wrong(key.start_mark, f"{name!r} stands twice", "join the two")
            found[name] = value
        return found

    def _texts(self, node: Node | None) -> tuple[str, ...]:
        if node is None:
            return ()
        if not isinstance(node, SequenceNode):
            self._wrong(node.start_mark, "a list is expected here", "write [one, two]")
            return ()
        return tuple(t for t in (self._text(n) for n in node.value) if t)

    def _text(self, node: Node | None) -> str:
        return str(node.value) if isinstance(node, ScalarNode) else ""

    def _wrong(self, mark: Any, what: str, fix: str) -> None:
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        self._mistakes.append(Mistake(str(self._path), line, column, what, fix))
