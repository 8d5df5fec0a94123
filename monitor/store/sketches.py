"""The sketches of the texts behind incidents."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import Connection, select

from monitor.store.conflict import insert
from monitor.store.tables import sketches


def add(connection: Connection, article_id: str, sketch: bytes) -> None:
    """Keep the sketch of an article's text; one that is there stays."""
    row = {"article_id": article_id, "sketch": sketch}
    connection.execute(insert(connection, sketches).on_conflict_do_nothing(), row)


def of(connection: Connection, article_ids: Collection[str]) -> dict[str, bytes]:
    """The sketches of these articles, as far as there are any."""
    found = connection.execute(select(sketches).where(sketches.c.article_id.in_(article_ids)))
    return {r.article_id: bytes(r.sketch) for r in found}
