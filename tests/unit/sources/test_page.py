"""A web page without a feed: its items by CSS selectors, whatever the page is made of."""

from __future__ import annotations

import contextlib
from dataclasses import replace

import pytest

from monitor.errors import ParseError
from monitor.model import Source
from monitor.sources import read
from monitor.sources.page import faulty, parse

SOURCE = Source(id="s", name="s", url="https://ngo.example/news/", kind="page")
PAGE = """<!doctype html><html lang="km-KH"><head><title>News  of the
 league</title></head><body><nav><a href="/about">About</a></nav>
<div class="list">
  <div class="row"><h3><a href="a?x=1&amp;y=2">First &lt;one&gt;</a></h3><span class="d" datetime="2026-10-30T08:00:00+07:00">Friday</span><p>Two were taken.</p></div>
  <div class="row"><h3><a href="https://ngo.example/b">Second</a></h3><time>2026-10-29</time></div>
  <div class="row"></div>
</div></body></html>"""
CHOSEN = replace(SOURCE, select=(("item", "div.row"), ("title", "h3"), ("link", "h3 a"), ("date", ".d, time")))


def test_items_are_what_the_selectors_say() -> None:
    feed = parse(PAGE.encode(), {}, CHOSEN)
    first, second = feed.entries
    assert (first.title, first.url) == ("First <one>", "https://ngo.example/news/a?x=1&y=2")
    assert (first.summary, str(first.published), first.language) == (
        "Two were taken.",
        "2026-10-30 01:00:00+00:00",
        "km-KH",
    )
    assert (second.url, second.summary, str(second.published)[:10]) == ("https://ngo.example/b", "", "2026-10-29")
    assert (feed.title, feed.items) == ("News of the league", 2)


def test_without_selectors_the_articles_of_the_page_are_its_items() -> None:
    page = b"<article><h2><a href='/x'>X</a></h2><p>text</p></article><article><a href='/y'>Y</a></article>"
    assert [(e.title, e.url) for e in parse(page, {}, SOURCE).entries] == [
        ("X", "https://ngo.example/x"),
        ("Y", "https://ngo.example/y"),
    ]


def test_only_items_that_were_not_there_last_time_come_again() -> None:
    first = read(PAGE.encode(), {}, CHOSEN)
    more = PAGE.replace(
        '<div class="list">', '<div class="list"><div class="row"><h3><a href="/c">Third</a></h3></div>'
    )
    again = read(more.encode(), {}, CHOSEN, first.digest, first.item_hashes)
    assert [e.title for e in again.entries] == ["Third"]
    assert (again.items, again.fresh) == (3, 1)


def test_a_page_on_which_nothing_fits_says_which_selector_found_nothing() -> None:
    with pytest.raises(ParseError, match=r"nothing on the page instead of items that fit the selector 'li\.gone'"):
        parse(PAGE.encode(), {}, replace(SOURCE, select=(("item", "li.gone"),)))


def test_a_wall_in_place_of_the_page_is_known() -> None:
    with pytest.raises(ParseError) as refused:
        parse(b"<html><title>Just a moment...</title><div id='cf-turnstile'></div></html>", {}, SOURCE)
    assert refused.value.kind == "blocked"


def test_a_base_and_an_old_encoding_are_heeded() -> None:
    page = "<base href='https://other.example/d/'><article><h2><a href='n'>Задержан</a></h2></article>".encode("cp1251")
    (entry,) = parse(page, {"content-type": "text/html; charset=windows-1251"}, SOURCE).entries
    assert (entry.title, entry.url) == ("Задержан", "https://other.example/d/n")


@pytest.mark.parametrize("selector", ["div[", "a >", "::nothing(", ""])
def test_a_faulty_selector_is_said(selector: str) -> None:
    assert faulty(selector)
    assert faulty("article h2 > a[href]") is None


@pytest.mark.parametrize(
    "page", [b"<div>" * 100_000, b"<article><a href='x'>" * 20_000, b"<article title='" + b"x" * 1_000_000 + b"'>"]
)
def test_a_page_made_to_break_readers_breaks_none(page: bytes) -> None:
    with contextlib.suppress(ParseError):
        assert parse(page, {}, SOURCE).items <= 2_000
