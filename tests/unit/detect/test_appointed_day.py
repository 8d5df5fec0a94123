"""The next date of a case as written becomes a day that a clock can wait for, and nothing is guessed."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from monitor.config import load_packs
from monitor.detect.appointed import appointed
from monitor.model import Article, Fact, Span

ARTICLE = Article(id="a", title="", text="", language="en", published=datetime(2026, 11, 20, tzinfo=UTC))


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("4 December", "2026-12-04"),
        ("4 March", "2027-03-04"),
        ("is set for 20 March 2027", "2027-03-20"),
        ("a later date", None),
        ("3 May 2020", None),
    ],
)
def test_a_hearing_lies_ahead_of_publication(written: str, day: str | None) -> None:
    facts = appointed(ARTICLE, (Fact(key="next_date", value=written, span=Span("text", 0, 4)),), load_packs())
    assert next((f.value for f in facts if f.key == "next_day"), None) == day
