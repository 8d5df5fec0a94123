"""What configuration a daemon last put in force → a small file beside its database, so that a command can say how old it is."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from monitor.config import Configuration
from monitor.config.replaced import replace

FILE: Final = "in-force.json"


@dataclass(frozen=True, slots=True)
class InForce:
    """The last good configuration: since when, how much it holds, and the version of the watchlist. Names are not in it."""

    since: datetime
    sources: int
    defenders: int
    watchlist: str


def remember(configuration: Configuration, now: datetime) -> None:
    """Write down what is in force from now on. A folder that cannot be written to is somebody else's finding."""
    watchlist = configuration.watchlist
    found = InForce(now, len(configuration.sources), len(watchlist.defenders), watchlist.version)
    try:
        replace(
            configuration.settings.data / FILE,
            json.dumps({**asdict(found), "since": found.since.isoformat()}) + "\n",
            0o600,
        )
    except OSError:
        return


def recall(folder: Path) -> InForce | None:
    """What was written down; None when no daemon has run here, or the file is damaged."""
    try:
        said = json.loads((folder / FILE).read_text("utf-8"))
        return InForce(
            since=datetime.fromisoformat(said["since"]),
            sources=int(said["sources"]),
            defenders=int(said["defenders"]),
            watchlist=str(said["watchlist"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
