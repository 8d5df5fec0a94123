"""What is kept no longer is deleted, a little at a time, so that nothing waits for it; and the backup is made when it is due."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from monitor.casework import people
from monitor.config.keep import Keep
from monitor.config.settings import Settings
from monitor.store import backup, retention
from monitor.store.database import Database

AT_ONCE = 200  #: articles in one transaction; a poll waits for at most one
MOST = 50  #: transactions in one round; what is left waits for the next


async def tidy(database: Database, keep: Keep, now: datetime, passing: Callable[[str], None]) -> int:
    """How many articles were forgotten in one round: those that led to nothing, and evidence whose time is over."""
    done = 0
    for forget, before in (
        (retention.forget_texts, now - keep.texts),
        (retention.forget_evidence, now - keep.evidence),
    ):
        for _ in range(MOST):
            some = await database.transact(partial(forget, before=before, limit=AT_ONCE, passing=passing))
            done += some
            if some < AT_ONCE:
                break
    await database.transact(lambda c: people.forget(c, now, keep.names))
    return done


def back_up(settings: Settings, database: Path, now: datetime) -> Path | None:
    """The backup that was due and is made now, None when none is due; older ones beyond the number to keep are deleted.

    Nothing is due without a key: a readable copy on the same disk protects nobody. Raises StoreError; blocks for as long as copying takes.
    """
    folder = settings.backup_folder
    if not settings.backup_key or not _due(folder, timedelta(hours=settings.backup_every_h), now):
        return None
    backup.sweep(folder)
    made = folder / backup.name_at(now, encrypted=True)
    backup.save(database, made, settings.backup_key)
    backup.rotate(folder, settings.backup_copies)
    return made


def _due(folder: Path, every: timedelta, now: datetime) -> bool:
    newest = backup.kept(folder)[-1:]
    return not newest or now - datetime.fromtimestamp(newest[0].stat().st_mtime, UTC) >= every
