"""Environment and YAML files → frozen values; every mistake at once, each with file, line and the fix."""

from __future__ import annotations

from monitor.config.alerts_file import AlertsRead, load_alerts
from monitor.config.channels import ChannelConfig
from monitor.config.load import Configuration, Paths, load
from monitor.config.packs import load_packs
from monitor.config.permissions import permissions
from monitor.config.settings import Settings, load_settings
from monitor.config.sources_file import load_sources
from monitor.config.watchlist_file import load_watchlist

__all__ = [
    "AlertsRead",
    "ChannelConfig",
    "Configuration",
    "Paths",
    "Settings",
    "load",
    "load_alerts",
    "load_packs",
    "load_settings",
    "load_sources",
    "load_watchlist",
    "permissions",
]
