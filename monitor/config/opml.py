"""A list of feeds as OPML, the format feed readers exchange → items of sources.yaml, and back. Source: opml.org/spec2.opml."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError, SubElement, XMLParser, indent, tostring

from monitor.errors import ConfigError, Mistake
from monitor.model import Source

MAX_BYTES = 20_000_000  #: of a file; ten thousand feeds take two million
_REFUSED = (b"<!doctype", b"<!entity")


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """One feed of an OPML file. language, country: as the file says, empty when it does not. folders: the headings above it."""

    url: str
    title: str
    language: str = ""
    country: tuple[str, ...] = ()
    folders: tuple[str, ...] = ()


def read(path: Path) -> tuple[Outline, ...]:
    """The feeds of an OPML file, in its order, each address once. Raises ConfigError when it is no such file."""
    data = path.read_bytes()
    low = data[:100_000].lower()
    if len(data) > MAX_BYTES or any(mark in low for mark in _REFUSED):
        raise _no_opml(path, 1, "this OPML file is too large or declares a document type")
    parser = XMLParser()  # noqa: S314 (entities need a type declaration, which is refused above)
    try:
        parser.feed(data)
        root = parser.close()
    except ParseError as error:
        raise _no_opml(path, error.position[0], "this is not well-formed XML") from None
    except ValueError:
        raise _no_opml(path, 1, "its encoding cannot be read") from None
    if root.tag.lower() != "opml":
        raise _no_opml(path, 1, "this is XML of another kind")
    found: dict[str, Outline] = {}
    body = root.find("body")
    _walk(body if body is not None else root, (), found)
    return tuple(found.values())


def write(sources: Iterable[Source], title: str = "hrd-monitor") -> bytes:
    """The feeds as OPML 2.0. What only this program knows stands in attributes that other readers ignore."""
    root = Element("opml", version="2.0")
    SubElement(SubElement(root, "head"), "title").text = title
    body = SubElement(root, "body")
    for source in sources:
        if source.kind != "feed":
            continue
        more = {"language": source.language[0]} if source.language else {}
        if source.country:
            more["category"] = ",".join(f"/country/{c}" for c in source.country)
        said = {"type": "rss", "text": source.name, "title": source.name, "xmlUrl": source.url, **more}
        SubElement(body, "outline", said)
    indent(root)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode").encode("utf-8") + b"\n"


def _walk(element: Element, folders: tuple[str, ...], found: dict[str, Outline]) -> None:
    """Every outline below an element; depth is bounded by the reader of XML."""
    waiting = [(child, folders) for child in reversed(list(element))]
    while waiting:
        outline, above = waiting.pop()
        url = (outline.get("xmlUrl") or outline.get("xmlurl") or "").strip()
        title = " ".join((outline.get("title") or outline.get("text") or "").split())
        if url.startswith(("http://", "https://")) and url not in found:
            said = (outline.get("category") or "").split(",")
            country = tuple(c.rpartition("/")[2].upper() for c in said if c.startswith("/country/"))
            found[url] = Outline(
                url=url,
                title=title or url,
                language=(outline.get("language") or "").strip(),
                country=country,
                folders=above,
            )
        inner = (*above, title) if title and not url else above
        waiting += [(child, inner) for child in reversed(list(outline))]


def _no_opml(path: Path, line: int, what: str) -> ConfigError:
    return ConfigError((Mistake(str(path), line, 1, what, "export the list of feeds from the reader again, as OPML"),))
