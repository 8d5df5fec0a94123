"""Compressed bytes → the body, within limits."""

from __future__ import annotations

import gzip
import zlib

import pytest

from monitor.fetch.inflate import BodyRefusedError, Inflater, encoding

BODY = b"<rss>" + bytes(range(32, 127)) * 50 + b"</rss>"


def taken(data: bytes, name: str, step: int = 7, **limits: int) -> bytes:
    machine = Inflater(name, **limits)
    for i in range(0, len(data), step):
        machine.feed(data[i : i + step])
    return machine.finish()


@pytest.mark.parametrize("step", [1, 2, 7, 1_000_000])
@pytest.mark.parametrize(
    ("data", "name"),
    [
        (BODY, ""),
        (gzip.compress(BODY, mtime=0), "gzip"),
        (zlib.compress(BODY), "deflate"),
        (zlib.compress(BODY)[2:-4], "deflate"),
        (gzip.compress(BODY, mtime=0), ""),
        (gzip.compress(BODY, mtime=0), "deflate"),
        (BODY, "gzip"),
        (BODY, "deflate"),
        (gzip.compress(BODY[:99], mtime=0) + gzip.compress(BODY[99:], mtime=0), "gzip"),
        (gzip.compress(BODY, mtime=0) + bytes(8), "gzip"),
    ],
    ids=["plain", "gzip", "deflate", "raw deflate", "gzip untold", "gzip called deflate", "plain called gzip", "plain called deflate", "two members", "padded"],
)  # fmt: skip
def test_a_body_is_unpacked_whatever_the_header_says(data: bytes, name: str, step: int) -> None:
    assert taken(data, name, step) == BODY


@pytest.mark.parametrize(
    "data", [gzip.compress(BODY, mtime=0)[:-9], gzip.compress(BODY, mtime=0)[:20], zlib.compress(BODY)[:-5]]
)
def test_a_body_that_was_cut_short_is_told(data: bytes) -> None:
    with pytest.raises(BodyRefusedError, match="cut short"):
        taken(data, "gzip" if data[:2] == b"\x1f\x8b" else "deflate")


def test_a_damaged_body_is_told() -> None:
    data = bytearray(gzip.compress(BODY, mtime=0))
    data[30] ^= 0xFF
    with pytest.raises(BodyRefusedError, match=r"damaged|cut short"):
        taken(bytes(data), "gzip")


def test_limits_hold_on_both_sides() -> None:
    with pytest.raises(BodyRefusedError, match="on the wire") as wire:
        taken(bytes(1_000), "", max_wire=999)
    with pytest.raises(BodyRefusedError, match="once unpacked") as bomb:
        taken(gzip.compress(bytes(100_000)), "gzip", max_body=99_999)
    assert (wire.value.kind, bomb.value.kind) == ("hostile", "hostile")
    assert taken(gzip.compress(bytes(100_000)), "gzip", max_body=100_000) == bytes(100_000)


def test_a_chain_of_empty_members_is_refused() -> None:
    with pytest.raises(BodyRefusedError, match="chain"):
        taken(gzip.compress(b"", mtime=0) * 50, "gzip", 1_000_000)


def test_nothing_is_a_body_too() -> None:
    assert taken(b"", "gzip") == b""


def test_the_encoding_is_one_we_asked_for() -> None:
    assert [encoding(h) for h in ("", "identity", "GZip", "x-gzip", "deflate", "identity, gzip")] == [
        "",
        "",
        "gzip",
        "gzip",
        "deflate",
        "gzip",
    ]
    with pytest.raises(BodyRefusedError, match="more than once"):
        encoding("gzip, gzip")
    with pytest.raises(BodyRefusedError, match="did not ask"):
        encoding("br")
