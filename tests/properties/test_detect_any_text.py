"""Whatever a text holds, detection ends, points into the text, and takes time in proportion to its length."""

from __future__ import annotations

from itertools import pairwise
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monitor.detect import detect
from monitor.model import Article, Span
from monitor.text.article import clean
from monitor.text.normalize import normalize
from monitor.text.sentences import split
from tests.unit.detect.reading import PACKS, article

WORDS = st.sampled_from(
    [
        "police",
        "arrested",
        "was",
        "Ana Velt",
        ",",
        "and",
        ".",
        "not",
        "who",
        "“",
        "”",
        "on 11 May",
        "of",
        "protest",
        "ចាប់ខ្លួន",
        "اعتقلت",
        "\n",
        "'s",
        "2020",
        "including",
        ";",
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(WORDS, max_size=60).map(" ".join))


@settings(max_examples=120, deadline=None)
@given(text=TEXTS, title=TEXTS, language=st.sampled_from([*PACKS, None]))
def test_every_span_lies_in_its_field(text: str, title: str, language: str | None) -> None:
    one = Article(id="a", title=title, text=text, language=language)
    found = detect(one, PACKS)
    spans = [s for e in found.events for s in (e.span, e.clause, *e.victims, *(f.span for f in e.facts))]
    for span in [*spans, *found.people]:
        assert 0 <= span.start < span.end <= len(one.field(span.field))
    assert all(one.text[e.span.start : e.span.end] == e.trigger for e in found.events if e.span.field == "text")
    assert list(found.events) == list(detect(one, PACKS).events)


@settings(max_examples=120, deadline=None)
@given(text=TEXTS)
def test_a_canonical_text_finds_its_way_back(text: str) -> None:
    form = normalize(text)
    assert len(form.offsets) == len(form.text) + 1
    assert all(0 <= a <= b <= len(text) for a, b in pairwise(form.offsets))


@settings(max_examples=120, deadline=None)
@given(text=TEXTS)
def test_sentences_are_sorted_disjoint_and_hold_every_letter(text: str) -> None:
    spans = split(text)
    assert all(a < b for a, b in spans)
    assert all(left[1] <= right[0] for left, right in pairwise(spans))
    assert sum(len("".join(text[a:b].split())) for a, b in spans) == len("".join(text.split()))


@settings(max_examples=80, deadline=None)
@given(
    markup=st.one_of(
        TEXTS,
        st.lists(st.sampled_from(["<p>", "</p>", "<", ">", "&amp;", "<b", "x", "<!--", "-->", "<script>", "\x00"])).map(
            "".join
        ),
    )
)
def test_cleaning_never_raises_and_leaves_no_control_characters(markup: str) -> None:
    assert not {c for c in clean(markup) if ord(c) < 32 and c != "\n"}


REPEATED = [
    "arrested ", "was ", "police arrested ", "Ana Velt, ", "Ana Velt and ", "not not ", "“charged with “", "arrest of the ", "took took took custody ",
    "who was who was ", "11 May 2020 ", "a", " ", ". ", "\n", "including Ana Velt; ", "protest of the protest ", "(((((", "sentenced to two ", "ចាប់ខ្លួន", "اعتقلت ",
]  # fmt: skip
FEW, MANY = 4_000, 32_000  #: code points: eight times as many may take no more than MAX_RATIO times as long
MAX_RATIO = 18  #: linear is 8 (8.6 was measured), quadratic 64; the rest is for a busy machine


@pytest.mark.parametrize("piece", REPEATED)
def test_time_grows_with_length_and_no_faster(piece: str) -> None:
    language = "km" if "ច" in piece and "km" in PACKS else "en"

    def seconds(length: int) -> float:
        text = (piece * (length // len(piece) + 1))[:length]
        one = article(text, language=language)
        names = tuple(Span("text", at, at + 8) for at in range(0, len(text) - 8, 400))
        best = 9.9
        for _ in range(2):
            start = process_time()
            detect(one, PACKS, names)
            best = min(best, process_time() - start)
        return best

    seconds(1_000)
    assert seconds(MANY) <= max(seconds(FEW), 0.02) * MAX_RATIO
