"""The commands on channels: who would be reached, can they be reached, does a test arrive."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from monitor.cli import app
from tests.fakes.slack import CHANNEL, TOKEN, FakeSlack

RUN = CliRunner()
ALERTS = {
    "channels": {"desk": {"kind": "slack", "channel": CHANNEL}, "terminal": {"kind": "console"}},
    "routes": [{"match": {"country": ["KH"]}, "to": ["desk"]}],
    "operator": {"to": ["terminal"]},
    "escalate": [{"match": {"severity": ["critical"]}, "after": "15m", "to": ["terminal"]}],
    "remind": {"critical": "30m"},
}


@pytest.fixture
def slack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FakeSlack]:
    monkeypatch.chdir(tmp_path)
    for name, value in {
        "watchlist.yaml": {"defenders": []},
        "sources.yaml": {"sources": []},
        "alerts.yaml": ALERTS,
    }.items():
        (tmp_path / name).write_text(json.dumps(value))
        (tmp_path / name).chmod(0o600)
    with FakeSlack() as made:
        monkeypatch.setenv("HRD_MONITOR_SLACK_TOKEN", TOKEN)
        monkeypatch.setenv("HRD_MONITOR_SLACK_API_URL", made.url)
        yield made


def test_route_says_who_is_told_now_and_who_when_nobody_takes_it(slack: FakeSlack) -> None:
    done = RUN.invoke(app, ["channels", "route", "--act", "killing", "--country", "kh", "--severity", "critical"])
    assert done.exit_code == 0
    assert "route 1 takes it: desk" in done.stdout
    assert "terminal is asked next after 15 min" in done.stdout
    assert "desk is reminded after 30 min" in done.stdout
    assert slack.workspace.log == [], "nothing is sent"


def test_a_test_is_sent_and_found(slack: FakeSlack) -> None:
    done = RUN.invoke(app, ["channels", "test", "desk"])
    assert done.exit_code == 0
    assert "sent and found there" in done.stdout
    assert len(slack.workspace.messages()) == 1
    assert slack.workspace.violations == []


def test_a_test_that_is_refused_says_why(slack: FakeSlack) -> None:
    slack.workspace.channels[CHANNEL].member = False
    done = RUN.invoke(app, ["channels", "test", "desk"])
    assert done.exit_code == 1
    assert "not_in_channel" in done.output


def test_a_channel_that_is_named_is_looked_up_and_the_line_to_write_is_told(slack: FakeSlack) -> None:
    slack.workspace.channels["G0PRIVATE1"].name = "alerts-kh"
    named = {"desk": {"kind": "slack", "channel": "#alerts-kh"}, "lost": {"kind": "slack", "channel": "#nowhere"}}
    Path("alerts.yaml").write_text(json.dumps({**ALERTS, "channels": {**ALERTS["channels"], **named}}))
    refused = RUN.invoke(app, ["check"])
    assert "run `hrd-monitor channels check`: it asks Slack for the id" in refused.output
    done = RUN.invoke(app, ["channels", "check"])
    assert done.exit_code == 1
    assert "desk: #alerts-kh: write  channel: G0PRIVATE1" in done.output
    assert "lost: #nowhere: Slack shows the app no channel of this name" in done.output
    slack.workspace.config["scopes"] = {"chat:write"}
    without = RUN.invoke(app, ["channels", "check"])
    assert "channels:read" in str(without.exception)


def test_check_sends_nothing_and_tells_which_channel_cannot_be_read(slack: FakeSlack) -> None:
    assert RUN.invoke(app, ["channels", "check"]).exit_code == 0
    slack.workspace.config["scopes"] = {"chat:write"}
    done = RUN.invoke(app, ["channels", "check", "--json"])
    assert done.exit_code == 1
    assert json.loads(done.stdout)["channels"]["desk"]["reached"] is False
    assert slack.workspace.messages() == []
