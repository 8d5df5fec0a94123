"""What the desk's first page shows: sources, incidents, what waits and what could not be read, by identifiers only."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from alerts.model import DeliveryState
from monitor.model import Article, Incident, Source, SourceState


def overview(
    states: Mapping[str, SourceState],
    recent: Sequence[Incident],
    unread: Sequence[tuple[Article, str]],
    deliveries: Mapping[DeliveryState, int],
    sources: Sequence[Source],
    defenders: int,
    started: datetime,
    trial: str,
    ailment: str | None,
    version: str,
) -> Mapping[str, Any]:
    """The values of the page's template, times in UTC."""
    return {
        "version": version,
        "ailment": ailment,
        "started": _time(started),
        "trial": trial,
        "defenders": defenders,
        "waiting": sum(n for s, n in deliveries.items() if s.value in {"queued", "sending", "unknown"}),
        "deliveries": {s.value: n for s, n in deliveries.items() if n},
        "incidents": [_incident(i) for i in recent],
        "unread": [{"source": a.source_id, "id": a.id, "why": why, "seen": _time(a.seen)} for a, why in unread],
        "sources": [_source(s, states.get(s.id)) for s in sources],
    }


def _incident(incident: Incident) -> Mapping[str, Any]:
    return {
        "id": incident.id,
        "watch": ", ".join(incident.watch) or incident.assembly or "",
        "act": incident.acts[-1].value.replace("_", " "),
        "liberty": incident.liberty.value.replace("_", " ") if incident.watch else "",
        "country": ", ".join(incident.country),
        "date": str(incident.occurrence or ""),
        "severity": incident.severity.value,
        "independent": incident.independent,
        "updated": _time(incident.updated),
    }


def _source(source: Source, state: SourceState | None) -> Mapping[str, Any]:
    return {
        "id": source.id,
        "verdict": state.verdict if state else "new",
        "heard": _time(state.heard if state else None),
        "next_visit": _time(state.next_visit if state else None),
        "why": state.why if state else "",
    }


def _time(when: datetime | None) -> str:
    return when.strftime("%Y-%m-%d %H:%M") if when else ""
