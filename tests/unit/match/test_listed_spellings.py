"""What matching finds letter by letter, and what it says about it. All people are invented."""

from __future__ import annotations

import pickle

import pytest

from monitor.match import Index, build, match
from monitor.model import Article, Defender, Mention, Strength, Watchlist


def index_of(*defenders: Defender) -> Index:
    return build(Watchlist(defenders=defenders))


def read(index: Index, text: str, title: str = "", country: tuple[str, ...] = ()) -> tuple[Mention, ...]:
    return match(Article(id="a", title=title, text=text, country=country), index)


DARA = Defender(
    id="kh-1",
    name="Sok Dara",
    names=("សុខ ដារ៉ា", "Дара Сок", "苏达拉", "ดารา สก", "سوك دارا"),
    known_as=("the lawyer of the river villages",),
    country=("KH",),
    organisations=("Example Students' League",),
    against=("footballer", "minister of tourism"),
)


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("Police detained Sok Dara at dawn.", "Sok Dara"),
        ("Police detained Dara Sok at dawn.", "Dara Sok"),
        ("POLICE DETAIN SOK DARA", "SOK DARA"),
        ("Police detained Sók-Dara at dawn.", "Sók-Dara"),
        ("Sok\u200b Dara’s arrest", "Sok\u200b Dara"),
        ("List: Dara, Sok; others.", "Dara, Sok"),
        ("នគរបាលចាប់ខ្លួនលោកសុខ ដារ៉ានៅភ្នំពេញ", "សុខ ដារ៉ា"),
        ("នគរបាលចាប់ខ្លួនលោកសុខដារ៉ានៅភ្នំពេញ", "សុខដារ៉ា"),
        ("Полиция задержала: Дара Сок.", "Дара Сок"),
        ("警方拘留苏达拉三天", "苏达拉"),
        ("ตำรวจจับกุมนายดารา สกที่บ้าน", "ดารา สก"),
        ("اعتقلت الشرطة سُوك دارا أمس", "سُوك دارا"),
        ("លោក Sok Daraត្រូវបានចាប់ខ្លួន", "Sok Dara"),
        ("Villagers praise the lawyer of the river villages.", "the lawyer of the river villages"),
    ],
)
def test_a_listed_name_is_found_in_its_spellings(text: str, surface: str) -> None:
    (mention,) = read(index_of(DARA), text)
    assert mention.surface == surface
    assert text[mention.span.start : mention.span.end] == surface
    assert mention.watch == "kh-1"
    assert mention.strength is Strength.STRONG
    assert mention.reasons


@pytest.mark.parametrize(
    "text",
    [
        "Sokha Dara spoke.",
        "Sok Darany spoke.",
        "He left Sok. Dara stayed.",
        "Dara spoke, and so did Vanna Sok.",
        "ดารา สกุล",
        "",
        " ",
        "\u0301",
    ],
)
def test_parts_of_other_words_and_lone_parts_are_no_mention(text: str) -> None:
    assert read(index_of(DARA), text) == ()


def test_a_name_is_never_joined_over_title_and_text() -> None:
    assert read(index_of(DARA), "Dara was taken.", title="Arrest of Sok") == ()


def test_a_part_alone_counts_after_the_full_name_and_beside_nobody_elses() -> None:
    found = read(
        index_of(DARA), "Sok Dara was taken. Dara is well. Dara Kim is free. Mr Dara slept. A friend met dara."
    )
    assert [(m.surface, m.span.start) for m in found] == [("Sok Dara", 0), ("Dara", 20), ("Dara", 55)]


def test_a_part_before_the_full_name_is_not_counted() -> None:
    found = read(index_of(DARA), "Dara is well. Sok Dara was freed.")
    assert [m.surface for m in found] == ["Sok Dara"]


def test_two_defenders_of_one_name_are_ambiguous() -> None:
    other = Defender(id="th-1", name="Sok Dara", country=("TH",))
    found = read(index_of(DARA, other), "Police detained Sok Dara.")
    assert [(m.watch, m.strength) for m in found] == [("kh-1", Strength.AMBIGUOUS), ("th-1", Strength.AMBIGUOUS)]


@pytest.mark.parametrize(
    "text",
    [
        "Police detained Sok Dara of the Example Students’ League.",
        "The Example Students' League says: Sok Dara is held.",
    ],
)
def test_context_tells_two_defenders_apart(text: str) -> None:
    other = Defender(id="th-1", name="Sok Dara", country=("TH",))
    found = {m.watch: m.strength for m in read(index_of(DARA, other), text)}
    assert found == {"kh-1": Strength.STRONG, "th-1": Strength.WEAK}


