"""The support bundle says how an installation stands, and nobody's name, address or secret wherever one was planted."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from monitor.app import open_database
from monitor.cli import app
from monitor.cli.support import bundle, without
from monitor.config import Settings

NOW = datetime(2026, 3, 14, 9, 0, tzinfo=UTC)
PLANTED = ("Canary Velt", "ຄານາຣີ", "HERON-4711", "quaxtoken-4711", "quaxmail-4711", "quaxfeed.example", "quaxproxy")


@pytest.fixture
def chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    monkeypatch.chdir(tmp_path)
    files = {
        "watchlist.yaml": "defenders:\n  - {id: la-0001, name: Canary Velt, names: [ຄານາຣີ], codename: HERON-4711, country: [LA]}\n",
        "sources.yaml": "sources:\n  - {id: paper, name: A Paper, url: 'https://quaxfeed.example/f?key=1', country: [LA], language: [lo]}\n",
        "alerts.yaml": "channels:\n  terminal: {kind: console}\nroutes:\n  - {match: {}, to: [terminal]}\noperator: {to: [terminal]}\n",
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, "utf-8")
        (tmp_path / name).chmod(0o600)
    environment = {
        "HRD_MONITOR_SLACK_TOKEN": "xoxb-quaxtoken-4711",
        "HRD_MONITOR_SMTP_URL": "smtps://u:quaxmail-4711@mail.example",
        "HRD_MONITOR_PROXY": "socks5h://quaxproxy:1",
        "HRD_MONITOR_KEEP": "texts=14d",
    }
    return Settings.load(environment, tmp_path)


def parts(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as opened:
        return {n: opened.read(n).decode() for n in opened.namelist()}


def test_the_bundle_says_how_it_stands_and_names_nobody(chosen: Settings) -> None:
    open_database(chosen).close()
    log = "polled source=paper\na stray CANARY velt in a log\ntoken xoxb-quaxtoken-4711\nຄານາຣີ!"
    found = parts(bundle(chosen, log, NOW))
    assert set(found) == {
        "configuration.json",
        "doctor.json",
        "log.txt",
        "machine.json",
        "settings.json",
        "status.json",
    }
    whole = "\n".join(found.values()).casefold()
    assert [p for p in PLANTED if p.casefold() in whole] == []
    assert found["log.txt"].splitlines()[0] == "polled source=paper"
    assert found["log.txt"].splitlines()[1] == "a stray […] in a log"
    settings = json.loads(found["settings.json"])
    assert (settings["slack_token"], settings["proxy"], settings["keep"]) == ("given", "given", "texts=14d")
    counted = json.loads(found["configuration.json"])
    assert counted["defenders"]["sensitivity"] == {"codename": 1}
    assert counted["languages of sources"] == {"lo": 1}
    assert json.loads(found["doctor.json"])["database"] == "sound"
    assert "httpx" in json.loads(found["machine.json"])["packages"]


def test_without_a_list_that_can_be_read_no_log_goes_along(chosen: Settings) -> None:
    chosen.watchlist.write_text("defenders: [", "utf-8")
    found = parts(bundle(chosen, "Canary Velt was here", NOW))
    assert "log.txt" not in found
    assert json.loads(found["configuration.json"]) == {"mistakes": 1}
    assert json.loads(found["status.json"]) == {"unreadable": "StoreError"}


def test_a_name_is_taken_out_whatever_its_case_and_letters_that_fold_to_several() -> None:
    assert without("MÜLLER STRASSE, Müller Straße.", ("Müller Straße",)) == "[…], […]."
    assert without("İstanbul Aydın here", ("Aydın",)) == "İstanbul […] here"
    assert without("it leads to https://a.example/f?key=1, since May", ()) == "it leads to […] since May"
    assert without("nothing", ("", " ")) == "nothing"


def test_the_command_writes_a_file_that_only_its_owner_reads(chosen: Settings, tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["support-bundle", "out.zip"])
    assert done.exit_code == 0, done.exception
    assert (tmp_path / "out.zip").stat().st_mode & 0o077 == 0
