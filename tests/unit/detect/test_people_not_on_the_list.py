"""The people an article names who are not on the list: found with their spans, and nothing else taken for a person."""

from __future__ import annotations

import pytest

from monitor.config.packs import load_packs
from monitor.detect import detect
from monitor.languages.pack import Grammar, LanguagePack, NameWords, Packs
from monitor.model import Article, Span

PACKS = load_packs()


def people(text: str, title: str = "", language: str = "en", listed: tuple[str, ...] = ()) -> list[str]:
    """The surfaces of the people found, in order; listed: names already found by the watchlist."""
    one = Article(id="a", title=title, text=text, language=language)
    spans = tuple(Span("text", at, at + len(name)) for name in listed if (at := text.find(name)) >= 0)
    return [one.field(s.field)[s.start : s.end] for s in detect(one, PACKS, spans).people]


def test_those_taken_together_with_a_listed_person_are_named() -> None:
    text = "Police arrested Sok Dara, Marisol Quintana and Oleh Stadnyk outside the court in Veldan on Friday."
    assert people(text, listed=("Sok Dara",)) == ["Marisol Quintana", "Oleh Stadnyk"]


def test_each_person_is_named_once_at_the_first_place() -> None:
    text = "Marisol Quintana was released. Later Marisol Quintana spoke to reporters. Quintana thanked them."
    assert people(text) == ["Marisol Quintana"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The statement was signed by Foreign Minister Anna Papadaki.", "Anna Papadaki"),
        ("Senators Habib Tounsi and Ruth Okello left early.", "Habib Tounsi"),
        ("The court heard DSP Habib Tounsi on Monday.", "Habib Tounsi"),
        ("Executive director Cheng Wai-lum was led away.", "Cheng Wai-lum"),
        ("Journalist Tendai Chin’onga was freed.", "Tendai Chin’onga"),
        ("Will Marisol Quintana stand trial? He will not say. She will.", "Marisol Quintana"),
        ("María da Silva was detained.", "María da Silva"),
    ],
)
def test_the_name_is_cut_out_of_what_surrounds_it(text: str, name: str) -> None:
    assert name in people(text)


@pytest.mark.parametrize(
    "text",
    [
        "They met at the Brookhaven Institution in South Veldan on Monday.",
        "Officers took them to Addis Tarova, and in Addis Tarova they stayed.",
        "The Foreign Minister spoke in March. Prime Minister and Deputy Director followed.",
        "Read our Privacy Policy. The privacy rules and the policy are new.",
        "Protesters gathered in Freedom Park on Sunday, December 12.",
        "He works for Kenya Telecom and Getaway Nigeria.",
        "The CPP-NPA and the U.S. agreed.",
    ],
)
def test_places_offices_organisations_and_first_words_are_nobody(text: str) -> None:
    assert people(text) == []


def test_a_headline_in_capitals_names_only_whom_the_text_names() -> None:
    text = "Police in Veldan detained the teacher Marisol Quintana on Friday."
    assert people(text, title="Unknown Men Shatter Quiet Evening As Marisol Quintana Falls") == ["Marisol Quintana"]


def test_a_word_with_a_title_is_a_person() -> None:
    assert people("Her lawyer, Ms Quintana, was not let in.") == ["Quintana"]


def test_khmer_names_follow_their_titles() -> None:
    found = people("នគរបាលបានចាប់ខ្លួនលោក សុខ វិសាល នៅភ្នំពេញ។", language="km")
    assert any("វិសាល" in name for name in found)


def test_arabic_names_follow_their_roles_and_lists() -> None:
    text = "اعتقلت الشرطة الناشط سامر عبد الحميد في المدينة."
    assert people(text, language="ar") == ["سامر عبد الحميد"]


@pytest.mark.parametrize(
    ("text", "language", "names"),
    [
        ("Советник США Пол Рэндом прибыл.", "ru", ["Пол Рэндом"]),
        ("Вчера из компании Veldan Джек Росев уволился вместе с другими.", "ru", ["Джек Росев"]),
        ("La Syrie attend. Les Veldanais aussi.", "fr", []),
        ("قال الرئيس إن الحرب انتهت.", "ar", []),
        ("قال الرئيس سيسافر إلى العاصمة.", "ar", []),
    ],
)
def test_states_other_alphabets_and_small_words_are_no_part_of_a_name(
    text: str, language: str, names: list[str]
) -> None:
    assert people(text, language=language) == names


def test_an_adjective_between_title_and_name_is_stepped_over() -> None:
    assert people("قال الرئيس السوداني عمر صالح الحسن", language="ar") == ["عمر صالح"]


def test_spans_point_at_what_was_received() -> None:
    text = "﻿  Police   held  Marisol   Quintana\u200b today."
    one = Article(id="a", title="", text=text, language="en")
    for span in detect(one, PACKS).people:
        assert one.text[span.start : span.end].split() == ["Marisol", "Quintana"]


def test_a_listed_person_is_not_among_the_others() -> None:
    assert people("Police arrested Sok Dara.", listed=("Sok Dara",)) == []


@pytest.mark.parametrize(
    "odd",
    ["", "A " * 3000, "Sok Dara and " * 20_000, "Ab-cd " * 2000, "\ud800 Marisol Quintana", "Mr. " * 900, "លោក" * 2000],
)
def test_odd_texts_are_read_without_error(odd: str) -> None:
    for language in ("en", "km", "ar", None):
        detect(Article(id="a", title=odd[:300], text=odd, language=language), PACKS)


@pytest.mark.parametrize(
    ("script", "titles", "conjunctions", "text", "listed", "names"),
    [
        ("Hani", ("律师", "记者"), ("和", "及"), "警方昨日带走律师林卓贤和陈明发。", "", ["林卓贤", "陈明发"]),
        ("Hani", ("律师",), ("和",), "警方带走了苏达拉、林卓贤。", "苏达拉", ["林卓贤"]),
        (
            "Thai",
            ("นาย", "นางสาว"),
            ("และ",),
            "ตำรวจจับ นายสมชัย รัตนวงศ์ และ นางสาวมาลี สุขใจ ที่ศาล",
            "",
            ["สมชัย รัตนวงศ์", "มาลี สุขใจ"],
        ),
    ],
)
def test_scripts_without_spaces_are_read_by_the_cues_of_their_pack(
    script: str, titles: tuple[str, ...], conjunctions: tuple[str, ...], text: str, listed: str, names: list[str]
) -> None:
    pack = LanguagePack(
        code="xx", name="X", script=script, spaced=False,
        names=NameWords(titles=titles), grammar=Grammar(conjunctions=conjunctions),
    )  # fmt: skip
    at = text.find(listed) if listed else -1
    spans = (Span("text", at, at + len(listed)),) if listed else ()
    found = detect(Article(id="a", title="", text=text, language="xx"), Packs({"xx": pack}), spans).people
    assert [text[s.start : s.end] for s in found] == names