def test_the_country_of_the_source_tells_two_defenders_apart() -> None:
    other = Defender(id="th-1", name="Sok Dara", country=("TH",))
    found = {m.watch: m.strength for m in read(index_of(DARA, other), "Police detained Sok Dara.", country=("TH",))}
    assert found == {"kh-1": Strength.WEAK, "th-1": Strength.STRONG}


@pytest.mark.parametrize(
    "text",
    [
        "The footballer Sok Dara scored.",
        "Sok Dara, a young footballer, scored.",
        "The minister of tourism, Sok Dara, smiled.",
        "Sok Dara is a footballer.",
    ],
)
def test_a_word_of_the_not_list_attached_to_the_name_weakens_it(text: str) -> None:
    (mention,) = read(index_of(DARA), text)
    assert mention.strength is Strength.WEAK
    assert any("somebody else" in r for r in mention.reasons)


@pytest.mark.parametrize(
    "text",
    ["Sok Dara was taken. A footballer protested.", "Police took Sok Dara, who met the minister of tourism last year."],
)
def test_a_word_of_the_not_list_elsewhere_changes_nothing(text: str) -> None:
    assert read(index_of(DARA), text)[0].strength is Strength.STRONG


@pytest.mark.parametrize(
    "text", ["Police detained the wife of Sok Dara.", "Sok Dara's brother was beaten.", "La esposa de Sok Dara habló."]
)
def test_a_relative_is_not_the_defender(text: str) -> None:
    assert {m.strength for m in read(index_of(DARA), text)} == {Strength.WEAK}


def test_a_listed_phrase_outranks_the_bare_name_inside_it() -> None:
    wife = Defender(id="kh-2", name="Chan Lina", known_as=("wife of Sok Dara",))
    found = read(index_of(DARA, wife), "Police detained the wife of Sok Dara.")
    assert [(m.watch, m.surface, m.strength) for m in found] == [("kh-2", "wife of Sok Dara", Strength.STRONG)]


def test_a_single_listed_name_needs_support() -> None:
    index = index_of(Defender(id="id-1", name="Wijayanti", country=("ID",)))
    assert read(index, "Polisi menahan Wijayanti.")[0].strength is Strength.WEAK
    assert read(index, "Polisi menahan Wijayanti.", country=("ID",))[0].strength is Strength.STRONG


def test_a_name_in_small_letters_is_doubted_where_others_have_capitals() -> None:
    index = index_of(Defender(id="x", name="Will Young"))
    assert read(index, "In March will young people vote?")[0].strength is Strength.WEAK
    assert read(index, "police detained will young at dawn")[0].strength is Strength.STRONG


def test_an_organisation_is_found_by_name_and_its_acronym_in_capitals_alone() -> None:
    index = index_of(
        Defender(id="o", kind="organisation", name="League of River Villages", names=("CARE",), places=("Kampot",))
    )
    assert [m.surface for m in read(index, "They care. The League of River Villages closed.")] == [
        "League of River Villages"
    ]
    assert [m.strength for m in read(index, "CARE was raided in Kampot.")] == [Strength.STRONG]
    assert [m.strength for m in read(index, "CARE was raided.")] == [Strength.WEAK]


def test_a_middle_name_may_be_left_out_and_given_names_shortened() -> None:
    index = index_of(Defender(id="x", name="Ramona Ester Quillan", country=("PE",)))
    assert read(index, "Detienen a Ramona Quillan.")[0].strength is Strength.STRONG
    assert read(index, "Detienen a R. E. Quillan.")[0].strength is Strength.WEAK


def test_an_index_survives_a_journey_to_another_process() -> None:
    index = pickle.loads(pickle.dumps(index_of(DARA)))
    assert [m.surface for m in read(index, "Police detained Sok Dara.")] == ["Sok Dara"]


def test_an_empty_watchlist_finds_nobody() -> None:
    assert read(index_of(), "Police detained Sok Dara.") == ()


def test_a_lone_surrogate_beside_a_name_hides_nothing() -> None:
    index = build(Watchlist(defenders=(Defender(id="a", name="Sok Dara"),)))
    found = match(Article(id="x", title="\ud83d", text="\udc00 Sok Dara\ud800 was arrested"), index)
    assert [(m.watch, m.span.start, m.span.end) for m in found] == [("a", 2, 10)]
