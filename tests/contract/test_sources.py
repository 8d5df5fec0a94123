"""What every kind of source promises, over the registry, on documents of its own and on the corpus of real feeds where it is present."""

from __future__ import annotations

import io
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import feedparser
import pytest

from monitor.errors import ParseError
from monitor.model import Source
from monitor.sources import KINDS, read
from monitor.sources.feed import parse
from monitor.sources.split import split

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "feeds"
MAX_BYTES = 400_000  #: of a corpus file read here; the rest is for the benchmarks
SOURCE = Source(id="s", name="s", url="https://ngo.example/feed")

#: A good document of each kind with two items.
DOCUMENTS = {
    "feed": b"<rss version='2.0'><channel><title>t</title><item><title>a</title><link>/a</link></item><item><title>b</title><link>/b</link></item></channel></rss>",
    "page": b"<!doctype html><html lang='en'><body><article><h2><a href='/2026/a'>a</a></h2></article><article><h2><a href='/2026/b'>b</a></h2></article></body></html>",
    "sitemap": b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>https://ngo.example/2026/a</loc></url><url><loc>https://ngo.example/2026/b</loc></url></urlset>",
}  # fmt: skip


def of_kind(kind: str) -> Source:
    return replace(SOURCE, kind=kind)


def test_every_kind_has_a_document_here() -> None:
    assert set(DOCUMENTS) == set(KINDS)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_kind_lists_its_entries_in_order_with_absolute_addresses(kind: str) -> None:
    feed = read(DOCUMENTS[kind], {}, of_kind(kind))
    assert [e.url.rpartition("/")[2] for e in feed.entries] == ["a", "b"]
    assert all(e.url.startswith("https://ngo.example/") and e.source_id == "s" for e in feed.entries)
    assert (feed.items, feed.fresh, len(feed.item_hashes), feed.seen_share) == (2, 2, 16, 0.0)


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_kind_reads_nothing_twice(kind: str) -> None:
    first = read(DOCUMENTS[kind], {}, of_kind(kind))
    assert read(DOCUMENTS[kind], {}, of_kind(kind), first.digest, first.item_hashes).entries == ()


@pytest.mark.parametrize("kind", sorted(KINDS))
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<!DOCTYPE html><title>News</title>",
        b"\x00\xff\xfe",
        b"<",
        b"{",
        b"https://ngo.example/feed",
        b"/etc/hostname",
    ],
)
def test_a_kind_says_what_a_wrong_document_is(kind: str, body: bytes) -> None:
    with pytest.raises(ParseError, match=r" instead of "):
        read(body, {}, of_kind(kind))


def corpus() -> Iterator[tuple[str, bytes]]:
    if not CORPUS.is_dir():
        pytest.skip("the corpus of real feeds is not here (../shared/corpus/feeds)")
    for path in sorted(CORPUS.rglob("*")):
        if (
            path.suffix in {".xml", ".rss", ".atom", ".json", ".html", ".rdf"}
            and path.is_file()
            and path.stat().st_size <= MAX_BYTES
        ):
            yield str(path.relative_to(CORPUS)), path.read_bytes()


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_no_feed_that_feedparser_can_read_is_rejected_and_no_entry_is_lost() -> None:
    wrong: dict[str, tuple[int, object]] = {}
    compared = 0
    for name, body in corpus():
        theirs = len(feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False)["entries"])
        try:
            ours: object = read(body, {}, SOURCE).items
        except ParseError as error:
            ours = error
        compared += theirs > 0
        if theirs and ours != theirs:
            wrong[name] = (theirs, ours)
    assert wrong == {}
    assert compared > 500


def test_an_item_read_alone_is_the_item_read_with_its_neighbours() -> None:
    wrong: list[str] = []
    compared = 0
    for name, body in corpus():
        pieces = split(body)
        if pieces is None or len(pieces.items) < 2:
            continue
        whole = parse(body, {}, SOURCE).entries
        for n in {0, len(pieces.items) // 2, len(pieces.items) - 1} if len(whole) == len(pieces.items) else ():
            alone = parse(pieces.document((pieces.items[n],)), {}, SOURCE).entries
            compared += 1
            if alone != (whole[n],):
                wrong.append(f"{name} item {n}")
    assert wrong == []
    assert compared > 100
