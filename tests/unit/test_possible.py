"""The daily list of what was not certain enough: open cases only, once a day, with the edit that would help."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import Connection

from alerts import outbox
from alerts.model import AlertKind, Digest, Routing
from alerts.routing import Destination
from monitor.casework.terms import Terms
from monitor.model import Article, Aspect, Reading, Sensitivity, Strength, Watchlist
from monitor.possible import AT, compose, say_possible
from monitor.store import articles, reports
from monitor.store.database import Database
from monitor.store.migrate import migrate
from tests.unit.incidents.made import DARA, LIST, NOW, fact, report

ARTICLE = Article(id="a1", title="News", text="x", url="https://news.example/1", seen=NOW)
WEAK = report(strength=Strength.WEAK, alerts=False, reasons=("only a common name, no place or organisation beside it",))


def test_a_weak_report_is_shown_with_its_reason_and_what_helps() -> None:
    alert = compose([(WEAK, ARTICLE)], LIST, ("desk",), NOW)
    assert alert is not None
    assert alert.only_to == ("desk",)
    assert alert.lines[0].label == "Sok Dara?"
    assert "only a common name" in alert.lines[0].text
    assert "explain a1" in alert.lines[0].text
    assert "`not`" in alert.lines[-1].text
    assert "Sok" not in alert.preview


def test_what_is_not_open_or_is_withheld_or_did_not_happen_is_in_no_list() -> None:
    hidden = Watchlist(defenders=(replace(DARA, sensitivity=Sensitivity.CODENAME),))
    assert compose([(WEAK, ARTICLE)], hidden, ("desk",), NOW) is None
    assert compose([(replace(WEAK, facts=(fact("under_18", "yes"),)), ARTICLE)], LIST, ("desk",), NOW) is None
    assert compose([(replace(WEAK, aspect=Aspect.NEGATED), ARTICLE)], LIST, ("desk",), NOW) is None
    assert compose([(replace(WEAK, strength=Strength.STRONG), ARTICLE)], LIST, ("desk",), NOW) is None


def test_the_list_comes_once_a_day_to_whoever_gets_digests() -> None:
    database = Database.open("sqlite://", None)  # type: ignore[arg-type]  # a database in memory needs no folder
    migrate(database, NOW)
    where = {"desk": Destination(addresses=("a",), parts=dict.fromkeys(AlertKind, ("post",)))}
    rule = Digest(to=("desk",), at=AT.at, timezone="UTC")
    routing = Routing(routes=(), digest=(rule,))
    terms = Terms(watchlist=LIST, sources={}, routing=routing, destinations=where, secret=b"s")
    seen = NOW + timedelta(hours=20)

    def keep(conn: Connection) -> None:
        articles.add(conn, [Reading(article=replace(ARTICLE, seen=seen))])
        reports.add(conn, [(WEAK, None)])

    assert database.transact_now(lambda c: say_possible(c, terms, where, NOW)) == 0, "a new installation waits"
    database.transact_now(keep)
    tomorrow = NOW + timedelta(days=1)
    assert database.transact_now(lambda c: say_possible(c, terms, where, tomorrow)) == 1
    assert database.transact_now(lambda c: say_possible(c, terms, where, tomorrow)) == 0
    sent = database.transact_now(lambda c: outbox.claim(c, "desk", tomorrow))
    assert sent.alert.reason == "possible"
    database.close()
