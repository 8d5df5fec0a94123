"""What the tests of detection share: the English pack, and one text read with it."""

from __future__ import annotations

from datetime import UTC, datetime

from monitor.config.packs import load_packs
from monitor.detect import Detection, detect
from monitor.model import Article, Event, Span

PACKS = load_packs()


def article(text: str, title: str = "", published: str | None = "2024-05-14", language: str = "en") -> Article:
    """An article of ours about invented people."""
    when = datetime.fromisoformat(published).replace(tzinfo=UTC) if published else None
    return Article(id="a", title=title, text=text, language=language, published=when)


def read(text: str, title: str = "", published: str | None = "2024-05-14", names: tuple[str, ...] = ()) -> Detection:
    """Everything found in a text; names: handed over as already found."""
    one = article(text, title, published)
    spans = tuple(
        Span(field, at, at + len(name))
        for name in names
        for field in ("title", "text")
        if (at := one.field(field).find(name)) >= 0
    )
    return detect(one, PACKS, spans)


def victims(event: Event, text: str, title: str = "") -> set[str]:
    """The victims of an event as written."""
    return {(title if v.field == "title" else text)[v.start : v.end] for v in event.victims}


def told(text: str, title: str = "", published: str | None = "2024-05-14") -> set[tuple[str, str]]:
    """The acts of a text with their aspects."""
    return {(e.act.value, e.aspect.value) for e in read(text, title, published).events}


def befallen(text: str, act: str, title: str = "") -> set[str]:
    """Everybody an act of a text befell."""
    return {v for e in read(text, title).events if e.act.value == act for v in victims(e, text, title)}
