"""Really, and now: what happened, what is remembered, feared, denied or asked for."""

from __future__ import annotations

import pytest

from tests.unit.detect.reading import read, told


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("The activist Ana Velt was arrested on Monday.", "actual"),
        ("The activist Ana Velt was not arrested.", "negated"),
        ("Police denied that the activist Ana Velt had been arrested.", "negated"),
        ("The activist Ana Velt could be arrested.", "hypothetical"),
        ("If the activist returns, she will be arrested.", "future"),
        ("The activist Ana Velt was arrested in March 2019.", "historical"),
        ("The activist Ana Velt had been arrested twice.", "historical"),
        ("The arrest of the activist Ana Velt sparked protests.", "historical"),
        ("The jailed activist Ana Velt wrote a letter.", "historical"),
        ("A crowd demanded that the general be arrested.", "demanded"),
    ],
)
def test_an_arrest_is_told_as_it_is(text: str, aspect: str) -> None:
    assert {a for act, a in told(text) if act in {"arrest", "detention"}} == {aspect}


def test_a_demanded_release_is_no_release_but_says_that_somebody_is_held() -> None:
    found = told("Her party called for the release of the activist Ana Velt.")
    assert found == {("release", "demanded"), ("detention", "historical")}


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("Ana Velt, an activist, is thought to be under house arrest.", "actual"),
        ("Ana Velt, an activist, is to be placed under house arrest.", "future"),
        ("Reporters such as Ana Velt are routinely placed under house arrest.", "historical"),
    ],
)
def test_a_house_arrest_is_told_as_it_is(text: str, aspect: str) -> None:
    assert ("house_arrest", aspect) in told(text)


def test_what_should_be_done_has_not_been_done() -> None:
    assert ("organisation_closure", "actual") not in told(
        "Police told the union to shut down its office for the activists."
    )


def test_a_month_alone_says_nothing_of_today_where_nobody_says_when_it_was_written() -> None:
    text = "Ana Velt, an activist, was arrested in November and questioned."
    assert told(text, published=None) == {("arrest", "historical")}
    assert told("Police banned the protest march of the activists.", published=None) == {("assembly_ban", "actual")}


def test_an_attack_on_somebody_who_was_killed_is_the_killing() -> None:
    text = "The reporter Ana Velt was shot on Monday. Ana Velt was murdered for her work, says her union."
    assert {act for act, _ in told(text)} == {"killing"}
    assert ("attack", "actual") in told("The reporter Ana Velt was shot on Monday. Osk Brandel was murdered on Friday.")


def test_an_event_older_than_a_month_is_background_even_in_plain_past() -> None:
    assert told("Ana Velt, an activist, was arrested on 1 March 2024.") == {("arrest", "historical")}


def test_without_a_day_of_publication_no_day_counts_as_old() -> None:
    assert told("Ana Velt, an activist, was arrested on 1 March 2014.", published=None) == {("arrest", "actual")}


def test_every_event_gives_its_reasons() -> None:
    for event in read("Police arrested the activist Ana Velt, who had been jailed before.").events:
        assert len(event.reasons) >= 3
