"""Who else on this machine may read the secrets or change the configuration, each with the command that mends it."""

from __future__ import annotations

import stat
from pathlib import Path

from monitor.config.files import watchlist_files
from monitor.config.settings import Settings
from monitor.errors import Mistake


def permissions(settings: Settings) -> tuple[list[Mistake], list[Mistake]]:
    """What `run` refuses (secrets others can read, files others can change), and what is only worth a look (a readable watchlist)."""
    refused: list[Mistake] = []
    notes: list[Mistake] = []
    for secret in (Path(".env"),):
        if _mode(secret) & (stat.S_IRGRP | stat.S_IROTH):
            refused.append(Mistake(str(secret), 0, 0, "others on this machine can read your secrets", f"run: chmod 600 {secret}"))
    for path in (settings.sources, settings.alerts, *watchlist_files(settings.watchlist)):
        if _mode(path) & stat.S_IWOTH:
            refused.append(Mistake(str(path), 0, 0, "everybody on this machine can change it", f"run: chmod o-w {path}"))
    for path in watchlist_files(settings.watchlist):
        if _mode(path) & (stat.S_IRGRP | stat.S_IROTH):
            notes.append(Mistake(str(path), 0, 0, "others on this machine can read your watchlist", f"run: chmod 600 {path}"))
    return refused, notes


def _mode(path: Path) -> int:
    try:
        return path.stat().st_mode
    except OSError:
        return 0
