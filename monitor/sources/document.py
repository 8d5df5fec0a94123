"""What a document of any kind becomes, and what a body that is none turns out to be instead."""

from __future__ import annotations

import re
from dataclasses import dataclass

from monitor.errors import ParseError
from monitor.model import Entry

_HTML = re.compile(rb"<!doctype html|<html|<head|<body", re.IGNORECASE)
_WALL = re.compile(
    rb"verify(?:ing)? (?:that )?you are (?:a )?human|checking your browser|just a moment\.\.\.|captcha|access denied|cf-chl|enable javascript and cookies",
    re.IGNORECASE,
)
_LOGIN = re.compile(rb"<input[^>]{0,200}type=[\"']?password", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Feed:
    """A readable document: its entries in the order listed, how long it asks to be left alone (seconds), its title, and what was mended."""

    entries: tuple[Entry, ...]
    ttl_s: float | None = None
    title: str = ""
    warnings: tuple[str, ...] = ()


def not_a_document(body: bytes) -> ParseError:
    """The error for a body in which nothing could be read, saying what it is."""
    start = body[:20_000]
    if not body.strip():
        return ParseError("the answer is empty")
    if _WALL.search(start):
        return ParseError("a page that asks whether we are human came instead", "blocked")
    if _LOGIN.search(start):
        return ParseError("a login page came instead", "blocked")
    if _HTML.search(start):
        return ParseError("a web page came instead of a feed; see the page for its feed's address")
    return ParseError("no feed could be read in the answer")
