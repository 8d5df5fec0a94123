"""A text that names somebody → the same text with every place that names them blacked out, one character for one, so that offsets hold."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import unquote, urlsplit

from anyascii import anyascii

from monitor.match import Index, match
from monitor.model import Article, Defender

BLACK = "\u2588"
SHORTEST = 3  #: letters of a single part of a name that is blacked out beside the whole name
_APART = re.compile(r"[\W_]+")
_BETWEEN = r"[\W_]{0,3}"


class Redactor:
    """Blacks out one person. index: of this one entry, to find the spellings that nobody wrote down; others: everybody else on the list."""

    def __init__(
        self, person: Defender, index: Index, others: Iterable[Defender] = (), also: Iterable[str] = ()
    ) -> None:
        self._id, self._index = person.id, index
        names = [person.name, *person.names, *person.known_as, *also]
        if person.codename and person.codename != person.id:
            names.append(person.codename)
        theirs = {p.casefold() for d in others for n in (d.name, *d.names) for p in _APART.split(n)}
        whole = {v for n in names for v in _variants(n)}
        parts = {
            v
            for n in (person.name, *person.names, *also)
            for p in n.split()
            if len(p) >= SHORTEST and p.casefold() not in theirs
            for v in _variants(p)
        }
        self._whole = _pattern(_BETWEEN.join(re.escape(p) for p in _pieces(n)) for n in whole)
        self._parts = _pattern(_bounded(p) for p in parts)

    def names(self, *texts: str) -> bool:
        """Whether one of these texts names the person."""
        return any(self._whole.search(t) or self._found(t) for t in texts if t)

    def text(self, text: str, *, named: bool = False) -> str:
        """The text blacked out; named: the person stands elsewhere in the same record, so that a part of the name means them too."""
        if not text:
            return text
        spans = [*self._found(text), *(m.span() for m in self._whole.finditer(text))]
        if spans or named:
            spans += [m.span() for m in self._parts.finditer(text)]
        if not spans:
            return text
        letters = list(text)
        for start, end in spans:
            letters[start:end] = BLACK * (end - start)
        return "".join(letters)

    def url(self, url: str | None, *, named: bool = False) -> str | None:
        """An address, cut to its host where the rest names the person."""
        if not url:
            return url
        readable = _APART.sub(" ", unquote(url))
        if self.text(readable, named=named) == readable and not self._whole.search(unquote(url)):
            return url
        cut = urlsplit(url)
        return f"{cut.scheme}://{cut.hostname}/" if cut.hostname else ""

    def value(self, made: Any) -> Any:
        """A record of objects, lists and texts, as JSON gives them, blacked out."""
        return self._value(made, named=self.names(*_texts(made)))

    def _value(self, made: Any, *, named: bool) -> Any:
        if isinstance(made, str):
            if made == self._id:
                return made
            if made.startswith(("http://", "https://")):
                return self.url(made, named=named)
            return self.text(made, named=named)
        if isinstance(made, list):
            return [self._value(m, named=named) for m in made]
        return {k: self._value(v, named=named) for k, v in made.items()} if isinstance(made, dict) else made

    def _found(self, text: str) -> list[tuple[int, int]]:
        return [(m.span.start, m.span.end) for m in match(Article(id="", title="", text=text), self._index)]


def _texts(made: Any) -> Iterator[str]:
    if isinstance(made, str):
        yield _APART.sub(" ", unquote(made)) if made.startswith("http") else made
    elif isinstance(made, list):
        for one in made:
            yield from _texts(one)
    elif isinstance(made, dict):
        yield from _texts(list(made.values()))


def _pieces(name: str) -> list[str]:
    """The parts of a name; marks of scripts whose letters carry them stay with their letter."""
    return [p for p in re.split(r"[\s\-_.·•'’]+", name) if p]


def _variants(name: str) -> set[str]:
    """A name as machines may have stored it: composed, decomposed, without its marks where it is Latin, in Latin letters."""
    composed = unicodedata.normalize("NFC", name)
    bare = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    made = {name, composed, unicodedata.normalize("NFD", name), anyascii(composed)}
    return {v for v in made | ({bare} if bare.isascii() else set()) if len(v.strip()) >= SHORTEST}


def _bounded(part: str) -> str:
    return rf"(?<![^\W_]){re.escape(part)}(?![^\W_])" if part[0].isalpha() and part.isascii() else re.escape(part)


def _pattern(choices: Iterable[str]) -> re.Pattern[str]:
    wanted = sorted(set(filter(None, choices)), key=len, reverse=True)
    return re.compile("|".join(wanted) or r"(?!)", re.IGNORECASE)
