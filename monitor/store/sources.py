"""What is remembered of each source between two visits, and which are due."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import fields
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, Row, bindparam, func, or_, select, update

from monitor.model import SourceState
from monitor.store.conflict import insert_in
from monitor.store.tables import sources

#: A visit further off, or made further ahead, was written while the clock was wrong: the source is taken as due, not lost.
LONGEST_WAIT = timedelta(days=31)
CLOCK_SLACK = timedelta(minutes=2)

_NAMES = tuple(f.name for f in fields(SourceState))
_STATE = select(*(sources.c[name] for name in _NAMES))
_DUE = (
    _STATE.where(sources.c.configured, sources.c.next_visit <= bindparam("now"))
    .order_by(sources.c.next_visit, sources.c.source_id)
    .limit(bindparam("most"))
)
_MEND = (
    update(sources)
    .where(
        sources.c.configured,
        or_(sources.c.next_visit > bindparam("too_far"), sources.c.visited > bindparam("ahead")),
    )
    .values(next_visit=bindparam("now"), visited=None)
)
_CONFIGURE = update(sources).where(sources.c.source_id == bindparam("id_")).values(configured=bindparam("is_"))


def ensure(connection: Connection, ids: Iterable[str], now: datetime) -> None:
    """Take note of which sources are configured: new ones are due at once; those that are gone keep their memory and are left alone."""
    wanted = set(ids)
    known = {r.source_id: r.configured for r in connection.execute(select(sources.c.source_id, sources.c.configured))}
    changed = [{"id_": i, "is_": i in wanted} for i, configured in known.items() if configured != (i in wanted)]
    if changed:
        connection.execute(_CONFIGURE, changed)
    fresh = [SourceState(source_id=i, next_visit=now) for i in sorted(wanted - known.keys())]
    if fresh:
        connection.execute(sources.insert(), [_row(s) for s in fresh])


def due(connection: Connection, now: datetime, limit: int, busy: Collection[str] = ()) -> list[SourceState]:
    """The configured sources whose visit is due, longest overdue first. busy: ids that are being visited already."""
    held = set(busy)
    waiting = (r for r in connection.execute(_DUE, {"now": now, "most": limit + len(held)}) if r.source_id not in held)
    return [_state(r) for r, _ in zip(waiting, range(limit), strict=False)]


def some(connection: Connection, ids: Collection[str]) -> list[SourceState]:
    """The memory of these sources, as far as they are configured."""
    return [_state(r) for r in connection.execute(_STATE.where(sources.c.configured, sources.c.source_id.in_(ids)))]


def mend(connection: Connection, now: datetime) -> int:
    """Make due what was put off, or visited, further ahead than can be: it was written while the clock was wrong. How many there were."""
    return connection.execute(_MEND, {"now": now, "too_far": now + LONGEST_WAIT, "ahead": now + CLOCK_SLACK}).rowcount


def ungreeted(connection: Connection) -> int:
    """How many configured sources have never been heard."""
    asked = select(func.count()).select_from(sources).where(sources.c.configured, sources.c.greeted.is_(False))
    return connection.scalar(asked) or 0


def states(connection: Connection) -> dict[str, SourceState]:
    """The memory of every configured source by its id."""
    return {r.source_id: _state(r) for r in connection.execute(_STATE.where(sources.c.configured))}


def save(connection: Connection, states: Iterable[SourceState], leased: tuple[datetime, ...] = ()) -> None:
    """Keep what visits have taught. leased: the due times under which the visit was ours; when another host has moved it since, nothing is kept."""
    rows = [_row(s) for s in states]
    if leased:
        ids = [r["source_id"] for r in rows]
        ours = select(sources.c.source_id).where(sources.c.source_id.in_(ids), sources.c.next_visit.in_(leased))
        still = set(connection.scalars(ours))
        rows = [r for r in rows if r["source_id"] in still]
    if rows:
        connection.execute(_saving(connection.dialect.name), rows)


@cache
def _saving(dialect: str) -> Insert:
    statement = insert_in(dialect, sources)
    learned = {name: statement.excluded[name] for name in _NAMES if name != "source_id"}
    return statement.on_conflict_do_update(index_elements=["source_id"], set_=learned)


def _row(state: SourceState) -> dict[str, Any]:
    return {"configured": True, **{name: getattr(state, name) for name in _NAMES}}


def _state(row: Row[Any]) -> SourceState:
    return SourceState(**row._mapping)  # noqa: SLF001 - SQLAlchemy's documented mapping of a row
