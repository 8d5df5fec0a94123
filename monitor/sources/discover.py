"""A web page as bytes → the addresses at which its publisher may list its news, the likeliest first; pure, nothing is fetched here."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin, urlsplit

#: Types that a <link rel="alternate"> gives to a feed. Source: the HTML standard's feed autodiscovery and jsonfeed.org.
_TYPES = re.compile(r"application/(?:rss\+xml|atom\+xml|rdf\+xml|feed\+json|json)|text/xml", re.IGNORECASE)
_LINK = re.compile(r"<(?:link|a)\b[^<>]{0,2000}>", re.IGNORECASE)
_ATTRIBUTE = re.compile(
    r"([a-zA-Z:-]{1,30})\s{0,5}=\s{0,5}(?:\"([^\"]{0,2000})\"|'([^']{0,2000})'|([^\s>\"']{1,2000}))"
)
_NAMED = re.compile(r"(?:/|\.|\b)(?:rss|feed|feeds|atom)(?:\b|/|\.|$)", re.IGNORECASE)
_SITEMAP = re.compile(r"^\s{0,20}sitemap\s{0,20}:\s{0,20}(\S{1,2000})", re.IGNORECASE | re.MULTILINE)
#: Where the usual systems put their feed: WordPress, Drupal, Ghost, Hugo and Jekyll, Medium, Substack.
COMMON = ("feed/", "rss.xml", "feed.xml", "atom.xml", "index.xml", "rss", "rss/", "feed.json", "?feed=rss2")
LOOKED_AT = 500_000  #: characters of a page
MAX_CANDIDATES = 12  #: addresses tried for one page; a publisher is not searched


def links(body: bytes, address: str) -> tuple[str, ...]:
    """The feeds a page names itself: those it declares as such first, then links that look like one. Comment feeds come last."""
    text = body[:LOOKED_AT].decode("utf-8", "replace")
    declared: list[str] = []
    named: list[str] = []
    for tag in _LINK.findall(text):
        said = {m[0].lower(): unescape(m[1] or m[2] or m[3]).strip() for m in _ATTRIBUTE.findall(tag)}
        href = said.get("href", "")
        if not href:
            continue
        if "alternate" in said.get("rel", "").lower().split() and _TYPES.search(said.get("type", "")):
            declared.append(href)
        elif tag[1:2].lower() == "a" and _NAMED.search(urlsplit_path(href)):
            named.append(href)
    found = [url for href in (*declared, *named) if (url := _absolute(address, href))]
    return tuple(sorted(dict.fromkeys(found), key=lambda url: "comment" in url.lower()))[:MAX_CANDIDATES]


def guesses(address: str) -> tuple[str, ...]:
    """Where a publisher's system usually puts its feed, below the page and at the root of its site."""
    root = urljoin(address, "/")
    below = address if address.endswith("/") else address + "/"
    tried = [urljoin(base, name) for base in dict.fromkeys((below, root)) for name in COMMON]
    return tuple(dict.fromkeys(tried))[:MAX_CANDIDATES]


def sitemaps(robots: bytes, address: str) -> tuple[str, ...]:
    """The sitemaps a site's robots.txt names, those of news first, else where one usually is."""
    found = [
        url
        for said in _SITEMAP.findall(robots[:LOOKED_AT].decode("utf-8", "replace"))
        if (url := _absolute(address, said))
    ]
    usual = urljoin(address, "/sitemap.xml")
    return tuple(sorted(dict.fromkeys(found or [usual]), key=lambda url: "news" not in url.lower()))[:MAX_CANDIDATES]


def name_of(body: bytes) -> str:
    """The title of a page on one line; empty when it has none."""
    found = re.search(rb"<title[^<>]{0,200}>([^<]{1,500})", body[:LOOKED_AT], re.IGNORECASE)
    return " ".join(unescape(found[1].decode("utf-8", "replace")).split()) if found else ""


def urlsplit_path(href: str) -> str:
    """The path and query of an address; empty when it cannot be read."""
    try:
        parts = urlsplit(href)
    except ValueError:
        return ""
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _absolute(address: str, href: str) -> str:
    try:
        url = urljoin(address, href)
    except ValueError:
        return ""
    return url if url.startswith(("http://", "https://")) else ""


def ids(host: str, taken: frozenset[str]) -> Iterator[str]:
    """Ids for a source of a host, the shortest first: letters, digits and hyphens, none that is taken."""
    labels = [label for label in host.lower().split(".") if label not in {"www", "com", "org", "net", "info"}]
    name = (
        re.sub(r"[^a-z0-9]+", "-", "-".join(labels[:2]) if len(labels) > 1 else "".join(labels)).strip("-") or "source"
    )
    if name not in taken:
        yield name
    yield from (f"{name}-{n}" for n in range(2, 1_000) if f"{name}-{n}" not in taken)
