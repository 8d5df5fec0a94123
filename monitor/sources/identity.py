"""An entry → the keys by which it is known again: its guid, its address, its title and day; any of them known means known."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Sequence

from monitor.model import Entry
from monitor.sources.url import canonical

_SPACE = re.compile(r"\W+")
MIN_TITLE = 24  #: letters of a title that can stand for an entry; "Statement" stands for many


def keys(entries: Sequence[Entry]) -> list[tuple[str, ...]]:
    """For each entry of one document its keys, the first the primary one. A guid or address that several entries share is no key of theirs."""
    guids = Counter(_guid(e) for e in entries)
    links = Counter(canonical(e.url) for e in entries if e.url)
    return [tuple(_keys(e, guids, links)) for e in entries]


def _keys(entry: Entry, guids: Counter[str], links: Counter[str]) -> list[str]:
    found = []
    guid, link = _guid(entry), canonical(entry.url) if entry.url else ""
    if guid and guids[guid] == 1:
        found.append(f"guid:{guid}")
    if link and links[link] == 1:
        found.append(f"link:{link}")
    title = title_key(entry.title)
    if len(title) >= MIN_TITLE or not found:
        day = entry.published.date().isoformat() if entry.published else ""
        found.append(f"title:{title}|{day}|{'' if found else guid + link + entry.summary[:200]}")
    return found


def _guid(entry: Entry) -> str:
    """A guid that is an address in its one spelling, so that http and https twins and tracking parameters change nothing."""
    return canonical(entry.guid) if entry.guid.lower().startswith(("http:", "https:")) else entry.guid.strip()


def title_key(title: str) -> str:
    """A title without case, punctuation and spacing."""
    return _SPACE.sub(" ", unicodedata.normalize("NFKC", title).casefold()).strip()
