"""Who else on this machine may read the secrets or change the configuration, each with the command that mends it."""

from __future__ import annotations

import stat
from pathlib import Path

from monitor.config.files import watchlist_files
from monitor.config.settings import Settings
from monitor.errors import Mistake

_READABLE = stat.S_IRGRP | stat.S_IROTH


def permissions(settings: Settings) -> tuple[list[Mistake], list[Mistake]]:
    """What `run` refuses (secrets others can read, files others can change), and what is only worth a look (a readable watchlist)."""
    lists = watchlist_files(settings.watchlist)
    refused = [
        Mistake(str(path), 0, 0, "others on this machine can read your secrets", f"run: chmod 600 {path}")
        for path in (Path(".env"), *settings.secret_files)
        if _mode(path) & _READABLE
    ]
    refused += [
        Mistake(str(path), 0, 0, "everybody on this machine can change it", f"run: chmod o-w {path}")
        for path in (settings.sources, settings.alerts, *lists)
        if _mode(path) & stat.S_IWOTH
    ]
    notes = [
        Mistake(str(path), 0, 0, "others on this machine can read your watchlist", f"run: chmod 600 {path}")
        for path in lists
        if _mode(path) & _READABLE
    ]
    return refused, notes


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode
    except OSError:
        return 0
