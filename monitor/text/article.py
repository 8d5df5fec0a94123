"""An entry as the source listed it → an article: clean text, one spelling of letters, language; what we keep and read."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from inscriptis import get_text
from inscriptis.css_profiles import CSS_PROFILES
from inscriptis.model.config import ParserConfig
from lxml.etree import ParserError, XMLSyntaxError

from monitor.model import Article, Entry, Source
from monitor.text.language import Identifier, detect
from monitor.text.zawgyi import to_unicode

MAX_CHARS: Final = 200_000  #: code points kept of one article; the longest reports of rights groups are a quarter of it
MAX_MARKUP: Final = 2_000_000  #: characters of markup looked at; 200,000 paragraphs took an extractor 8 s
MAX_TITLE: Final = 500  #: code points of a title; no headline needs more, hostile feeds send more
MAX_TAGS: Final = 60_000  #: tags rendered; beyond it the tags are stripped plainly, in linear time
MAX_DEPTH: Final = 200  #: elements open inside one another; deeper nesting is made to exhaust the renderer's stack
AHEAD: Final = timedelta(hours=24)  #: a publication date further ahead than this is a mistake of the publisher's clock

_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ud800-\udfff]")
_BLANKS: Final = re.compile(r"[ \t\u00a0]+")
_BREAKS: Final = re.compile(r"\n{3,}")
_MARKUP: Final = re.compile(r"<(?:[a-zA-Z][^<>]*|/[a-zA-Z][^<>]*|![^<>]*)>")
_VOID: Final = frozenset(
    {"br", "img", "hr", "meta", "link", "input", "wbr", "area", "base", "col", "embed", "source", "track", "p", "li"}
)
_STYLE: Final = ParserConfig(css=CSS_PROFILES["strict"], display_links=False, display_images=False)


def make(
    entry: Entry, source: Source, article_id: str, seen: datetime, identifier: Identifier | None = None
) -> Article:
    """The article an entry is. identifier: tells the languages we can read; the text decides, the source's word is a hint.

    A publication date more than a day ahead is dropped; one that is a little ahead is taken as when we saw it.
    """
    published = entry.published if entry.published is None or entry.published <= seen + AHEAD else None
    article = Article(
        id=article_id,
        title=title(entry.title),
        text=clean(entry.markup),
        published=min(published, seen) if published else None,
        seen=seen,
        source_id=source.id,
        country=source.country,
        url=entry.url or None,
    )
    hints = (entry.language, *source.language) if entry.language else source.language
    return with_language(article, identifier, tuple(hint for hint in hints if hint))


def with_language(article: Article, identifier: Identifier | None = None, hints: tuple[str, ...] = ()) -> Article:
    """The article with its language, where it has none yet and it can be told."""
    if article.language:
        return article
    return replace(article, language=detect(f"{article.title}\n{article.text}", hints, identifier))


def title(markup: str) -> str:
    """A headline on one line, without tags."""
    return " ".join(clean(markup[: MAX_TITLE * 20]).split())[:MAX_TITLE]


def clean(markup: str) -> str:
    """Markup or plain text as a reader would see it: Unicode in NFC, no control characters, blocks on lines of their own. Never raises."""
    markup = _CONTROL.sub(" ", markup[:MAX_MARKUP].replace("\r\n", "\n").replace("\r", "\n"))
    plain = _rendered(markup) if _MARKUP.search(markup) else html.unescape(markup)
    plain = to_unicode(_CONTROL.sub(" ", unicodedata.normalize("NFC", plain)))
    lines = (line.strip() for line in _BLANKS.sub(" ", plain).split("\n"))
    return _BREAKS.sub("\n\n", "\n".join(lines)).strip()[:MAX_CHARS]


def _rendered(markup: str) -> str:
    if not _bearable(markup):
        return html.unescape(_MARKUP.sub("\n", markup))
    try:
        return str(get_text(f"<div>{markup}</div>", _STYLE))
    except (ParserError, XMLSyntaxError, ValueError, AssertionError, RecursionError):
        return html.unescape(_MARKUP.sub("\n", markup))


def _bearable(markup: str) -> bool:
    """Whether a renderer can be trusted with it: not too many tags, none nested too deep."""
    depth = deepest = 0
    for count, found in enumerate(_MARKUP.finditer(markup)):
        tag = found.group()
        if tag.startswith("</"):
            depth -= 1
        elif not tag.endswith("/>") and not tag.startswith("<!") and tag[1:-1].split(None, 1)[0].lower() not in _VOID:
            depth += 1
            deepest = max(deepest, depth)
        if count > MAX_TAGS or deepest > MAX_DEPTH:
            return False
    return True
