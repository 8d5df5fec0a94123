"""Text × watchlist → mentions: which defenders an article names, where, how surely and why."""

from __future__ import annotations

from monitor.match.find import match
from monitor.match.index import Index, build

__all__ = ["Index", "build", "match"]
