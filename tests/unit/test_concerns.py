"""What the operator must know of: places gone dark, sources that moved or are gone, our own outage, a test that failed."""

from __future__ import annotations

from datetime import UTC, datetime

from monitor.concerns import concerns
from monitor.model import Source, SourceState

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)


def source(id_: str, country: str = "KH", language: str = "km", group: str = "") -> Source:
    return Source(
        id=id_, name=id_, url="https://x.example/", country=(country,), language=(language,), group=group or id_
    )


def state(id_: str, verdict: str, why: str = "", moved_to: str | None = None) -> SourceState:
    return SourceState(source_id=id_, next_visit=NOW, verdict=verdict, why=why, moved_to=moved_to)


def told(sources: list[Source], *states: SourceState, **more: object) -> list[str]:
    return [c.key for c in concerns(sources, {s.source_id: s for s in states}, **more)]  # type: ignore[arg-type]


def test_a_place_is_dark_when_the_last_of_its_sources_falls_silent() -> None:
    both = [source("a"), source("b")]
    assert told(both, state("a", "silent"), state("b", "heard")) == []
    assert told(both, state("a", "silent"), state("b", "broken")) == ["coverage:KH:km"]


def test_the_cause_keeps_one_house_and_a_whole_country_apart() -> None:
    lost = {s: state(s, "broken") for s in ("a", "b")}
    (one_house,) = concerns([source("a", group="g"), source("b", group="g")], lost)
    (country,) = concerns([source("a"), source("b")], lost)
    assert "one publisher" in one_house.what.casefold()
    assert "whole country" in country.what


def test_languages_of_one_country_that_go_dark_together_are_one_concern() -> None:
    sources = [source("a", language="km"), source("b", language="en")]
    assert told(sources, state("a", "broken"), state("b", "silent")) == ["coverage:KH:en+km"]


def test_while_we_are_cut_off_nobody_else_is_blamed() -> None:
    assert told([source("a")], state("a", "broken"), offline=True) == ["offline"]


def test_a_source_that_moved_names_the_line_to_change() -> None:
    moved = state("a", "moved", "its address has led elsewhere since May", "https://new.example/feed")
    (concern,) = concerns([source("a")], {"a": moved})
    assert concern.key == "moved:a"
    assert "url: https://new.example/feed" in concern.todo


def test_a_source_that_is_gone_and_one_that_breaks_readers_are_told() -> None:
    sources = [source("a"), source("b"), source("c")]
    gone = state("a", "broken", "the publisher says it is gone for good (status 410)")
    assert told(sources, gone, state("b", "hostile"), state("c", "heard")) == ["gone:a", "hostile:b"]


def test_a_quarter_of_the_list_unheard_is_a_concern_of_its_own() -> None:
    sources = [source(f"s{i}") for i in range(16)]
    broken = [state(f"s{i}", "broken") for i in range(4)]
    heard = [state(f"s{i}", "heard") for i in range(4, 16)]
    assert told(sources, *broken, *heard) == ["sources"]
    assert told(sources, *broken[:3], *heard) == []


def test_a_test_article_that_was_lost_is_told_and_one_that_arrived_is_not() -> None:
    (concern,) = concerns([], {}, canaries={"Khmr": "its name was not found", "Latn": ""})
    assert concern.key == "canary:Khmr"
    assert "its name was not found" in concern.what
