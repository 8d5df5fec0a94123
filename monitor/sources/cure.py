"""A document with characters that XML forbids → the same document without them; a few bytes must not cost a whole feed."""

from __future__ import annotations

import re

_SURROGATES = re.compile(rb"&#(?:x([0-9a-fA-F]{1,8})|([0-9]{1,10}));&#(?:x([0-9a-fA-F]{1,8})|([0-9]{1,10}));")
_REFERENCE = re.compile(rb"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?")
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]+")
_WIDE = (
    b"\xff\xfe",
    b"\xfe\xff",
    b"\x00<",
    b"<\x00",
    b"\x00\x00",
)  #: UTF-16 and UTF-32 begin like this: their zeros are text
MAX_DIGITS = 8  #: of a numeric reference; the last character of Unicode needs seven in decimal
REPLACEMENT = b"&#xFFFD;"


def cured(body: bytes) -> bytes:
    """The body with surrogate pairs joined, impossible references replaced, control characters and a blank beginning removed.

    Source: XML 1.0 §2.2 (which characters may stand in a document); feedparser #591, #599 (what they do to a parser).
    """
    if body.startswith(_WIDE):
        return body
    body = _CONTROL.sub(b"", body.lstrip(b" \t\r\n\x00"))
    return _REFERENCE.sub(_reference, _SURROGATES.sub(_joined, body))


def _number(hexadecimal: bytes | None, decimal: bytes | None) -> int:
    digits = (hexadecimal or decimal or b"").lstrip(b"0") or b"0"
    return int(digits, 16 if hexadecimal else 10) if len(digits) <= MAX_DIGITS else -1


def _joined(match: re.Match[bytes]) -> bytes:
    """Two references that are halves of one character become that character."""
    high, low = _number(match[1], match[2]), _number(match[3], match[4])
    if 0xD800 <= high <= 0xDBFF and 0xDC00 <= low <= 0xDFFF:
        return b"&#x%X;" % (0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))
    return match[0]


def _reference(match: re.Match[bytes]) -> bytes:
    code = _number(match[1], match[2])
    allowed = code in {9, 10, 13} or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF
    return match[0] if allowed else REPLACEMENT
