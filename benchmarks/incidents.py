"""Putting reports into incidents: milliseconds for each article with many incidents open, and whether that grows with the store."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Connection

from alerts.model import Match, Route, Routing
from alerts.routing import Destination
from benchmarks.figure import Figure
from monitor.casework.clock import ring
from monitor.casework.terms import Terms
from monitor.model import (
    Act,
    Article,
    Aspect,
    Defender,
    Fact,
    Occurrence,
    Poll,
    Reading,
    Relation,
    Relevance,
    Report,
    Sensitivity,
    SourceState,
    Span,
    Strength,
    Watchlist,
)  # fmt: skip
from monitor.poll import SETTLE_CHUNK, settle
from monitor.store import clocks
from monitor.store.database import Database
from monitor.store.install import secret
from monitor.store.migrate import migrate
from monitor.store.tables import articles

TARGET_MS = 5.0  #: for each article, one core
START = datetime(2026, 3, 1, 9, tzinfo=UTC)
OUTLETS = 4  #: articles behind each open incident
MEASURED = 1_000  #: articles timed
WORDS = 300  #: in each article


def measure(quick: bool) -> Iterator[Figure]:
    """Open the incidents, time new articles, let the store of old articles grow, time again."""
    many, old = (500, 20_000) if quick else (5_000, 1_000_000)
    measured = MEASURED // 5 if quick else MEASURED
    with tempfile.TemporaryDirectory() as folder:
        database = Database.open(f"sqlite:///{Path(folder) / 'bench.sqlite3'}")
        migrate(database, START)
        terms = _terms(many, database)
        for outlet in range(OUTLETS):
            _settle(
                database, terms, [_reading(n, outlet, START) for n in range(many)], START + timedelta(minutes=outlet)
            )
        _rung(database, terms)
        before = _each(database, terms, measured, many, 0)
        yield Figure(
            name=f"each article, {many} incidents and {many * OUTLETS} articles open",
            value=before,
            unit="ms",
            target=TARGET_MS,
        )
        database.transact_now(lambda c: _grow(c, old))
        after = _each(database, terms, measured, many, 1)
        yield Figure(name=f"each article, with {old} old articles more", value=after, unit="ms", target=TARGET_MS)
        yield Figure(name="growth of that with the store", value=after / before, unit="times", target=1.25)
        began = time.perf_counter()
        looked = _rung(database, terms, START + timedelta(days=4))
        yield Figure(
            name="each custody clock looked at", value=1000 * (time.perf_counter() - began) / max(1, looked), unit="ms"
        )
        database.close()


def _terms(many: int, database: Database) -> Terms:
    people = tuple(
        Defender(
            id=f"p-{n}",
            name=f"Person {n}",
            country=_country(n),
            sensitivity=Sensitivity.CODENAME,
            codename=f"C-{n}",
        )
        for n in range(many)
    )
    return Terms(
        watchlist=Watchlist(defenders=people),
        sources={},
        routing=Routing(routes=(Route(match=Match(), to=("nowhere",)),)),
        destinations=dict[str, Destination](),
        secret=database.read_now(secret),
    )


def _reading(person: int, outlet: int, at: datetime) -> Reading:
    text = " ".join(f"word{(person * 31 + outlet * 7 + k * (outlet + 3)) % 997}" for k in range(WORDS))
    name = f"a-{person}-{outlet}-{at:%d%H%M}"
    made = Article(
        id=name,
        title="A headline",
        text=text,
        language="en",
        published=at,
        seen=at,
        source_id=f"o-{outlet}",
        country=_country(person),
    )
    report = Report(
        article_id=name, watch=f"p-{person}", act=Act.ARREST, aspect=Aspect.ACTUAL, relevance=Relevance.CIVIC, relation=Relation.SELF,
        strength=Strength.STRONG, occurrence=Occurrence(_day(person), _day(person)), place="Riverton", country=_country(person), by="police",
        score=0.9, evidence=(Span("text", 0, 40),), quote="Police arrested a person in Riverton on Friday.",
        facts=(Fact(key="charge", value="incitement", span=Span("text", 0, 10)),), alerts=True, reasons=("named in full",),
    )  # fmt: skip
    return Reading(article=made, reports=(report,))


def _country(person: int) -> tuple[str, ...]:
    """One of fifty countries."""
    return (f"A{chr(65 + person % 25)}" if person % 50 < 25 else f"B{chr(65 + person % 25)}",)


def _day(person: int) -> date:
    return (START - timedelta(days=person % 5)).date()


def _settle(database: Database, terms: Terms, readings: list[Reading], at: datetime) -> None:
    for start in range(0, len(readings), SETTLE_CHUNK):
        poll = Poll(
            source_id="o",
            at=at,
            outcome="new",
            state=SourceState(source_id="o", next_visit=at),
            readings=tuple(readings[start : start + SETTLE_CHUNK]),
        )
        database.transact_now(lambda c, poll=poll: settle(c, poll, terms, at))  # type: ignore[misc]


def _each(database: Database, terms: Terms, measured: int, many: int, turn: int) -> float:
    """Milliseconds for each article that brings more of an open incident: the median over transactions, since others use the machine too."""
    at = START + timedelta(hours=1 + turn)
    readings = [_reading((n * 17) % many, 10 + turn, at) for n in range(measured)]
    spent = []
    for start in range(0, len(readings), SETTLE_CHUNK):
        piece = readings[start : start + SETTLE_CHUNK]
        began = time.perf_counter()
        _settle(database, terms, piece, at)
        spent.append((time.perf_counter() - began) / len(piece))
    return 1000 * statistics.median(spent)


def _grow(connection: Connection, old: int) -> None:
    """Old articles of no interest, as years of polling leave them."""
    long_ago = (START - timedelta(days=400)).replace(tzinfo=UTC)
    row = {
        "source_id": "o",
        "url": None,
        "title": "Old",
        "text": "Old news.",
        "language": "en",
        "country": "KH",
        "published": long_ago,
        "unread": None,
    }
    for start in range(0, old, 10_000):
        connection.execute(
            articles.insert(),
            [{**row, "id": f"old-{n}", "seen": long_ago} for n in range(start, min(old, start + 10_000))],
        )


def _rung(database: Database, terms: Terms, at: datetime = START + timedelta(minutes=30)) -> int:
    """How many alarms sounded until no clock was due."""
    looked = 0
    while due := database.read_now(lambda c: clocks.due(c, at, 50)):
        looked += len(due)
        database.transact_now(lambda c: ring(c, terms, at))
    return looked
