"""The cheapest test first: what was there last time is not read again."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from monitor.model import Source
from monitor.sources import Feed, glance, read, rough
from monitor.sources.feed import parse
from monitor.sources.read import read as read_with
from monitor.sources.split import HASH_BYTES, split

SOURCE = Source(id="s", name="s", url="https://ngo.example/feed")


def rss(*titles: str, built: str = "1", close: str = "</item>") -> bytes:
    items = "\n".join(f"<item><title>{t}</title><link>/{t}</link>{close}" for t in titles)
    return f"<rss version='2.0'><channel><title>t</title><lastBuildDate>{built}</lastBuildDate><ttl>5</ttl>{items}\n</channel></rss>".encode()


def test_the_same_bytes_are_not_read_again() -> None:
    first = read(rss("a", "b"), {}, SOURCE)
    again = read(rss("a", "b"), {}, SOURCE, first.digest, first.item_hashes)
    assert ([e.title for e in first.entries], again.entries) == (["a", "b"], ())
    assert (again.digest, again.item_hashes, again.items, again.fresh, again.seen_share) == (
        first.digest,
        first.item_hashes,
        2,
        0,
        1.0,
    )


def test_a_new_date_in_the_head_is_no_news() -> None:
    first = read(rss("a", "b"), {}, SOURCE)
    again = read(rss("a", "b", built="2"), {}, SOURCE, first.digest, first.item_hashes)
    assert (again.entries, again.ttl_s) == ((), 300)
    assert again.digest != first.digest


def test_only_the_new_item_is_parsed() -> None:
    parsed: list[bytes] = []

    def watched(body: bytes, headers: Mapping[str, str], source: Source) -> Feed:
        parsed.append(body)
        return parse(body, headers, source)

    first = read(rss("a", "b"), {}, SOURCE)
    second = read_with(rss("new", "a", "b"), {}, SOURCE, first.digest, first.item_hashes, parse=watched)
    assert [e.title for e in second.entries] == ["new"]
    assert [b"<title>a<" in b for b in parsed] == [False]
    assert (second.items, second.fresh, len(second.item_hashes)) == (3, 1, 3 * HASH_BYTES)


def test_an_edited_item_is_read_again() -> None:
    first = read(rss("a", "b"), {}, SOURCE)
    assert [e.title for e in read(rss("a", "B"), {}, SOURCE, first.digest, first.item_hashes).entries] == ["B"]


def test_a_count_that_does_not_come_out_right_means_reading_all() -> None:
    """The new item hides a second one in a comment for the splitter, and shows it to the parser, or the other way round."""
    first = read(rss("a"), {}, SOURCE)
    body = rss("a").replace(b"</channel>", b"<!-- --><item><title>x</title></item></channel>")
    second = read(body, {}, SOURCE, first.digest, first.item_hashes)
    assert [e.title for e in second.entries] == ["a", "x"]


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<rss></rss>",
        b"<item>",
        rss("a", close="</item >"),
        rss("a", "b").replace(b"</item>\n<item>", b"</item>]]><item>"),
        rss("a").decode().encode("utf-16"),
        b'{"items": []}',
    ],
)
def test_a_document_that_cannot_be_cut_safely_is_not_cut(body: bytes) -> None:
    assert split(body) is None


def test_the_pieces_are_the_document() -> None:
    pieces = split(rss("a", "b"))
    assert pieces is not None
    assert pieces.document(pieces.items).replace(b"</item><item>", b"</item>\n<item>") == rss("a", "b")
    assert [i[:6] for i in pieces.items] == [b"<item>"] * 2
    assert pieces.head.endswith(b"</ttl>")
    assert pieces.tail == b"\n</channel></rss>"


def test_a_sitemap_is_cut_at_its_addresses_and_a_feed_not_at_its_picture() -> None:
    sitemap = split(b"<urlset><url><loc>a</loc></url> <url><loc>b</loc></url></urlset>")
    feed = split(b"<rss><image><url>x</url></image><item>a</item></rss>")
    assert sitemap is not None
    assert feed is not None
    assert (len(sitemap.items), feed.items) == (2, (b"<item>a</item>",))


def test_a_glance_counts_the_share_of_items_seen() -> None:
    first = glance(rss("a", "b", "c", "d"))
    second = glance(rss("new", "a", "b", "c"), first.digest, first.item_hashes)
    assert second.unseen is not None
    assert (len(second.unseen.items), second.items) == (1, 4)


@pytest.mark.parametrize(
    ("item", "title", "url", "text"),
    [
        (b"<item><title>A &amp; B</title><link>/a</link><description>&lt;p&gt;d&lt;/p&gt;</description></item>", "A & B", "https://ngo.example/a", " d "),
        (b"<entry><title type='html'><![CDATA[A]]></title><link rel='x' href='/a'/><content>c</content></entry>", "A", "https://ngo.example/a", "c"),
        (b"<item><title>A", "A", "", ""),
    ],
)  # fmt: skip
def test_an_item_no_parser_survives_is_cut_out_by_hand(item: bytes, title: str, url: str, text: str) -> None:
    entry = rough.entry(item, {}, SOURCE)
    assert entry is not None
    assert (entry.title, entry.url, entry.summary) == (title, url, text)


def test_an_item_without_words_is_nothing() -> None:
    assert rough.entry(b"<item><link>/a</link></item>", {}, SOURCE) is None


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff", b"\x00", b"\x00\x00\xfe\xff"])
def test_a_mark_of_wide_letters_before_narrow_ones_hides_nothing(mark: bytes) -> None:
    assert [e.title for e in read(mark + rss("a", "b"), {}, SOURCE).entries] == ["a", "b"]


def test_a_long_document_that_breaks_off_is_read_as_far_as_anybody_reads() -> None:
    body = rss(*(f"t{n}" for n in range(3_000)))[:-40]
    feed = read(body, {}, SOURCE)
    assert (feed.items, feed.entries[-1].title) == (2_000, "t1999")


def test_items_inside_items_are_read_by_the_parser_and_not_by_their_tags() -> None:
    body = b"<rss version='2.0'><channel><item><title>a</title><item><title>b</title></item></item></channel></rss>"
    assert read(body, {}, SOURCE).items == 2
