"""The kind `feed`: RSS 0.9 to 2.0, RDF, Atom 0.3 and 1.0, CDF and JSON Feed as bytes → entries."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from itertools import islice
from typing import Any
from urllib.parse import urljoin

import feedparser

from monitor.errors import ParseError
from monitor.model import Entry, Source
from monitor.sources import jsonfeed
from monitor.sources.cure import cured, narrow
from monitor.sources.dates import from_parts
from monitor.sources.listing import Feed
from monitor.sources.mistaken import mistaken
from monitor.sources.split import MAX_ITEMS, split

MAX_TTL_S = 7 * 86_400  #: a longer wish is a mistake of the publisher's settings
MAX_FIELD_CHARS = 500_000  #: of one text; the longest real article of the corpora has a fifth of it

#: What feedparser raises on documents of the real world: ValueError and OverflowError for impossible references, LookupError for
#: invented encodings, the rest from its loose parser. Source: feedparser #591, #599, and crafted documents.
_RAISES = (ArithmeticError, AssertionError, AttributeError, LookupError, RuntimeError, TypeError, ValueError)
_OPENING = re.compile(rb"<(?:item|entry)(?=[\s>])")
_PERIODS = {"hourly": 3_600, "daily": 86_400, "weekly": 604_800}
_CHARSET = re.compile(r"charset\s*=\s*[\"']?([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_BRIDGE = re.compile(
    r"^Bridge returned error\b", re.IGNORECASE
)  # Source: RSS-Bridge README, errors are sent as items by default

feedparser.api.PREFERRED_XML_PARSERS.clear()  # libxml2 bindings would open files named in a document type. Source: feedparser #107


def parse(body: bytes, headers: Mapping[str, str], source: Source) -> Feed:
    """The entries of a feed. Raises ParseError when the body is no feed, saying what it is instead."""
    if jsonfeed.is_json(body):
        return jsonfeed.parse(body, headers, source)
    if not body.strip(b"\xef\xbb\xbf\x00 \t\r\n"):
        raise mistaken(body)
    body, warnings = _shortened(narrow(body))
    found = _best(body, headers)
    if found is None or not (found.get("version") or found["entries"]):
        raise mistaken(body)
    base = headers.get("content-location", source.url)
    entries = tuple(_entry(e, found["feed"], source, base) for e in found["entries"][:MAX_ITEMS])
    errors = [e for e in entries if _BRIDGE.match(e.title)]
    if errors and len(errors) == len(entries):
        raise ParseError("the error message of a bridge instead of news", "soft")
    if found.get("bozo"):
        warnings = (*warnings, "the document is not well formed")
    return Feed(
        entries=tuple(e for e in entries if e not in errors),
        ttl_s=ttl(found["feed"]),
        title=_text(found["feed"], "title")[:500],
        warnings=warnings,
        items=len(entries),
        fresh=len(entries),
    )


def ttl(feed: Mapping[str, Any]) -> int | None:
    """Seconds the publisher asks to be left alone: RSS ttl in minutes, or the syndication module's period and frequency."""
    try:
        if minutes := int(str(feed.get("ttl") or "0")):
            return min(minutes * 60, MAX_TTL_S) if minutes > 0 else None
        period = _PERIODS.get(str(feed.get("sy_updateperiod") or "").strip().lower())
        often = int(str(feed.get("sy_updatefrequency") or "1"))
    except ValueError:
        return None
    return period // often if period and 0 < often <= period else None


def _shortened(body: bytes) -> tuple[bytes, tuple[str, ...]]:
    """A document of more items than anybody lists, cut to its first ones; what is cut in the middle, a lenient parser still reads."""
    if body.count(b"<item") + body.count(b"<entry") <= MAX_ITEMS:
        return body, ()
    pieces = split(body)
    if pieces is not None and len(pieces.items) > MAX_ITEMS:
        return pieces.document(pieces.items[:MAX_ITEMS]), (
            f"only the first {MAX_ITEMS} of {len(pieces.items)} items were read",
        )
    next_one = next(islice(_OPENING.finditer(body), MAX_ITEMS, None), None)
    return (body[: next_one.start()], (f"only the first {MAX_ITEMS} items were read",)) if next_one else (body, ())


