"""What is remembered of each source between two visits, and which are due."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select, update

from monitor.model import SourceState
from monitor.store.tables import sources

_UPDATE = update(sources).where(sources.c.source_id == bindparam("id_")).values(
    {c.name: bindparam(c.name) for c in sources.columns if c.name != "source_id"}
)  # fmt: skip


def ensure(connection: Connection, ids: Iterable[str], now: datetime) -> None:
    """Remember sources that are new in the configuration; they are due at once. Sources no longer configured keep their memory."""
    known = set(connection.scalars(select(sources.c.source_id)))
    fresh = [asdict(SourceState(source_id=i, next_visit=now)) for i in dict.fromkeys(ids) if i not in known]
    if fresh:
        connection.execute(sources.insert(), fresh)


def due(connection: Connection, now: datetime, limit: int) -> list[SourceState]:
    """The sources whose visit is due, longest overdue first."""
    rows = connection.execute(
        select(sources).where(sources.c.next_visit <= now).order_by(sources.c.next_visit).limit(limit)
    )
    return [_state(r) for r in rows]


def states(connection: Connection) -> dict[str, SourceState]:
    """Every source's memory by its id."""
    return {r.source_id: _state(r) for r in connection.execute(select(sources))}


def save(connection: Connection, states: Iterable[SourceState]) -> None:
    """Keep what visits have taught."""
    rows = [{**{k: v for k, v in asdict(s).items() if k != "source_id"}, "id_": s.source_id} for s in states]
    if rows:
        connection.execute(_UPDATE, rows)


def _state(row: Row[Any]) -> SourceState:
    return SourceState(**row._mapping)  # noqa: SLF001 - SQLAlchemy's documented mapping of a row
