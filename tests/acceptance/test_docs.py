"""What the documents tell people to type: every command block is run or checked, every option is one that there is, every file example is read."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from demo import stories
from demo.publisher import Publisher
from monitor.app import open_database
from monitor.cli import app
from monitor.config import Settings, load_alerts, load_sources, load_watchlist
from monitor.config.packs import read_pack
from monitor.errors import Mistake
from monitor.store import articles, incidents, sealing
from tests.fakes.stored import incident, reading

ROOT = Path(__file__).resolve().parents[2]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
COMMAND = typer.main.get_command(app)
pytestmark = pytest.mark.timeout(180)

#: What people answer, where a command asks.
ANSWERS = {"setup": "\n" * 20, "restore": "y\n", "purge": "y\n"}
#: Folders of the documents that no test may write to, and what stands for them: the installation's own folder.
ELSEWHERE = ("/media/stick/", "/backup/")
#: The server of the documents; a real one stands for it.
SERVER = "postgresql://monitor@db.ngo.example/monitor"
#: Programs that are not ours: the shell checks how they are written.
NOT_OURS = frozenset(
    [
        "git",
        "cd",
        "useradd",
        "install",
        "systemctl",
        "journalctl",
        "docker",
        "curl",
        "ssh",
        "sqlite3",
        "pip",
        "apt",
        "chmod",
        "$EDITOR",
        "sudo",
        "unzip",
        "pg_dump",
        "pg_restore",
        "make",
    ]
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line that somebody is told to type. block: whether it stands in a block, or in running text."""

    page: str
    text: str
    block: bool


def _blocks(page: Path, kinds: str) -> Iterator[str]:
    """The text of each fenced block of these kinds, without the indent of a list around it."""
    for found in re.finditer(rf"^( *)```(?:{kinds})\n(.*?)^ *```", page.read_text("utf-8"), re.MULTILINE | re.DOTALL):
        yield re.sub(rf"^{found[1]}", "", found[2], flags=re.MULTILINE)


def _lines() -> Iterator[Line]:
    for page in PAGES:
        for block in _blocks(page, "sh|console"):
            for text in block.replace("\\\n", " ").splitlines():
                if text.strip() and not text.lstrip().startswith("#"):
                    yield Line(page.name, text.strip(), block=True)
        for text in re.findall(r"`(hrd-monitor [^`\n]+)`", page.read_text("utf-8")):
            yield Line(page.name, text, block=False)


def _words(text: str) -> list[str]:
    """A line as the shell takes it apart, without its comment and without what stands before our command."""
    words = shlex.split(text, comments=True)
    if words and words[0] == "sudo":
        ours = next((k for k, w in enumerate(words) if w.endswith("hrd-monitor") and "/bin/" in w), None)
        return words if ours is None else ["hrd-monitor", *words[ours + 1 :]]
    if words and words[0].endswith("/hrd-monitor"):
        words[0] = "hrd-monitor"
    return words


LINES = [(line, _words(line.text)) for line in _lines()]
OURS = sorted({(line.page, line.block, *words[1:]) for line, words in LINES if words and words[0] == "hrd-monitor"})


def _resolved(words: tuple[str, ...]) -> tuple[str, Any, list[str]]:
    """The command that the words name, and the words after it."""
    command: Any = COMMAND
    name, rest = [], list(words)
    while rest and rest[0] in getattr(command, "commands", {}):
        name.append(rest[0])
        command = command.commands[rest.pop(0)]
    return " ".join(name), command, rest


@pytest.mark.parametrize("said", OURS, ids=lambda s: " ".join(map(str, s))[:70])
def test_every_command_of_ours_and_every_option_is_one_that_there_is(said: tuple[str, bool, str]) -> None:
    name, command, rest = _resolved(said[2:])  # type: ignore[arg-type]  # the rest are words
    assert name, f"{said}: there is no such command"
    if hasattr(command, "commands"):
        assert not rest, f"{said}: there is no such command"
        return
    known = {option for p in command.params for option in (*p.opts, *p.secondary_opts)} | {"--help"}
    wrong = [w for w in rest if w.startswith("--") and w.partition("=")[0] not in known]
    assert wrong == [], f"{said}: no such options"


@pytest.fixture(scope="module")
def publisher() -> Iterator[Publisher]:
    with Publisher() as made:
        made.release(stories.quiet(datetime.now(UTC).date()))
        yield made


