"""The YAML files of languages → the packs in force: strict, with every mistake of every file at once, each by file and line."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any, TypeVar

import yaml

from monitor.config.yaml_reader import LOADER, too_deep
from monitor.errors import ConfigError, Mistake
from monitor.languages.pack import (
    AspectRule,
    Example,
    FactRule,
    Grammar,
    LanguagePack,
    NameWords,
    Need,
    Packs,
    Side,
    Take,
    TimeWords,
    Trigger,
    Voice,
)
from monitor.model import Act, Aspect, Relevance

SHIPPED = Path(__file__).resolve().parent.parent / "languages"  #: where the packs of the package lie

DEFAULT_WITHIN = 4  #: words between a cue and its trigger where a rule says nothing; "was not immediately" needs three

_LIST_ROOTS = {
    "homonyms": ("words",),
    "crime": ("words",),
    "actors": ("state", "court", "armed"),
    "civic": ("roles", "protest", "repression"),
    "places": ("before",),
}
_CALENDARS = ("gregorian", "buddhist", "jalali", "hijri", "ethiopian")
_GRAMMAR = tuple(Grammar.__dataclass_fields__)
_NAMES = tuple(NameWords.__dataclass_fields__)
_FACTS = (
    "charge", "law", "held_at", "by", "authority", "court", "lawyer_contact", "family_contact", "health", "medical_needs",
    "conditions", "next_date", "sentence_length", "in_absentia", "exchange", "number_taken", "assembly", "co_arrested", "age",
    "nationality", "occupation", "under_18", "sexual_violence",
)  # fmt: skip
_E = TypeVar("_E", bound=StrEnum)


class _Node:
    """One node of a YAML document that remembers its place and collects what is wrong with it."""

    def __init__(self, node: yaml.Node, path: str, mistakes: list[Mistake]) -> None:
        self.node, self.path, self.mistakes = node, path, mistakes
        self.line = node.start_mark.line + 1

    def wrong(self, what: str, fix: str) -> None:
        """Notes one mistake at this place."""
        self.mistakes.append(Mistake(self.path, self.line, self.node.start_mark.column + 1, what, fix))

    def fields(self, allowed: tuple[str, ...], required: tuple[str, ...] = ()) -> dict[str, _Node]:
        """The entries of a mapping; unknown, double and missing ones are mistakes."""
        if not isinstance(self.node, yaml.MappingNode):
            self.wrong("a list of `key: value` lines is meant here", f"use the keys {', '.join(allowed)}")
            return {}
        out: dict[str, _Node] = {}
        for key_node, value in self.node.value:
            key, at = str(key_node.value), _Node(key_node, self.path, self.mistakes)
            if key in out:
                at.wrong(f"{key} stands here twice", "keep one of them")
            elif key not in allowed:
                at.wrong(f"nothing is called {key} here", f"use one of {', '.join(allowed)}")
            out[key] = _Node(value, self.path, self.mistakes)
        for key in required:
            if key not in out:
                self.wrong(f"{key} is missing", f"add a line `{key}: …`")
        return {k: v for k, v in out.items() if k in allowed}

    def items(self) -> Iterator[_Node]:
        """The items of a list."""
        if isinstance(self.node, yaml.SequenceNode):
            for child in self.node.value:
                yield _Node(child, self.path, self.mistakes)
        else:
            self.wrong("a list is meant here", "write it as [one, two] or as lines that begin with a hyphen")

    def text(self) -> str:
        """The words written here, whatever other type they look like."""
        if isinstance(self.node, yaml.ScalarNode) and str(self.node.value).strip():
            return " ".join(str(self.node.value).split())
        self.wrong("words are meant here", "write the words, in quotes where they hold a colon")
        return ""

    def phrases(self) -> tuple[str, ...]:
        """A list of phrases, each once; stars stand at the edges of words only."""
        out: dict[str, None] = {}
        for item in self.items():
            phrase = item.text()
            if phrase in out:
                item.wrong(f"“{phrase}” stands here twice", "keep one of them")
            if phrase and not phrase.replace("*", "").replace("~", "").strip():
                item.wrong("a phrase needs letters", "remove it, or write the word the star belongs to")
            elif phrase.startswith("~") or phrase.endswith("~") or "~ ~" in phrase:
                item.wrong("`~` stands between two words", "put a word on each side of it")
            elif phrase:
                out[phrase] = None
        return tuple(out)

    def number(self) -> int:
        """A whole number."""
        try:
            return int(self.text())
        except ValueError:
            self.wrong("a whole number is meant here", "write it in figures")
            return 0

    def truth(self) -> bool:
        """Yes or no."""
        word = self.text()
        if word not in {"true", "false"}:
            self.wrong("true or false is meant here", "write true or false")
        return word == "true"

    def one_of(self, kind: type[_E]) -> _E | None:
        """A word of a closed list."""
        word = self.text()
        try:
            return kind(word)
        except ValueError:
            self.wrong(f"“{word}” is not a {kind.__name__.lower()}", f"use one of {', '.join(k.value for k in kind)}")
            return None

    def several_of(self, kind: type[_E]) -> tuple[_E, ...]:
        """Words of a closed list."""
        return tuple(found for item in self.items() if (found := item.one_of(kind)) is not None)

    def counted(self) -> dict[str, int]:
        """Words with a whole number each."""
        if not isinstance(self.node, yaml.MappingNode):
            self.wrong("words with a number each are meant here", "write `word: 1` lines")
            return {}
        return {" ".join(str(k.value).split()): _Node(v, self.path, self.mistakes).number() for k, v in self.node.value}


def load_packs(folder: Path | None = None) -> Packs:
    """The shipped packs, and those of the user's own folder, which replace a shipped one of the same code.

    Raises ConfigError with all mistakes of all files.
    """
    mistakes: list[Mistake] = []
    packs: dict[str, LanguagePack] = {}
    for place in (SHIPPED, folder):
        for path in sorted(place.glob("*.yaml")) if place is not None else ():
            if (pack := read_pack(path, mistakes)) is not None:
                packs[pack.code] = pack
    if mistakes:
        raise ConfigError(tuple(mistakes))
    return Packs(packs)


def read_pack(path: Path, mistakes: list[Mistake]) -> LanguagePack | None:
    """One pack file; None where it cannot be read at all. Every mistake found is added to the list."""
    try:
        text = path.read_text("utf-8")
        deep = too_deep(text)
        if deep:
            mistakes.append(
                Mistake(str(path), deep, 1, "too many values inside values", "compare it with a shipped pack")
            )
            return None
        if any(isinstance(event, yaml.AliasEvent) or event.anchor for event in _values(text)):
            mistakes.append(
                Mistake(str(path), 1, 1, "it uses & or * references", "write the words out, stars in quotes")
            )
            return None
        node = yaml.compose(text, Loader=LOADER)
    except (OSError, UnicodeDecodeError) as error:
        mistakes.append(
            Mistake(str(path), 0, 0, f"it cannot be read ({type(error).__name__})", "save it as UTF-8 text")
        )
        return None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line, column = (mark.line + 1, mark.column + 1) if mark else (0, 0)
        mistakes.append(
            Mistake(str(path), line, column, "this line cannot be understood", "check its spaces, quotes and colons")
        )
        return None
    if node is None:
        mistakes.append(Mistake(str(path), 0, 0, "the file is empty", "see docs/languages.md for what a pack holds"))
        return None
    return _pack(_Node(node, str(path), mistakes))


def _values(text: str) -> Iterator[Any]:
    """The parser's own events that can carry a reference."""
    return (e for e in yaml.parse(text, Loader=LOADER) if isinstance(e, yaml.NodeEvent))


