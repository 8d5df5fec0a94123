"""Whatever is written where an address should stand."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address
from urllib.parse import urlsplit

from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.fetch.address import literal, refused, refused_name
from monitor.fetch.redirect import following, shown
from monitor.sources.url import canonical, is_front

PARTS = st.sampled_from(
    ["http://", "https://", "HTTP://", "a.example", "www.", "user:word@", ":80", ":443", ":x", "/", "//", "..", ".", "a", "%61", "%zz", "%", "%2F", "%25", "?", "&", "=", "a=1", "utm_source=x", "#", "#!", ";jsessionid=1", "index.html", "/amp", "[::1]", "[", "é", "ខ្មែរ", "\ud800", "\n", " ", "+", "google.com/url?q=http://b.example", "@", "\\"]
)  # fmt: skip
URLS = st.one_of(
    st.text(max_size=40),
    st.lists(PARTS, max_size=10).map("".join),
    st.lists(PARTS, max_size=10).map(lambda p: "https://a.example/" + "".join(p)),
)


@given(url=URLS)
@settings(max_examples=1_000)
def test_the_one_spelling_is_its_own_spelling(url: str) -> None:
    once = canonical(url)
    assert canonical(once) == once
    assert isinstance(is_front(once) if once.startswith("https://a.") else False, bool)


@given(url=URLS)
def test_http_and_https_twins_meet(url: str) -> None:
    once = canonical(url)
    if url.startswith("https://") and once != url and urlsplit(once).hostname:  # without a host it is no web address
        assert canonical("http" + url[5:]) == canonical(url)


@given(url=URLS, location=URLS)
def test_a_redirect_leads_to_the_web_or_is_refused(url: str, location: str) -> None:
    try:
        target = following(url, location)
    except ValueError:
        return
    assert target.startswith(("http://", "https://"))
    assert not (url.startswith("https://") and target.startswith("http://"))


@given(secret=st.text(alphabet="secrt", min_size=4, max_size=9), url=URLS)
def test_no_secret_is_shown(secret: str, url: str) -> None:
    assert f"!{secret}" not in shown(f"https://me:!{secret}@a.example/?q=!{secret}#{secret}")
    assert isinstance(shown(url), str)


@given(ip=st.ip_addresses(v=4))
def test_an_ipv6_spelling_is_judged_as_the_ipv4_address_it_carries(ip: IPv4Address) -> None:
    for inner in (IPv6Address((0xFFFF << 32) | int(ip)), IPv6Address((0x64FF9B << 96) | int(ip))):
        assert bool(refused(inner)) == bool(refused(ip))


@given(ip=st.ip_addresses(v=4))
def test_every_spelling_of_an_address_is_the_address(ip: IPv4Address) -> None:
    octets = ip.packed
    spellings = (
        str(int(ip)),
        hex(int(ip)),
        ".".join(oct(o).replace("0o", "0") for o in octets),
        ".".join(map(hex, octets)),
    )
    assert {literal(s) for s in spellings} == {ip}
    assert all(bool(refused_name(s)) == bool(refused(ip)) for s in spellings)
