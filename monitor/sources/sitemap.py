"""The kind `sitemap`: a (news) sitemap as bytes → entries; a sitemap index → the sitemaps to read next.

An entry has an address and a date, and in news sitemaps a title.

Sources: sitemaps.org/protocol.html; the news extension http://www.google.com/schemas/sitemap-news/0.9.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.etree.ElementTree import Element, XMLParser
from xml.etree.ElementTree import ParseError as XmlError

from monitor.model import Entry, Source
from monitor.sources.cure import cured, narrow
from monitor.sources.dates import OLDEST, from_text
from monitor.sources.listing import Feed
from monitor.sources.mistaken import mistaken
from monitor.sources.split import MAX_ITEMS

_DOCTYPE = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_PROMISED = "a sitemap"
MAX_CHILDREN = 3  #: sitemaps of an index read at one visit; the news of today stands in the newest


def parse(body: bytes, headers: Mapping[str, str], source: Source) -> Feed:  # noqa: ARG001 (every kind is called alike)
    """The addresses of a sitemap; of a sitemap index the newest sitemaps as `children`. Raises ParseError when the body is no sitemap.

    A document with a type declaration is refused: a sitemap has none, an attack on parsers does.
    """
    body = narrow(body)
    if not body.strip() or _DOCTYPE.search(body):
        raise mistaken(body, _PROMISED)
    root = _root(body)
    if root is None or _name(root) not in {"urlset", "sitemapindex"}:
        raise mistaken(body, _PROMISED)
    if _name(root) == "sitemapindex":
        return _index(root, source)
    listed = [child for child in root if _name(child) == "url"]
    entries = tuple(e for e in (_entry(child, source) for child in listed[:MAX_ITEMS]) if e.url)
    more = (f"only the first {MAX_ITEMS} of {len(listed)} items were read",) if len(listed) > MAX_ITEMS else ()
    return Feed(entries=entries, items=len(listed), fresh=len(listed), warnings=more)


def _index(root: Element, source: Source) -> Feed:
    """The sitemaps an index lists: those of news first, then the newest, at most MAX_CHILDREN. Without dates the last ones are the newest."""
    listed = [_entry(child, source) for child in root if _name(child) == "sitemap"]
    dated = any(e.published for e in listed)
    order = sorted(
        (e for e in listed if e.url),
        key=lambda e: ("news" in e.url.lower(), e.published or OLDEST),
        reverse=True,
    )
    if not dated:
        latest = [e for e in listed if e.url][::-1]
        order = sorted(latest, key=lambda e: "news" not in e.url.lower())
    return Feed(items=len(listed), fresh=len(listed), children=tuple(e.url for e in order[:MAX_CHILDREN]))


def _root(body: bytes) -> Element | None:
    for attempt in (body, cured(body)):
        parser = XMLParser()  # noqa: S314 (entities need a type declaration, which is refused above)
        try:
            parser.feed(attempt)
            return parser.close()
        except (XmlError, ValueError, LookupError):
            continue
    return None


def _entry(item: Element, source: Source) -> Entry:
    said = {_name(element): (element.text or "").strip() for element in reversed(list(item.iter()))}
    url = said.get("loc", "")
    return Entry(
        source_id=source.id,
        guid="",
        url=url if url.startswith(("http://", "https://")) else "",
        title=said.get("title", ""),
        published=from_text(said.get("publication_date", "")) or from_text(said.get("lastmod", "")),
        language=said.get("language") or None,
    )


def _name(element: Element) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
