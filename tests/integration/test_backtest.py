"""What an edit of the list would have changed, tried on a real database with real worker processes; and the commands over it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from monitor.app import open_database
from monitor.backtest import Difference, backtest, changed
from monitor.cli import app
from monitor.config import Settings, load_packs
from monitor.model import Act, Assembly, Defender, Watchlist
from monitor.store import articles
from monitor.store.database import Database
from tests.fakes.stored import reading

RUN = CliRunner()
PACKS = load_packs()
NOW = datetime.now(UTC)
SOK = Defender(id="kh-0001", name="Sok Dara", country=("KH",))
AMINA = Defender(id="ng-0001", name="Amina Yusuf", country=("NG",))
TEXTS = {
    "taken": "Police arrested the activist Sok Dara outside the court on Monday, her lawyer said.",
    "told-again": "The activist Sok Dara was arrested outside the court, witnesses said.",
    "footballer": "The footballer Sok Dara was arrested by police after a match, the club said.",
    "other": "Police detained the journalist Amina Yusuf on Tuesday.",
    "harvest": "The harvest was good this year, farmers said.",
    "march": "Police violently dispersed a peaceful assembly of students in Phnom Penh with tear gas.",
}


@pytest.fixture
def stored(tmp_path: Path) -> Iterator[Database]:
    database = open_database(Settings(data=tmp_path / "data"))
    rows = [
        reading(key, title="News", text=text, published=NOW - timedelta(days=9 - k), seen=NOW - timedelta(days=9 - k))
        for k, (key, text) in enumerate(TEXTS.items())
    ]
    database.transact_now(lambda c: articles.add(c, rows))
    yield database
    database.close()


async def tried(database: Database, before: Watchlist, after: Watchlist, days: int = 30) -> Difference:
    return await backtest(database, PACKS, before, after, (), NOW - timedelta(days=days))


async def test_somebody_added_gains_one_alert_for_all_that_tells_of_one_arrest(stored: Database) -> None:
    steps: list[int] = []
    before, after = Watchlist(defenders=(AMINA,)), Watchlist(defenders=(AMINA, SOK))
    found = await backtest(stored, PACKS, before, after, (), NOW - timedelta(days=30), steps.append)
    assert found.changed == ("kh-0001",)
    assert (found.looked, sum(steps), found.lost) == (6, 6, 0)
    assert next((a.watch, a.act, a.article_id) for a in found.gained) == (("kh-0001",), Act.ARREST, "taken")
    assert "ng-0001" not in {w for a in found.gained for w in a.watch}
    assert found.gained[0].quote.startswith("Police arrested the activist Sok Dara")
    assert found.missed == ()


async def test_somebody_taken_off_loses_what_they_brought(stored: Database) -> None:
    found = await tried(stored, Watchlist(defenders=(AMINA, SOK)), Watchlist(defenders=(SOK,)))
    assert [a.article_id for a in found.missed] == ["other"]
    assert found.gained == ()


async def test_an_edit_that_changes_nothing_that_is_asked_looks_at_nothing(stored: Database) -> None:
    noted = Defender(id="kh-0001", name="Sok Dara", country=("KH",), note="called on Monday", owner="kh-desk")
    found = await tried(stored, Watchlist(defenders=(SOK,)), Watchlist(defenders=(noted,)))
    assert (found.changed, found.looked, found.gained, found.missed) == ((), 0, (), ())


async def test_only_what_was_seen_since_the_moment_counts(stored: Database) -> None:
    found = await tried(stored, Watchlist(), Watchlist(defenders=(SOK,)), days=3)
    assert "taken" not in {a.article_id for a in found.gained}
    assert found.looked < 6


async def test_a_watched_assembly_is_tried_on_every_article(stored: Database) -> None:
    watched = Assembly(id="kh-assemblies", country=("KH",), places=("Phnom Penh",), acts=(Act.ASSEMBLY_DISPERSAL,))
    found = await tried(stored, Watchlist(), Watchlist(assemblies=(watched,)))
    assert [a.article_id for a in found.gained] == ["march"]


def test_who_shares_a_name_with_a_new_entry_is_tried_too() -> None:
    twin = Defender(id="th-0001", name="Sok Dara", country=("TH",))
    asked = changed(Watchlist(defenders=(SOK, AMINA)), Watchlist(defenders=(SOK, AMINA, twin)), PACKS)
    assert asked == {"kh-0001", "th-0001"}


@pytest.fixture
def folder(stored: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    _write(tmp_path / "watchlist.yaml", "defenders:\n  - {id: ng-0001, name: Amina Yusuf, country: [NG]}\n")
    _write(
        tmp_path / "new.yaml",
        "defenders:\n  - {id: ng-0001, name: Amina Yusuf, country: [NG]}\n  - {id: kh-0001, name: Sok Dara, country: [KH]}\n",
    )
    _write(tmp_path / "sources.yaml", "sources:\n  - {id: a-paper, name: A Paper, url: https://paper.example/feed}\n")
    return tmp_path


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)


def test_the_command_shows_what_is_more_and_fewer_with_the_sentence(folder: Path) -> None:
    done = RUN.invoke(app, ["backtest", "--since", "30d", "--watchlist", "new.yaml"])
    assert done.exit_code == 0, done.output
    assert "kh-0001  arrest  A Paper  https://paper.example/1" in done.output
    assert "“Police arrested the activist Sok Dara" in done.output
    assert "0 fewer" in done.output
    alone = json.loads(RUN.invoke(app, ["backtest", "--json"]).output)
    assert [a["article_id"] for a in alone["gained"]] == ["other"]
    assert alone["articles"] == 6


def test_a_span_that_is_none_is_refused_with_the_fix(folder: Path) -> None:
    done = RUN.invoke(app, ["backtest", "--since", "a while"])
    assert "write 30d or 12h" in str(done.exception)


@pytest.mark.parametrize(
    ("named", "stage", "said"),
    [
        ("taken", "incident", "when it was read it did not"),
        ("other", "name", "nothing in it is written like kh-0001"),
        (
            "Police arrested the activist Sokk Daraa outside the court.",
            "name",
            "“Sokk Daraa” comes closest to “Sok Dara”",
        ),
        ("Sok Dara spoke at a rally on Monday.", "event", "nothing is told that was done to anybody"),
        ("The lawyer Sok Dara said police had arrested Amina Yusuf.", "person", "befell somebody else: arrest"),
        ("Police may arrest Sok Dara next week, her lawyer fears.", "report", "arrest: told as"),
        ("Police arrested the activist Sok Dara on Monday.", "alerted", "this text alerts"),
        ("https://elsewhere.example/1", "source", "no source of yours is of elsewhere.example"),
        ("https://www.paper.example/9", "source", "a-paper has not listed this address (it was never visited)"),
    ],
)
def test_why_not_names_the_stage_and_the_rule(folder: Path, named: str, stage: str, said: str) -> None:
    done = RUN.invoke(app, ["why-not", named, "--watch", "kh-0001", "--watchlist", "new.yaml", "--json"])
    assert done.exit_code == 0, (done.output, done.exception)
    answer = json.loads(done.output)
    assert answer["stage"] == stage, answer
    assert said in answer["why"]
    assert answer["next"]


def test_why_not_asks_for_an_entry_and_an_article_that_there_are(folder: Path) -> None:
    nobody = RUN.invoke(app, ["why-not", "taken", "--watch", "nobody"])
    assert "`hrd-monitor watch list`" in str(nobody.exception)
    nothing = RUN.invoke(app, ["why-not", "zz", "--watch", "ng-0001"])
    assert "no article has this id" in str(nothing.exception)
