"""The shipped sources.yaml: wide enough, honest about where each address was seen, and readable by the program itself."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from monitor.config import load_sources
from monitor.model import Source

FILE = Path(__file__).resolve().parents[2] / "sources.yaml"
SCHEMA_LINE = "# yaml-language-server: $schema=schemas/sources.schema.json"
MIN_SOURCES = 60
MIN_NEWS_COUNTRIES = 25
MIN_LANGUAGES = 15
MIN_CAMBODIAN = 6
MAX_UNSEEN_SHARE = 0.15
MAX_SOURCES_OF_STATES = 0.2  #: of all; claims of the powerful are heard, they do not set the tone

NEWS = {"independent", "state"}
NAMED = {
    *(
        "front-line-defenders",
        "amnesty-international",
        "human-rights-watch",
        "fidh",
        "omct",
        "civicus-monitor",
        "cpj",
        "rsf",
    ),
    *("ifex", "access-now", "article-19", "global-voices-advox", "ohchr", "un-news-human-rights"),
    *("licadho", "cchr", "rfa-khmer", "voa-khmer", "rfi-khmer", "camboja-news"),
}


@pytest.fixture(scope="module")
def text() -> str:
    return FILE.read_text("utf-8")


@pytest.fixture(scope="module")
def sources() -> tuple[Source, ...]:
    return tuple(load_sources(FILE))


def _remarks(text: str) -> dict[str, str]:
    """The comment lines right above each item, by the item's id."""
    found: dict[str, str] = {}
    above: list[str] = []
    for line in text.splitlines():
        stripped = line.strip()
        if item := re.match(r"- id: \"?([\w-]+)", stripped):
            found[item.group(1)] = "\n".join(above)
        above = [*above, stripped] if stripped.startswith("#") else []
    return found


def test_the_first_line_tells_editors_the_schema(text: str) -> None:
    assert text.splitlines()[0] == SCHEMA_LINE


def test_there_are_many_sources_with_ids_and_addresses_of_their_own(sources: tuple[Source, ...]) -> None:
    assert len(sources) >= MIN_SOURCES
    assert len({s.id for s in sources}) == len(sources)
    addresses = {re.sub(r"^https?://(www\.)?", "", s.url).rstrip("/").lower() for s in sources}
    assert len(addresses) == len(sources)


def test_news_of_many_countries_in_many_languages_is_heard(sources: tuple[Source, ...]) -> None:
    assert len({c for s in sources if s.publisher in NEWS for c in s.country}) >= MIN_NEWS_COUNTRIES
    assert len({tag for s in sources for tag in s.language}) >= MIN_LANGUAGES


def test_cambodia_is_heard_in_khmer_and_from_every_kind_of_publisher(sources: tuple[Source, ...]) -> None:
    cambodian = [s for s in sources if "KH" in s.country]
    assert len(cambodian) >= MIN_CAMBODIAN
    assert len({s.group or s.id for s in cambodian if "km" in s.language}) >= MIN_CAMBODIAN
    assert {s.publisher for s in cambodian} >= {"ngo", "independent", "state"}


def test_the_organisations_defenders_rely_on_are_among_them(sources: tuple[Source, ...]) -> None:
    assert NAMED - {s.id for s in sources} == set()


def test_each_source_says_where_its_address_was_seen(text: str, sources: tuple[Source, ...]) -> None:
    remarks = _remarks(text)
    assert [s.id for s in sources if not re.search(r"^# seen: \S", remarks[s.id], re.MULTILINE)] == []
    unseen = [s.id for s in sources if "# seen: not seen" in remarks[s.id]]
    assert len(unseen) < MAX_UNSEEN_SHARE * len(sources)
    assert all("run hrd-monitor sources check" in remarks[i] for i in unseen)


def test_addresses_are_encrypted_public_ones(sources: tuple[Source, ...]) -> None:
    parts = [urlsplit(s.url) for s in sources]
    assert {p.scheme for p in parts} == {"https"}
    assert all(p.hostname and "." in p.hostname and not p.username and not p.fragment for p in parts)
    assert not any(s.allow_private or s.proxy for s in sources)


@pytest.mark.parametrize(
    "house", ["rfa.org", "voanews.com", "bbci.co.uk", "rfi.fr", "prachatai.com", "myanmar-now.org"]
)
def test_editions_of_one_house_share_a_group(house: str, sources: tuple[Source, ...]) -> None:
    editions = [s for s in sources if (urlsplit(s.url).hostname or "").endswith(house)]
    assert editions
    assert len({s.group for s in editions}) == 1


def test_voices_of_states_are_marked_and_few(sources: tuple[Source, ...]) -> None:
    states = {s.id for s in sources if s.publisher == "state"}
    assert {"tass", "belta", "irna", "antara"} <= states
    assert len(states) < MAX_SOURCES_OF_STATES * len(sources)
