"""A body that is not the document a source promises → which kind of thing it is instead, and so what the operator should do."""

from __future__ import annotations

import re

from monitor.errors import ParseError

LOOKED_AT_BYTES = 100_000  #: the head of a page says what it is; more is the page's own text

#: Marks of pages that bot walls serve with any status. Sources: the vendors' own challenge pages, as quoted in miniflux/v2 #1288, #3140.
_WALLS = (
    b"cdn-cgi/challenge-platform", b"cf-browser-verification", b"_cf_chl_opt", b"just a moment...</title>", b"attention required! | cloudflare",
    b"ddos-guard", b"captcha-delivery.com", b"px-captcha", b"perimeterx", b"incapsula incident id", b"_incapsula_resource",
    b"sucuri website firewall", b"g-recaptcha", b"h-captcha", b"cf-turnstile", b"checking your browser", b"are you a robot",
    b"enable javascript and cookies to continue", b"please turn javascript on", b"anubis_challenge", b"access denied</title>",
)  # fmt: skip
_LOGIN = re.compile(rb"<input[^<>]{0,300}type\s{0,5}=\s{0,5}[\"']?password", re.IGNORECASE)
_ERROR = re.compile(
    rb"<title[^<>]{0,100}>[^<]{0,120}(?:\b(?:40[0-9]|50[0-9])\b|not found|error|maintenance|unavailable|forbidden|suspended|parked)",
    re.IGNORECASE,
)
_HTML = re.compile(rb"<(?:!doctype\s{1,20}html|html|head|body|title|script|div)\b", re.IGNORECASE)


def mistaken(body: bytes, promised: str = "a feed") -> ParseError:
    """The error that says what this body is instead of what was promised."""
    text = body[:LOOKED_AT_BYTES].strip(b"\xef\xbb\xbf\x00 \t\r\n")
    if not text:
        return ParseError(f"an empty document instead of {promised}")
    low = text.lower()
    if any(mark in low for mark in _WALLS):
        return ParseError(f"a wall against automatic readers instead of {promised}", "blocked")
    if _HTML.search(text):
        if _LOGIN.search(text):
            return ParseError(f"a login page instead of {promised}", "blocked")
        if _ERROR.search(text):
            return ParseError(f"an error page that claims to be fine instead of {promised}", "soft")
        return ParseError(f"a web page instead of {promised}")
    if text[:5] == b"%PDF-":
        return ParseError(f"a PDF file instead of {promised}")
    if low[:1] in {b"{", b"["}:
        return ParseError(f"JSON of another kind instead of {promised}")
    if low[:1] == b"<":
        return ParseError(f"XML of another kind instead of {promised}")
    return ParseError(f"plain text or binary data instead of {promised}")
