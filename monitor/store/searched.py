"""For which entries of the watchlist the stored articles were searched, and as they stood then."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection, select

from monitor.store.conflict import insert
from monitor.store.tables import searched


def digests(connection: Connection) -> dict[str, str]:
    """What was last looked for, by entry."""
    return {r.watch: r.digest for r in connection.execute(select(searched.c.watch, searched.c.digest))}


def done(connection: Connection, found: Mapping[str, str], now: datetime) -> None:
    """Keep that the articles were searched for these entries."""
    rows = [{"watch": watch, "digest": digest, "sensitivity": "", "at": now} for watch, digest in found.items()]
    if rows:
        statement = insert(connection, searched)
        again = {"digest": statement.excluded["digest"], "at": statement.excluded["at"]}
        connection.execute(statement.on_conflict_do_update(index_elements=["watch"], set_=again), rows)


def sensitivities(connection: Connection) -> dict[str, str]:
    """How carefully each entry was last shown."""
    query = select(searched.c.watch, searched.c.sensitivity).where(searched.c.sensitivity != "")
    return {r.watch: r.sensitivity for r in connection.execute(query)}


def shown(connection: Connection, how: Mapping[str, str], now: datetime) -> None:
    """Keep how carefully these entries are shown from now on."""
    rows = [{"watch": watch, "digest": "", "sensitivity": value, "at": now} for watch, value in how.items()]
    if rows:
        statement = insert(connection, searched)
        again = {"sensitivity": statement.excluded["sensitivity"]}
        connection.execute(statement.on_conflict_do_update(index_elements=["watch"], set_=again), rows)
