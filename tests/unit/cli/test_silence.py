"""The commands on silences, on a database as the daemon leaves it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner

from monitor.cli import app
from monitor.cli.silence import moment
from monitor.errors import ConfigError
from monitor.store.database import Database
from monitor.store.migrate import migrate

RUN = CliRunner()
NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


def test_a_silence_is_made_listed_and_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HRD_MONITOR_DATA", str(tmp_path))
    database = Database.open(None, tmp_path)
    migrate(database, NOW)
    database.close()
    made = RUN.invoke(app, ["silence", "add", "--watch", "kh-0001", "--until", "2d", "--reason", "the family asks"])
    assert made.exit_code == 0, made.output
    (row,) = json.loads(RUN.invoke(app, ["silence", "list", "--json"]).stdout)["silences"]
    assert (row["state"], row["match"], row["reason"]) == ("silence", {"watch": ["kh-0001"]}, "the family asks")
    assert RUN.invoke(app, ["silence", "end", str(row["id"])]).exit_code == 0
    (row,) = json.loads(RUN.invoke(app, ["silence", "list", "--json"]).stdout)["silences"]
    assert row["state"] == "ended"
    everything = RUN.invoke(app, ["silence", "add", "--until", "2d", "--reason", "x"])
    assert isinstance(everything.exception, ConfigError)
    assert "every arrest" in str(everything.exception)


def test_moments_are_spans_or_dates() -> None:
    assert moment("3h", NOW).hour == 12
    assert moment("2026-12-01T08:00+07:00", NOW).astimezone(UTC).hour == 1
    with pytest.raises(ConfigError):
        moment("soon", NOW)
