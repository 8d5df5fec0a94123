"""The kind `page`: a web page that lists news, and CSS selectors that say where → entries, for publishers without a feed.

Sources: the selectors are those of CSS 3 as cssselect translates them; `datetime` of <time> by the HTML standard.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from urllib.parse import urljoin

from cssselect import HTMLTranslator, SelectorError
from lxml import etree, html

from monitor.errors import ParseError
from monitor.model import Entry, Source
from monitor.sources.dates import from_text
from monitor.sources.listing import Feed
from monitor.sources.mistaken import mistaken
from monitor.sources.split import HASH_BYTES, MAX_ITEMS

PARTS = ("item", "title", "link", "date", "summary")  #: what a source may select; all but item are looked for inside it
#: What is taken where a source selects nothing: the first heading, link and time inside an item.
DEFAULTS: Mapping[str, str] = {
    "item": "article",
    "title": "h1, h2, h3, h4, a[href]",
    "link": "a[href]",
    "date": "time",
    "summary": "p",
}
MAX_FIELD_CHARS = 20_000  #: of one text of a list; a whole article stands on its own page
MAX_BYTES = 4_000_000  #: of a page; one that lists a few dozen items is a hundredth of it
_PROMISED = "a page with such items"


def faulty(selector: str) -> str | None:
    """What is wrong with a CSS selector; None when it can be used."""
    try:
        HTMLTranslator().css_to_xpath(selector)
    except SelectorError as error:
        return str(error)
    return None


def parse(body: bytes, headers: Mapping[str, str], source: Source) -> Feed:
    """The items of a page, in its order. Raises ParseError when the page is no web page or lists nothing that fits."""
    if len(body) > MAX_BYTES or not body.strip(b"\x00 \t\r\n") or b"<" not in body[:100_000]:
        raise mistaken(body, _PROMISED)
    try:
        root = html.document_fromstring(
            body, parser=html.HTMLParser(no_network=True, huge_tree=False, encoding=_charset(body, headers))
        )
    except (etree.LxmlError, ValueError, LookupError):
        raise mistaken(body, _PROMISED) from None
    chosen = {**DEFAULTS, **dict(source.select)}
    base = _base(root, headers.get("content-location", source.url))
    found = _all(root, chosen["item"])[:MAX_ITEMS]
    entries = tuple(e for e in (_entry(item, chosen, source, base) for item in found) if e.url or e.title)
    if not entries:
        error = mistaken(body, _PROMISED)
        if error.kind != "hard":
            raise error
        raise ParseError(f"nothing on the page instead of items that fit the selector {chosen['item']!r}")
    hashes = b"".join(
        blake2b(f"{e.url}\n{e.title}\n{e.summary}".encode("utf-8", "replace"), digest_size=HASH_BYTES).digest()
        for e in entries
    )
    title = root.findtext(".//title") or ""
    return Feed(
        entries=entries, title=" ".join(title.split())[:500], items=len(entries), fresh=len(entries), item_hashes=hashes
    )


def _entry(item: html.HtmlElement, chosen: Mapping[str, str], source: Source, base: str) -> Entry:
    """One item in our words."""
    link = _first(item, chosen["link"])
    href = (link.get("href") or "") if link is not None else (item.get("href") or "")
    try:
        url = urljoin(base, href.strip()) if href.strip() else ""
    except ValueError:
        url = ""
    when = _first(item, chosen["date"])
    dated = (when.get("datetime") or when.get("content") or _text(when)) if when is not None else ""
    summary = _first(item, chosen["summary"])
    return Entry(
        source_id=source.id,
        guid="",
        url=url if url.startswith(("http://", "https://")) else "",
        title=_text(_first(item, chosen["title"]))[:500],
        summary=_escaped(_text(summary)),
        published=from_text(dated),
        language=root_language(item),
    )


def root_language(item: html.HtmlElement) -> str | None:
    """The language the page says an element is in; None when it does not say."""
    for element in (item, *item.iterancestors()):
        if said := (element.get("lang") or "").strip():
            return said.replace("_", "-")
    return None


def _all(element: html.HtmlElement, selector: str) -> list[html.HtmlElement]:
    try:
        found = element.xpath(HTMLTranslator().css_to_xpath(selector, prefix="descendant::"))
    except (SelectorError, etree.XPathError):
        return []
    return [e for e in found if isinstance(e, html.HtmlElement)]


def _first(element: html.HtmlElement, selector: str) -> html.HtmlElement | None:
    return next(iter(_all(element, selector)), None)


def _text(element: html.HtmlElement | None) -> str:
    return "" if element is None else " ".join(element.text_content().split())[:MAX_FIELD_CHARS]


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;")


def _base(root: html.HtmlElement, address: str) -> str:
    """The address that relative links start from."""
    said = root.find(".//base")
    href = (said.get("href") or "").strip() if said is not None else ""
    try:
        return urljoin(address, href) if href else address
    except ValueError:
        return address


def _charset(body: bytes, headers: Mapping[str, str]) -> str | None:
    """The encoding: UTF-8 where the bytes prove it, else what the header names; None leaves it to the page's own word."""
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        _, _, said = headers.get("content-type", "").lower().partition("charset=")
        return said.strip("\"' ;") or None
    return "utf-8"
