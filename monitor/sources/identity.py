"""Entries of one document → the keys by which each is known again: its guid, its address, its title on that day."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from hashlib import blake2b

from monitor.model import Entry
from monitor.sources.url import canonical, is_front

KEY_BYTES = 16  #: of the digest in a key
GIST_CHARS = 120  #: letters of the text that, with title and day, tell two entries of the same headline apart
GIST_LOOK = 500  #: characters of markup in which they are looked for first

_TAG = re.compile(r"<[^<>]{0,2000}>")
_NOT_LETTERS = re.compile(r"[\W_]+")


def keys(entry: Entry) -> tuple[str, ...]:
    """The stable keys of one entry, the primary one first; two entries of a source that share any key are the same entry.

    guid: survives an edited headline. address: survives new guids; left out where it is a front page that many entries share.
    title, day and beginning of the text: survives a move of the whole site. All are of one source, so that no publisher can
    make another's news look old.
    """
    found = [_key("g", entry.source_id, canonical(entry.guid))] if entry.guid else []
    address = canonical(entry.url) if entry.url else ""
    if address and not is_front(address):
        found.append(_key("u", entry.source_id, address))
    title, gist = _letters(entry.title), _gist(entry.markup)
    day = entry.published.date().isoformat() if entry.published else ""
    if (title or gist) or not found:
        found.append(_key("t", entry.source_id, f"{title}\n{day}\n{gist}\n{'' if title or gist else address}"))
    return tuple(found)


def keyed(entries: Iterable[Entry]) -> tuple[tuple[Entry, tuple[str, ...]], ...]:
    """Every different entry of one document with its keys, in order; what the document lists twice comes once.

    A guid or an address that several entries of one document share names none of them and is left out of their keys: with a
    guid that repeats, a reader that trusts it loses all but one entry. Source: reader #335, FreshRSS #5329.
    """
    listed = [(entry, keys(entry)) for entry in entries]
    shared = Counter(key for _, theirs in listed for key in set(theirs) if not key.startswith("t:"))
    found: dict[tuple[str, ...], Entry] = {}
    for entry, theirs in listed:
        own = tuple(key for key in theirs if key.startswith("t:") or shared[key] == 1)
        found.setdefault(own or _told_apart(entry), entry)
    return tuple((entry, theirs) for theirs, entry in found.items())


def content_digest(entry: Entry) -> bytes:
    """A fingerprint of what an entry says; a known entry with another one has been edited."""
    text = f"{_letters(entry.title)}\n{_letters(_TAG.sub(' ', entry.markup))}"
    return blake2b(text.encode("utf-8", "surrogatepass"), digest_size=KEY_BYTES).digest()


def _told_apart(entry: Entry) -> tuple[str, ...]:
    """The key of an entry with neither words nor a guid or address of its own."""
    return (_key("t", entry.source_id, f"{entry.guid}\n{entry.url}"),)


def _gist(markup: str) -> str:
    """The first letters of a text; only as much of the markup is looked at as they need."""
    few = _letters(_TAG.sub(" ", markup[:GIST_LOOK]))
    if len(few) < GIST_CHARS and len(markup) > GIST_LOOK:
        few = _letters(_TAG.sub(" ", markup[: GIST_LOOK * 8]))
    return few[:GIST_CHARS]


def _letters(text: str) -> str:
    """A text's letters and digits alone, compatibility forms and case folded: punctuation is what editors change."""
    return _NOT_LETTERS.sub("", unicodedata.normalize("NFKC", text).casefold())


def _key(sort: str, source_id: str, value: str) -> str:
    data = f"{source_id}\n{value}".encode("utf-8", "surrogatepass")
    return f"{sort}:{blake2b(data, digest_size=KEY_BYTES).hexdigest()}"
