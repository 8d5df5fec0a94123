"""Foreign text → text that is safe and short enough to show: cleaned, cut, escaped and defanged by each destination's rules; pure.

Order matters: clean, then cut, then escape. Lengths for Slack count UTF-16 units (an emoji is two), as Slack's own limits do.
"""

from __future__ import annotations

import html
import ipaddress
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from urllib.parse import quote, urlsplit

from publicsuffixlist import PublicSuffixList

from alerts.model import Severity

ELLIPSIS = "…"
MAX_URL_UNITS = 2_000  #: UTF-16 units; Slack refuses longer ones at 3,000, mail clients wrap earlier. Source: docs.slack.dev block-kit

#: How soon a person must act, in the words every channel uses.
SEVERITY_WORDS = {
    Severity.CRITICAL: "Act now",
    Severity.HIGH: "Today",
    Severity.MEDIUM: "This week",
    Severity.LOW: "For the record",
}

_LINE_BREAKS = dict.fromkeys(map(ord, "\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"), "\n")
_JOINERS = "\u200c\u200d"  #: part of the spelling in Persian, Sinhala and Indian scripts; nothing but a disguise between ASCII letters
#: Signs of Arabic and Syriac numbers and verses are format characters that show.
_SHOWN_FORMATS = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2")
_URL_IN_TEXT = re.compile(r"(?i)\b(?:(?P<scheme>[a-z][a-z0-9+.-]{1,10})://|(?P<www>www\.))(?P<rest>[^\s<>]*)")
_FORBIDDEN_IN_URL = re.compile(r"[\s<>\"\\`\x00-\x1f\x7f]")
_HOST = re.compile(r"[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9_-]*[a-z0-9])?)*\.?")


def clean(text: str) -> str:
    """The text without what cannot be seen or changes what is seen: controls, direction overrides, zero-width signs, surrogates.

    Every kind of line break becomes one line feed, a tab a space; joiners stay where a script spells with them.
    """
    text = text.replace("\r\n", "\n").translate(_LINE_BREAKS).replace("\t", " ")
    return "".join(c for i, c in enumerate(text) if _shows(text, i))


def _shows(text: str, i: int) -> bool:
    c = text[i]
    if " " <= c <= "~" or c == "\n":
        return True
    if c in _JOINERS:
        return 0 < i < len(text) - 1 and text[i - 1] > "\u00ff" and text[i + 1] > "\u00ff"
    category = unicodedata.category(c)
    if category == "Cf":
        return c in _SHOWN_FORMATS
    return category not in {"Cc", "Cs"} and not 0xFDD0 <= ord(c) <= 0xFDEF and ord(c) & 0xFFFE != 0xFFFE


def one_line(text: str) -> str:
    """The text cleaned and on one line, fit for a header, a subject or a heading."""
    return " ".join(clean(text).split())


def units(text: str) -> int:
    """The length of a text in UTF-16 units, as Slack counts it."""
    return len(text) + sum(c > "\uffff" for c in text)


def cut(text: str, limit: int, measure: Callable[[str], int] = units) -> str:
    """The text, or as much of it as fits into `limit` with an ellipsis at its end; never half a character or a bare base letter.

    measure: what one character costs; the sum over the characters is what counts.
    """
    if sum(map(measure, text)) <= limit:
        return text
    room, end = limit - measure(ELLIPSIS), 0
    while end < len(text) and (room := room - measure(text[end])) >= 0:
        end += 1
    while end > 0 and (
        unicodedata.combining(text[end]) or unicodedata.category(text[end]).startswith("M") or text[end] in _JOINERS
    ):
        end -= 1
    return (text[:end].rstrip() + ELLIPSIS) if limit > 0 else ""


def defang(text: str) -> str:
    """The text with every web address in it made unclickable: `hxxps[:]//example[.]org`. Clients link what looks like an address."""

    def dead(found: re.Match[str]) -> str:
        scheme = found["scheme"]
        rest = found["rest"].replace(".", "[.]")
        return f"www[.]{rest}" if scheme is None else f"{scheme.replace('tt', 'xx')}[:]//{rest}"

    return _URL_IN_TEXT.sub(dead, text)


def foreign(text: str) -> str:
    """Text from a feed, cleaned, defanged and on one line: the start of every quotation, field and title."""
    return defang(one_line(text))


def escape(text: str) -> str:
    """The text with Slack's three active signs made inert. Source: docs.slack.dev/messaging/formatting-message-text, "Escaping text"."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def mrkdwn(text: str, limit: int) -> str:
    """Cleaned text, escaped for Slack's mrkdwn and cut so that the escaped form has at most `limit` UTF-16 units."""
    return escape(cut(text, limit, lambda c: units(escape(c))))


def escape_html(text: str) -> str:
    """The text as it stands in an HTML mail, in text and in attributes."""
    return html.escape(text, quote=True)


@dataclass(frozen=True, slots=True)
class Address:
    """A web address that may be shown: in ASCII, http or https, with the domain a reader should see beside it."""

    url: str
    domain: str


def address(url: str) -> Address | None:
    """The address behind a foreign link, or None when it must not be made clickable.

    None for anything but http and https, for addresses with credentials, blanks or quoting signs, and for hosts that are none.
    The domain is the registrable one, in ASCII, so that `bank.example.evil.test` shows as `evil.test` and a lookalike as `xn--…`.
    """
    if _FORBIDDEN_IN_URL.search(url) or clean(url) != url:
        return None
    try:
        parts = urlsplit(url)
        host, port = (parts.hostname or "").encode("idna").decode("ascii").lower(), parts.port
    except (ValueError, UnicodeError):
        return None
    if parts.scheme.lower() not in {"http", "https"} or "@" in parts.netloc or not host:
        return None
    shown = _ip(host)
    if shown is None and not _HOST.fullmatch(host):
        return None
    netloc = (f"[{host}]" if ":" in host else host) + (f":{port}" if port is not None else "")
    tail = quote(parts.path, safe="/%:@!$&'()*+,;=~-._")
    tail += f"?{quote(parts.query, safe='/?%:@!$&()*+,;=~-._')}" if parts.query else ""
    tail += f"#{quote(parts.fragment, safe='/?%:@!$&()*+,;=~-._')}" if parts.fragment else ""
    made = f"{parts.scheme.lower()}://{netloc}{tail}"
    return Address(made, shown or domain(host)) if units(made) <= MAX_URL_UNITS else None


def domain(host: str) -> str:
    """The registrable domain of a host name in ASCII (`news.example.co.uk` → `example.co.uk`); the host itself where there is none."""
    host = host.rstrip(".")
    return _suffixes().privatesuffix(host) or host


@cache
def _suffixes() -> PublicSuffixList:
    return PublicSuffixList()


def _ip(host: str) -> str | None:
    try:
        return str(ipaddress.ip_address(host))
    except ValueError:
        return None
