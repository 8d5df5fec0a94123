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
    rows = [{"watch": watch, "digest": digest, "at": now} for watch, digest in found.items()]
    if rows:
        statement = insert(connection, searched)
        again = {"digest": statement.excluded["digest"], "at": statement.excluded["at"]}
        connection.execute(statement.on_conflict_do_update(index_elements=["watch"], set_=again), rows)
