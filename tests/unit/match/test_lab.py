"""What an entry is found under, what not, who shares it, and the scripts in which it has no spelling."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from monitor.cli import app
from monitor.cli.watch_spell import examined
from monitor.config import load_packs
from monitor.match import build, lab
from monitor.model import Article, Defender, Source, Strength, Watchlist

SOK = Defender(id="kh-0001", name="Sok Dara", names=("សុខ ដារ៉ា",), country=("KH",), lives_in=("TH",))
CHAN = Defender(id="th-0003", name="Sok Dara Chan", country=("TH",))
UNION = Defender(id="kh-org", name="River Unions Front", kind="organisation", country=("KH",))
LIST = Watchlist(defenders=(SOK, CHAN, UNION))
INDEX = build(LIST)


def test_what_is_said_to_be_found_is_found_and_what_is_not_is_not() -> None:
    said = {s.text: s for s in lab.spellings(SOK, INDEX)}
    assert {s.script for s in said.values()} == {"Latn", "Khmr"}
    assert said["Sok Dara"].strength is Strength.STRONG
    assert said["Dara Sok"].why == "given name and family name, order reversed"
    assert said["S. Dara"].strength is Strength.WEAK
    assert said["Dara"].strength is None
    assert "only after the full name" in said["Dara"].why


def test_an_organisation_is_not_taken_apart() -> None:
    assert {s.text for s in lab.spellings(UNION, INDEX)} == {"river unions front"}


def test_scripts_without_a_spelling_are_heard_for_people_and_deaf_for_organisations() -> None:
    assert lab.reach(SOK, ("Khmr", "Thai")) == {"Khmr": lab.LISTED, "Thai": lab.BY_EAR}
    assert lab.reach(UNION, ("Latn", "Khmr")) == {"Latn": lab.LISTED, "Khmr": lab.UNFOUND}


def test_each_spelling_counts_once_an_article() -> None:
    texts = ("Police held Sok Dara. Sok Dara was released.", "Dara Sok was held.", "Nobody was held.")
    articles = [Article(id=str(n), title="", text=t) for n, t in enumerate(texts)]
    met = lab.met(articles, INDEX, "kh-0001")
    assert met == {("Sok Dara", Strength.STRONG): 1, ("Dara Sok", Strength.STRONG): 1}


def test_who_shares_a_name_is_told() -> None:
    assert lab.sharers(SOK, INDEX) == [("th-0003", "have one name inside the other")]
    assert lab.sharers(CHAN, INDEX) == [("kh-0001", "have one name inside the other")]
    assert lab.sharers(UNION, INDEX) == []


def _source(name: str, country: str, language: str) -> Source:
    return Source(id=name, name=name, url=f"https://{name}.example/f", country=(country,), language=(language,))


def test_sources_in_a_script_without_a_spelling_are_warned_of_with_the_measured_share() -> None:
    sources = (_source("a", "KH", "km"), _source("b", "TH", "th"), _source("c", "NG", "en"))
    found = examined(SOK, LIST, load_packs(), sources)
    assert {(c["script"], c["sources"], c["found"]) for c in found["coverage"]} == {
        ("Khmr", 1, "listed"),
        ("Thai", 1, "by ear"),
    }
    assert found["warnings"] == [
        "1 of 2 sources write Thai, and the entry has no spelling in it: it is found by ear, about 67% of the times it is named"
    ]
    assert "cannot name this entry" in examined(UNION, LIST, load_packs(), sources)["warnings"][0]


def test_an_entry_without_a_country_or_sources_is_told_so() -> None:
    nowhere = Defender(id="x", name="Amina Yusuf")
    assert "no country" in examined(nowhere, Watchlist(defenders=(nowhere,)), load_packs(), ())["warnings"][0]
    assert "no source" in examined(SOK, LIST, load_packs(), ())["warnings"][0]


def test_the_command_says_it_to_people_and_refuses_an_id_that_is_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "watchlist.yaml").write_text("defenders:\n  - {id: kh-0001, name: Sok Dara, country: [KH]}\n", "utf-8")
    done = CliRunner().invoke(app, ["watch", "spell", "kh-0001"])
    assert done.exit_code == 0, done.exception
    assert "found     Dara Sok" in done.output
    assert "not found Dara " in done.output
    assert "warning: no source of the countries" in done.output
    refused = CliRunner().invoke(app, ["watch", "spell", "kh-0009"])
    assert "`hrd-monitor watch list`" in str(refused.exception)
