"""Paths and settings → the whole configuration, frozen; every mistake of every file at once, or none."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from alerts.model import Routing
from monitor.config.alerts_file import AlertsRead, load_alerts
from monitor.config.channels import ChannelConfig, missing_secrets
from monitor.config.notes import watchlist_notes
from monitor.config.packs import load_packs
from monitor.config.settings import Settings, strangers_in_environment
from monitor.config.sources_file import load_sources
from monitor.config.watchlist_file import WatchlistRead, read_watchlist
from monitor.errors import ConfigError, Mistake
from monitor.languages.pack import Packs
from monitor.model import Source, Watchlist

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Paths:
    """Where the files lie. packs: a folder with language packs of the team's own, None for the shipped ones alone."""

    sources: Path
    watchlist: Path
    alerts: Path
    packs: Path | None = None


@dataclass(frozen=True, slots=True)
class Configuration:
    """Everything in force at one moment; replaced as a whole on reload. notes: what is allowed but looks unwise."""

    settings: Settings
    sources: tuple[Source, ...]
    watchlist: Watchlist
    channels: Mapping[str, ChannelConfig]
    routing: Routing
    packs: Packs
    notes: tuple[Mistake, ...] = ()
    listed: WatchlistRead | None = None  #: the watchlist with the place of each entry, for messages that point at one


def load(paths: Paths, settings: Settings, *, number_missing: bool = False) -> Configuration:
    """Read all files and hold them against each other and the settings.

    Raises ConfigError with every mistake of every file, in the order of files and lines.
    """
    found: list[Mistake] = []
    sources = _try(found, lambda: load_sources(paths.sources))
    listed = _try(found, lambda: read_watchlist(paths.watchlist, number_missing=number_missing))
    alerts = _try(found, lambda: load_alerts(paths.alerts))
    packs = _try(found, lambda: load_packs(paths.packs))
    if alerts is not None:
        found += missing_secrets(alerts.document, alerts.channels, settings.secrets())
        if listed is not None:
            found += _silent_to(listed, alerts)
    if found or sources is None or listed is None or alerts is None or packs is None:
        raise ConfigError(in_order(found))
    notes = (*strangers_in_environment(), *watchlist_notes(listed), *_watched_routes(alerts, listed), *alerts.notes)
    return Configuration(
        settings=settings,
        sources=sources,
        watchlist=listed.watchlist,
        channels=alerts.channels,
        routing=alerts.routing,
        packs=packs,
        notes=in_order(notes),
        listed=listed,
    )


def in_order(found: list[Mistake] | tuple[Mistake, ...]) -> tuple[Mistake, ...]:
    """File by file as they came, and by line and column within each; the same mistake once."""
    files = {m.path: n for n, m in reversed(list(enumerate(found)))}
    return tuple(sorted(dict.fromkeys(found), key=lambda m: (files[m.path], m.line, m.column)))


def _try(found: list[Mistake], read: Callable[[], _T]) -> _T | None:
    try:
        return read()
    except ConfigError as error:
        found += error.mistakes
        return None


def _silent_to(listed: WatchlistRead, alerts: AlertsRead) -> Iterator[Mistake]:
    for defender in listed.watchlist.defenders:
        if not set(defender.silent_to) <= alerts.channels.keys():
            place = listed.places[defender.id]
            fix = f"write one of {', '.join(sorted(alerts.channels)) or 'your channels, once there are any'}"
            yield place.document.mistake(
                (*place.loc, "silent_to"), f"{alerts.document.path} has no channel of this name", fix
            )


def _watched_routes(alerts: AlertsRead, listed: WatchlistRead) -> Iterator[Mistake]:
    """Routes that ask for somebody who is not on the watchlist: perhaps a slip, perhaps a case that is closed."""
    for number, route in enumerate(alerts.routing.routes):
        for item, watch in enumerate(route.match.watch):
            if watch not in listed.places:
                loc = ("routes", number, "match", "watch", item)
                yield alerts.document.mistake(
                    loc, "nobody on the watchlist has this id", "correct it, or strike it from the route"
                )
