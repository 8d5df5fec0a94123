"""The commands by which responders correct, complete and quieten, on a database as a daemon leaves it."""

from __future__ import annotations

import csv
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection
from typer.testing import CliRunner

from monitor.cli import app
from monitor.cli.export import _cell
from monitor.errors import CaseworkError
from monitor.store import articles, incidents, people, reports
from monitor.store.database import Database
from monitor.store.migrate import migrate
from tests.fakes import stored

RUN = CliRunner()
NOW = stored.NOW


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "watchlist.yaml").write_text(
        "defenders:\n  - {id: kh-0001, name: Sok Dara, country: [KH], sensitivity: open}\n"
    )
    (tmp_path / "watchlist.yaml").chmod(0o600)
    (tmp_path / "sources.yaml").write_text("sources: []\n")
    (tmp_path / "alerts.yaml").write_text(
        "channels:\n  terminal: {kind: console}\nroutes:\n  - {match: {}, to: [terminal]}\n"
    )
    database = Database.open(None, _made(tmp_path / "data"))
    migrate(database, NOW)

    def write(connection: Connection) -> None:
        articles.add(connection, [stored.reading("a1"), stored.reading("a2")])
        for name in ("i-1", "i-2"):
            incidents.save(connection, stored.incident(name, alerted=1))
        reports.add(
            connection, [(stored.report("a1"), "i-1"), (stored.report("a2"), "i-1"), (stored.report("a2"), "i-2")]
        )
        people.add(connection, "Vann Molika", "i-1", "a1", datetime.now(UTC))

    database.transact_now(write)
    database.close()
    return tmp_path


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


def said(*words: str) -> str:
    result = RUN.invoke(app, list(words), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def shown(name: str = "i-1") -> dict[str, object]:
    found: dict[str, object] = json.loads(said("incident", "show", name, "--json"))
    return found


@pytest.mark.usefixtures("folder")
def test_each_verb_records_who_and_undo_takes_it_back() -> None:
    for words in (
        ["take"], ["right"], ["known"], ["verify"], ["close"], ["mute", "--days", "3"], ["wrong-person"], ["old-news"],
        ["fact", "--lawyer", "saw her"], ["note", "called"],
    ):  # fmt: skip
        verb, *rest = words
        assert f"recorded: {verb} i-1 by mara" in said("incident", verb, "i-1", *rest, "--by", "mara")
        assert "recorded: undo i-1" in said("incident", "undo", "i-1")
    recorded = shown()["recorded"]
    assert isinstance(recorded, list)
    assert len(recorded) == 20
    assert not any(r["in_force"] for r in recorded)


@pytest.mark.usefixtures("folder")
def test_the_wrong_person_is_told_and_suggests_a_rule() -> None:
    output = said("incident", "wrong-person", "i-1")
    assert "told: withdrawn in case i-1, to terminal" in output
    assert "not: [" in output


@pytest.mark.usefixtures("folder")
def test_a_part_leads_to_the_whole_and_a_split_makes_its_own() -> None:
    said("incident", "merge", "i-2", "i-1")
    assert shown("i-2")["id"] == "i-1"
    assert "first_report" in said("incident", "split", "i-1", "a1")
    assert len(said("incident", "list", "--json").splitlines()) == 3
    assert "kh-0001" in said("incident", "list", "--watch", "kh-0001", "--country", "KH")


@pytest.mark.usefixtures("folder")
def test_a_hold_is_added_listed_and_ended() -> None:
    until = (datetime.now(UTC) + timedelta(days=2)).date().isoformat()
    assert "hold 1 until" in said(
        "silence", "add", "--incident", "i-1", "--hold", "--reason", "the family", "--until", until
    )
    (row,) = [json.loads(line) for line in said("silence", "list", "--json").splitlines()]
    assert (row["kind"], row["incident"], row["reason"]) == ("hold", "i-1", "the family")
    assert "ended: 1" in said("silence", "end", "1")
    assert said("silence", "list") == ""
    assert said("silence", "list", "--past") != ""


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize(
    ("words", "why"),
    [
        (["incident", "show", "i-9"], "there is no incident i-9"),
        (["incident", "take", "i-9"], "there is no incident i-9"),
        (["incident", "fact", "i-1"], "say what is known"),
        (["silence", "add", "--reason", "r", "--until", "2020-01-01", "--watch", "x"], "must lie ahead"),
        (["silence", "add", "--reason", "r", "--until", "soon", "--watch", "x"], "is not a time"),
        (["silence", "end", "7"], "no silence 7"),
        (["people", "patch", "Nobody"], "no such name"),
    ],
)
def test_what_makes_no_sense_is_told_with_the_next_step(words: list[str], why: str) -> None:
    result = RUN.invoke(app, words)
    assert isinstance(result.exception, CaseworkError)
    assert why in str(result.exception)


@pytest.mark.usefixtures("folder")
def test_a_name_that_is_not_listed_comes_with_a_careful_entry() -> None:
    assert "Vann Molika" in said("people", "list")
    entry = said("people", "patch", "Vann Molika")
    assert "sensitivity: codename" in entry
    assert "consent: not_asked" in entry
    assert "review_by: 20" in entry
    said("people", "drop", "Vann Molika")
    assert said("people", "list") == ""


@pytest.mark.usefixtures("folder")
def test_incidents_are_exported_as_lines_and_as_a_table_that_runs_nothing() -> None:
    rows = [json.loads(line) for line in said("export", "incidents").splitlines()]
    assert [r["id"] for r in rows] == ["i-1", "i-2"]
    head, first, _ = said("export", "incidents", "--format", "csv").splitlines()
    assert head.startswith("title,id,key,watch,act")
    row = dict(zip(head.split(","), next(csv.reader([first])), strict=True))
    assert row["id"] == "i-1"
    assert row["title"].endswith("(i-1)")
    assert (row["huridocs_act"], row["plover"]) == ("030101000000", "COERCE arrest")
    assert row["huridocs_status"].startswith("02")
    assert _cell(["KH", "TH"]) == "KH|TH"
    assert "'=1" in _cell("=1+1")
