"""Which addresses are the same page: the table is the rule."""

from __future__ import annotations

import pytest

from monitor.sources.url import canonical, is_front

CASES = [
    # scheme, host, port
    ("http://News.Example/a", "https://news.example/a"),
    ("https://www.news.example/a", "https://news.example/a"),
    ("https://news.example./a", "https://news.example/a"),
    ("https://news.example:443/a", "https://news.example/a"),
    ("http://news.example:80/a", "https://news.example/a"),
    ("http://news.example:8080/a", "https://news.example:8080/a"),
    ("https://user:word@news.example/a", "https://news.example/a"),
    ("https://www.com/a", "https://www.com/a"),
    ("https://bücher.example/a", "https://xn--bcher-kva.example/a"),
    ("https://BÜCHER.example/a", "https://xn--bcher-kva.example/a"),
    ("https://xn--bcher-kva.example/a", "https://xn--bcher-kva.example/a"),
    ("https://[2606:4700::1]/a", "https://[2606:4700::1]/a"),
    # path
    ("https://news.example", "https://news.example/"),
    ("https://news.example/a/", "https://news.example/a"),
    ("https://news.example//a///b", "https://news.example/a/b"),
    ("https://news.example/x/../a/./b", "https://news.example/a/b"),
    ("https://news.example/../../a", "https://news.example/a"),
    ("https://news.example/index.html", "https://news.example/"),
    ("https://news.example/a/index.php", "https://news.example/a"),
    ("https://news.example/a/amp/", "https://news.example/a"),
    ("https://news.example/amplify", "https://news.example/amplify"),
    ("https://news.example/a;jsessionid=8F3A?x=1", "https://news.example/a?x=1"),
    ("https://news.example/A/b", "https://news.example/A/b"),
    # encodings
    ("https://news.example/%7euser/%61", "https://news.example/~user/a"),
    ("https://news.example/caf%c3%a9", "https://news.example/caf%C3%A9"),
    ("https://news.example/café", "https://news.example/caf%C3%A9"),
    ("https://news.example/ព័ត៌មាន", "https://news.example/%E1%9E%96%E1%9F%90%E1%9E%8F%E1%9F%8C%E1%9E%98%E1%9E%B6%E1%9E%93"),
    ("https://news.example/a%2Fb", "https://news.example/a%2Fb"),
    ("https://news.example/a b", "https://news.example/ab"),
    ("https://news.example/100%", "https://news.example/100%25"),
    # query
    ("https://news.example/a?utm_source=rss&utm_medium=feed", "https://news.example/a"),
    ("https://news.example/a?fbclid=Iw&id=3", "https://news.example/a?id=3"),
    ("https://news.example/a?b=2&a=1", "https://news.example/a?a=1&b=2"),
    ("https://news.example/?p=12&UTM_Campaign=x", "https://news.example/?p=12"),
    ("https://news.example/a?", "https://news.example/a"),
    ("https://news.example/a?&&x=1&", "https://news.example/a?x=1"),
    ("https://news.example/a?flag", "https://news.example/a?flag"),
    ("https://news.example/a?ref=rss", "https://news.example/a"),
    ("https://news.example/a?ref=chapter-2", "https://news.example/a?ref=chapter-2"),
    ("https://news.example/a?q=caf%c3%a9", "https://news.example/a?q=caf%C3%A9"),
    ("https://news.example/a?q=a%26b", "https://news.example/a?q=a%26b"),
    ("https://news.example/a?outputType=amp", "https://news.example/a"),
    ("https://news.example/a?PHPSESSID=abc", "https://news.example/a"),
    # fragment
    ("https://news.example/a#comments", "https://news.example/a"),
    ("https://news.example/#!/a/b", "https://news.example/#!/a/b"),
    # pages that send on
    ("https://www.google.com/url?rct=j&sa=t&url=https://news.example/a&ct=ga", "https://news.example/a"),
    ("https://l.facebook.com/l.php?u=https%3A%2F%2Fnews.example%2Fa%3Futm_source%3Dfb&h=AT", "https://news.example/a"),
    # what is no web address
    ("  https://news.example/a\n", "https://news.example/a"),
    ("tag:news.example,2026:1", "tag:news.example,2026:1"),
    ("urn:uuid:1225c695", "urn:uuid:1225c695"),
    ("12345", "12345"),
    ("", ""),
    ("http://[::1", "http://[::1"),
    ("http:///a", "http:///a"),
    ("https://news.example/?\ud800=1", "https://news.example/??=1"),
    ("HTTP://news.example:443", "https://news.example/"),
]  # fmt: skip


@pytest.mark.parametrize(("url", "same"), CASES)
def test_an_address_has_one_spelling(url: str, same: str) -> None:
    assert canonical(url) == same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://news.example/a", "https://news.example/b"),
        ("https://news.example/?p=1", "https://news.example/?p=2"),
        ("https://news.example/a", "https://news.example/A"),
        ("https://kh.news.example/a", "https://news.example/a"),
        ("https://news.example/a%2Fb", "https://news.example/a/b"),
        ("https://news.example/a?x=1%262", "https://news.example/a?x=1&2"),
        ("https://news.example/a?x=a+b", "https://news.example/a?x=a%2Bb"),
    ],
)
def test_different_pages_stay_different(one: str, other: str) -> None:
    assert canonical(one) != canonical(other)


@pytest.mark.parametrize(
    ("url", "front"),
    [
        ("https://ngo.example/", True),
        ("https://ngo.example/news", True),
        ("https://ngo.example/en/alerts", True),
        ("https://ngo.example/news/two-lawyers-held", False),
        ("https://ngo.example/2026/11/1", False),
        ("https://ngo.example/?p=7", False),
    ],
)
def test_a_front_page_is_no_articles_own_page(url: str, front: bool) -> None:
    assert is_front(url) is front
