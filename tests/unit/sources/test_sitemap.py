"""A sitemap index names the sitemaps that are worth reading now."""

from __future__ import annotations

from monitor.model import Source
from monitor.sources.sitemap import parse


def test_an_index_without_dates_is_read_from_its_end() -> None:
    index = (
        b"<sitemapindex>"
        + b"".join(b"<sitemap><loc>https://n.example/%d.xml</loc></sitemap>" % n for n in range(5))
        + b"</sitemapindex>"
    )
    feed = parse(index, {}, Source(id="s", name="s", url="https://n.example/", kind="sitemap"))
    assert [u.rpartition("/")[2] for u in feed.children] == ["4.xml", "3.xml", "2.xml"]


def test_an_index_names_the_sitemaps_to_read_next_news_and_newest_first() -> None:
    index = b"""<sitemapindex><sitemap><loc>https://n.example/old.xml</loc><lastmod>2020-01-01</lastmod></sitemap>
      <sitemap><loc>https://n.example/new.xml</loc><lastmod>2026-11-01</lastmod></sitemap>
      <sitemap><loc>https://n.example/mid.xml</loc><lastmod>2026-01-01</lastmod></sitemap>
      <sitemap><loc>https://n.example/news.xml</loc><lastmod>2026-10-01</lastmod></sitemap></sitemapindex>"""
    feed = parse(index, {}, Source(id="s", name="s", url="https://n.example/", kind="sitemap"))
    assert [u.rpartition("/")[2] for u in feed.children] == ["news.xml", "new.xml", "mid.xml"]
    assert (feed.entries, feed.items) == ((), 4)
