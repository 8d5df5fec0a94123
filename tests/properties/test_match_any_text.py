"""Whatever the text holds, folding and matching keep their promises about spans, order and time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.match import build, match
from monitor.match.fold import fold
from monitor.model import Article, Defender, Watchlist

INDEX = build(
    Watchlist(
        defenders=(
            Defender(id="a", name="Sok Dara", names=("សុខ ដារ៉ា", "苏达拉"), against=("footballer",)),
            Defender(id="b", name="Melinda Barrington", names=("Мелинда Баррингтон",)),
            Defender(id="c", name="Melinda Barringten"),
            Defender(id="d", kind="organisation", name="League of River Villages"),
        )
    )
)
NAMES = (
    "Sok Dara",
    "Dara, Sok",
    "សុខ ដារ៉ា",
    "苏达拉",
    "Мелинду Баррингтон",
    "ميليندا بارينغتون",
    "Melinda Barrington",
    "Dara",
    "LRV",
    "wife of",
)
PIECES = st.one_of(st.sampled_from(NAMES), st.text(max_size=12), st.sampled_from(" \n.,\u200b\u202e\u0301\u0640-'’"))
TEXTS = st.lists(PIECES, max_size=12).map("".join)


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_every_stretch_of_a_folded_text_leads_back_into_the_original(text: str) -> None:
    folded = fold(text)
    for start in range(len(folded.text)):
        first, last = folded.back(start, start + 1)
        assert 0 <= first < last <= len(text)


@settings(max_examples=300, deadline=None)
@given(TEXTS, TEXTS)
def test_mentions_are_sorted_lie_in_their_field_and_carry_reasons(title: str, text: str) -> None:
    article = Article(id="x", title=title, text=text)
    found = match(article, INDEX)
    assert list(found) == sorted(found, key=lambda m: (m.span, m.watch))
    for mention in found:
        assert article.field(mention.span.field)[mention.span.start : mention.span.end] == mention.surface
        assert mention.surface
        assert 0 < mention.score <= 1
        assert mention.reasons
    for one in found:
        assert all(m.watch != one.watch or m is one or not m.span.overlaps(one.span) for m in found)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(NAMES[:4]), st.text(alphabet=" .,;\n", max_size=5), TEXTS)
def test_a_listed_name_among_anything_is_found(name: str, gap: str, text: str) -> None:
    found = match(Article(id="x", title="", text=f"{text} . {gap}. {name} . x"), INDEX)
    assert "a" in {m.watch for m in found}


@pytest.mark.parametrize(
    "unit",
    ["a", "Sok Dara ", "Sok ", "\u0301", "\u202e", "Mеlinda ", "ដារ៉ា", "達", "ก", "' ", "Melinda\n\n", "ا", "(", "S. "],
)
def test_time_grows_no_faster_than_the_text(unit: str) -> None:
    def seconds(size: int) -> float:
        article = Article(id="x", title="", text=unit * (size // len(unit)))
        start = time.perf_counter()
        match(article, INDEX)
        return time.perf_counter() - start

    seconds(2_000)
    small, large = seconds(20_000), seconds(160_000)
    assert large < 0.05 + 24 * small  # eight times the text; the rest is room for a busy machine
