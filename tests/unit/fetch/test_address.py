"""Which addresses, names and ports a source may make us speak to."""

from __future__ import annotations

import pytest

from monitor.fetch.address import literal, refused, refused_name, refused_port

PRIVATE = [
    "0.0.0.0", "10.1.2.3", "100.64.0.1", "100.127.255.255", "127.0.0.1", "127.255.255.254", "169.254.169.254", "172.16.0.1", "172.31.255.255",
    "192.0.0.1", "192.0.2.1", "192.88.99.1", "192.168.1.1", "198.18.0.1", "198.51.100.7", "203.0.113.9", "224.0.0.1", "240.0.0.1", "255.255.255.255",
    "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a00:1", "64:ff9b:1::a00:1",
    "2002:7f00:1::", "2002:a00:1::", "2001:0:7f00:1::", "2001:0:808:808:0:0:f5ff:fffe", "2001:db8::1", "100::1", "fc00::1", "fd12::1", "fe80::1",
    "fe80::1%eth0", "fec0::1", "ff02::1", "not an address",
]  # fmt: skip
PUBLIC = [
    "1.1.1.1",
    "8.8.8.8",
    "93.184.216.34",
    "100.63.255.255",
    "100.128.0.1",
    "172.32.0.1",
    "2606:4700::1111",
    "64:ff9b::808:808",
    "::ffff:8.8.8.8",
]


@pytest.mark.parametrize("address", PRIVATE)
def test_an_address_that_is_not_of_the_open_internet_is_refused(address: str) -> None:
    assert refused(address)


@pytest.mark.parametrize("address", PUBLIC)
def test_an_address_of_the_open_internet_is_not(address: str) -> None:
    assert refused(address) is None


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "2130706433", "0x7f000001", "0x7f.1", "0177.0.0.1", "017700000001", "127.1", "127.0.0.1."]
)
def test_every_spelling_of_an_address_is_read(host: str) -> None:
    assert str(literal(host)) == "127.0.0.1"


@pytest.mark.parametrize(
    "host", ["news.example", "1e100.example", "", "127.0.0.1.example", "९.९.९.९", "256.256.256.256.256"]
)
def test_a_name_is_no_address(host: str) -> None:
    assert literal(host) is None


@pytest.mark.parametrize(
    "host",
    [
        "localhost",
        "LOCALHOST.",
        "a.localhost",
        "printer.local",
        "db.internal",
        "router.lan",
        "nas",
        "x.home.arpa",
        "0x7f.1",
        "[::1]",
    ],
)
def test_a_name_of_a_local_network_is_refused(host: str) -> None:
    assert refused_name(host)


@pytest.mark.parametrize(
    "host", ["news.example.org", "ខ្មែរ.example", "expyuzz4wqqyqhjn.onion", "8.8.8.8", "internal.example.org"]
)
def test_a_public_name_is_not(host: str) -> None:
    assert refused_name(host) is None


def test_only_ports_of_the_web_and_unreserved_ones_are_asked() -> None:
    assert [p for p in (21, 22, 25, 80, 443, 445, 993, 8080) if refused_port(p)] == [21, 22, 25, 445, 993]
