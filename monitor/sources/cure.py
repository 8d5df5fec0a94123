"""A document with characters that XML forbids → the same document without them; a few bytes must not cost a whole feed."""

from __future__ import annotations

import re

_SURROGATES = re.compile(rb"&#(?:x([0-9a-fA-F]{1,8})|([0-9]{1,10}));&#(?:x([0-9a-fA-F]{1,8})|([0-9]{1,10}));")
_REFERENCE = re.compile(rb"&#(?:[xX]([0-9a-fA-F]+)|([0-9]+));?")
_CONTROL = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]+")
#: How documents in wide letters begin, the longer marks first. Source: XML 1.0 appendix F.
_WIDE = (
    (b"\xff\xfe\x00\x00", "utf-32"), (b"\x00\x00\xfe\xff", "utf-32"), (b"<\x00\x00\x00", "utf-32-le"), (b"\x00\x00\x00<", "utf-32-be"),
    (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"), (b"<\x00", "utf-16-le"), (b"\x00<", "utf-16-be"),
)  # fmt: skip
_DECLARED = re.compile(rb"""^(\s*<\?xml[^<>]{0,200}?)\s+encoding\s*=\s*["'][A-Za-z0-9_.:-]{1,40}["']""")
_MARKS = b"\xff\xfe\x00"
LOOKED_AT = 200  #: bytes in which a document in wide letters shows an empty one: it begins with tags
MAX_DIGITS = 8  #: of a numeric reference; the last character of Unicode needs seven in decimal
REPLACEMENT = b"&#xFFFD;"


def cured(body: bytes) -> bytes:
    """The body with surrogate pairs joined, impossible references replaced, control characters and a blank beginning removed.

    Source: XML 1.0 §2.2 (which characters may stand in a document); feedparser #591, #599 (what they do to a parser).
    """
    body = _CONTROL.sub(b"", body).lstrip(b" \t\r\n")
    return _REFERENCE.sub(_reference, _SURROGATES.sub(_joined, body))


def narrow(body: bytes) -> bytes:
    """A document in UTF-16 or UTF-32 as UTF-8, without the declaration that says otherwise; every other one as it is.

    A mark of wide letters before narrow ones is a mistake of the publisher's and is taken away.
    """
    for mark, encoding in _WIDE:
        if body.startswith(mark):
            rest = body.lstrip(_MARKS)
            if rest[:1] == b"<" and b"\x00" not in rest[:LOOKED_AT]:
                return rest
            return _DECLARED.sub(rb"\1", body.decode(encoding, "replace").encode("utf-8", "replace"))
    return body


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
