"""Who did it, where, with which facts, and whether civic life is touched."""

from __future__ import annotations

import pytest

from monitor.model import Act, Relevance
from tests.unit.detect.reading import read

ARREST = (
    "On 11 May, Pell police arrested the human rights defender Ana Velt in Drenov on charges of “spreading unrest”. "
    "She is currently detained at Drenov Prison 2, where she has access to her lawyer."
)


def test_the_facts_of_a_detention_reach_the_arrest() -> None:
    event = next(e for e in read(ARREST).events if e.act is Act.ARREST)
    facts = {f.key: f.value for f in event.facts}
    assert facts["charge"] == "spreading unrest"
    assert facts["held_at"] == "Drenov Prison 2"
    assert facts["lawyer_contact"] == "access to her lawyer"
    assert (event.by, event.place) == ("police", "Drenov")


def test_every_fact_is_quoted_from_its_span() -> None:
    for event in read(ARREST).events:
        for fact in event.facts:
            assert ARREST[fact.span.start : fact.span.end] == fact.value


@pytest.mark.parametrize(
    ("text", "relevance"),
    [
        ("Police arrested a trade unionist in Pell.", Relevance.CIVIC),
        ("Police arrested ten people at a peaceful protest.", Relevance.CIVIC),
        ("A man was charged with sedition by prosecutors.", Relevance.CIVIC),
        ("Police arrested a man over a bank robbery.", Relevance.OTHER),
        ("Police arrested a man after he beat up a journalist during a robbery.", Relevance.OTHER),
        ("Police arrested Ana Velt.", Relevance.UNCLEAR),
        ("The journalist Ana Velt was arrested on drug charges.", Relevance.CIVIC),
    ],
)
def test_an_arrest_touches_civic_life_only_with_a_cue(text: str, relevance: Relevance) -> None:
    assert {e.relevance for e in read(text).events if e.act in {Act.ARREST, Act.CHARGE}} == {relevance}


def test_a_charge_never_makes_a_listed_person_other() -> None:
    events = read("Police arrested Ana Velt over cocaine.", names=("Ana Velt",)).events
    assert {e.relevance for e in events} == {Relevance.UNCLEAR}


def test_the_headline_sets_the_scene_for_the_text() -> None:
    events = read("Twelve people were detained overnight.", title="Protest in Pell broken up").events
    assert Relevance.CIVIC in {e.relevance for e in events if e.act is Act.DETENTION}


def test_an_empty_article_says_nothing() -> None:
    assert read("").events == ()
