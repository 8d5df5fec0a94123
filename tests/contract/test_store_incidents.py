"""Incidents and their reports come back as they were, and are found by whom, where and when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Connection, func, select, text

from monitor.errors import StoreError
from monitor.model import Act, Liberty, Occurrence, Report
from monitor.store import articles, incidents, reports
from monitor.store.database import Database
from monitor.store.tables import incident_watch
from tests.fakes import stored
from tests.fakes.stored import HOSTILE, NOW

SECRET = b"s" * 32
HOUR = timedelta(hours=1)


def test_reports_are_found_by_article_and_by_incident_in_order_of_arrival(database: Database) -> None:
    first, second = (
        stored.report(quote=HOSTILE),
        stored.report(watch=None, assembly="kh-assemblies", alerts=False, occurrence=None),
    )

    def write(connection: Connection) -> None:
        articles.add(connection, [stored.reading()])
        incidents.save(connection, stored.incident())
        reports.add(connection, [(first, "i-1"), (second, None)])
        reports.add(connection, [(second, "i-1")])

    database.transact_now(write)
    assert database.read_now(lambda c: reports.of_incident(c, "i-1")) == [first, second]
    assert database.read_now(lambda c: reports.of_article(c, "a1")) == [first, second, second]
    assert database.read_now(lambda c: reports.of_incident(c, "i-2")) == []


def test_a_report_needs_its_article_and_its_incident(database: Database) -> None:
    def orphan(connection: Connection, claim: Report, incident_id: str | None) -> None:
        articles.add(connection, [stored.reading()])
        reports.add(connection, [(claim, incident_id)])

    for claim, incident_id in ((stored.report("gone"), None), (stored.report(), "i-gone")):
        with pytest.raises(StoreError, match="IntegrityError"):
            database.transact_now(lambda c, r=claim, i=incident_id: orphan(c, r, i))
    assert database.read_now(lambda c: articles.get(c, "a1")) is None


def test_an_incident_comes_back_as_it_was_and_as_it_became(database: Database) -> None:
    before = stored.incident(place=HOSTILE)
    after = replace(
        before, revision=2, liberty=Liberty.FREED, occurrence=None, citations=(*before.citations, stored.citation("a2"))
    )
    for incident in (before, after):
        database.transact_now(lambda c, i=incident: incidents.save(c, i))
        assert database.read_now(lambda c: incidents.get(c, "i-1")) == incident
    assert database.read_now(lambda c: list(incidents.every(c))) == [after]
    assert database.read_now(lambda c: incidents.get(c, "i-2")) is None


def test_a_report_may_belong_to_any_incident_of_its_defender_oldest_first(database: Database) -> None:
    _keep(
        database,
        stored.incident("i-new", opened=NOW),
        stored.incident("i-old", opened=NOW - timedelta(days=800)),
        stored.incident("i-both", opened=NOW - HOUR, watch=("kh-0001", "kh-0002")),
        stored.incident("i-other", watch=("kh-0002",)),
        stored.incident("i-nobody", watch=(), assembly="kh-assemblies"),
    )
    assert _names(database.read_now(lambda c: incidents.candidates(c, "kh-0001", None, NOW))) == [
        "i-old",
        "i-both",
        "i-new",
    ]
    assert _names(database.read_now(lambda c: incidents.candidates(c, "kh-0003", None, NOW))) == []


def test_a_report_on_an_assembly_looks_at_the_recent_incidents_of_that_assembly(database: Database) -> None:
    def of(name: str, **said: object) -> object:
        return stored.incident(name, watch=(), assembly="kh-assemblies", **said)

    edge = NOW - incidents.ASSEMBLY_WINDOW
    _keep(
        database,
        of("i-edge", opened=edge, updated=edge),
        of("i-gone", opened=edge, updated=edge - timedelta(seconds=1)),
        of("i-now"),
        replace(of("i-elsewhere"), assembly="th-assemblies"),
        stored.incident("i-person"),
    )
    assert _names(database.read_now(lambda c: incidents.candidates(c, None, "kh-assemblies", NOW))) == [
        "i-edge",
        "i-now",
    ]


def test_a_defender_taken_out_of_an_incident_is_no_longer_found_by_it(database: Database) -> None:
    _keep(database, stored.incident(watch=("kh-0001", "kh-0002")), stored.incident(watch=("kh-0002", "kh-0003")))
    for watch, found in (("kh-0001", []), ("kh-0002", ["i-1"]), ("kh-0003", ["i-1"])):
        assert _names(database.read_now(lambda c, w=watch: incidents.candidates(c, w, None, NOW))) == found
    assert database.read_now(lambda c: c.scalar(select(func.count()).select_from(incident_watch))) == 2


def test_the_incidents_that_moved_last_are_listed_first(database: Database) -> None:
    _keep(
        database,
        stored.incident("i-1", updated=NOW - 2 * HOUR, country=("KH", "TH")),
        stored.incident("i-2", updated=NOW, country=("TH",), watch=("th-0001",)),
        stored.incident("i-3", updated=NOW - HOUR, country=()),
    )
    assert _names(database.read_now(lambda c: incidents.listing(c, 2))) == ["i-2", "i-3"]
    assert _names(database.read_now(lambda c: incidents.listing(c, 9, watch="kh-0001"))) == ["i-3", "i-1"]
    assert _names(database.read_now(lambda c: incidents.listing(c, 9, country="TH"))) == ["i-2", "i-1"]
    assert _names(database.read_now(lambda c: incidents.listing(c, 9, since=NOW - HOUR))) == ["i-2", "i-3"]
    assert _names(database.read_now(lambda c: incidents.listing(c, 9, country="%"))) == []


def test_incidents_are_found_by_the_days_on_which_they_may_have_happened(database: Database) -> None:
    def on(first: int, last: int) -> Occurrence:
        return Occurrence(date(2026, 3, first), date(2026, 3, last))

    _keep(
        database,
        stored.incident("i-day", occurrence=on(12, 12), act=Act.RAID),
        stored.incident("i-month", occurrence=on(1, 31)),
        stored.incident("i-before", occurrence=on(1, 11)),
        stored.incident("i-unknown", occurrence=None),
    )
    assert _names(database.read_now(lambda c: incidents.happened(c, date(2026, 3, 12), date(2026, 3, 13)))) == [
        "i-day",
        "i-month",
    ]


def test_an_incident_that_cannot_be_read_is_refused_and_never_shown(database: Database) -> None:
    _keep(database, stored.incident())
    database.transact_now(
        lambda c: c.execute(text("UPDATE incidents SET incident = replace(incident, 'arrest', 'arrested')"))
    )
    with pytest.raises(StoreError, match="a stored Incident cannot be read") as refused:
        database.read_now(lambda c: incidents.get(c, "i-1"))
    assert "kh-0001" not in str(refused.value)


def _keep(database: Database, *kept: object) -> None:
    for incident in kept:
        database.transact_now(lambda c, i=incident: incidents.save(c, i))


def _names(found: list[object]) -> list[str]:
    return [i.id for i in found]
