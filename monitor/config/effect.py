"""The configuration before and after → what changed in effect, by id, for whoever saved a file and asks whether it was understood."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Final

from monitor.config import Configuration

SHOWN: Final = 10  #: ids named of one sort; the rest is counted


def effect(before: Configuration, after: Configuration) -> tuple[str, ...]:
    """What was added, changed and removed, one part a sort of thing; empty when nothing that counts is other than it was."""
    parts = [
        *_compared(
            "defenders",
            {d.id: d for d in before.watchlist.defenders},
            {d.id: d for d in after.watchlist.defenders},
        ),
        *_compared(
            "assemblies",
            {a.id: a for a in before.watchlist.assemblies},
            {a.id: a for a in after.watchlist.assemblies},
        ),
        *_compared("sources", {s.id: s for s in before.sources}, {s.id: s for s in after.sources}),
        *_compared(
            "channels",
            {n: repr(c) for n, c in before.channels.items()},
            {n: repr(c) for n, c in after.channels.items()},
        ),
    ]
    if before.routing != after.routing:
        parts.append("routes, mutes or timers changed")
    return tuple(parts)


def _compared(what: str, old: Mapping[str, Hashable], new: Mapping[str, Hashable]) -> list[str]:
    sorts = {
        "added": [i for i in new if i not in old],
        "changed": [i for i in new if i in old and old[i] != new[i]],
        "removed": [i for i in old if i not in new],
    }
    return [
        f"{what} {how} ({len(ids)}): {', '.join(ids[:SHOWN])}{' …' if len(ids) > SHOWN else ''}"
        for how, ids in sorts.items()
        if ids
    ]
