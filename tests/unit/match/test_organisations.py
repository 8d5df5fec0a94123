"""Organisations are found in the forms grammar makes of their names, and by acronyms their full name vouches for."""

from __future__ import annotations

import pickle

import pytest

from monitor.match import build, match
from monitor.model import Article, Defender, Mention, Strength, Watchlist


def read(text: str, *names: str, title: str = "", kind: str = "organisation") -> tuple[Mention, ...]:
    """The mentions of one organisation with these names."""
    listed = Defender(id="o", kind=kind, name=names[0], names=names[1:])
    return match(Article(id="a", title=title, text=text), build(Watchlist(defenders=(listed,))))


@pytest.mark.parametrize(
    ("name", "text", "surface"),
    [
        ("Лига речных сёл", "Сотрудники Лиги речных сел задержаны.", "Лиги речных сел"),
        ("Ліга річкових сіл", "Обшук у Лізі річкових сіл.", None),
        ("Мемориальный дом Велдана", "Полиция пришла в Мемориальном доме Велдана.", "Мемориальном доме Велдана"),
        ("Σύνδεσμος Ποταμιών", "μέλη του Συνδέσμου Ποταμιών συνελήφθησαν", "Συνδέσμου Ποταμιών"),
        ("Liga Wiosek Rzecznych", "Działacze Ligi Wiosek Rzecznych zatrzymani.", "Ligi Wiosek Rzecznych"),
        ("مركز الأنهار للحقوق", "داهمت الشرطة ومركز الأنهار للحقوق مغلق", "ومركز الأنهار للحقوق"),
        (
            "Veldan Center for River Rights",
            "The Veldan Centre for River Rights was raided.",
            "Veldan Centre for River Rights",
        ),
        ("Nehir Köyleri Birliği", "Nehir Köyleri Birliğinin üyeleri gözaltında.", "Nehir Köyleri Birliğinin"),
        ("သစ်တောကွန်ရက်", "ရဲက သစ်တောကွန်ရက်ကို ဝင်ရောက်ရှာဖွေသည်", "သစ်တောကွန်ရက်"),
        ("河村联盟", "警方搜查了河村联盟的办公室", "河村联盟"),
    ],
)
def test_a_name_is_found_in_its_grammatical_forms(name: str, text: str, surface: str | None) -> None:
    found = read(text, name)
    if surface is None:
        assert all(m.strength is not Strength.STRONG for m in found)
    else:
        assert [(m.surface, m.strength) for m in found] == [(surface, Strength.STRONG)]


def test_a_name_of_one_word_in_another_form_needs_support() -> None:
    assert [m.strength for m in read("Обыск в Правозащите прошел ночью.", "Правозащита")] == [Strength.WEAK]
    assert read("наша правозащите помогает", "Правозащита") == ()


def test_words_that_only_begin_alike_are_another_name() -> None:
    assert read("The Leaguers of Rivers and Villages met.", "League of River Villages") == ()
    assert read("A plan for Veldan Housing was read.", "Veldan House") == ()
    assert read("He left the League. Of river villages he said nothing.", "League of River Villages") == ()


def test_an_acronym_in_brackets_stands_for_the_name_from_there_on() -> None:
    text = "Police searched the League of River Villages (LeRiV). Two members of LeRiV were held."
    found = read(text, "League of River Villages")
    assert [m.surface for m in found] == ["League of River Villages", "LeRiV", "LeRiV"]
    assert {m.strength for m in found} == {Strength.STRONG}


def test_an_acronym_of_initials_counts_only_where_the_full_name_stands() -> None:
    name = "League of River Villages"
    assert [m.surface for m in read("The League of River Villages says LRV was raided.", name)] == [name, "LRV"]
    assert read("LRV was raided.", name) == ()
    assert [m.surface for m in read("The lrv ran. The League of River Villages met.", name)] == [name]


def test_the_full_name_in_the_title_vouches_for_the_text() -> None:
    found = read("Officers went to LRV at dawn.", "League of River Villages", title="League of River Villages raided")
    assert [(m.span.field, m.strength) for m in found] == [("text", Strength.STRONG), ("title", Strength.STRONG)]


def test_a_listed_acronym_alone_is_doubted_in_any_script() -> None:
    assert [m.strength for m in read("Обыск в ЛРС.", "Лига речных сёл", "ЛРС")] == [Strength.WEAK]
    strong = read("Обыск в ЛРС. Лига речных сёл заявила.", "Лига речных сёл", "ЛРС")
    assert {m.strength for m in strong} == {Strength.STRONG}


def test_a_country_in_brackets_is_no_acronym() -> None:
    found = read("The League of River Villages (USA) spoke. The USA answered.", "League of River Villages")
    assert [m.surface for m in found] == ["League of River Villages"]


@pytest.mark.parametrize(
    "odd", ["", "(" * 5000, "League " * 4000, "league of river " * 2000, "\ud800 League (", "ال" * 4000]
)
def test_odd_texts_take_no_time_and_raise_nothing(odd: str) -> None:
    read(odd, "League of River Villages", "مركز الأنهار للحقوق", title=odd[:200])


def test_the_index_survives_a_journey_to_another_process() -> None:
    index = build(Watchlist(defenders=(Defender(id="o", kind="organisation", name="Лига речных сёл"),)))
    found = match(Article(id="a", title="", text="Офис Лиги речных сел закрыт."), pickle.loads(pickle.dumps(index)))
    assert [m.surface for m in found] == ["Лиги речных сел"]
