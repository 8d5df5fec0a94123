"""The commands on files: what outsiders' scripts rely on, and clear words for what is wrong."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from monitor.app import reader_for
from monitor.cli import app, records, setup
from monitor.cli.analyse import analyse
from monitor.cli.check import fix
from monitor.config import load_alerts

RUN = CliRunner()
ARREST = {
    "id": "a1",
    "title": "",
    "text": "On 11 March 2026 police arrested student activist Sok Dara in Phnom Penh.",
    "published": "2026-03-12T08:00:00Z",
    "country": ["KH"],
    "source": "ngo",
}
AGAIN = {
    **ARREST,
    "id": "a2",
    "source": "news",
    "text": "Student activist Sok Dara was arrested by police on 11 March 2026.",
    "published": "2026-03-12T09:00:00Z",
}
QUIET = {
    **ARREST,
    "id": "a3",
    "text": "Student activist Sok Dara spoke at a peaceful march.",
    "published": "2026-03-12T10:00:00Z",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "w.yaml").write_text(
        "defenders:\n  - {id: kh-0001, name: Sok Dara, country: [KH], sensitivity: open}\n"
    )
    (tmp_path / "w.yaml").chmod(0o600)
    (tmp_path / "s.yaml").write_text("sources: []\n")
    (tmp_path / "alerts.yaml").write_text(
        "channels:\n  terminal: {kind: console}\nroutes:\n  - {match: {country: [KH]}, to: [terminal]}\n"
    )
    (tmp_path / "articles.jsonl").write_text("\n".join(json.dumps(a) for a in (ARREST, AGAIN, QUIET)) + "\n")
    return tmp_path


def test_analyse_gives_a_line_for_a_line_with_offsets_as_received(folder: Path) -> None:
    out = io.StringIO()
    assert analyse([json.dumps(ARREST), json.dumps(QUIET)], reader_for(folder / "w.yaml"), out)
    first, second = map(json.loads, out.getvalue().splitlines())
    (mention,) = first["mentions"]
    assert ARREST["text"][mention["start"] : mention["end"]] == "Sok Dara"  # type: ignore[index]
    (report,) = first["reports"]
    assert (report["watch"], report["act"], report["date"], report["alerts"]) == (
        "kh-0001",
        "arrest",
        "2026-03-11",
        True,
    )
    assert set(report["facts"]) == set(records.FACT_KEYS)
    assert second["reports"] == []


def test_a_bad_line_is_told_and_its_neighbours_are_read(folder: Path) -> None:
    out = io.StringIO()
    clean = analyse(
        [
            "nonsense",
            json.dumps({"id": "x", "title": 5}),
            json.dumps(ARREST),
            '{"id":"s","title":"\\ud83d","text":"x"}',
        ],
        reader_for(folder / "w.yaml"),
        out,
    )
    lines = [json.loads(line) for line in out.getvalue().splitlines()]
    assert not clean
    assert [("error" in line) for line in lines] == [True, True, False, False]
    assert lines[1]["id"] == "x"


def test_analyse_ends_with_1_when_a_line_was_bad(folder: Path) -> None:
    (folder / "bad.jsonl").write_text("nonsense\n")
    assert RUN.invoke(app, ["analyse", "bad.jsonl", "--watchlist", "w.yaml"]).exit_code == 1
    assert RUN.invoke(app, ["analyse", "articles.jsonl", "--watchlist", "w.yaml"]).exit_code == 0


def test_replay_folds_the_archive_into_incidents_and_alerts(folder: Path) -> None:
    done = RUN.invoke(
        app, ["replay", "articles.jsonl", "--watchlist", "w.yaml", "--alerts", "alerts.yaml", "--out", "out"]
    )
    assert done.exit_code == 0, done.output
    (incident,) = [json.loads(x) for x in (folder / "out" / "incidents.jsonl").read_text().splitlines()]
    assert incident["watch"] == ["kh-0001"]
    assert incident["articles"] == ["a1", "a2"]
    assert (incident["independent"], incident["liberty"], incident["severity"], incident["date"]) == (
        2,
        "held",
        "high",
        "2026-03-11",
    )
    assert incident["opened"] == "2026-03-12T08:00:00Z"
    told = [json.loads(x) for x in (folder / "out" / "alerts.jsonl").read_text().splitlines()]
    assert [(t["reason"], t["article"], t["to"]) for t in told] == [
        ("first_report", "a1", ["terminal"]),
        ("corroborated", "a2", ["terminal"]),
    ]


def test_explain_says_why_also_when_nothing_alerts(folder: Path) -> None:
    (folder / "quiet.json").write_text(json.dumps(QUIET))
    (folder / "arrest.json").write_text(json.dumps(ARREST))
    assert (
        "no alert: somebody on the list is named"
        in RUN.invoke(app, ["explain", "quiet.json", "--watchlist", "w.yaml"]).output
    )
    told = RUN.invoke(app, ["explain", "arrest.json", "--watchlist", "w.yaml"]).output
    assert "it alerts: arrest of kh-0001" in told
    assert "because" in told


def test_check_reads_everything_and_shows_who_an_arrest_reaches(folder: Path) -> None:
    done = RUN.invoke(app, ["check", "--sources", "s.yaml", "--watchlist", "w.yaml", "--json"])
    assert done.exit_code == 0, done.output
    found = json.loads(done.output)
    assert found["problems"] == []
    assert any("terminal" in step for step in found["route"]["reaches"])


def test_check_tries_the_sentences_and_names_nobody(folder: Path) -> None:
    (folder / "w.yaml").write_text(
        'defenders:\n  - {id: kh-0001, name: Sok Dara, country: [KH], should_match: ["Police met Chan Bopha."], should_not_match: ["Sok Dara was arrested."]}\n'
    )
    (folder / "w.yaml").chmod(0o600)
    done = RUN.invoke(app, ["check", "--sources", "s.yaml", "--watchlist", "w.yaml"])
    assert done.exit_code == 1
    assert "should_match sentence 1" in done.output
    assert "should_not_match sentence 1" in done.output
    assert "Dara" not in done.output
    assert "Bopha" not in done.output


def test_check_with_a_broken_file_ends_with_2(folder: Path) -> None:
    (folder / "w.yaml").write_text("defenders:\n  - {id: a}\n")
    assert RUN.invoke(app, ["check", "--sources", "s.yaml", "--watchlist", "w.yaml"]).exit_code == 2


def test_fix_writes_ids_and_keeps_comments_and_order(folder: Path) -> None:
    path = folder / "fix.yaml"
    path.write_text("# ours\ndefenders:\n  - name: A  # first\n  - id: keep\n    name: B\n  - name: C\n")
    assert fix(path) == 2
    text = path.read_text()
    assert "# ours" in text
    assert "# first" in text
    assert text.index("name: A") < text.index("id: keep") < text.index("name: C")
    assert fix(path) == 0


def test_what_setup_writes_is_what_the_reader_takes(folder: Path) -> None:
    answers = setup.Answers(
        "xoxb-1",
        "C0123456789",
        "smtp://mail.example",
        "pa'ss",
        "m@ngo.example",
        ("duty@ngo.example",),
        ("KH",),
        ("km",),
    )
    (folder / "made.yaml").write_text(setup.alerts_yaml(answers))
    channels, routing = load_alerts(folder / "made.yaml")
    assert set(channels) == {"slack", "email", "terminal"}
    assert routing.trial is None
    env = setup.env(answers, "HRD_MONITOR_WEB=off\nHRD_MONITOR_SLACK_TOKEN=old\n")
    (folder / ".env").write_text(env)
    from dotenv import dotenv_values

    read = dotenv_values(folder / ".env")
    assert (read["HRD_MONITOR_WEB"], read["HRD_MONITOR_SLACK_TOKEN"], read["HRD_MONITOR_SMTP_PASSWORD"]) == (
        "off",
        "xoxb-1",
        "pa'ss",
    )


def test_setup_with_no_answers_stays_on_trial_at_the_terminal(folder: Path) -> None:
    (folder / "made.yaml").write_text(setup.alerts_yaml(setup.Answers("", "", "", "", "", (), (), ())))
    assert load_alerts(folder / "made.yaml")[1].trial == ("terminal",)


@pytest.mark.parametrize("command", ["run", "check", "setup", "analyse", "replay", "explain", "status", "schema"])
def test_every_command_has_help_with_an_example(command: str) -> None:
    done = RUN.invoke(app, [command, "--help"])
    assert done.exit_code == 0
    assert "Example: hrd-monitor" in done.output
