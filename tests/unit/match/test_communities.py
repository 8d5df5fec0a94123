"""A community is found by a designation beside its place, with no personal name, in several scripts."""

from __future__ import annotations

import pickle

import pytest

from monitor.match import build, match
from monitor.model import Article, Defender, Mention, Strength, Watchlist


def read(text: str, *places: str, name: str = "The river community") -> tuple[Mention, ...]:
    """The mentions of one community of these places."""
    listed = Defender(id="c", kind="community", name=name, places=places)
    return match(Article(id="a", title="", text=text), build(Watchlist(defenders=(listed,))))


@pytest.mark.parametrize(
    ("place", "text", "surface"),
    [
        ("Prey Somrong", "Police beat villagers of Prey Somrong.", "villagers of Prey Somrong"),
        ("Prey Somrong", "Prey Somrong residents were evicted.", "Prey Somrong residents"),
        ("Tarova", "Three indigenous leaders in Tarova were shot.", "leaders in Tarova"),
        ("Tarova", "Los comuneros de Tarova fueron detenidos.", "comuneros de Tarova"),
        ("Tarova", "Líderes indígenas de Tarova denuncian amenazas.", "indígenas de Tarova"),
        ("Tarova", "Les habitants du village de Tarova ont été expulsés.", "habitants du village de Tarova"),
        ("Курганово", "Задержаны жители села Курганова.", "жители села Курганова"),
        ("تاروفا", "اعتقلت الشرطة أهالي قرية تاروفا", "أهالي قرية تاروفا"),
        ("ព្រៃសំរោង", "ប៉ូលិសចាប់អ្នកភូមិព្រៃសំរោង", "អ្នកភូមិព្រៃសំរោង"),
        ("บ้านตะโรวา", "ตำรวจจับชาวบ้านบ้านตะโรวา", "ชาวบ้านบ้านตะโรวา"),
        ("塔罗瓦", "警方拘留塔罗瓦村民", None),
        ("塔罗瓦", "警方拘留塔罗瓦居民", "塔罗瓦居民"),
    ],
)
def test_a_designation_beside_the_place_is_the_community(place: str, text: str, surface: str | None) -> None:
    found = read(text, place)
    assert [m.strength for m in found] == [Strength.STRONG]
    assert surface is None or found[0].surface == surface


def test_people_who_only_are_at_the_place_are_doubted() -> None:
    assert [m.strength for m in read("Forty people in Tarova were killed by the flood.", "Tarova")] == [Strength.WEAK]
    assert [m.strength for m in read("Police beat protesters in Tarova.", "Tarova")] == [Strength.WEAK]


def test_a_loose_word_that_the_entry_calls_them_by_is_theirs() -> None:
    found = read("Police beat monks of Tarova.", "Tarova", name="Forest monks of Tarova")
    assert {m.strength for m in found} == {Strength.STRONG}


@pytest.mark.parametrize(
    "text",
    [
        "Rain fell on Tarova. Farmers rejoiced.",
        "The villagers left, and Tarova was quiet.",
        "Villagers of Tarovanka met.",
        "Tarova is a town.",
    ],
)
def test_a_place_or_a_designation_alone_is_nobody(text: str) -> None:
    assert read(text, "Tarova") == ()


@pytest.mark.parametrize(
    "odd", ["", "villagers of " * 3000, "Tarova " * 4000, "Tarova people " * 2000, "\udc00 Tarova"]
)
def test_odd_texts_raise_nothing(odd: str) -> None:
    read(odd, "Tarova")


def test_the_places_survive_a_journey_to_another_process() -> None:
    listed = Defender(id="c", kind="community", name="x y", places=("Tarova",))
    index = pickle.loads(pickle.dumps(build(Watchlist(defenders=(listed,)))))
    assert match(Article(id="a", title="", text="Tarova villagers met."), index)[0].watch == "c"
