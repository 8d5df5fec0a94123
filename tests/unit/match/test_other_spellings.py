"""What matching finds in other spellings, how it tells it, and what it leaves alone. All people are invented."""

from __future__ import annotations

import pickle

import pytest

from monitor.match import Index, build, match
from monitor.match.believe import asked
from monitor.model import Article, Defender, Mention, Strength, Watchlist


def index_of(*defenders: Defender) -> Index:
    return build(Watchlist(defenders=defenders))


def read(index: Index, text: str) -> tuple[Mention, ...]:
    return match(Article(id="a", title="", text=text), index)


BARTON = Defender(id="x-1", name="Melinda Barrington")


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("Полиция задержала Мелинду Баррингтон утром.", "Мелинду Баррингтон"),
        ("Поліція затримала Мелінді Баррінгтон.", "Мелінді Баррінгтон"),
        ("اعتقلت الشرطة ميليندا بارينغتون أمس.", "ميليندا بارينغتون"),
        ("پلیس ملیندا برینگتون را بازداشت کرد.", "ملیندا برینگتون"),
        ("המשטרה עצרה את מלינדה ברינגטון אתמול.", "מלינדה ברינגטון"),
        ("पुलिस ने मेलिंडा बैरिंगटन को गिरफ्तार किया।", "मेलिंडा बैरिंगटन"),
        ("পুলিশ মেলিন্ডা ব্যারিংটনকে গ্রেপ্তার করেছে।", "মেলিন্ডা ব্যারিংটনকে"),
        ("போலீசார் மெலிண்டா பாரிங்டனை கைது செய்தனர்.", "மெலிண்டா பாரிங்டனை"),
        ("ตำรวจจับกุมเมลินดา แบร์ริงตันเมื่อวานนี้", "เมลินดา แบร์ริงตัน"),
        ("警察はメリンダ・バリントンを逮捕した。", "メリンダ・バリントン"),
        ("경찰이 멜린다 배링턴을 체포했다.", "멜린다 배링턴"),
        ("Η αστυνομία συνέλαβε τη Μελίντα Μπάρινγκτον.", "Μελίντα Μπάρινγκτον"),
        ("პოლიციამ დააკავა მელინდა ბარინგტონი.", "მელინდა ბარინგტონი"),
        ("ፖሊስ ሜሊንዳ ባሪንግተንን አሰረ።", "ሜሊንዳ ባሪንግተንን"),
        ("Policie zadržela Melindu Barringtonovou.", "Melindu Barringtonovou"),
        ("Policija aizturēja Melindu Beringtoni.", "Melindu Beringtoni"),
        ("Polis Barrington Melinda'yı gözaltına aldı.", "Barrington Melinda"),
    ],
)
def test_a_latin_name_is_found_as_others_write_it(text: str, surface: str) -> None:
    (mention,) = read(index_of(BARTON), text)
    assert mention.surface == surface
    assert text[mention.span.start : mention.span.end] == mention.surface
    assert mention.strength is Strength.STRONG
    assert any("spelling" in r or "listed" in r or "reversed" in r for r in mention.reasons)


@pytest.mark.parametrize(
    "text",
    [
        "Melissa Burlington met Belinda Harrison in March.",
        "Мелани Берлингтон встретила Белинду Харрисон.",
        "melinda barriers were ringed around the town of Melin.",
        "اعلنت الحكومة عن ميزانية جديدة للبلاد",
        "ตำรวจไม่ได้จับกุมใครเมื่อวานนี้ ที่บ้านเมือง",
    ],
)
def test_other_names_and_words_are_left_alone(text: str) -> None:
    assert [m for m in read(index_of(BARTON), text) if m.strength is Strength.STRONG] == []


@pytest.mark.parametrize(
    ("text", "surface"),
    [
        ("Полиция задержала Ивана Заречного.", "Ивана Заречного"),
        ("Суд отпустил Заречного Ивана.", "Заречного Ивана"),
        ("Дело о Иване Заречном.", "Иване Заречном"),
    ],
)
def test_a_native_name_is_found_in_its_cases(text: str, surface: str) -> None:
    (mention,) = read(index_of(Defender(id="r", name="Ivan Zarechny", names=("Иван Заречный",))), text)
    assert (mention.surface, mention.strength) == (surface, Strength.STRONG)


def test_letters_of_another_alphabet_do_not_hide_a_name_and_are_told() -> None:
    text = "Police detained Mеlinda Bаrrington."
    (mention,) = read(index_of(BARTON), text)
    assert mention.surface == "Mеlinda Bаrrington"
    assert any("look the same" in r for r in mention.reasons)


def test_longer_lists_ask_for_more_evidence() -> None:
    assert asked(1) == asked(2) < asked(1_000) < asked(100_000)


def test_the_memory_of_words_stays_at_home() -> None:
    index = index_of(BARTON)
    text = "Полиция задержала Мелинду Баррингтон."
    before = read(index, text)
    again = pickle.loads(pickle.dumps(index))
    assert len(again.memory) == 0
    assert read(again, text) == before


def test_a_community_is_found_by_a_designation_beside_its_place() -> None:
    index = index_of(
        Defender(id="c", kind="community", name="Villagers of Prey Somrong", places=("Prey Somrong", "ព្រៃសំរោង"))
    )
    assert [m.surface for m in read(index, "Police beat residents of the commune of Prey Somrong.")] == [
        "residents of the commune of Prey Somrong"
    ]
    assert [m.surface for m in read(index, "Prey Somrong farmers were beaten.")] == ["Prey Somrong farmers"]
    assert [m.surface for m in read(index, "ប៉ូលិសចាប់អ្នកភូមិព្រៃសំរោង")] == ["អ្នកភូមិព្រៃសំរោង"]
    assert read(index, "Rain fell on Prey Somrong. Farmers rejoiced.") == ()


def test_an_acronym_counts_after_the_long_name() -> None:
    index = index_of(Defender(id="o", kind="organisation", name="League of River Villages"))
    found = read(index, "LRV spoke. The League of River Villages was raided. LRV is closed; lrv is not.")
    assert [m.surface for m in found] == ["League of River Villages", "LRV"]
