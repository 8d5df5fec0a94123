"""The language of a text: its script first, the model where scripts are shared, nothing where it cannot be told."""

from __future__ import annotations

import pickle

import pytest

from monitor.text.language import Identifier, detect, script

KNOWN = Identifier(("en", "es", "fr", "ru", "ar", "km"))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("សកម្មជនត្រូវបានចាប់ខ្លួន", "km"),
        ("นักกิจกรรมถูกจับกุม", "th"),
        ("抗議者が逮捕された", "ja"),
        ("活动人士被捕", "zh"),
        ("Police arrested the leader of the teachers on Monday morning.", "en"),
        ("La policía detuvo al dirigente de los maestros el lunes por la mañana.", "es"),
        ("La police a arrêté le dirigeant des enseignants lundi matin.", "fr"),
        ("Полиция задержала руководителя профсоюза учителей.", "ru"),
        ("اعتقلت الشرطة رئيس نقابة المعلمين صباح الاثنين", "ar"),
    ],
)
def test_a_text_is_known_by_its_letters_and_words(text: str, code: str) -> None:
    assert detect(text, (), KNOWN) == code


@pytest.mark.parametrize("text", ["", "123", "BBC", "— … !"])
def test_a_text_too_short_to_tell_takes_the_word_of_its_source(text: str) -> None:
    assert detect(text, ("fr-CA",), KNOWN) == "fr"
    assert detect(text, (), KNOWN) is None


def test_without_a_model_shared_scripts_stay_open() -> None:
    assert detect("Police arrested the leader of the teachers.", (), None) is None


def test_an_identifier_travels_without_its_model() -> None:
    assert pickle.loads(pickle.dumps(KNOWN)).known == KNOWN.known


@pytest.mark.parametrize(("text", "written"), [("Ana", "Latn"), ("សុខ", "Khmr"), ("12", None), ("Анна", "Cyrl")])
def test_the_script_of_a_text_is_that_of_most_letters(text: str, written: str | None) -> None:
    assert script(text) == written


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("ڕۆژنامەنووسێک لە هەولێر دەستگیر کرا و خێزانەکەی هەواڵی نازانن", "ckb"),
        ("پلیس روز دوشنبه یک روزنامه‌نگار را در خیابان بازداشت کرد", "fa"),
        ("ሓደ ጋዜጠኛ ኣብ ገዛኡ ትማሊ ተኣሲሩ ኣሎ", "ti"),
        ("አንድ ጋዜጠኛ ትናንት በቤቱ ታሰረ", "am"),
    ],
)
def test_languages_the_model_does_not_know_are_told_by_their_letters(text: str, code: str) -> None:
    assert detect(text, (), Identifier(("ckb", "fa", "ti", "am", "ug", "ur", "ps", "ar"))) == code