def _pack(root: _Node) -> LanguagePack:
    allowed = (
        "code",
        "name",
        "script",
        "scripts",
        "words",
        "prefixes",
        "suffixes",
        "triggers",
        "aspects",
        "grammar",
        "names",
        "time",
        "facts",
    )
    top = root.fields((*allowed, *_LIST_ROOTS), ("code", "name", "script", "triggers"))
    examples: list[Example] = []
    lists: dict[str, tuple[str, ...]] = {}
    for key, names in _LIST_ROOTS.items():
        if key in top:
            group = top[key].fields((*names, "examples"))
            lists |= {f"{key}.{n}": group[n].phrases() for n in names if n in group}
            if key != "places":
                examples += _examples(top[key], group)
    words = top["words"].text() if "words" in top else "spaced"
    if words not in {"spaced", "unspaced"}:
        top["words"].wrong(f"“{words}” is no way to set words apart", "write spaced or unspaced")
    return LanguagePack(
        code=_text(top, "code"),
        name=_text(top, "name"),
        script=_text(top, "script"),
        spaced=words == "spaced",
        scripts=_phrases(top, "scripts"),
        prefixes=_phrases(top, "prefixes"),
        suffixes=_phrases(top, "suffixes"),
        triggers=tuple(t for item in _items(top, "triggers") for t in _trigger(item, examples)),
        aspects=tuple(rule for item in _items(top, "aspects") if (rule := _aspect(item, examples)) is not None),
        homonyms=lists.get("homonyms.words", ()),
        state=lists.get("actors.state", ()),
        court=lists.get("actors.court", ()),
        armed=lists.get("actors.armed", ()),
        roles=lists.get("civic.roles", ()),
        protest=lists.get("civic.protest", ()),
        repression=lists.get("civic.repression", ()),
        crime=lists.get("crime.words", ()),
        grammar=Grammar(**_lists(top, "grammar", _GRAMMAR)),
        names=NameWords(**_lists(top, "names", _NAMES)),
        time=_time(top["time"]) if "time" in top else TimeWords(),
        place_before=lists.get("places.before", ()),
        facts=tuple(fact for item in _items(top, "facts") if (fact := _fact(item, examples)) is not None),
        examples=tuple(examples),
        path=root.path,
    )


