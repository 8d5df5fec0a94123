"""An entry becomes an article: what a reader would see, in NFC, bounded, with its language."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from monitor.model import Entry, Source
from monitor.text.article import MAX_CHARS, clean, make, title
from monitor.text.language import Identifier

NOW = datetime(2024, 5, 14, 8, tzinfo=UTC)
SOURCE = Source(id="pell-post", name="Pell Post", url="https://pell.example/feed", country=("VE",), language=("en",))
KNOWN = Identifier(("en", "es", "fr", "km"))


def entry(markup: str, heading: str = "A day in Pell", published: datetime | None = None) -> Entry:
    """One item of a feed."""
    return Entry(
        source_id="pell-post",
        guid="1",
        url="https://pell.example/1",
        title=heading,
        content=markup,
        published=published,
    )


def test_blocks_stand_on_lines_of_their_own_and_inline_marks_do_not() -> None:
    assert clean("<p>Police <b>arrested</b> her.</p><p>She <a href='x'>said</a> no.</p>").split() == [
        "Police",
        "arrested",
        "her.",
        "She",
        "said",
        "no.",
    ]
    assert "\n" in clean("<p>One.</p><p>Two.</p>")
    assert clean("one<br>two") == "one\ntwo"


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("a &amp; b", "a & b"),
        ("2 < 3 and 4 > 1", "2 < 3 and 4 > 1"),
        ("<script>alert(1)</script><p>x</p>", "x"),
        ("e\u0301te\u0301", "été"),
        ("a\x00b\x1fc", "a b c"),
        ("", ""),
    ],
)
def test_markup_is_read_as_a_reader_would(markup: str, expected: str) -> None:
    assert clean(markup) == expected


@pytest.mark.parametrize(
    "hostile", ["<p>x</p>" * 80_000, "<div>" * 50_000 + "x", "<" * 500_000, "<a " * 200_000, "&amp;" * 200_000]
)
def test_hostile_markup_is_bounded(hostile: str) -> None:
    assert len(clean(hostile)) <= MAX_CHARS


def test_a_title_is_one_line() -> None:
    assert title("<i>Arrest</i>\n in   Pell") == "Arrest in Pell"


def test_an_article_carries_what_its_entry_and_source_say() -> None:
    made = make(
        entry("<p>Police arrested the union leader on Monday.</p>", published=NOW - timedelta(hours=1)),
        SOURCE,
        "a1",
        NOW,
        KNOWN,
    )
    assert (made.id, made.source_id, made.country, made.language) == ("a1", "pell-post", ("VE",), "en")
    assert made.published == NOW - timedelta(hours=1)


@pytest.mark.parametrize(("ahead", "kept"), [(timedelta(days=3), None), (timedelta(hours=2), NOW), (timedelta(0), NOW)])
def test_a_publication_date_in_the_future_is_not_believed(ahead: timedelta, kept: datetime | None) -> None:
    assert make(entry("x", published=NOW + ahead), SOURCE, "a1", NOW, KNOWN).published == kept
