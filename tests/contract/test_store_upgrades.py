"""A database of every earlier schema, with data in it, comes forward to this release and means the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, select

from alerts import codec, outbox
from alerts.channels import destination
from alerts.channels.console import Settings as Console
from alerts.model import Match, Route, Routing
from alerts.routing import targets
from alerts.tables import deliveries
from monitor.incidents.rulings import Ruling, Verb
from monitor.store import articles, incidents, install, migrate, reports, rulings, sources, tables
from monitor.store.database import Database
from tests.fakes import alerts as told
from tests.fakes import stored
from tests.fakes.stored import NOW

SCRIPTS = ScriptDirectory(str(Path(migrate.__file__).parent / "migrations"))
EARLIER = sorted(r.revision for r in SCRIPTS.walk_revisions() if r.revision != migrate.HEAD)
Open = Callable[[str], Database]


def _at(connection: Connection, revision: str) -> None:
    """Bring an empty database to an earlier schema."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS.dir))
    with EnvironmentContext(config, SCRIPTS) as environment:
        steps = lambda at, _context: SCRIPTS._upgrade_revs(revision, at)  # noqa: E731 - what alembic asks for
        environment.configure(connection=connection, fn=steps)
        environment.run_migrations()


def _fill(connection: Connection) -> None:
    """One of everything, as this release writes it."""
    key = install.secret(connection)
    articles.add(connection, [stored.reading("a1", text=stored.HOSTILE), stored.reading("a2", unread="too deep")])
    articles.remember(connection, "a-paper", ["an entry"], key, NOW)
    incidents.save(connection, stored.incident())
    reports.add(connection, [(stored.report("a1"), "i-1")])
    sources.ensure(connection, ["a-paper"], NOW)
    rulings.add(connection, Ruling(incident="i-1", verb=Verb.TAKE, by="a responder", at=NOW))
    routing = Routing(routes=(Route(match=Match(), to=("terminal",)),))
    known = {"terminal": destination("console", Console())}
    outbox.enqueue(connection, told.FIRST, targets(told.FIRST, routing, known, NOW), key, NOW)


def _copied(source: Connection, target: Connection) -> None:
    """Every row of one database into another of an earlier schema, as far as that has tables and columns for it."""
    new, old = MetaData(), MetaData()
    new.reflect(source)
    old.reflect(target)
    for table in old.sorted_tables:
        if table.name == "alembic_version":
            continue
        columns = [c for c in new.tables[table.name].columns if c.name in table.columns]
        rows = [dict(r._mapping) for r in source.execute(select(*columns))]
        if rows:
            target.execute(table.insert(), rows)


@pytest.mark.parametrize("revision", EARLIER)
def test_a_database_of_an_earlier_release_comes_forward_with_all_it_holds(
    revision: str, empty_url: str, open_database: Open, tmp_path: Path
) -> None:
    now = open_database(f"sqlite:///{tmp_path / 'now.sqlite3'}")
    migrate.migrate(now, NOW)
    now.transact_now(_fill)
    database = open_database(empty_url)
    database.transact_now(lambda c: _at(c, revision))
    now.read_now(lambda source: database.transact_now(lambda target: _copied(source, target)))
    assert database.read_now(migrate.version) == revision
    migrate.migrate(database, NOW)
    assert database.read_now(migrate.version) == migrate.HEAD
    key = now.read_now(install.secret)

    def means(c: Connection) -> tuple[object, ...]:
        return (
            articles.get(c, "a1"),
            articles.unread(c, 9),
            incidents.get(c, "i-1"),
            incidents.candidates(c, "kh-0001", None, NOW),
            reports.of_incident(c, "i-1"),
            articles.unseen(c, "a-paper", ["an entry", "another"], key),
            [codec.load(t) for t in c.scalars(select(deliveries.c.alert))],
            sources.states(c),
            [d for (d,) in c.execute(select(tables.articles.c.digest).order_by(tables.articles.c.id))],
        )

    assert database.read_now(means) == now.read_now(means)
    assert database.read_now(install.secret) == key


def test_there_are_earlier_schemas_to_come_from() -> None:
    assert EARLIER[0] == "0001"
