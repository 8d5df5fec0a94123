"""HRD_MONITOR_CLOCKS and the zones of countries → the limits of custody clocks; a mistake is told with what to write instead.

Written as `whereabouts=18h lawyer=48h hearing=12h denied=3d,7d,30d again=30d; EG: lawyer=24h whereabouts=12h`: first what holds everywhere,
then one part for each country that differs.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import timedelta, tzinfo
from functools import cache
from importlib import resources
from pathlib import Path
from zoneinfo import TZPATH, ZoneInfo, ZoneInfoNotFoundError

from monitor.incidents.clock import Clocks, Limits

_SPAN = re.compile(r"(\d{1,4})(h|d)")
_COUNTRY = re.compile(r"[A-Z]{2}")
_UNITS = {"h": timedelta(hours=1), "d": timedelta(days=1)}


def read_clocks(text: str | None) -> Clocks:
    """The clocks of a setting, the usual ones for None. Raises ValueError saying what cannot be read."""
    usual, limits = Limits(), {}
    for part in filter(str.strip, (text or "").split(";")):
        country, colon, rest = part.strip().partition(":")
        if not colon:
            usual = _limits(part, usual)
        elif _COUNTRY.fullmatch(country.strip()):
            limits[country.strip()] = rest
        else:
            raise ValueError(f"{country.strip()!r} is no country of two capital letters")
    return Clocks(usual=usual, limits={c: _limits(said, usual) for c, said in limits.items()}, zones=zones())


@cache
def zones() -> Mapping[str, tzinfo]:
    """The zone of each country: the first the tz database lists for it, which is where most of its people live. Source: zone.tab."""
    found: dict[str, tzinfo] = {}
    for line in _table().splitlines():
        if line and not line.startswith("#"):
            country, _, name = line.split("\t")[:3]
            if country not in found:
                try:
                    found[country] = ZoneInfo(name)
                except ZoneInfoNotFoundError:
                    continue
    return found


def _table() -> str:
    """The tz database's list of zones by country, of the system or of the tzdata package; empty where there is neither."""
    for folder in TZPATH:
        path = Path(folder) / "zone.tab"
        if path.is_file():
            return path.read_text("utf-8")
    try:
        return resources.files("tzdata").joinpath("zoneinfo/zone.tab").read_text("utf-8")
    except (ModuleNotFoundError, OSError):
        return ""


def _limits(text: str, base: Limits) -> Limits:
    made = base
    for word in text.split():
        key, equals, value = word.partition("=")
        spans = tuple(_span(v) for v in value.split(","))
        if not equals or key not in {"whereabouts", "lawyer", "hearing", "denied", "again"}:
            raise ValueError(f"{word!r} is none of whereabouts= lawyer= hearing= denied= again=")
        if key == "denied":
            made = replace(made, denied=spans)
        elif len(spans) != 1:
            raise ValueError(f"{word!r} takes one span, like {key}=18h")
        elif key == "whereabouts":
            made = replace(made, whereabouts=spans[0])
        elif key == "lawyer":
            made = replace(made, lawyer=spans[0])
        elif key == "hearing":
            made = replace(made, hearing=spans[0])
        else:
            made = replace(made, again=max(spans[0], timedelta(days=1)))
    return made


def _span(text: str) -> timedelta:
    found = _SPAN.fullmatch(text)
    if found is None:
        raise ValueError(f"{text!r} is no span: write hours or days, like 18h or 3d")
    return int(found[1]) * _UNITS[found[2]]
