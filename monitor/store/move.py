"""A running team's embedded database → a server's, row by row and in one transaction: nothing is lost, nothing is told again."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Final

from sqlalchemy import Connection, Table, func, insert, inspect, select, text

from alerts.tables import metadata as outbox
from monitor.errors import StoreError
from monitor.store.database import Database
from monitor.store.tables import metadata

BATCH: Final = 1_000  #: rows copied at once
#: What belongs to a place and not to the team: who runs there now.
_LEFT: Final = frozenset({"holders", "hosts"})


def move(source: Database, target: Database, step: Callable[[str, int], None] = lambda _table, _rows: None) -> int:
    """How many rows were copied. step: told of each table when it is done. Both are of this release; nobody works on either.

    Raises StoreError when the target holds anything already, and then nothing is written.
    """
    copied = 0

    def work(connection: Connection) -> None:
        """Everything, or nothing."""
        nonlocal copied
        _refuse_full(connection)
        for table in _tables():
            connection.execute(table.delete())  # what every new database starts with, its secret among it
            rows = 0
            for batch in _batches(source, table):
                connection.execute(insert(table), batch)
                rows += len(batch)
            _number_on(connection, table)
            copied += rows
            step(table.name, rows)

    target.transact_now(work)
    return copied


def _tables() -> Iterator[Table]:
    """Every table of the team's memory, those first that others refer to."""
    for one in (metadata, outbox):
        yield from (t for t in one.sorted_tables if t.name not in _LEFT)


def _refuse_full(connection: Connection) -> None:
    there = set(inspect(connection).get_table_names())
    for table in _tables():
        if table.name not in there:
            raise StoreError(
                "the target is of another release: start `hrd-monitor run` on it once, stop it, and try again"
            )
        if table.name != "install" and connection.scalar(select(func.count()).select_from(table)):
            raise StoreError(f"the target is not empty (table {table.name}): name a database that nobody has used")


def _batches(source: Database, table: Table) -> Iterator[list[dict[str, object]]]:
    """The rows of a table; nobody writes to it meanwhile."""
    keys = list(table.primary_key.columns) or list(table.columns)
    offset = 0
    while True:
        query = select(table).order_by(*keys).limit(BATCH).offset(offset)
        rows = source.read_now(lambda c, q=query: [dict(r._mapping) for r in c.execute(q)])  # type: ignore[misc]  # noqa: SLF001 - the default binds it; SQLAlchemy's documented mapping
        if not rows:
            return
        yield rows
        offset += len(rows)


def _number_on(connection: Connection, table: Table) -> None:
    """Let a server's own numbers go on behind those that were copied."""
    column = table.autoincrement_column
    if connection.dialect.name != "postgresql" or column is None:
        return
    sequence = connection.scalar(text("SELECT pg_get_serial_sequence(:t, :c)"), {"t": table.name, "c": column.name})
    if sequence is not None:
        highest = connection.scalar(select(func.max(column)))
        connection.execute(
            text("SELECT setval(:s, :n, :used)"), {"s": sequence, "n": highest or 1, "used": highest is not None}
        )
