"""One person out of everything: the real commands on what the real daemon stored and sent, and a search of every file afterwards."""

from __future__ import annotations

import base64
import json
import sqlite3
import unicodedata
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import quote

import pytest

from demo import stories
from demo.publisher import Publisher
from demo.stories import Story
from monitor.failpoints import EXIT_CODE
from monitor.store import sealing
from tests.acceptance.journey import Installed
from tests.fakes.slack import FakeSlack
from tests.fakes.smtp import FakeSmtp

pytestmark = pytest.mark.timeout(240)
NAMES = ("Sok Dara", "សុខ ដារ៉ា", "Dara Sok", "Sok-Dara")
OTHER = "Amina Yusuf"


@pytest.fixture
def slack() -> Iterator[FakeSlack]:
    with FakeSlack() as made:
        made.workspace.config["rate_limits"] = False
        yield made
        assert made.workspace.violations == []


def _forms(name: str) -> set[bytes]:
    """A name as bytes in every way that files of ours could hold it."""
    made = set()
    for text in {name, name.upper(), name.lower(), *(unicodedata.normalize(f, name) for f in ("NFC", "NFD", "NFKC"))}:
        made |= {text.encode(e) for e in ("utf-8", "utf-16-le", "utf-16-be")}
        made |= {json.dumps(text)[1:-1].encode(), quote(text).encode(), text.replace(" ", "-").encode()}
        made |= {text.replace(" ", "+").encode(), text.replace(" ", "").encode()}
        made.add(base64.b64encode(text.encode()).rstrip(b"=")[:-1])
    return made


def _traces(folder: Path, without: tuple[str, ...]) -> list[tuple[str, bytes]]:
    """Where a name stands in the files under a folder, other than the configuration."""
    wanted = {f for n in NAMES for f in _forms(n)}
    found = []
    for path in folder.rglob("*"):
        if path.is_file() and path.name not in without:
            held = path.read_bytes().lower()
            found += [(path.name, w) for w in wanted if w.lower() in held]
    return found


def _shared() -> Story:
    """An article on two people of the list."""
    (told,) = stories.arrest(datetime.now(UTC).date())[:1]
    return told


@pytest.fixture
def told(tmp_path: Path, slack: FakeSlack) -> Iterator[tuple[Installed, FakeSmtp]]:
    """An installation that told of an arrest by Slack and mail, and of another person arrested with them."""
    today = datetime.now(UTC).date()
    with Publisher() as publisher, FakeSmtp() as mail:
        installed = Installed(tmp_path, publisher, slack=slack.url, smtp=mail.url)
        defenders = [
            {"id": "kh-0001", "name": NAMES[0], "names": [NAMES[1]], "country": ["KH"], "sensitivity": "open"},
            {"id": "kh-0002", "name": OTHER, "country": ["KH"], "sensitivity": "open"},
        ]
        installed.write("watchlist.yaml", {"defenders": defenders})
        publisher.release(stories.quiet(today))
        assert installed.once().returncode == 0
        publisher.release(stories.arrest(today))
        publisher.release(stories.retellings(today))
        publisher.release([_both(_shared())])
        done = installed.once()
        assert done.returncode == 0, done.stderr
        assert len(mail.mails) >= 2
        assert len(slack.workspace.messages()) >= 2
        yield installed, mail


def _both(story: Story) -> Story:
    text = (
        f"Police in Phnom Penh arrested the activists {OTHER} and {NAMES[0]} outside the court on Monday, their lawyer said. "
        "Dara was taken to a police station."
    )
    return replace(
        story, key="two-arrested-sok-dara", title=f"Police arrest activists {OTHER} and {NAMES[0]}", text=text
    )


