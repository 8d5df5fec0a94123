"""From a feed to Slack and mail with the real process, a kill in the middle, and every failpoint of a delivery."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from demo import stories
from demo.publisher import Publisher
from tests.acceptance.journey import Installed, until
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_socket import APP_TOKEN, FakeSocket
from tests.fakes.smtp import FakeSmtp

pytestmark = pytest.mark.timeout(180)


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    with Publisher() as made:
        yield made


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with FakeSlack() as made:
        yield made


def test_one_arrest_is_one_message_and_its_developments_stay_in_its_thread_over_a_kill(
    tmp_path: Path, publisher: Publisher, slack: FakeSlack
) -> None:
    today = datetime.now(UTC).date()
    with FakeSmtp() as mail:
        installed = Installed(tmp_path, publisher, slack=slack.url, smtp=mail.url)
        publisher.release(stories.quiet(today))
        installed.start()
        until(installed.heard, "every source was heard")
        assert slack.workspace.messages() == []
        publisher.release(stories.arrest(today))
        until(lambda: _roots(slack) and mail.mails, "the arrest reached Slack and mail")
        installed.kill()
        publisher.release(stories.retellings(today) + stories.charge(today))
        installed.start()
        until(lambda: "charged" in json.dumps(_roots(slack)[0]["blocks"]), "the first message shows the charge")
        until(lambda: any("thread_ts" in m for m in slack.workspace.messages()), "the thread tells what changed")
        publisher.release(stories.release(today))
        until(
            lambda: "released" in json.dumps(_roots(slack)[0]["blocks"]),
            "the first message shows the release",
        )
        until(lambda: len(mail.mails) >= 3, "mail tells the developments")
        assert installed.stop() == 0
        assert len(_roots(slack)) == 1, "one arrest, one message"
        assert slack.workspace.violations == []
        assert all("Sok Dara" not in (m["text"] or "") for m in slack.workspace.messages()), "no preview carries a name"
        subjects = [str(m.parsed["Subject"]) for m in mail.mails]
        assert all("Sok Dara" not in s for s in subjects)
        assert len({m.parsed["Message-ID"] for m in mail.mails}) == len(subjects), "no mail was sent twice"
        threads = {str(m.parsed["References"] or m.parsed["Message-ID"]).split()[0] for m in mail.mails}
        assert len(threads) == 1, "mail is one thread"
    log = installed.log.read_text("utf-8")
    assert "Sok Dara" not in log
    assert "Traceback" not in log


#: Where the process may die: point → whether it can then not be told if the message went out, so that its one re-sending is flagged.
POINTS = {
    "before_settle": False,
    "in_settle": False,
    "after_settle": False,
    "after_intent": True,
    "during_send": True,
    "after_send": False,
    "before_record": False,
    "after_record": False,
}


@pytest.mark.parametrize("point", POINTS)
def test_a_crash_at_any_step_loses_nothing_and_doubles_nothing(
    tmp_path: Path, publisher: Publisher, slack: FakeSlack, point: str
) -> None:
    today = datetime.now(UTC).date()
    publisher.release(stories.quiet(today))
    installed = Installed(tmp_path, publisher, slack=slack.url)
    assert installed.once().returncode == 0
    publisher.release(stories.arrest(today))
    installed.start(HRD_MONITOR_FAILPOINT=f"{point}@1")
    until(lambda: installed.ended() is not None, "the failpoint ended the process")
    assert installed.ended() == 137
    installed.start()
    until(installed.watching, "the daemon watches again")
    until(lambda: _told(slack), "the arrest was told after the crash")
    until(lambda: _settled(installed), "nothing is left open")
    assert installed.stop() == 0
    assert len(_told(slack)) == 1
    flagged = "may be a duplicate" in json.dumps(slack.workspace.messages())
    assert POINTS[point] or not flagged
    assert slack.workspace.violations == []


def _roots(slack: FakeSlack) -> list[dict[str, Any]]:
    """The messages that are not in a thread."""
    return [m for m in slack.workspace.messages() if not m.get("thread_ts") or m["thread_ts"] == m["ts"]]


def _told(slack: FakeSlack) -> list[object]:
    return [m for m in _roots(slack) if "Sok Dara" in json.dumps(m["blocks"], ensure_ascii=False)]


def _settled(installed: Installed) -> bool:
    found = json.loads(installed.command("status", "--json").stdout)
    return not {"queued", "sending", "unknown"} & found["deliveries"].keys()


def test_a_button_that_is_pressed_is_shown_to_all_and_stops_with_the_daemon(
    tmp_path: Path, publisher: Publisher, slack: FakeSlack
) -> None:
    today = datetime.now(UTC).date()
    publisher.release(stories.quiet(today))
    with FakeSocket() as socket:
        slack.workspace.config["socket"] = socket.link
        installed = Installed(tmp_path, publisher, slack=slack.url)
        installed.start(HRD_MONITOR_SLACK_APP_TOKEN=APP_TOKEN)
        until(installed.heard, "every source was heard")
        publisher.release(stories.arrest(today))
        until(lambda: _told(slack), "the arrest was told")
        until(lambda: socket.connections, "the daemon listens for presses")
        (root,) = _roots(slack)
        buttons = [e for b in root["blocks"] if b["type"] == "actions" for e in b["elements"]]
        assert buttons[0]["action_id"] == "hrd-monitor:take"
        socket.press("take", buttons[0]["value"])
        until(lambda: "On it: mina" in json.dumps(_roots(slack)[0]["blocks"]), "all see who has it in hand")
        assert len(socket.confirmed) == 1
        assert installed.stop() == 0
    assert len(_told(slack)) == 1
    assert slack.workspace.violations == []


def test_a_second_daemon_on_the_same_database_refuses_and_says_which_holds_it(
    tmp_path: Path, publisher: Publisher
) -> None:
    installed = Installed(tmp_path, publisher)
    installed.start()
    until(installed.heard, "every source was heard")
    second = installed.once()
    assert second.returncode == 2
    assert "another hrd-monitor" in second.stderr
    assert "Traceback" not in second.stderr
    assert installed.stop() == 0


def test_a_broken_file_refuses_to_start_and_names_the_line(tmp_path: Path, publisher: Publisher) -> None:
    installed = Installed(tmp_path, publisher)
    (tmp_path / "watchlist.yaml").write_text("defenders:\n  - id: a\n    name: X\n    contry: [KH]\n")
    done = installed.once()
    assert done.returncode == 2
    assert "watchlist.yaml:4" in done.stderr
    assert "did you mean 'country'" in done.stderr


def test_an_unknown_option_prints_help(tmp_path: Path, publisher: Publisher) -> None:
    done = Installed(tmp_path, publisher).command("run", "--twice")
    assert done.returncode == 2
    assert "--help" in done.stderr