def _best(body: bytes, headers: Mapping[str, str]) -> Mapping[str, Any] | None:
    """What feedparser makes of a body, or of its cured form where that yields at least as much; None when neither can be read."""
    found = _feedparser(body, headers)
    if found is not None and not found.get("bozo"):
        return found
    better = cured(body)
    if better == body:
        return found
    second = _feedparser(better, headers)
    if found is None or (second is not None and len(second["entries"]) >= len(found["entries"])):
        return second
    return found


def _feedparser(body: bytes, headers: Mapping[str, str]) -> Mapping[str, Any] | None:
    """One run of feedparser, always on bytes in memory: a text that begins like an address would be fetched, a name opened."""
    told = {"content-type": _content_type(body, headers.get("content-type", ""))}
    told |= {n: headers[n] for n in ("content-location", "content-language") if n in headers}
    try:
        found: Mapping[str, Any] = feedparser.parse(
            io.BytesIO(body), response_headers=told, sanitize_html=False, resolve_relative_uris=False
        )
    except _RAISES:
        return None
    return found


def _content_type(body: bytes, header: str) -> str:
    """The type to read a body as: always XML, in UTF-8 where the bytes prove it, else in what the header names.

    Publishers serve feeds as anything from text/html to image/png, and servers add a charset that the document contradicts.
    """
    if not body.isascii():
        try:
            body.decode("utf-8")
        except UnicodeDecodeError:
            pass
        else:
            return "application/xml; charset=utf-8"
    charset = _CHARSET.search(header)
    return f"application/xml; charset={charset[1]}" if charset else "application/xml"


def _entry(raw: Mapping[str, Any], feed: Mapping[str, Any], source: Source, base: str) -> Entry:
    """One item in our words."""
    guid = _text(raw, "id").strip()
    contents = [_text(c, "value") for c in raw.get("content") or ()]
    dates = (raw[name] for name in ("published_parsed", "updated_parsed", "created_parsed") if name in raw)
    return Entry(
        source_id=source.id,
        guid=guid[:2_000],
        url=_link(raw, guid, base),
        title=_text(raw, "title")[:MAX_FIELD_CHARS],
        summary=_text(raw, "summary")[:MAX_FIELD_CHARS],
        content=max(contents, key=len, default="")[:MAX_FIELD_CHARS],
        published=from_parts(next((d for d in dates if d), None)),
        language=_language(raw, feed),
    )


def _text(record: Mapping[str, Any], key: str) -> str:
    """A text of the record, empty when absent; halves of characters, which no database takes, are replaced."""
    value = record.get(key)
    return str(value).encode("utf-8", "replace").decode("utf-8") if value else ""


def _link(raw: Mapping[str, Any], guid: str, base: str) -> str:
    """The item's own page as an absolute address; empty when it names none."""
    links = [_text(raw, "link")]
    links += [_text(link, "href") for link in raw.get("links") or () if link.get("rel") in {"alternate", None}]
    if guid.startswith(("http://", "https://")):
        links.append(guid)
    for link in links:
        try:
            address = urljoin(base, link.strip()) if link.strip() else ""
        except ValueError:
            continue
        if address.startswith(("http://", "https://")):
            return address
    return ""


def _language(raw: Mapping[str, Any], feed: Mapping[str, Any]) -> str | None:
    """The language the item, else the whole feed, says it is in."""
    details = [*(raw.get("content") or ()), raw.get("summary_detail") or {}, raw.get("title_detail") or {}]
    said = [raw.get("language"), *(d.get("language") for d in details), feed.get("language")]
    return next((str(s).strip().replace("_", "-") for s in said if s and str(s).strip()), None)