def test_a_purge_leaves_no_trace_and_keeps_other_people(told: tuple[Installed, FakeSmtp], slack: FakeSlack) -> None:
    installed, mail = told
    folder = installed.folder
    before = json.loads(f"[{','.join(installed.command('export', 'incidents').stdout.split(chr(10))[:-1])}]")
    assert _traces(folder / "data", ()) != []
    mails = len(mail.mails)
    done = installed.command("purge", "--watch", "kh-0001", "--yes")
    assert done.returncode == 0, done.stderr
    assert _traces(folder, ("watchlist.yaml",)) == []
    assert [t for t in slack.texts() if NAMES[0] in t or NAMES[1] in t] == []
    assert done.stdout.count("duty@ngo.example") >= 1
    assert "cannot be called back" in done.stdout
    assert mails == len(mail.mails)
    after = json.loads(f"[{','.join(installed.command('export', 'incidents').stdout.split(chr(10))[:-1])}]")
    assert [i["id"] for i in after] == [i["id"] for i in before], "opaque ids stay"
    with closing(sqlite3.connect(folder / "data" / "monitor.sqlite3")) as opened:
        texts = [t for (t,) in opened.execute("SELECT text FROM articles WHERE text != ''")]
        assert opened.execute("SELECT count(*) FROM entries").fetchone()[0] > 0
    assert any(OTHER in t and "█" in t for t in texts), "the text another case rests on is blacked out, not lost"


def test_after_a_purge_the_same_articles_are_not_told_again_and_backups_hold_nothing(
    told: tuple[Installed, FakeSmtp], slack: FakeSlack
) -> None:
    installed, mail = told
    secret, public = sealing.new_key()
    key = installed.folder / "the.key"
    key.write_text(secret)
    assert installed.command("purge", "--watch", "kh-0001", "--yes").returncode == 0
    messages, mails = len(slack.workspace.messages()), len(mail.mails)
    with closing(sqlite3.connect(installed.folder / "data" / "monitor.sqlite3")) as opened:
        opened.execute("UPDATE sources SET etag = NULL, last_modified = NULL, body_digest = x'', item_hashes = x''")
        opened.commit()
    assert installed.once().returncode == 0
    assert (len(slack.workspace.messages()), len(mail.mails)) == (messages, mails)
    saved = installed.command("backup", "later.sqlite3", "--plain")
    assert saved.returncode == 0, saved.stderr
    assert _traces(installed.folder, ("watchlist.yaml",)) == []
    assert public.startswith("age1")


@pytest.mark.parametrize("point", ["in_purge@1", "in_purge@2", "in_purge@3"])
def test_a_purge_that_is_killed_is_finished_by_running_it_again(
    told: tuple[Installed, FakeSmtp], slack: FakeSlack, point: str
) -> None:
    installed, _mail = told
    installed._environment["HRD_MONITOR_FAILPOINT"] = point
    assert installed.command("purge", "--watch", "kh-0001", "--yes").returncode == EXIT_CODE
    del installed._environment["HRD_MONITOR_FAILPOINT"]
    done = installed.command("purge", "--watch", "kh-0001", "--yes")
    assert done.returncode == 0, done.stderr
    assert _traces(installed.folder, ("watchlist.yaml",)) == []
    assert [t for t in slack.texts() if NAMES[0] in t or NAMES[1] in t] == []


def test_a_message_that_slack_does_not_delete_is_named_and_deleted_by_the_next_run(
    told: tuple[Installed, FakeSmtp], slack: FakeSlack
) -> None:
    installed, _mail = told
    slack.break_(method="chat.delete", mode="error", error="fatal_error", times=1)
    done = installed.command("purge", "--watch", "kh-0001", "--yes")
    assert done.returncode == 1
    assert "still stand" in done.stdout
    assert _traces(installed.folder, ("watchlist.yaml",)) == []
    again = installed.command("purge", "--watch", "kh-0001", "--yes")
    assert again.returncode == 0, again.stdout
    assert [t for t in slack.texts() if NAMES[0] in t or NAMES[1] in t] == []


def test_a_purge_asks_first_needs_the_daemon_stopped_and_knows_whom_it_means(tmp_path: Path) -> None:
    with Publisher() as publisher:
        installed = Installed(tmp_path, publisher)
        assert installed.once().returncode == 0
        unknown = installed.command("purge", "--watch", "nobody", "--yes")
        assert (unknown.returncode, "--name" in unknown.stderr) == (2, True)
        asked = installed.command("purge", "--watch", "kh-0001")
        assert asked.returncode == 1
        assert "Purge?" in asked.stdout
        assert installed.command("purge", "--watch", "nobody", "--name", "Pavel Novik", "--yes").returncode == 0
