"""What casework decides by, and what it brought about: the configuration in force, and the alerts that were made."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from alerts.model import Alert, Routing
from alerts.routing import Destination, Target
from monitor.config import Configuration
from monitor.config.clocks import read_clocks
from monitor.incidents.clock import Clocks
from monitor.model import Incident, Source, Watchlist

_STATE = frozenset({"state", "official"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What settling decides by: the configuration in force, and the key of this installation's hashes.

    tally: told in a few words what became of each report that concerns an incident; for counting, never a name.
    """

    watchlist: Watchlist
    sources: Mapping[str, Source]
    routing: Routing
    destinations: Mapping[str, Destination]
    secret: bytes
    clocks: Clocks = field(default_factory=Clocks)
    passing: Callable[[str], None] = field(default=lambda _name: None)
    tally: Callable[[str], None] = field(default=lambda _what: None)

    @property
    def state(self) -> frozenset[str]:
        """The ids of the state's own sources: what they say is a claim."""
        return frozenset(s.id for s in self.sources.values() if s.publisher in _STATE)


def terms_of(
    configuration: Configuration, destinations: Mapping[str, Destination], secret: bytes, passing: Callable[[str], None]
) -> Terms:
    """The terms of a configuration in force. destinations: its channels as routing knows them."""
    return Terms(
        watchlist=configuration.watchlist,
        sources={s.id: s for s in configuration.sources},
        routing=configuration.routing,
        destinations=destinations,
        secret=secret,
        clocks=read_clocks(configuration.settings.clocks),
        passing=passing,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One alert that was put into the outbox, what made it, and to whom it goes."""

    alert: Alert
    incident: Incident
    article_id: str
    targets: tuple[Target, ...]
