"""A concern is told to the operator once, again after a week, and once more when it is over; on both databases."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select

from alerts.channels import destination
from alerts.channels.console import Settings as Console
from alerts.model import Match, Route, Routing
from alerts.tables import deliveries
from monitor.concerns import Concern
from monitor.store import concerns
from monitor.store.database import Database
from tests.fakes.stored import NOW

SECRET = b"s" * 32
DARK = Concern(key="coverage:KH:km", title="Nobody is heard any more: KH, km", what="not heard: a", todo="add another")
ROUTING = Routing(routes=(Route(match=Match(), to=("desk",)),), operator=("terminal",), trial=("elsewhere",))
PLACES = {"terminal": destination("console", Console())}


def tell(database: Database, *found: Concern, days: float = 0) -> tuple[str, ...]:
    now = NOW + timedelta(days=days)
    told: tuple[str, ...] = database.transact_now(lambda c: concerns.tell(c, found, ROUTING, PLACES, SECRET, now))
    return told


def queued(database: Database) -> list[tuple[str, str]]:
    asked = select(deliveries.c.channel, deliveries.c.kind).order_by(deliveries.c.id)
    return [(r.channel, r.kind) for r in database.read_now(lambda c: c.execute(asked).all())]


def test_a_concern_is_told_once_to_the_operator_also_during_a_trial(database: Database) -> None:
    assert [tell(database, DARK) for _ in range(3)] == [("coverage:KH:km",), (), ()]
    assert queued(database) == [("terminal", "operator")]
    assert database.read_now(concerns.standing) == {"coverage:KH:km": NOW}


def test_a_concern_that_stands_for_a_week_is_told_again(database: Database) -> None:
    tell(database, DARK)
    assert tell(database, DARK, days=6.9) == ()
    assert tell(database, DARK, days=7) == ("coverage:KH:km",)
    assert tell(database, DARK, days=8) == ()


def test_the_end_of_a_concern_is_told_once_and_a_new_one_is_new_again(database: Database) -> None:
    tell(database, DARK)
    assert tell(database, days=1) == ("coverage:KH:km",)
    assert tell(database, days=2) == ()
    assert database.read_now(concerns.standing) == {}
    assert tell(database, DARK, days=3) == ("coverage:KH:km",)
    assert len(queued(database)) == 3
