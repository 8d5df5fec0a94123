"""Bytes → entries, one file per kind of source; KINDS is the registry, and a new kind is one file and one line here."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from monitor.model import Source
from monitor.sources import feed, page, sitemap
from monitor.sources.listing import Feed, Parse
from monitor.sources.read import Glance, glance
from monitor.sources.read import read as _read

__all__ = ["KINDS", "Feed", "Glance", "Parse", "glance", "read"]

#: How each kind named in sources.yaml is read.
KINDS: Mapping[str, Parse] = MappingProxyType({"feed": feed.parse, "page": page.parse, "sitemap": sitemap.parse})


def read(
    body: bytes, headers: Mapping[str, str], source: Source, known_digest: bytes = b"", known_hashes: bytes = b""
) -> Feed:
    """The unseen entries of a source's body and what to remember of it; headers: names in lower case, content-location: its address.

    Raises ParseError when the body is not what the source promises.
    """
    return _read(body, headers, source, known_digest, known_hashes, parse=KINDS[source.kind])
