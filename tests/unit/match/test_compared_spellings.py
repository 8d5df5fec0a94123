"""Two spellings of one name are told from the names of two people, in any script."""

from __future__ import annotations

import pytest

from monitor.match.compare import SAME_AT, compare

ONE_PERSON = [
    ("Marisol Quintana", "Quintana, Marisol"),
    ("Dr. Marisol Quintana", "Marisol Quintana"),
    ("Marisol Quintana", "Marisol Elena Quintana"),
    ("M. Quintana", "Marisol Quintana"),
    ("Jiří Novotný", "Jirzi Novotny"),
    ("Oleh Stadnyk", "Олег Стадник"),
    ("Sergei Vladimirovich Kolesov", "Сергей Колесов"),
    ("Abdul Rahman al-Khatib", "عبد الرحمن الخطيب"),
    ("Sok Dara", "សុខ ដារ៉ា"),
    ("Somchai Rattanakul", "สมชาย รัตนกุล"),
    ("Kim Min-seo", "김민서"),
    ("Lam Cheuk-yin", "林卓賢"),
    ("Tan Beng Huat", "陈明发"),
    ("Wang Jiahui", "王佳慧"),
    ("Takeshi Yamamoto", "ヤマモト・タケシ"),
    ("Meera Krishnan", "मीरा कृष्णन"),
    ("Nino Beridze", "ნინო ბერიძე"),
    ("Anna Papadaki", "Άννα Παπαδάκη"),
    ("Bill Harrowgate", "William Harrowgate"),
    ("MARISOLQuintana", "Marisol Quintana"),
    ("Mohamed Abdelaziz", "Mohammed Abdel Aziz"),
    ("Emmanuel Durand", "Emanuel Durand"),
]
TWO_PEOPLE = [
    ("Marisol Quintana", "Marisol Barreto"),
    ("Marisol Quintana", "Lucia Quintana"),
    ("Ahmad bin Hasan al-Tawil", "Hasan bin Ahmad al-Tawil"),
    ("Kim Min-seo", "김서준"),
    ("김민서", "김민수"),
    ("Lam Cheuk-yin", "林卓輝"),
    ("Oleh Stadnyk", "Олександр Стаднюк"),
    ("Sok Dara", "Sok Visal"),
    ("Habib ben Ali Tounsi", "Habib ben Omar Tounsi"),
    ("Anna Papadaki", "Иван Соколов"),
]


@pytest.mark.parametrize(("one", "other"), ONE_PERSON)
def test_spellings_of_one_person_are_taken_for_one(one: str, other: str) -> None:
    assert compare(one, other).score >= SAME_AT, compare(one, other)


@pytest.mark.parametrize(("one", "other"), TWO_PEOPLE)
def test_names_of_two_people_are_kept_apart(one: str, other: str) -> None:
    assert compare(one, other).score < SAME_AT, compare(one, other)


@pytest.mark.parametrize(("one", "other"), ONE_PERSON + TWO_PEOPLE)
def test_the_order_of_asking_makes_no_difference(one: str, other: str) -> None:
    assert compare(one, other).score == compare(other, one).score


@pytest.mark.parametrize(
    "odd", ["", " ", "—", "\u202e", "0", "a" * 10_000, "é" * 500 + " x" * 500, "\ud800", "ก์" * 90, "..,,"]
)
def test_odd_names_get_a_score_and_no_error(odd: str) -> None:
    for other in ("Sok Dara", odd):
        assert 0.0 <= compare(odd, other).score <= 1.0


def test_a_name_without_letters_is_nobody() -> None:
    found = compare("…", "Sok Dara")
    assert found.score == 0.0
    assert not found.same


def test_the_reasons_say_which_words_answer_and_which_do_not() -> None:
    turned = compare("Sok Dara", "Dara Sok")
    assert any("order" in r for r in turned.reasons)
    parted = compare("Marisol Quintana", "Marisol Barreto")
    assert any("quintana" in r and "barreto" in r for r in parted.reasons)


def test_a_nearer_spelling_scores_higher_than_a_farther_one() -> None:
    near, far = compare("Marisol Quintana", "Marisol Kintana"), compare("Marisol Quintana", "Marisol Quiroga")
    assert near.score > far.score
