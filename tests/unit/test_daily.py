"""What the operator is told of the service: once a day each, with the next step, and to the operator alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection

from alerts import inbox, outbox
from alerts.model import AlertKind, Routing
from alerts.routing import Destination, Target
from monitor.casework.terms import Terms
from monitor.daily import say_alive, say_refused, say_taken, say_troubles, say_unmet
from monitor.errors import Mistake
from monitor.match.expected import Unmet
from monitor.model import Defender, Watchlist
from monitor.store import incidents
from monitor.store.database import Database
from monitor.store.migrate import migrate
from tests.fakes.alerts import FIRST
from tests.fakes.stored import incident

WRONG = tuple(Mistake("/etc/x/watchlist.yaml", n, 5, "unknown key 'nmae'", "did you mean 'name'?") for n in range(1, 8))
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
    assert database.transact_now(lambda c: say_refused(c, WRONG, TERMS, WHERE, NOW)) == 1
    assert database.transact_now(lambda c: say_refused(c, WRONG, TERMS, WHERE, NOW)) == 0
    assert database.transact_now(lambda c: say_refused(c, WRONG[:1], TERMS, WHERE, NOW)) == 1
    first = database.transact_now(lambda c: outbox.claim(c, "ops", NOW))
    assert "100 MB" in first.alert.title
    assert first.alert.kind is AlertKind.OPERATOR
    database.close()


def test_a_refused_file_is_told_with_its_line_and_the_fix() -> None:
    database = played()
    database.transact_now(lambda c: say_refused(c, WRONG, TERMS, WHERE, NOW))
    alert = database.transact_now(lambda c: outbox.claim(c, "ops", NOW)).alert
    said = [line.text for line in alert.lines]
    assert said[0] == "watchlist.yaml:1: unknown key 'nmae'; did you mean 'name'?"
    assert said[5] == "and 2 more: `hrd-monitor check` lists them"
    assert "7 mistakes" in alert.title
    database.close()


def test_what_a_saved_file_changed_is_told_unless_it_changed_nothing() -> None:
    database = played()
    assert database.transact_now(lambda c: say_taken(c, (), TERMS, WHERE, NOW)) == 0
    assert database.transact_now(lambda c: say_taken(c, ("defenders added (1): kh-9",), TERMS, WHERE, NOW)) == 1
    alert = database.transact_now(lambda c: outbox.claim(c, "ops", NOW)).alert
    assert alert.lines[0].text == "defenders added (1): kh-9"
    database.close()


def test_sentences_that_turn_out_otherwise_are_told_by_id_and_number() -> None:
    database = played()
    unmet = tuple(Unmet("kh-0001", wanted, n) for wanted in (True, False) for n in range(1, 5))
    assert database.transact_now(lambda c: say_unmet(c, (), TERMS, WHERE, NOW)) == 0
    assert database.transact_now(lambda c: say_unmet(c, unmet, TERMS, WHERE, NOW)) == 1
    assert database.transact_now(lambda c: say_unmet(c, unmet, TERMS, WHERE, NOW)) == 0
    alert = database.transact_now(lambda c: outbox.claim(c, "ops", NOW)).alert
    assert (
        alert.lines[0].text == "kh-0001: should_match sentence 1 does not name this person; add the spelling to names"
    )
    assert alert.lines[5].text.startswith("and 3 more")
    database.close()


def test_entries_to_look_at_again_are_listed_on_mondays_by_id() -> None:
    database = played()
    people = tuple(Defender(id=f"kh-{n}", name="Sok Dara", review_by=date(2026, 11, n)) for n in (20, 23, 22))
    terms = replace(TERMS, watchlist=Watchlist(defenders=people))
    told = []
    for day in range(3):  # a Sunday, a Monday, a Tuesday
        at = datetime(2026, 11, 22 + day, 8, tzinfo=UTC)
        database.transact_now(lambda c, at=at: say_alive(c, terms, WHERE, at - timedelta(hours=2)))
        database.transact_now(lambda c, at=at: say_alive(c, terms, WHERE, at))
        said = database.transact_now(lambda c, at=at: outbox.claim(c, "ops", at)).alert
        told.append([line.text for line in said.lines if line.label == "Past review_by"])
    assert told == [[], ["kh-20, kh-22; `hrd-monitor watch list --due` shows all 2"], []]
    database.close()


def test_on_a_monday_of_the_trial_people_hear_what_their_answers_say() -> None:
    database = played()
    trial = replace(TERMS, routing=Routing(routes=(), operator=("ops",), trial=("ops",)))
    monday = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)

    def week(conn: Connection) -> None:
        outbox.enqueue(
            conn, FIRST, [Target(channel="gone", address="a", parts=("post",), not_before=monday)], b"s", monday
        )
        inbox.put(conn, "p1", FIRST.thread, "wrong-person", "mina", monday - timedelta(hours=2))
        incidents.save(conn, incident(FIRST.thread))
        say_alive(conn, trial, WHERE, monday - timedelta(days=1))
        say_alive(conn, trial, WHERE, monday)

    database.transact_now(week)
    alert = database.transact_now(lambda c: outbox.claim(c, "ops", monday)).alert
    said = {line.label: line.text for line in alert.lines}
    assert said["kh-0001"].startswith("0 right, 1 of somebody else, 0 old; add the word")
    assert said["Source a-paper"] == "0 right, 1 of somebody else, 0 old"
    assert "Sok Dara" not in repr(alert)
    database.close()
