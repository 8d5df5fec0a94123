"""Alert × routes × channels × now → targets and the reasons for them; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from alerts.model import AlertKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """What routing knows of a channel: the addresses behind it and the parts that each kind of alert becomes there."""

    addresses: tuple[str, ...]
    parts: Mapping[AlertKind, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """One address that an alert goes to, in which parts, not before when (a mute ends then), and whether only on trial."""

    channel: str
    address: str
    parts: tuple[str, ...]
    not_before: datetime
    trial: bool = False
