"""To whom it was done: the names in the victim's place, and nobody else."""

from __future__ import annotations

import pytest

from monitor.model import Act, Relation
from tests.unit.detect.reading import befallen, read, victims

TAKEN = {"Ana Velt"}


@pytest.mark.parametrize(
    "text",
    [
        "The journalist Ana Velt was arrested on Monday.",
        "Police arrested the journalist Ana Velt on Monday.",
        "Ana Velt, a lawyer for the dockers of Pell, was arrested on Monday.",
        "Ana Velt, 34, was arrested on Monday.",
        "The union condemned the arrest of Ana Velt.",
        "Colleagues learned of Ana Velt’s arrest.",
        "They deplored cases including the arrest of the vice president of DOKA, Ana Velt, who was taken away on Monday.",
        "The minister Bo Arman said that Ana Velt was arrested on Monday.",
        "Ana Velt was arrested by officer Bo Arman.",
        "Officials took Ana Velt into custody and she was arrested.",
        "One example is the case of Ana Velt, a young reporter who was arrested on Monday.",
        "Ana Velt, 42, a leader from Pell, Drenov was arrested on Monday.",
        "Another Daily Pell journalist, Ana Velt, was arrested.",
        "On 13 May, Velda police arrested human rights defender Ana Velt after the Velda Court issued an order for her arrest.",
    ],
)
def test_the_person_taken_is_found_and_no_other(text: str) -> None:
    assert befallen(text, "arrest") == TAKEN


@pytest.mark.parametrize(
    "text",
    [
        "Ana Velt, Osk Brandel and Mira Solen were arrested on Monday.",
        "Police arrested Ana Velt, Osk Brandel and Mira Solen.",
        "Police arrested the teachers Ana Velt, 34, Osk Brandel, 51, and Mira Solen.",
        "Ana Velt (Pell East), Osk Brandel (Pell West) and Mira Solen were arrested.",
        "The three arrested were identified as Ana Velt of Pell, Osk Brandel of Drenov, and Mira Solen.",
        "The arrest of Ana Velt, Osk Brandel and Mira Solen was confirmed.",
        "Police arrested five activists, including Ana Velt, Osk Brandel and Mira Solen.",
        "Among those arrested were Ana Velt, 34, a teacher; Osk Brandel, head of the dockers; and Mira Solen.",
        "Police arrested three activists. They were identified as Ana Velt, Osk Brandel and Mira Solen.",
        "Police arrested three activists. The three are Ana Velt, 34; Osk Brandel, 51; and Mira Solen, 19.",
        "The arrested are named below. Those arrested by police are the following:\n\nAna Velt\nOsk Brandel, a teacher\n- Mira Solen, DOKA\n",
        "Among those arrested in the raid were:\nAna Velt\n2. Osk Brandel, a teacher\nMira Solen, of the dockers' union",
    ],
)
def test_everybody_in_a_list_is_found(text: str) -> None:
    assert befallen(text, "arrest") == {"Ana Velt", "Osk Brandel", "Mira Solen"}


def test_a_list_ends_where_no_line_begins_with_a_name() -> None:
    text = "Police arrested two activists:\nAna Velt\nOsk Brandel\nThe raid lasted an hour.\nMira Solen, a neighbour, watched it."
    assert befallen(text, "arrest") == {"Ana Velt", "Osk Brandel"}


@pytest.mark.parametrize(
    "text",
    [
        "Still in detention, however, are the unionist Ana Velt and the organisers Osk Brandel and Mira Solen.",
        "They were identified as Ana Velt, 35, Osk Brandel, 26, and Mira Solen, and were questioned before being jailed.",
        "Ana Velt, Osk Brandel and Mira Solen said that they were detained at the border.",
    ],
)
def test_everybody_in_a_list_is_held(text: str) -> None:
    assert befallen(text, "detention") == {"Ana Velt", "Osk Brandel", "Mira Solen"}


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("The four men convicted of murdering the reporter Ana Velt were freed on Monday.", "release"),
        ("The court freed the man who murdered the reporter Ana Velt.", "release"),
        (
            "The court ordered the release of Osk Brandel, the man convicted of kidnapping the reporter Ana Velt.",
            "release",
        ),
        ("The conviction of the killers of the reporter Ana Velt was overturned.", "sentence"),
    ],
)
def test_what_befell_the_doers_did_not_befall_their_victim(text: str, act: str) -> None:
    assert "Ana Velt" not in befallen(text, act)


def test_one_of_those_arrested_was_arrested() -> None:
    assert befallen("Ana Velt is one of the six unionists arrested on Monday.", "arrest") == TAKEN


def test_another_name_in_brackets_is_the_same_person() -> None:
    assert befallen("Ana Velt (Anna Welt) was arrested on Monday.", "arrest") == {"Ana Velt", "Anna Welt"}


def test_an_adjective_of_a_people_is_no_name() -> None:
    assert befallen("Ana Velt, a Veldan woman, was arrested.", "arrest") == TAKEN


def test_two_entries_that_fit_the_same_words_do_not_end_a_list() -> None:
    found = read("Police arrested Ana Velt and Osk Brandel.", names=("Ana Velt", "Ana Velt", "Osk Brandel"))
    assert {v.start for e in found.events for v in e.victims} == {16, 29}


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("Police arrested the wife of Ana Velt.", Relation.RELATIVE),
        ("The brother of the activist Ana Velt was arrested.", Relation.RELATIVE),
        ("Ana Velt's lawyer was arrested.", Relation.LAWYER),
        ("A colleague of Ana Velt was arrested.", Relation.COLLEAGUE),
    ],
)
def test_somebody_taken_because_of_another_is_told_as_their_relation(text: str, relation: Relation) -> None:
    event = next(e for e in read(text).events if e.act is Act.ARREST)
    assert (event.relation, victims(event, text)) == (relation, TAKEN)


def test_a_pronoun_stands_for_the_person_last_told_of() -> None:
    text = "Ana Velt is a teacher from Pell. On Monday she was arrested."
    assert befallen(text, "arrest") == TAKEN


def test_a_lone_surname_also_gives_the_full_name() -> None:
    text = "Police surrounded the house of Ana Velt. Velt was arrested at noon."
    assert befallen(text, "arrest") == {"Velt", "Ana Velt"}


def test_a_headline_without_a_verb_names_its_victim() -> None:
    assert befallen("They meet.", "arrest", title="Activist Ana Velt arrested in Pell") == TAKEN


def test_a_group_without_names_has_no_victim() -> None:
    assert befallen("Mayor Bo Arman watched as two activists were arrested.", "arrest") == set()


def test_names_found_by_the_list_count_where_letters_have_no_capitals() -> None:
    found = read("yesterday police arrested ana velt.", names=("ana velt",))
    assert any(e.act is Act.ARREST and e.victims for e in found.events)


def test_people_are_names_that_are_not_on_the_list() -> None:
    text = "Police arrested Ana Velt and Osk Brandel in Old Pell."
    found = read(text, names=("Ana Velt",))
    assert [text[p.start : p.end] for p in found.people] == ["Osk Brandel"]
