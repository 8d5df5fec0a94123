"""Every shipped language pack keeps the promises of its own examples."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest

from monitor.config.packs import load_packs
from monitor.detect import detect
from monitor.languages.pack import Example, LanguagePack, Voice
from monitor.model import Act, Article, Event, Span

PACKS = load_packs()
CASES = [
    pytest.param(pack, example, id=f"{pack.code}:{example.line}")
    for pack in PACKS.values()
    for example in pack.examples
]


def article_of(pack: LanguagePack, example: Example) -> Article:
    """The example as an article of its language."""
    published = datetime.fromisoformat(example.published).replace(tzinfo=UTC) if example.published else None
    return Article(id="example", title=example.title, text=example.text, language=pack.code, published=published)


def names_of(example: Example) -> tuple[Span, ...]:
    """Where the names handed over stand."""
    return tuple(
        Span(field, found.start(), found.end())
        for field in ("title", "text")
        for name in example.names
        for found in re.finditer(re.escape(name), getattr(example, field))
    )


def missing(article: Article, event: Event, wanted: Example) -> list[str]:
    """What an example wants of an event and does not get."""
    written = {article.field(v.field)[v.start : v.end] for v in event.victims}
    facts = {fact.key: fact.value for fact in event.facts}
    wrong = [
        f"{key} is {getattr(event, key)}"
        for key in ("act", "aspect", "relevance", "place", "by")
        if getattr(wanted, key) is not None
        and str(getattr(event, key)) != str(getattr(wanted, key))
        and not (key == "by" and str(event.by).lower() == wanted.by)
    ]
    if wanted.victims is not None and written != set(wanted.victims):
        wrong.append(f"victims are {sorted(written)}")
    if wanted.date is not None and str(event.occurrence) != wanted.date:
        wrong.append(f"date is {event.occurrence}")
    return wrong + [f"{key} is {facts.get(key)!r}" for key, value in wanted.facts.items() if facts.get(key) != value]


@pytest.mark.parametrize(("pack", "example"), CASES)
def test_an_example_of_a_pack_is_read_as_it_says(pack: LanguagePack, example: Example) -> None:
    article = article_of(pack, example)
    events = detect(article, PACKS, names_of(example)).events
    told = [f"{e.act} {e.aspect} {e.relevance} {e.trigger!r}" for e in events]
    if example.none:
        assert told == [], f"{pack.path}:{example.line}"
    else:
        reasons = [(t, missing(article, e, example)) for t, e in zip(told, events, strict=True)]
        assert any(not wrong for _, wrong in reasons), f"{pack.path}:{example.line}: {reasons}"


@pytest.mark.parametrize("pack", PACKS.values(), ids=lambda p: p.code)
def test_a_pack_can_tell_an_arrest_and_a_release(pack: LanguagePack) -> None:
    acts = {t.act for t in pack.triggers if t.voice is not Voice.STATIVE}
    assert {Act.ARREST, Act.RELEASE} <= acts | ({Act.ARREST} if Act.DETENTION in acts else set())


def test_every_act_is_told_by_some_pack() -> None:
    assert {t.act for pack in PACKS.values() for t in pack.triggers} == set(Act)