def _text(fields: dict[str, _Node], key: str) -> str:
    return fields[key].text() if key in fields else ""


def _phrases(fields: dict[str, _Node], key: str) -> tuple[str, ...]:
    return fields[key].phrases() if key in fields else ()


def _items(fields: dict[str, _Node], key: str) -> Iterator[_Node]:
    return fields[key].items() if key in fields else iter(())


def _lists(fields: dict[str, _Node], key: str, names: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    group = fields[key].fields(names) if key in fields else {}
    return {name: node.phrases() for name, node in group.items()}


def _trigger(node: _Node, examples: list[Example]) -> Iterator[Trigger]:
    voices = tuple(v.value for v in Voice)
    fields = node.fields(("act", *voices, "victim", "needs", "examples"), ("act", "examples"))
    act = fields["act"].one_of(Act) if "act" in fields else None
    side = fields["victim"].one_of(Side) if "victim" in fields else None
    needs = fields["needs"].several_of(Need) if "needs" in fields else ()
    examples += _examples(node, fields)
    if not any(v in fields for v in voices):
        node.wrong("no words are given", f"add a line such as `{Voice.PASSIVE}: [was taken]`")
    for voice in Voice:
        if voice.value in fields and act is not None:
            yield Trigger(act=act, voice=voice, phrases=fields[voice.value].phrases(), victim=side, needs=needs)


def _aspect(node: _Node, examples: list[Example]) -> AspectRule | None:
    fields = node.fields(
        ("aspect", "before", "after", "within", "voices", "acts", "crosses", "examples"), ("aspect", "examples")
    )
    examples += _examples(node, fields)
    aspect = fields["aspect"].one_of(Aspect) if "aspect" in fields else None
    if "before" not in fields and "after" not in fields:
        node.wrong("no words are given", "add a line `before: […]` or `after: […]`")
    if aspect is None:
        return None
    return AspectRule(
        aspect=aspect,
        before=_phrases(fields, "before"),
        after=_phrases(fields, "after"),
        within=fields["within"].number() if "within" in fields else DEFAULT_WITHIN,
        voices=fields["voices"].several_of(Voice) if "voices" in fields else (),
        acts=fields["acts"].several_of(Act) if "acts" in fields else (),
        crosses="crosses" in fields and fields["crosses"].truth(),
    )


def _fact(node: _Node, examples: list[Example]) -> FactRule | None:
    fields = node.fields(
        ("key", "cue", "side", "take", "value", "units", "acts", "examples"), ("key", "cue", "take", "examples")
    )
    examples += _examples(node, fields)
    key = _text(fields, "key")
    if "key" in fields and key not in _FACTS:
        fields["key"].wrong(f"“{key}” is not a fact", f"use one of {', '.join(_FACTS)}")
    take = fields["take"].one_of(Take) if "take" in fields else None
    side = fields["side"].one_of(Side) if "side" in fields else None
    if take is None:
        return None
    return FactRule(
        key=key,
        cue=_phrases(fields, "cue"),
        take=take,
        side=side or Side.AFTER,
        value=_text(fields, "value") or None,
        units=_phrases(fields, "units"),
        acts=fields["acts"].several_of(Act) if "acts" in fields else (),
    )


def _time(node: _Node) -> TimeWords:
    fields = node.fields(tuple(TimeWords.__dataclass_fields__))
    for key, least, most in (("months", 1, 13), ("weekdays", 1, 7)):
        for word, number in fields[key].counted().items() if key in fields else ():
            if not least <= number <= most:
                fields[key].wrong(f"“{word}” has the number {number}", f"count from {least} to {most}")
    given: dict[str, Any] = {k: fields[k].counted() for k in ("months", "weekdays", "days", "numbers") if k in fields}
    given |= {k: fields[k].text() for k in ("order", "calendar") if k in fields}
    given |= {k: fields[k].phrases() for k in ("before", "year", "day", "ago") if k in fields}
    if "calendars" in fields:
        months = fields["calendars"].fields(_CALENDARS[1:])
        given["calendars"] = {calendar: months[calendar].counted() for calendar in months}
    if given.get("order", "dmy") not in {"dmy", "mdy", "ymd"}:
        fields["order"].wrong("that is no order of day, month and year", "write dmy, mdy or ymd")
    if given.get("calendar", "gregorian") not in _CALENDARS:
        fields["calendar"].wrong(
            "that calendar is not known", f"write {', '.join(_CALENDARS[:-1])} or {_CALENDARS[-1]}"
        )
    return TimeWords(**given)


def _examples(group: _Node, fields: dict[str, _Node]) -> list[Example]:
    """The examples of one group of rules; a group without any is a mistake, since they are its test."""
    out = [_example(item) for item in fields["examples"].items()] if "examples" in fields else []
    if not out:
        group.wrong("no example is given", "add `examples:` with a sentence and what must be found in it")
    return out


def _example(node: _Node) -> Example:
    allowed = tuple(k for k in Example.__dataclass_fields__ if k != "line")
    fields = node.fields(allowed, ("text",))
    facts: dict[str, str] = {}
    if "facts" in fields:
        facts = {key: value.text() for key, value in fields["facts"].fields(_FACTS).items()}
    none = "none" in fields and fields["none"].truth()
    if not none and not {"act", "aspect", "relevance", "victims", "facts"} & set(fields):
        node.wrong(
            "it does not say what must be found", "add act, aspect, relevance, victims or facts, or `none: true`"
        )
    return Example(
        text=_text(fields, "text"),
        line=node.line,
        title=_text(fields, "title"),
        published=_text(fields, "published") or None,
        none=none,
        act=fields["act"].one_of(Act) if "act" in fields else None,
        aspect=fields["aspect"].one_of(Aspect) if "aspect" in fields else None,
        relevance=fields["relevance"].one_of(Relevance) if "relevance" in fields else None,
        victims=fields["victims"].phrases() if "victims" in fields else None,
        names=_phrases(fields, "names"),
        date=_text(fields, "date") or None,
        place=_text(fields, "place") or None,
        by=_text(fields, "by") or None,
        facts=facts,
    )
