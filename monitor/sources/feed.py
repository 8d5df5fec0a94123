"""RSS, Atom, RDF and JSON Feed in any state of repair → entries; feedparser reads, what it stumbles over is mended first."""

from __future__ import annotations

import io
import json
import re
from calendar import timegm
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin

import feedparser

from monitor.model import Entry, Source
from monitor.sources.document import Feed, not_a_document

MAX_ENTRIES = 500  #: entries read of one document; a feed with more is an archive, and the newest stand first
MAX_FIELD = 200_000  #: characters kept of one field

_REFERENCE = re.compile(rb"&#(?:x([0-9a-fA-F]{1,9})|([0-9]{1,9}));")
_ILLEGAL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]")
#: Headers feedparser may see: the type and language of the body, never an address of ours.
_HEADERS = ("content-type", "content-language", "content-location")


def parse(body: bytes, headers: Mapping[str, str], source: Source) -> Feed:
    """The entries of a feed. Raises ParseError saying what came instead."""
    if body.lstrip()[:1] == b"{":
        return _json_feed(body, source)
    given = {k: v for k, v in headers.items() if k in _HEADERS}
    base = headers.get("content-location") or source.url
    warnings: tuple[str, ...] = ()
    try:
        read = _read(body, given)
    except Exception:  # noqa: BLE001 - the boundary of one source: feedparser raises many things on bad references and encodings
        read = None
    if read is None or (not read.entries and read.get("bozo")):
        mended = _mend(body)
        if mended != body or read is None:
            try:
                read = _read(mended, given)
                warnings = ("characters that no XML may hold were taken out",)
            except Exception as error:
                raise not_a_document(body) from error
    if not read.entries and not read.get("version"):
        raise not_a_document(body)
    if read.get("bozo") and read.entries:
        warnings = (*warnings, "not well formed; what could be read was read")
    entries = tuple(_entry(e, source, base, read.feed.get("language")) for e in read.entries[:MAX_ENTRIES])
    return Feed(
        entries=tuple(e for e in entries if e.title or e.markup),
        ttl_s=_ttl(read.feed),
        title=str(read.feed.get("title", "")),
        warnings=warnings,
    )


def _read(body: bytes, headers: Mapping[str, str]) -> Any:
    """Feedparser on bytes in memory: given a string or bytes it may open a file or an address of that name."""
    return feedparser.parse(
        io.BytesIO(body), response_headers=dict(headers), sanitize_html=False, resolve_relative_uris=False
    )


def _mend(body: bytes) -> bytes:
    """The body without control characters, and with emoji written as surrogate pairs or beyond Unicode replaced."""

    def reference(match: re.Match[bytes]) -> bytes:
        code = int(match.group(1), 16) if match.group(1) else int(match.group(2))
        legal = code in {9, 10, 13} or 0x20 <= code < 0xD800 or 0xE000 <= code <= 0x10FFFF
        return match.group() if legal else b"&#xFFFD;"

    return _ILLEGAL.sub(b" ", _REFERENCE.sub(reference, body)).lstrip()


def _entry(item: Any, source: Source, base: str, language: str | None) -> Entry:
    contents = item.get("content") or []
    content = max((str(c.get("value") or "") for c in contents), key=len, default="")
    link = str(item.get("link") or "")
    return Entry(
        source_id=source.id,
        guid=str(item.get("id") or link)[:MAX_FIELD],
        url=_joined(base, link),
        title=str(item.get("title") or "")[:MAX_FIELD],
        summary=str(item.get("summary") or "")[:MAX_FIELD],
        content=content[:MAX_FIELD],
        published=_moment(item),
        language=str(language) if language else None,
    )


def _moment(item: Any) -> datetime | None:
    for key in ("published_parsed", "updated_parsed"):
        value = item.get(key)
        if value:
            try:
                return datetime.fromtimestamp(timegm(value), UTC)
            except (ValueError, OverflowError, OSError):
                continue
    return None


def _joined(base: str, link: str) -> str:
    try:
        return urljoin(base, link) if link else ""
    except ValueError:
        return ""


def _ttl(feed: Any) -> float | None:
    """How long the feed asks to be left alone, from <ttl> in minutes."""
    value = str(feed.get("ttl") or "")
    return float(value) * 60 if value.isdigit() and len(value) < 7 else None


def _json_feed(body: bytes, source: Source) -> Feed:
    """JSON Feed 1.0 and 1.1. Source: https://www.jsonfeed.org/version/1.1/."""
    try:
        document = json.loads(body)
    except (ValueError, RecursionError):
        raise not_a_document(body) from None
    items = document.get("items") if isinstance(document, dict) else None
    if not isinstance(items, list) or "jsonfeed.org" not in str(document.get("version", "")):
        raise not_a_document(body)
    entries = [_json_entry(i, source, document) for i in items[:MAX_ENTRIES] if isinstance(i, dict)]
    return Feed(entries=tuple(e for e in entries if e.title or e.markup), title=str(document.get("title") or ""))


def _json_entry(item: dict[str, Any], source: Source, document: dict[str, Any]) -> Entry:
    url = str(item.get("url") or item.get("external_url") or "")
    language = item.get("language") or document.get("language")
    return Entry(
        source_id=source.id,
        guid=str(item.get("id") or url)[:MAX_FIELD],
        url=_joined(source.url, url),
        title=str(item.get("title") or "")[:MAX_FIELD],
        summary=str(item.get("summary") or "")[:MAX_FIELD],
        content=str(item.get("content_html") or item.get("content_text") or "")[:MAX_FIELD],
        published=_iso(item.get("date_published") or item.get("date_modified")),
        language=str(language) if language else None,
    )


def _iso(value: object) -> datetime | None:
    try:
        when = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)
