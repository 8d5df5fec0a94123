"""The doctor: each thing that is wrong is said with what to do, and no name with it."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from monitor.app import open_database
from monitor.cli import app
from monitor.cli.doctor import examine
from monitor.config import Settings, load
from monitor.config.in_force import FILE, recall, remember

RUN = CliRunner()
NOW = datetime(2026, 3, 14, 9, 0, tzinfo=UTC)


@pytest.fixture
def chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "watchlist.yaml").write_text("defenders:\n  - {id: kh-0001, name: Canary Velt, country: [KH]}\n")
    (tmp_path / "watchlist.yaml").chmod(0o600)
    (tmp_path / "sources.yaml").write_text("sources: []\n")
    (tmp_path / "alerts.yaml").write_text(
        "channels:\n  terminal: {kind: console}\nroutes:\n  - {match: {}, to: [terminal]}\noperator: {to: [terminal]}\n"
    )
    return Settings.load({}, tmp_path)


def whats(chosen: Settings, now: datetime = NOW) -> list[str]:
    return [f"{f.what}; {f.fix}" for f in examine(chosen, now)[0] if f.grave]


def test_nothing_is_wrong_with_a_sound_installation(chosen: Settings) -> None:
    open_database(chosen).close()
    remember(load(chosen), NOW - timedelta(hours=1))
    findings, figures = examine(chosen, NOW)
    assert [f for f in findings if f.grave] == []
    assert figures["database"] == "sound"
    assert figures["configuration"] == {
        "since": "2026-03-14T08:00:00Z", "sources": 0, "defenders": 1, "watchlist": load(chosen).watchlist.version, "age_s": 3600,
    }  # fmt: skip


def test_a_machine_where_nothing_has_run_is_told_so(chosen: Settings) -> None:
    assert any("hrd-monitor run" in what for what in whats(chosen))
    assert recall(chosen.data) is None


def test_a_mistake_in_a_file_is_told_with_its_line_and_no_name(chosen: Settings) -> None:
    open_database(chosen).close()
    chosen.watchlist.write_text("defenders:\n  - {id: kh-0001, name: Canary Velt, colour: red}\n")
    (said,) = whats(chosen)
    assert said.startswith("watchlist.yaml:2:")
    assert "Velt" not in said


def test_a_damaged_database_is_told_with_the_way_out(chosen: Settings) -> None:
    database = open_database(chosen)
    file = database.file
    database.close()
    content = bytearray(file.read_bytes())
    content[5000:9000] = b"\xff" * 4000
    file.write_bytes(bytes(content))
    assert any("restore" in what for what in whats(chosen))


def test_who_else_may_read_the_list_is_a_note_with_its_command(chosen: Settings) -> None:
    open_database(chosen).close()
    chosen.watchlist.chmod(0o644)
    notes = [f for f in examine(chosen, NOW)[0] if not f.grave]
    assert any(f.fix == "chmod 600 watchlist.yaml" for f in notes)


def test_a_damaged_note_of_what_is_in_force_is_none(chosen: Settings) -> None:
    chosen.data.mkdir()
    (chosen.data / FILE).write_text("{")
    assert recall(chosen.data) is None


def test_the_command_says_it_in_json_and_by_its_exit(chosen: Settings) -> None:
    open_database(chosen).close()
    done = RUN.invoke(app, ["doctor", "--json"])
    assert done.exit_code == 0
    said = json.loads(done.stdout)
    assert {"findings", "database", "deliveries", "oldest_undelivered", "sources", "configuration"} <= set(said)
    assert "Velt" not in done.output
    chosen.sources.write_text("sources: {}\n")
    assert RUN.invoke(app, ["doctor"]).exit_code == 1
