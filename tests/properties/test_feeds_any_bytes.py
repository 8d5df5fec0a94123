"""Whatever bytes arrive, a reader answers with a Feed or a ParseError."""

from __future__ import annotations

import gzip
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.errors import ParseError
from monitor.fetch.inflate import BodyRefusedError, Inflater
from monitor.model import Entry, Source
from monitor.sources import KINDS, Feed, glance, read
from monitor.sources.cure import cured
from monitor.sources.identity import keyed, keys
from monitor.sources.rough import entry as rough_entry
from monitor.sources.split import split

FRAGMENTS = st.sampled_from(
    [
        b"<?xml version='1.0'?>", b"<?xml version='1.0' encoding='punycode'?>", b"<?xml encoding='undefined'?>", b"<rss version='2.0'>", b"<channel>",
        b"<item>", b"</item>", b"<item/>", b"<entry>", b"</entry>", b"<feed xmlns='http://www.w3.org/2005/Atom'>", b"<title>", b"</title>",
        b"<link href='//[::1'/>", b"<link>javascript:1</link>", b"<![CDATA[", b"]]>", b"<!--", b"-->", b"&#xD83D;", b"&#xDE00;", b"&#99999999999;", b"&#x110000;",
        b"&amp;", b"&nosuch;", b"<!DOCTYPE x [<!ENTITY a 'b'>]>", b"&a;", b"\x00", b"\xff", b"\xfe\xff", b"<pubDate>31 Feb 2026</pubDate>", b"<dc:date>",
        b"<guid>", b"</guid>", b"<author>a@b.c (d)</author>", b"<content type='text/plain' mode='base64'>!!", b"<content:encoded>", b"{", b"}",
        b'{"version": "https://jsonfeed.org/version/1", "items": [', b'{"id": 1}', b"]}", b"<urlset>", b"<url>", b"<loc>", b"</url>", b"</urlset>", b" ", b"x",
        "ខ្មែរ".encode(), "Задержана".encode("cp1251"), b"<georss:point>1 x</georss:point>", b"<media:content url='x'/>", b"xml:base='http://[::1'",
    ]
)  # fmt: skip
BODIES = st.one_of(st.binary(max_size=300), st.lists(FRAGMENTS, max_size=25).map(b"".join))
HEADERS = st.dictionaries(
    st.sampled_from(["content-type", "content-location", "content-language"]),
    st.one_of(
        st.text(max_size=30),
        st.sampled_from(["text/html; charset=punycode", "http://[::1", "application/json; charset=utf-7"]),
    ),
)


@pytest.mark.filterwarnings("ignore")
@given(body=BODIES, headers=HEADERS, kind=st.sampled_from(sorted(KINDS)))
@settings(max_examples=500, deadline=None)
def test_a_body_is_a_feed_or_a_parse_error(body: bytes, headers: dict[str, str], kind: str) -> None:
    source = Source(id="s", name="s", url="https://ngo.example/feed", kind=kind)
    try:
        feed = read(body, headers, source)
    except ParseError:
        return
    assert isinstance(feed, Feed)
    for entry in feed.entries:
        assert entry.url == "" or entry.url.startswith(("http://", "https://"))
        assert entry.published is None or entry.published.tzinfo is not None
        assert keys(entry)
    assert read(body, headers, source, feed.digest, feed.item_hashes).entries == ()


@given(body=BODIES)
def test_a_cut_document_is_made_of_its_own_bytes(body: bytes) -> None:
    pieces = split(body)
    if pieces is not None:
        assert pieces.document(pieces.items).replace(b" ", b"") in body.replace(b" ", b"") or b"\n" in body
        assert glance(body).items == len(pieces.items)


@given(body=BODIES)
def test_a_cured_document_needs_no_cure(body: bytes) -> None:
    assert cured(cured(body)) == cured(body)


@given(item=BODIES)
def test_an_item_is_cut_out_by_hand_or_not_at_all(item: bytes) -> None:
    entry = rough_entry(item, {}, Source(id="s", name="s", url="https://ngo.example/feed"))
    assert entry is None or entry.title or entry.summary


ENTRIES = st.builds(Entry, source_id=st.just("s"), guid=st.sampled_from(["", "1", "2"]), url=st.sampled_from(["", "https://a.example/a-1", "https://a.example/"]), title=st.text(max_size=3), summary=st.text(max_size=3))  # fmt: skip


@given(entries=st.lists(ENTRIES, max_size=8))
def test_entries_of_one_document_never_share_a_key(entries: list[Entry]) -> None:
    listed = [key for _, theirs in keyed(entries) for key in theirs]
    assert all(theirs for _, theirs in keyed(entries))
    assert len([k for k in listed if not k.startswith("t:")]) == len({k for k in listed if not k.startswith("t:")})


@given(data=st.binary(max_size=2_000), step=st.integers(1, 50), name=st.sampled_from(["", "gzip", "deflate"]))
def test_any_bytes_are_unpacked_or_refused(data: bytes, step: int, name: str) -> None:
    for sent in (data, gzip.compress(data), zlib.compress(data), gzip.compress(data)[:-3]):
        machine = Inflater(name, max_wire=5_000, max_body=5_000)
        try:
            for i in range(0, len(sent), step):
                machine.feed(sent[i : i + step])
            body = machine.finish()
        except BodyRefusedError:
            continue
        assert len(body) <= 5_000
