"""Where a publisher may list its news, told from its page alone."""

from __future__ import annotations

from itertools import islice

from monitor.sources.discover import guesses, ids, links, name_of, sitemaps

HERE = "https://ngo.example/km/"


def test_declared_feeds_come_before_links_that_look_like_feeds_and_comments_last() -> None:
    page = b"""<title> The &amp; League </title><a href="/rss">RSS</a>
      <link rel="alternate" type="application/rss+xml" href="/comments/feed/">
      <LINK REL='alternate stylesheet' TYPE='text/css' HREF='/x.css'>
      <link type=application/atom+xml rel=alternate href=atom.xml><a href="javascript:feed()">x</a>"""
    assert links(page, HERE) == (
        "https://ngo.example/km/atom.xml",
        "https://ngo.example/rss",
        "https://ngo.example/comments/feed/",
    )
    assert name_of(page) == "The & League"


def test_a_page_that_names_none_is_tried_at_the_usual_places() -> None:
    assert links(b"<p>nothing</p>", HERE) == ()
    assert guesses(HERE)[0] == "https://ngo.example/km/feed/"
    assert "https://ngo.example/feed/" in guesses(HERE)


def test_sitemaps_stand_in_robots_txt_news_first() -> None:
    robots = b"User-agent: *\nSitemap: https://ngo.example/a.xml\nsitemap:https://ngo.example/news.xml\n"
    assert sitemaps(robots, HERE) == ("https://ngo.example/news.xml", "https://ngo.example/a.xml")
    assert sitemaps(b"", HERE) == ("https://ngo.example/sitemap.xml",)


def test_ids_are_short_and_never_taken() -> None:
    assert next(ids("www.river-ngo.org", frozenset())) == "river-ngo"
    assert list(islice(ids("www.river-ngo.org", frozenset({"river-ngo"})), 2)) == ["river-ngo-2", "river-ngo-3"]
    assert next(ids("новости.example", frozenset())) == "example"


def test_a_hostile_page_is_read_in_linear_time() -> None:
    assert links(b"<link rel=" * 100_000 + b"<a href=" * 100_000, HERE) == ()
