"""Bytes from the wire → the body, inflated within bounds, or why it cannot be had: bombs, cut streams and strange encodings stop here."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterator

MAX_WIRE_BYTES = 4_000_000  #: bytes as sent; the largest real feeds are about a tenth of it
MAX_BODY_BYTES = (
    10_000_000  #: bytes decoded; 272 bytes of stacked gzip can become 64 MiB, so decoding is bounded chunk by chunk
)
_PLAIN = frozenset({"", "identity"})
_DEFLATED = frozenset({"gzip", "x-gzip", "deflate"})


class BadBodyError(Exception):
    """The body cannot be used; kind: as FetchFailure.kind; the message says why."""

    def __init__(self, kind: str, why: str) -> None:
        self.kind = kind
        super().__init__(why)


async def read(chunks: AsyncIterator[bytes], encoding: str, length: int | None) -> bytes:
    """The decoded body. encoding: the Content-Encoding header; length: the Content-Length header. Raises BadBodyError."""
    coding = encoding.strip().lower()
    if coding not in _PLAIN | _DEFLATED:
        raise BadBodyError("hostile", "encoded in a way that was not asked for")
    inflate = zlib.decompressobj(47) if coding in {"gzip", "x-gzip"} else None
    body, wire = bytearray(), 0
    async for chunk in chunks:
        wire += len(chunk)
        if wire > MAX_WIRE_BYTES:
            raise BadBodyError("hostile", f"more than {MAX_WIRE_BYTES // 1_000_000} MB were sent")
        if coding == "deflate" and inflate is None:
            # "deflate" means zlib to the standard and raw deflate to some servers: the first byte tells
            inflate = zlib.decompressobj(15 if chunk[:1] and chunk[0] & 0x0F == 8 else -15)
        body += _inflated(inflate, chunk, MAX_BODY_BYTES + 1 - len(body)) if inflate else chunk
        if len(body) > MAX_BODY_BYTES:
            raise BadBodyError("hostile", f"more than {MAX_BODY_BYTES // 1_000_000} MB when unpacked")
    if inflate is not None and wire and not inflate.eof:
        raise BadBodyError("temporary", "the body ends in the middle")
    if inflate is None and length is not None and wire != length:
        raise BadBodyError("temporary", "the body is shorter than announced")
    return bytes(body)


def _inflated(inflate: zlib._Decompress, chunk: bytes, room: int) -> bytes:
    try:
        out = inflate.decompress(chunk, max(room, 1))
    except zlib.error:
        raise BadBodyError("temporary", "the packed body is damaged") from None
    return out
