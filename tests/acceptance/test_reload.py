"""Files saved while the real daemon runs: in force within seconds, and a wrong one changes nothing and is told with file, line and fix."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from demo import stories
from demo.publisher import Publisher
from tests.acceptance.journey import Installed, until
from tests.fakes.slack import FakeSlack

pytestmark = pytest.mark.timeout(180)
STRANGER = {"id": "kh-0009", "name": "Nobody Written About", "country": ["KH"]}
WATCHED = {"id": "kh-0001", "name": "Sok Dara", "names": ["សុខ ដារ៉ា"], "country": ["KH"], "sensitivity": "open"}


@pytest.fixture
def running(tmp_path: Path) -> Iterator[tuple[Installed, Publisher, FakeSlack]]:
    with Publisher() as publisher, FakeSlack() as slack:
        installed = Installed(tmp_path, publisher, slack=slack.url)
        installed.write("watchlist.yaml", {"defenders": [STRANGER]})
        publisher.release(stories.quiet(datetime.now(UTC).date()))
        installed.start()
        until(installed.heard, "every source was heard")
        yield installed, publisher, slack
        installed.stop()


def _said(installed: Installed) -> str:
    return installed.log.read_text("utf-8")


def test_somebody_put_on_the_list_at_night_is_watched_without_a_restart(
    running: tuple[Installed, Publisher, FakeSlack],
) -> None:
    installed, publisher, slack = running
    today = datetime.now(UTC).date()
    publisher.release(stories.arrest(today))
    installed.write("watchlist.yaml", {"defenders": [STRANGER, WATCHED]})
    until(lambda: "defenders added (1): kh-0001" in _said(installed), "the operator hears who was added", 10)
    until(slack.workspace.messages, "the arrest is told, whether it was read before or after the change")
    assert "Sok Dara" not in "".join(line for line in _said(installed).splitlines() if line.startswith("{"))


def test_a_wrong_file_changes_nothing_and_is_told_with_its_line_and_the_fix(
    running: tuple[Installed, Publisher, FakeSlack],
) -> None:
    installed, publisher, slack = running
    installed.write("watchlist.yaml", {"defenders": [STRANGER, WATCHED]})
    until(lambda: "defenders added (1): kh-0001" in _said(installed), "the list is in force", 10)
    (installed.folder / "watchlist.yaml").write_text("defenders:\n  - id: kh-0001\n    nmae: Sok Dara\n")
    until(lambda: "saved files were not taken over" in _said(installed), "the operator hears of the mistake", 10)
    until(lambda: "watchlist.yaml:3" in _said(installed), "the mistake is told with its line", 5)
    logged = [json.loads(line) for line in _said(installed).splitlines() if line.startswith("{")]
    assert any("watchlist.yaml:3:" in line.get("mistake", "") for line in logged)
    publisher.release(stories.arrest(datetime.now(UTC).date()))
    until(slack.workspace.messages, "the list that was in force still is")
    installed.write("watchlist.yaml", {"defenders": [WATCHED]})
    until(lambda: "defenders removed (1): kh-0009" in _said(installed), "the mended list is in force", 10)


def test_a_sentence_that_an_edit_breaks_is_told_to_the_operator_by_id(
    running: tuple[Installed, Publisher, FakeSlack],
) -> None:
    installed, _publisher, _slack = running
    sentences = ["Police detained Dara Sok outside the court.", "Police detained the student of the river."]
    installed.write("watchlist.yaml", {"defenders": [{**WATCHED, "should_match": sentences}]})
    until(lambda: "kh-0001: should_match sentence 2 does not name" in _said(installed), "the operator hears of it")
    assert "should_match sentence 1" not in _said(installed)


def test_a_daemon_that_is_asked_by_signal_reads_its_files(running: tuple[Installed, Publisher, FakeSlack]) -> None:
    installed, _publisher, _slack = running
    installed.hang_up()
    until(lambda: "the changed files are in force" in _said(installed), "the files were read", 10)
    assert installed.ended() is None
