"""Files and environment → one frozen configuration, or every mistake of every file at once, each with file, line and fix."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from alerts.channels.protocol import Channel
from alerts.model import Routing
from alerts.routing import Destination
from monitor.config.packs import load_packs
from monitor.config.permissions import permissions
from monitor.config.routes import Channels, read_alerts
from monitor.config.settings import Settings
from monitor.config.sources import read_sources
from monitor.config.watch import read_watch
from monitor.errors import ConfigError, Mistake
from monitor.languages.pack import Packs
from monitor.model import Source, Watchlist

__all__ = [
    "Channel",
    "Configuration",
    "Destination",
    "Settings",
    "load",
    "load_alerts",
    "load_packs",
    "load_sources",
    "load_watchlist",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Configuration:
    """Everything in force. notes: what is allowed and still worth a look."""

    settings: Settings
    sources: tuple[Source, ...]
    watchlist: Watchlist
    channels: Channels
    routing: Routing
    packs: Packs
    notes: tuple[Mistake, ...] = ()


def load(settings: Settings) -> Configuration:
    """Read every file. Raises ConfigError with all mistakes of all files."""
    mistakes: list[Mistake] = []
    notes: list[Mistake] = []
    sources = read_sources(settings.sources, mistakes)
    watchlist, silent_to = read_watch(settings.watchlist, mistakes, notes)
    channels, routing = read_alerts(settings.alerts, mistakes, notes, silent_to)
    packs = Packs({})
    try:
        packs = load_packs(settings.packs)
    except ConfigError as error:
        mistakes += error.mistakes
    refused, readable = permissions(settings)
    mistakes += refused
    notes += readable
    if mistakes:
        raise ConfigError(tuple(mistakes))
    return Configuration(
        settings=settings,
        sources=sources,
        watchlist=watchlist,
        channels=channels,
        routing=routing,
        packs=packs,
        notes=tuple(notes),
    )


def load_sources(path: Path) -> tuple[Source, ...]:
    """The sources of one file. Raises ConfigError."""
    mistakes: list[Mistake] = []
    found = read_sources(path, mistakes)
    if mistakes:
        raise ConfigError(tuple(mistakes))
    return found


def load_watchlist(path: Path, *, number_missing: bool = False) -> Watchlist:
    """The watchlist alone, without its channels. number_missing: entries without an id are numbered by position (analyse, replay, explain)."""
    mistakes: list[Mistake] = []
    found, _ = read_watch(path, mistakes, [], number_missing=number_missing)
    if mistakes:
        raise ConfigError(tuple(mistakes))
    return found


def load_alerts(path: Path) -> tuple[Mapping[str, Any], Routing]:
    """Channels and routes alone. Raises ConfigError."""
    mistakes: list[Mistake] = []
    channels, routing = read_alerts(path, mistakes, [], ())
    if mistakes:
        raise ConfigError(tuple(mistakes))
    return channels, routing
