"""A database in use → an encrypted copy that is proved whole → the database again; and what refuses."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import text

from monitor import janitor
from monitor.config.settings import Settings
from monitor.errors import StoreError
from monitor.store import articles, backup, sealing
from monitor.store.database import Database
from monitor.store.hold import Hold
from tests.fakes import stored
from tests.fakes.stored import NOW

ROOT = Path(__file__).resolve().parents[2]
NAME = "Sok Dara"
Keys = tuple[Path, str]


@pytest.fixture
def key(tmp_path: Path) -> Keys:
    secret, public = sealing.new_key()
    path = tmp_path / "backup.key"
    path.write_text(secret)
    return path, public


@pytest.fixture
def file(sqlite_url: str, tmp_path: Path) -> Path:
    database = Database.open(sqlite_url)
    database.transact_now(lambda c: articles.add(c, [stored.reading("a1")]))
    database.close()
    return tmp_path / "monitor.sqlite3"


def _run(file: Path, *words: str, said: str = "", **settings: str) -> subprocess.CompletedProcess[str]:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("HRD_MONITOR_")}
    environment |= {
        "PYTHONPATH": str(ROOT),
        "HRD_MONITOR_DATABASE_URL": f"sqlite:///{file}",
        "HRD_MONITOR_DATA": str(file.parent),
        **settings,
    }
    command = [sys.executable, "-m", "monitor", *words]
    return subprocess.run(
        command, cwd=file.parent, env=environment, input=said, capture_output=True, text=True, timeout=60, check=False
    )


def _kept(file: Path) -> list[str]:
    with sqlite3.connect(file) as opened:
        return [row[0] for row in opened.execute("SELECT id FROM articles ORDER BY id")]


def test_a_backup_is_encrypted_restores_and_leaves_nothing_readable_beside_it(file: Path, key: Keys) -> None:
    made = _run(file, "backup", "saved.age", HRD_MONITOR_BACKUP_KEY=key[1])
    assert made.returncode == 0, made.stderr
    assert "encrypted, restored and checked" in made.stdout
    saved = file.parent / "saved.age"
    assert NAME.encode() in file.read_bytes()
    assert NAME.encode() not in saved.read_bytes()
    assert saved.stat().st_mode & 0o077 == 0
    assert [p.name for p in file.parent.iterdir() if p.name.startswith(".")] == []
    with sqlite3.connect(file) as opened:
        opened.execute("DELETE FROM articles")
    opened.close()
    done = _run(file, "restore", "saved.age", "--key", str(key[0]), "--yes")
    assert done.returncode == 0, done.stderr
    assert _kept(file) == ["a1"]
    assert "kept beside it" in done.stdout
    assert len(list(file.parent.glob("monitor.sqlite3.before-*"))) == 1


def test_a_backup_taken_while_somebody_writes_is_one_moment(file: Path, tmp_path: Path) -> None:
    database, stop = Database.open(f"sqlite:///{file}"), threading.Event()

    def write() -> None:
        number = 0
        while not stop.is_set():
            pair = [stored.reading(f"w{number}-{half}", text="x" * 2000) for half in "ab"]
            database.transact_now(lambda c, pair=pair: articles.add(c, pair))
            number += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for number in range(3):
            backup.save(file, tmp_path / f"copy-{number}", None)
    finally:
        stop.set()
        writer.join()
        database.close()
    for number in range(3):
        halves = [n for n in _kept(tmp_path / f"copy-{number}") if n.startswith("w")]
        assert len(halves) % 2 == 0


def test_without_a_key_a_backup_is_refused_unless_it_is_asked_for_in_plain(file: Path) -> None:
    refused = _run(file, "backup")
    assert (refused.returncode, "--new-key" in refused.stderr) == (2, True)
    assert _run(file, "backup", "plain.sqlite3", "--plain").returncode == 0
    assert _kept(file.parent / "plain.sqlite3") == ["a1"]


def test_a_backup_overwrites_nothing(file: Path) -> None:
    (file.parent / "there").write_text("mine")
    refused = _run(file, "backup", "there", "--plain")
    assert refused.returncode == 2
    assert (file.parent / "there").read_text() == "mine"


def test_a_new_key_opens_what_it_closed_and_is_for_its_owner_alone(file: Path) -> None:
    made = _run(file, "backup", "--new-key", "my.key")
    assert made.returncode == 0
    public = made.stdout.strip().removeprefix("HRD_MONITOR_BACKUP_KEY=")
    path = file.parent / "my.key"
    assert path.stat().st_mode & 0o777 == 0o600
    assert "AGE-SECRET-KEY-1" not in made.stdout + made.stderr
    assert _run(file, "backup", "s.age", HRD_MONITOR_BACKUP_KEY=public).returncode == 0
    assert _run(file, "restore", "s.age", "--key", "my.key", "--yes").returncode == 0
    assert _run(file, "backup", "--new-key", "my.key").returncode == 2


def test_restoring_refuses_while_a_daemon_uses_the_database(file: Path) -> None:
    backup.save(file, file.parent / "copy.sqlite3", None)
    database = Database.open(f"sqlite:///{file}")
    hold = Hold(database).take(NOW)
    refused = _run(file, "restore", "copy.sqlite3", "--yes")
    hold.release()
    database.close()
    assert refused.returncode == 2
    assert "in use by a running hrd-monitor: stop that first" in refused.stderr
    assert _run(file, "restore", "copy.sqlite3", "--yes").returncode == 0


def test_restoring_asks_first_and_no_leaves_everything(file: Path) -> None:
    backup.save(file, file.parent / "copy.sqlite3", None)
    before = file.read_bytes()
    asked = _run(file, "restore", "copy.sqlite3", said="n\n")
    assert asked.returncode == 1
    assert f"takes the place of {file}" in asked.stdout
    assert file.read_bytes() == before


def test_a_backup_that_is_damaged_foreign_newer_or_locked_is_refused_and_nothing_changes(file: Path, key: Keys) -> None:
    folder, before = file.parent, file.read_bytes()
    backup.save(file, folder / "closed.age", key[1])
    spoiled = bytearray((folder / "closed.age").read_bytes())
    spoiled[-100] ^= 1
    (folder / "spoiled.age").write_bytes(spoiled)
    (folder / "text").write_text("no database at all")
    sqlite3.connect(folder / "foreign").execute("CREATE TABLE t (x)")
    backup.save(file, folder / "newer", None)
    with sqlite3.connect(folder / "newer") as opened:
        opened.execute("UPDATE alembic_version SET version_num = '9999'")
    opened.close()
    other = folder / "other.key"
    other.write_text(sealing.new_key()[0])
    for name, using, why in (
        ("closed.age", None, "--key FILE"),
        ("closed.age", other, "another key closed it"),
        ("spoiled.age", key[0], "the file is damaged"),
        ("text", None, "damaged"),
        ("foreign", None, "no database of hrd-monitor"),
        ("newer", None, "a newer release"),
        ("closed.age", folder / "text", "no secret key"),
        ("missing", None, "cannot be read"),
    ):
        refused = _run(file, "restore", name, "--yes", *(["--key", str(using)] if using else []))
        assert (refused.returncode, why in refused.stderr, "Traceback" in refused.stderr) == (2, True, False), (
            name,
            refused.stderr,
        )
    assert file.read_bytes() == before
    assert [p.name for p in folder.iterdir() if p.name.startswith(".")] == []


def test_a_daemon_refuses_a_damaged_database_with_the_way_out_and_restoring_mends_it(file: Path) -> None:
    folder = file.parent
    backup.save(file, folder / "copy.sqlite3", None)
    for name, words in (
        ("sources", "sources: []"),
        ("watchlist", "defenders: []"),
        ("alerts", "channels: {t: {kind: console}}\nroutes: [{match: {}, to: [t]}]"),
    ):
        (folder / f"{name}.yaml").write_text(words)
        (folder / f"{name}.yaml").chmod(0o600)
    spoiled = bytearray(file.read_bytes())
    spoiled[4096 : 4096 * 20] = os.urandom(4096 * 19)
    file.write_bytes(spoiled)
    refused = _run(file, "run", "--once", HRD_MONITOR_WEB="off")
    assert refused.returncode == 2
    assert "the database file is damaged" in refused.stderr
    assert "hrd-monitor restore FILE" in refused.stderr
    assert _run(file, "restore", "copy.sqlite3", "--yes").returncode == 0
    assert _run(file, "run", "--once", HRD_MONITOR_WEB="off").returncode == 0


def test_a_server_is_saved_with_its_own_tools(file: Path) -> None:
    refused = _run(file, "backup", "x", "--plain", HRD_MONITOR_DATABASE_URL="postgresql://somebody@127.0.0.1:1/x")
    assert (refused.returncode, "pg_dump" in refused.stderr) == (2, True)


def test_backups_are_made_when_due_and_the_oldest_go(file: Path, key: Keys, tmp_path: Path) -> None:
    chosen = Settings(data=tmp_path, backup_key=key[1], backup_every_h=24, backup_copies=2)
    start, made = datetime.now(UTC), []
    for day in range(4):
        at = start + timedelta(days=day)
        path = janitor.back_up(chosen, file, at)
        assert path is not None
        os.utime(path, (at.timestamp(), at.timestamp()))
        made.append(path)
        assert janitor.back_up(chosen, file, at + timedelta(hours=23)) is None
    assert backup.kept(tmp_path / "backups") == made[-2:]
    assert janitor.back_up(Settings(data=tmp_path), file, start + timedelta(days=99)) is None


def test_what_a_killed_backup_left_is_swept_away_by_the_next(file: Path, key: Keys, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    (folder / ".hrd-monitor-20260101T000000Z.sqlite3.age.copy").write_text(NAME)
    (folder / "of somebody else").write_text("stays")
    made = janitor.back_up(Settings(data=tmp_path, backup_key=key[1]), file, NOW)
    assert sorted(folder.iterdir()) == sorted([made, folder / "of somebody else"])


def test_a_damaged_database_gives_no_backup(file: Path, tmp_path: Path) -> None:
    database = Database.open(f"sqlite:///{file}")
    database.transact_now(lambda c: c.execute(text("UPDATE articles SET text = printf('%.*c', 200000, 'x')")))
    database.close()
    spoiled = bytearray(file.read_bytes())
    spoiled[4096 * 4 : 4096 * 30] = os.urandom(4096 * 26)
    file.write_bytes(spoiled)
    with pytest.raises(StoreError, match="damaged"):
        backup.save(file, tmp_path / "out", None)
    assert not (tmp_path / "out").exists()
