"""JSON Feed 1.0 and 1.1 as bytes → entries. Source: jsonfeed.org/version/1.1."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

from monitor.model import Entry, Source
from monitor.sources.dates import from_text
from monitor.sources.listing import Feed
from monitor.sources.mistaken import mistaken
from monitor.sources.split import MAX_ITEMS


def is_json(body: bytes) -> bool:
    """Whether a body looks like JSON rather than XML."""
    return body[:1_000].lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{"


def parse(body: bytes, headers: Mapping[str, str], source: Source) -> Feed:
    """The entries of a JSON Feed. Raises ParseError when the body is no JSON Feed."""
    try:
        document = json.loads(body.lstrip(b"\xef\xbb\xbf").decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        raise mistaken(body) from None
    items = document.get("items")
    if not str(document.get("version") or "").startswith("https://jsonfeed.org/version/") or not isinstance(
        items, list
    ):
        raise mistaken(body)
    base = headers.get("content-location", source.url)
    language = _text(document, "language") or None
    entries = tuple(_entry(i, source, base, language) for i in items[:MAX_ITEMS] if isinstance(i, dict))
    return Feed(entries=entries, title=_text(document, "title")[:500], items=len(entries), fresh=len(entries))


def _entry(item: Mapping[str, Any], source: Source, base: str, language: str | None) -> Entry:
    link = _text(item, "url") or _text(item, "external_url")
    try:
        url = urljoin(base, link.strip()) if link else ""
    except ValueError:
        url = ""
    return Entry(
        source_id=source.id,
        guid=_text(item, "id").strip()[:2_000],
        url=url if url.startswith(("http://", "https://")) else "",
        title=_text(item, "title"),
        summary=_text(item, "summary"),
        content=_text(item, "content_html") or _text(item, "content_text").replace("&", "&amp;").replace("<", "&lt;"),
        published=from_text(_text(item, "date_published") or _text(item, "date_modified")),
        language=_text(item, "language") or language,
    )


def _text(record: Mapping[str, Any], key: str) -> str:
    """A text or number of the record as text (ids are often numbers); empty when absent or of another type."""
    value = record.get(key)
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8") if not value.isascii() else value
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""