@pytest.fixture
def folder(tmp_path: Path, publisher: Publisher, empty_postgres_url: str) -> Path:
    """An installation in which what the documents show can be typed."""
    made = tmp_path
    entry = "defenders:\n  - {id: kh-0001, name: Sok Dara, names: [សុខ ដារ៉ា], country: [KH], sensitivity: open}\n"
    story = {"id": "a1", "title": "Activist arrested", "text": "Police arrested the activist Sok Dara on Monday."}
    story["published"] = (datetime.now(UTC) - timedelta(days=1)).isoformat()
    secret, public = sealing.new_key()
    files = {
        "watchlist.yaml": entry,
        "watchlist.new.yaml": entry + "  - {id: kh-0002, name: Amina Yusuf, country: [KH]}\n",
        "sources.yaml": f"sources:\n  - {{id: ngo, name: NGO, url: '{publisher.url('river-ngo')}', country: [KH], allow_private: true}}\n",
        "alerts.yaml": "channels:\n  terminal: {kind: console}\nroutes:\n  - {match: {}, to: [terminal]}\noperator: {to: [terminal]}\n",
        "article.json": json.dumps(story),
        "articles.jsonl": json.dumps(story) + "\n",
        "the.key": secret,
        "public": public,
        "server": empty_postgres_url,
    }
    for name, text in files.items():
        (made / name).write_text(text, "utf-8")
        (made / name).chmod(0o600)
    database = open_database(Settings(data=made / "data"))
    now = datetime.now(UTC)
    database.transact_now(lambda c: articles.add(c, [reading("a1", seen=now, published=now)]))
    database.transact_now(lambda c: incidents.save(c, incident()))
    database.close()
    return made


RUNNABLE = sorted({said[2:] for said in OURS if said[1]})


def _typed(words: Sequence[str], folder: Path, answers: str | None = None) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("HRD_MONITOR_")} | {"PYTHONPATH": str(ROOT)}
    environment["HRD_MONITOR_BACKUP_KEY"] = (folder / "public").read_text("utf-8")
    words = [w.replace(SERVER, (folder / "server").read_text("utf-8")) for w in words]
    for place in ELSEWHERE:
        words = [w.replace(place, f"{folder}/") for w in words]
    return subprocess.run(
        [sys.executable, "-m", "monitor", *words], cwd=folder, env=environment, capture_output=True, text=True, input=answers, timeout=120, check=False
    )  # fmt: skip


@pytest.mark.parametrize("words", RUNNABLE, ids=lambda w: " ".join(w)[:70])
def test_what_stands_in_a_block_runs(words: tuple[str, ...], folder: Path) -> None:
    name, _, _ = _resolved(words)
    if name == "restore":
        (folder / "backup.key").write_text((folder / "the.key").read_text("utf-8"))
        (folder / "backup.key").chmod(0o600)
        made = next(w for w in words if w.endswith(".age"))
        assert _typed(["backup", made], folder).returncode == 0
    done = _typed(words, folder, ANSWERS.get(name))
    assert done.returncode == 0, (done.stdout, done.stderr)
    assert "Traceback" not in done.stderr


def test_every_other_program_is_one_we_know_and_is_written_as_the_shell_wants_it() -> None:
    for line, words in LINES:
        if line.block and words and words[0] != "hrd-monitor":
            assert words[0].split("=")[0] in NOT_OURS, f"{line.page}: {line.text}"
    for page in PAGES:
        for block in _blocks(page, "sh|console"):
            done = subprocess.run(["bash", "-n"], input=block, text=True, capture_output=True, check=False)
            assert done.returncode == 0, f"{page.name}: {done.stderr}"


def test_every_target_of_make_is_there() -> None:
    targets = set(re.findall(r"^([\w.-]+)(?: [\w.-]+)*:", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)) | {
        ".venv/run.stamp"
    }
    told = [m for page in PAGES for m in re.findall(r"`make ([\w-]+)", page.read_text("utf-8"))]
    told += [words[-1] for line, words in LINES if words and words[0] == "make" and line.block]
    assert told
    assert {t for t in told if t not in targets} == set()


def test_every_file_example_is_read_without_a_mistake(tmp_path: Path) -> None:
    read = 0
    for page in PAGES:
        for block in _blocks(page, "yaml"):
            value = yaml.safe_load(block)
            path = tmp_path / "file.yaml"
            path.write_text(block, "utf-8")
            path.chmod(0o600)
            if "display_information" in value:
                assert "chat:write" in value["oauth_config"]["scopes"]["bot"]
            elif "defenders" in value:
                assert load_watchlist(path).defenders
            elif "sources" in value:
                assert load_sources(path)
            elif "channels" in value:
                assert load_alerts(path)
            elif "triggers" in value:
                mistakes: list[Mistake] = []
                assert read_pack(path, mistakes), mistakes
            else:
                raise AssertionError(f"{page.name}: nobody checks this block: {block[:60]}")
            read += 1
    assert read >= 5


def test_every_link_between_the_pages_leads_somewhere() -> None:
    broken = []
    for page in [*PAGES, *(ROOT / "docs" / "decisions").glob("*.md")]:
        for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text("utf-8")):
            where, _, anchor = target.partition("#")
            if "://" in target or target.startswith("mailto:"):
                continue
            there = (page.parent / where).resolve() if where else page
            if not there.exists() or (anchor and there.suffix == ".md" and anchor not in _anchors(there)):
                broken.append(f"{page.name}: {target}")
    assert broken == []


def _anchors(page: Path) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", page.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", h.lower()).strip().replace(" ", "-") for h in heads}
