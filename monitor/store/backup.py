"""A database in use → a copy in one file, encrypted and proved to be whole; and a copy → the database, while nobody uses it.

Only for the embedded database: PostgreSQL has tools of its own, which know its roles and its log.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from monitor.errors import StoreError
from monitor.store import sealing
from monitor.store.database import Database
from monitor.store.migrate import HEAD
from monitor.store.refusal import told_plainly

PAGES = 2_000  #: copied at a time, 8 MB; a writer gets in between
PAUSE_S = 0.01  #: seconds between two such pieces
_NAME = re.compile(r"hrd-monitor-\d{8}T\d{6}Z\.sqlite3(?:\.age)?")
_BESIDE = ("-wal", "-shm")  #: what SQLite keeps beside a file in use
USE_PG_DUMP = (
    "this database is a PostgreSQL server's: save it with `pg_dump --format=custom`, put it back with `pg_restore`"
)


def file_of(database_url: str) -> Path:
    """The file of an embedded database. Raises StoreError for a server, naming the tool to use."""
    address = Database.open(database_url)
    try:
        if not address.embedded:
            raise StoreError(USE_PG_DUMP)
        return Path(str(address.engine.url.database))
    finally:
        address.close()


def name_at(now: datetime, *, encrypted: bool) -> str:
    """The name of a backup made now; names sort by age."""
    return f"hrd-monitor-{now:%Y%m%dT%H%M%SZ}.sqlite3{'.age' if encrypted else ''}"


def kept(folder: Path) -> list[Path]:
    """The backups of a folder, oldest first; files with other names are not ours."""
    return sorted(p for p in folder.glob("hrd-monitor-*") if _NAME.fullmatch(p.name)) if folder.is_dir() else []


def rotate(folder: Path, keep: int) -> list[Path]:
    """The backups that were deleted because newer ones are enough."""
    gone = kept(folder)[: -max(1, keep)]
    for path in gone:
        path.unlink(missing_ok=True)
    return gone


def save(database: Path, to: Path, key: str | None) -> int:
    """Copy a database in use to a file, encrypt it where a key is given, restore that into a scratch file and check it; bytes written.

    The file appears under its name only when all of this went well. Raises StoreError, and leaves nothing behind.
    """
    if not database.exists():
        raise StoreError(f"{database}: there is no database here yet")
    try:
        to.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        with _scratch(to, "copy") as copy, _scratch(to, "sealed") as closed, _scratch(to, "proof") as proof:
            _copy(database, copy)
            whole(copy)
            made = copy
            if key:
                opener = sealing.seal(copy, closed, key)
                sealing.unseal(closed, proof, opener)
                whole(proof)
                made = closed
            _to_disk(made)
            made.replace(to)
            _to_disk(to.parent)
            return to.stat().st_size
    except OSError as error:
        raise StoreError(f"{to}: the backup cannot be written ({error.strerror})") from None


def whole(path: Path) -> str:
    """The schema of a database file that is whole and of this release or an older one. Raises StoreError for any other."""
    with told_plainly(), closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as opened:
        found = [row[0] for row in opened.execute("PRAGMA integrity_check(5)")]
        if found != ["ok"]:
            raise StoreError(f"{path.name}: this copy is damaged")
        known = opened.execute("SELECT 1 FROM sqlite_master WHERE name = 'alembic_version'").fetchone()
        version = opened.execute("SELECT version_num FROM alembic_version").fetchone() if known else None
    if version is None:
        raise StoreError(f"{path.name}: this is no database of hrd-monitor")
    if str(version[0]) > HEAD:
        raise StoreError(f"{path.name}: a newer release wrote it (schema {version[0]}, this one knows {HEAD})")
    return str(version[0])


@contextmanager
def opened_copy(file: Path, beside: Path, key_file: Path | None) -> Iterator[Path]:
    """A backup, decrypted and checked, as a file beside the database; gone afterwards unless it was moved. Raises StoreError."""
    encrypted = sealing.sealed(file)
    if encrypted and key_file is None:
        raise StoreError(f"{file}: it is encrypted: name the file with the secret key, --key FILE")
    try:
        with _scratch(beside, "restored") as copy:
            if encrypted and key_file:
                sealing.unseal(file, copy, sealing.opener_of(key_file))
            else:
                shutil.copyfile(file, copy)
            whole(copy)
            yield copy
    except OSError as error:
        raise StoreError(f"{beside}: the backup cannot be put here ({error.strerror})") from None


@contextmanager
def unused(database: Path) -> Iterator[None]:
    """Keep every daemon off a database file as long as this lasts. Raises StoreError when one uses it now."""
    database.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = os.open(f"{database}.lock", os.O_CREAT | os.O_RDWR, 0o600)
    try:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise StoreError(f"{database}: it is in use by a running hrd-monitor: stop that first") from None
        yield
    finally:
        os.close(lock)


def put_back(copy: Path, database: Path, now: datetime) -> Path | None:
    """Put a checked copy in the place of the database; where the old one lies now, None when there was none."""
    aside = database.with_name(f"{database.name}.before-{now:%Y%m%dT%H%M%SZ}") if database.exists() else None
    _to_disk(copy)
    for ending in ("", *_BESIDE):
        old = database.with_name(database.name + ending)
        if aside and old.exists():
            old.replace(aside.with_name(aside.name + ending))
    copy.replace(database)
    _to_disk(database.parent)
    return aside


def _copy(database: Path, to: Path) -> None:
    with (
        told_plainly(),
        closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as source,
        closing(sqlite3.connect(to)) as target,
    ):
        source.backup(target, pages=PAGES, sleep=PAUSE_S)
        target.execute("PRAGMA journal_mode=DELETE")


@contextmanager
def _scratch(near: Path, what: str) -> Iterator[Path]:
    """An empty file for its owner alone, in the same folder, gone afterwards; one that a killed run left is used again."""
    path = near.with_name(f".{near.name}.{what}")
    _remove(path)
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    try:
        yield path
    finally:
        _remove(path)


def sweep(folder: Path) -> None:
    """Remove what a killed backup left: readable copies that nobody knows of."""
    for path in folder.glob(".*"):
        if path.suffix in {".copy", ".sealed", ".proof", ".restored"} and path.is_file():
            _remove(path)


def _remove(path: Path) -> None:
    for ending in ("", "-journal", *_BESIDE):
        with suppress(FileNotFoundError):
            path.with_name(path.name + ending).unlink()


def _to_disk(path: Path) -> None:
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)


def aside(database: Path) -> list[Path]:
    """The databases that restoring put aside, with what lies beside them."""
    return sorted(database.parent.glob(f"{database.name}.before-*"))
