"""Bytes → entries, one file per kind of source; a body that is not what its source promises is a ParseError that says what it is."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from monitor.model import Source
from monitor.sources import feed
from monitor.sources.document import Feed

Parse = Callable[[bytes, Mapping[str, str], Source], Feed]

#: One kind, one file, one line.
KINDS: Mapping[str, Parse] = {"feed": feed.parse}

__all__ = ["KINDS", "Feed", "Parse"]
