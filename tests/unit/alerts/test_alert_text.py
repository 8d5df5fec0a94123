"""Foreign text becomes safe: nothing hidden, nothing active, nothing longer than a destination takes."""

from __future__ import annotations

import pytest

from alerts import text


@pytest.mark.parametrize(
    ("given", "clean"),
    [
        ("a\x00b\x1b[31mc", "ab[31mc"),
        ("one\r\ntwo\u2028three\x85four\vfive", "one\ntwo\nthree\nfour\nfive"),
        ("pay\u202egnp.exe", "paygnp.exe"),
        ("zero\u200bwidth\ufeff and \u2066isolates\u2069", "zerowidth and isolates"),
        ("lone \ud83d surrogate", "lone  surrogate"),
        ("non\ufffecharacter\ufdd0s \U0001ffff", "noncharacters "),
        ("soft\u00adhyphen", "softhyphen"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("pay\u200cpal", "paypal"),
        ("ស\u17d2រី 😀 日本", "ស\u17d2រី 😀 日本"),
    ],
)
def test_what_cannot_be_seen_goes_and_what_spells_stays(given: str, clean: str) -> None:
    assert text.clean(given) == clean


def test_one_line_can_start_no_new_header() -> None:
    assert text.one_line("Arrest\r\nBcc: everyone@example.org\u2029x") == "Arrest Bcc: everyone@example.org x"


@pytest.mark.parametrize(
    ("given", "limit", "short"),
    [
        ("abc", 3, "abc"),
        ("abcd", 3, "ab…"),
        ("a😀b", 4, "a😀b"),
        ("a😀b", 3, "a…"),
        ("e\u0301e\u0301", 2, "…"),
        ("x", 0, ""),
        ("កា\u17d2រ", 3, "…"),
    ],
)
def test_cutting_counts_utf_16_and_keeps_characters_whole(given: str, limit: int, short: str) -> None:
    assert text.cut(given, limit) == short
    assert text.units(short) <= limit


def test_cutting_can_count_code_points() -> None:
    assert text.cut("😀😀😀", 2, len) == "😀…"


def test_escaping_makes_mentions_inert_and_counts_its_own_length() -> None:
    assert text.mrkdwn("<!channel> & <@U1>", 100) == "&lt;!channel&gt; &amp; &lt;@U1&gt;"
    assert text.units(text.mrkdwn("<" * 100, 50)) <= 50
    assert not text.mrkdwn("<" * 100, 50).endswith("&l…")


@pytest.mark.parametrize(
    ("given", "dead"),
    [
        ("see https://evil.example/a.b now", "see hxxps[:]//evil[.]example/a[.]b now"),
        ("www.evil.example", "www[.]evil[.]example"),
        ("ftp://x.y", "ftp[:]//x[.]y"),
        ("no address here: 12:30", "no address here: 12:30"),
    ],
)
def test_addresses_in_foreign_text_are_dead(given: str, dead: str) -> None:
    assert text.defang(given) == dead


@pytest.mark.parametrize(
    ("url", "made", "domain"),
    [
        ("https://news.example.co.uk/a|b", "https://news.example.co.uk/a%7Cb", "example.co.uk"),
        ("HTTP://Example.org:8080/ស?q=1#x", "http://example.org:8080/%E1%9E%9F?q=1#x", "example.org"),
        ("https://bank.example.evil.com/", "https://bank.example.evil.com/", "evil.com"),
        ("http://[::1]:8765/i", "http://[::1]:8765/i", "::1"),
        ("http://ឧទា.com/", "http://xn--z2e7b4b.com/", "xn--z2e7b4b.com"),
    ],
)
def test_a_link_is_made_ascii_and_shows_its_registrable_domain(url: str, made: str, domain: str) -> None:
    assert text.address(url) == text.Address(made, domain)


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "//example.org", "https://user@example.org", "https://exa mple.org", 'https://x.org/"', "https://x.org/<",
     "https://x.org\\@y.org", "https://", "http://[", "http://x.org:99999", "https://x.org/\n", "https://x.org/\u202e", "https://x.org/" + "a" * 2_001, ""],
)  # fmt: skip
def test_a_link_that_could_deceive_is_none(url: str) -> None:
    assert text.address(url) is None
