"""One item that no parser survives → its title, link and text, cut out by hand; an item made to break readers is still read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import unescape
from urllib.parse import urljoin

from monitor.model import Entry, Source
from monitor.sources.cure import cured

MAX_TEXT_BYTES = 50_000  #: of one element; an attack is long, a report is not

#: The elements that hold what we need, in RSS and Atom, the better one first.
_TITLE = (b"title",)
_GUID = (b"guid", b"id")
_TEXT = (b"content:encoded", b"content", b"description", b"summary")
_HREF = re.compile(rb"<link\b[^<>]{0,500}?\bhref\s{0,3}=\s{0,3}[\"']([^\"'<>]{1,2000})")
_TAGS = re.compile(r"<[^<>]{0,2000}>")


def entry(item: bytes, headers: Mapping[str, str], source: Source) -> Entry | None:
    """What the bytes of an item plainly say; None when they hold neither a title nor a text. The date is left unknown."""
    item = cured(item)
    title, text = _element(item, _TITLE), _element(item, _TEXT)
    if not title and not text:
        return None
    href = _HREF.search(item)
    link = unescape(href[1].decode("utf-8", "replace")) if href else _element(item, (b"link",))
    try:
        url = urljoin(headers.get("content-location", source.url), link.strip())
    except ValueError:
        url = ""
    return Entry(
        source_id=source.id,
        guid=_element(item, _GUID)[:2_000],
        url=url if link.strip() and url.startswith(("http://", "https://")) else "",
        title=_TAGS.sub(" ", title),
        summary=_TAGS.sub(" ", text),
    )


def _element(item: bytes, names: tuple[bytes, ...]) -> str:
    """The text of the first of these elements, at most MAX_TEXT_BYTES of it; empty when there is none."""
    for name in names:
        opened = item.find(b"<" + name)
        start = item.find(b">", opened) + 1 if opened >= 0 else 0
        if start <= 0:
            continue
        stop = item.find(b"</" + name, start)
        raw = item[start : stop if stop >= 0 else None][:MAX_TEXT_BYTES].strip()
        raw = raw.removeprefix(b"<![CDATA[").removesuffix(b"]]>")
        if raw:
            return unescape(raw.decode("utf-8", "replace")).strip()
    return ""
