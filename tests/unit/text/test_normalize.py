"""One spelling per script, and the way back to what was received."""

from __future__ import annotations

import pytest

from monitor.text.normalize import normalize
from monitor.text.sentences import MAX_CHARS, split


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("POLICE", "police"),
        ("أحمد", "احمد"),
        ("مـــحـمد", "محمد"),
        ("عَلِيّ", "علي"),
        ("می\u200cشود", normalize("ميشود").text),
        ("ёлка", "елка"),
        ("İstanbul ISI", "istanbul isi"),
        ("１２３", "123"),
        ("១២", "12"),
        ("o’Neil", "o'neil"),
        ("e\u0301te\u0301", "été"),
        ("ចាប់ខ្លួន", "ចាប់ខ្លួន"),
        ("நான்", "நான்"),
        ("a  b", "a b"),
    ],
)
def test_spellings_of_one_word_become_one(text: str, expected: str) -> None:
    assert normalize(text).text == expected


@pytest.mark.parametrize("text", ["Ana  Velt", "e\u0301te\u0301 x", "مـــحـمد هنا", "…und ﬁn"])
def test_a_place_in_the_canonical_text_leads_back(text: str) -> None:
    form = normalize(text)
    last = form.text.split()[-1]
    start, end = form.back(form.text.rindex(last), form.text.rindex(last) + len(last))
    assert normalize(text[start:end]).text == last


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("He met Dr. Velt. She left.", 2),
        ("J. Velt was arrested.", 1),
        ("One! Two? Three…", 3),
        ("ឃាត់ខ្លួន។ ដោះលែង។", 2),
        ("逮捕。釈放。", 2),
        ("line one\nline two", 2),
        ("He said “Stop.” Then he left.", 2),
        ("", 0),
    ],
)
def test_sentences_end_where_readers_stop(text: str, count: int) -> None:
    assert len(split(text)) == count


def test_a_text_without_stops_is_cut_at_blanks() -> None:
    spans = split("word " * 2_000)
    assert len(spans) > 1
    assert all(b - a <= MAX_CHARS for a, b in spans)
