"""HRD_MONITOR_KEEP → how long each kind of record is kept; a mistake is told with what to write instead.

Written as `texts=30d evidence=5y names=30d`. Incidents, deliveries and the hashes of what was read are kept for ever.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta

_SPAN = re.compile(r"([1-9]\d{0,3})(d|y)")
_UNITS = {"d": timedelta(days=1), "y": timedelta(days=365)}


@dataclass(frozen=True, slots=True, kw_only=True)
class Keep:
    """How long is kept: texts that led to nothing, after they were seen; texts behind an incident, after it was closed; names on no list."""

    texts: timedelta = timedelta(days=30)
    evidence: timedelta = timedelta(days=5 * 365)
    names: timedelta = timedelta(days=30)


def read_keep(text: str | None) -> Keep:
    """The spans of a setting, the usual ones for None. Raises ValueError saying what cannot be read."""
    made = Keep()
    for word in (text or "").split():
        key, equals, value = word.partition("=")
        found = _SPAN.fullmatch(value)
        if not equals or key not in {"texts", "evidence", "names"}:
            raise ValueError(f"{word!r} is none of texts= evidence= names=")
        if found is None:
            raise ValueError(f"{value!r} is no span: write days or years, like 30d or 5y")
        made = replace(made, **{key: int(found[1]) * _UNITS[found[2]]})
    return made
