"""Where redirects lead, and what may be told of an address."""

from __future__ import annotations

import pytest

from monitor.fetch.redirect import following, moved, shown


@pytest.mark.parametrize(
    ("url", "location", "target"),
    [
        ("https://a.example/x/feed", "/rss", "https://a.example/rss"),
        ("https://a.example/x/feed", "rss?p=1#top", "https://a.example/x/rss?p=1"),
        ("http://a.example/", "https://b.example", "https://b.example/"),
        ("http://a.example/", "//b.example:8080/f", "http://b.example:8080/f"),
        ("http://a.example/", "http://user:word@b.example/f", "http://b.example/f"),
        ("http://a.example/", "\\\\b.example\\f", "http://b.example/f"),
        ("http://a.example/", "http://[2606:4700::1]/f", "http://[2606:4700::1]/f"),
    ],
)
def test_a_redirect_leads_to_an_absolute_address(url: str, location: str, target: str) -> None:
    assert following(url, location) == target


@pytest.mark.parametrize(
    "location", [None, "", "ftp://a.example/", "mailto:x", "http://a:b/", "http://[x", "https:///x"]
)
def test_a_redirect_that_leads_nowhere_is_told(location: str | None) -> None:
    with pytest.raises(ValueError, match="a redirect"):
        following("http://a.example/", location)


def test_an_encrypted_source_is_never_read_unencrypted() -> None:
    with pytest.raises(ValueError, match="unencrypted"):
        following("https://a.example/", "http://a.example/")


@pytest.mark.parametrize(
    ("hops", "home"),
    [((), None), (((301, "b"),), "b"), (((308, "b"), (301, "c"), (302, "d")), "c"), (((302, "b"), (301, "c")), None)],
)
def test_a_move_is_the_unbroken_permanent_beginning(hops: tuple[tuple[int, str], ...], home: str | None) -> None:
    assert moved(hops) == home


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("https://me:secret@a.example:8443/f?token=secret#secret", "https://a.example:8443/f"),
        ("http://[::1", "an unreadable address"),
        ("http://a.example:nine/", "an unreadable address"),
    ],
)
def test_an_address_is_told_without_its_secrets(url: str, told: str) -> None:
    assert shown(url) == told
