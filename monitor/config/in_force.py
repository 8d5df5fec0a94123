"""What configuration a daemon last put in force → a small file beside its database, so that a command can say how old it is."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from monitor.config import Configuration
from monitor.config.replaced import replace
from monitor.config.settings import Settings

FILE: Final = "in-force.json"


@dataclass(frozen=True, slots=True)
class InForce:
    """The last good configuration: since when, how much it holds, and the version of the watchlist. Names are not in it."""

    since: datetime
    sources: int
    defenders: int
    watchlist: str


def secrets(settings: Settings) -> dict[str, str]:
    """Every secret of the settings that is set, by its field."""
    fields = ("slack_token", "slack_app_token", "smtp_url", "smtp_password", "heartbeat_url", "web_token")
    held = {f: getattr(settings, f) for f in fields}
    return {f: s.get_secret_value() for f, s in held.items() if s is not None}


def unspoken(configuration: Configuration) -> tuple[str, ...]:
    """What a log never says: the names of everybody on the list, and every secret."""
    people = configuration.watchlist.defenders
    names = [n for d in people for n in (d.name, *d.names, *d.known_as)]
    names += [d.codename for d in people if d.codename not in {"", d.id}]
    return (*names, *filter(None, secrets(configuration.settings).values()))


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
