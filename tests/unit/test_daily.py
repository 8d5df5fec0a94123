"""What the operator is told of the service: once a day each, with the next step, and to the operator alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from alerts import outbox
from alerts.model import AlertKind, Routing
from alerts.routing import Destination
from monitor.daily import say_alive, say_refused, say_troubles
from monitor.model import Watchlist
from monitor.poll import Terms
from monitor.store.database import Database
from monitor.store.migrate import migrate

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
WHERE = {"ops": Destination(addresses=("ops@ngo.example",), parts=dict.fromkeys(AlertKind, ("post",)))}
TERMS = Terms(
    watchlist=Watchlist(), sources={}, routing=Routing(routes=(), operator=("ops",)), destinations=WHERE, secret=b"s"
)


def played() -> Database:
    database = Database.open("sqlite://", None)  # type: ignore[arg-type]  # a database in memory needs no folder
    migrate(database, NOW)
    return database


def test_a_sign_of_life_comes_once_a_day_at_its_time() -> None:
    database = played()
    times = [NOW + timedelta(hours=h) for h in (0, 0.5, 1, 2, 24, 25, 26)]
    made = [database.transact_now(lambda c, at=at: say_alive(c, TERMS, WHERE, at)) for at in times]
    assert made == [0, 0, 1, 0, 0, 1, 0]
    database.close()


def test_a_full_disk_and_refused_files_are_told_once() -> None:
    database = played()
    assert database.transact_now(lambda c: say_troubles(c, TERMS, WHERE, 100.0, NOW)) == 1
    assert database.transact_now(lambda c: say_troubles(c, TERMS, WHERE, 90.0, NOW)) == 0
    assert database.transact_now(lambda c: say_troubles(c, TERMS, WHERE, 9_000.0, NOW + timedelta(days=1))) == 0
    assert database.transact_now(lambda c: say_refused(c, 3, TERMS, WHERE, NOW)) == 1
    first = database.transact_now(lambda c: outbox.claim(c, "ops", NOW))
    assert "100 MB" in first.alert.title
    assert first.alert.kind is AlertKind.OPERATOR
    database.close()
