"""An entry as the source listed it → an article: clean text, one spelling of letters, language; what we keep and read."""

from __future__ import annotations

import html
import re
import unicodedata
from dataclasses import replace
from datetime import datetime, timedelta

from inscriptis import get_text
from inscriptis.css_profiles import CSS_PROFILES
from inscriptis.model.config import ParserConfig
from lxml.etree import ParserError, XMLSyntaxError

from monitor.model import Article, Entry, Source
from monitor.text import language

MAX_CHARS = 200_000  #: code points kept of one article; the longest report seen in the field is a tenth of it
MAX_MARKUP = 2_000_000  #: characters of markup looked at; beyond it is no article
MAX_TITLE = 500  #: code points of a title
AHEAD = timedelta(hours=24)  #: a publication date further ahead than this is a mistake of the publisher's clock

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ud800-\udfff]")
_BLANKS = re.compile(r"[ \t\u00a0]+")
_BREAKS = re.compile(r" ?\n[ \n]*\n ?")
_MARKUP = re.compile(r"<[a-zA-Z/!]")
_CONFIG = ParserConfig(css=CSS_PROFILES["strict"], display_links=False, display_images=False)


def make(entry: Entry, source: Source, article_id: str, seen: datetime, known: tuple[str, ...] = ()) -> Article:
    """The article an entry is. known: the languages that can be read; the text decides which it is, the source's word is a hint.

    A publication date in the future is dropped: when we saw it decides then.
    """
    title = clean(entry.title)[:MAX_TITLE].replace("\n", " ").strip()
    text = clean(entry.markup)
    published = entry.published if entry.published is None or entry.published <= seen + AHEAD else None
    hints = (entry.language, *source.language) if entry.language else source.language
    article = Article(
        id=article_id,
        title=title,
        text=text,
        published=min(published, seen) if published else None,
        seen=seen,
        source_id=source.id,
        country=source.country,
        url=entry.url or None,
    )
    return with_language(article, known, tuple(h for h in hints if h))


def with_language(article: Article, known: tuple[str, ...], hints: tuple[str, ...] = ()) -> Article:
    """The article with its language, where it has none yet."""
    if article.language:
        return article
    found = language.detect(f"{article.title}\n{article.text}", [h.split("-")[0].lower() for h in hints], known)
    return replace(article, language=found)


def clean(markup: str) -> str:
    """Markup or plain text as a reader would see it: NFC, no control characters, blocks on lines of their own. Never raises."""
    markup = _CONTROL.sub(" ", markup[:MAX_MARKUP].replace("\r\n", "\n").replace("\r", "\n"))
    if _MARKUP.search(markup):
        try:
            plain = get_text(markup, _CONFIG)
        except (ParserError, XMLSyntaxError, ValueError, RecursionError):
            plain = html.unescape(re.sub(r"<[^<>]*>", " ", markup))
    else:
        plain = html.unescape(markup)
    plain = _CONTROL.sub(" ", unicodedata.normalize("NFC", plain))
    plain = _BREAKS.sub("\n\n", _BLANKS.sub(" ", plain))
    return "\n".join(line.strip() for line in plain.split("\n")).strip()[:MAX_CHARS]
