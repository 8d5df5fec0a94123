"""Silences let through what nobody may miss, holds let nothing through, and both give back what they kept when they end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection

from alerts import outbox, silence
from alerts.model import Alert, Delivery, Match, Severity
from alerts.routing import Target
from tests.fakes.alerts import FIRST, NOW, SECRET, database

QUIET = replace(FIRST, severity=Severity.MEDIUM)
DARA = Match(watch=("kh-0001",))
DAYS = timedelta(days=3)


@pytest.fixture
def conn() -> Iterator[Connection]:
    with database() as engine, engine.begin() as made:
        yield made


def ask(conn: Connection, *, hold: bool = False, about: Match = DARA) -> int:
    return silence.add(conn, about, hold=hold, author="mina", reason="the family asks", until=NOW + DAYS, now=NOW)


def put(conn: Connection, alert: Alert) -> None:
    target = Target(channel="kh", address="C0ALERTS01", parts=("post",), not_before=NOW)
    outbox.enqueue(conn, alert, [target], SECRET, NOW)


def claim(conn: Connection, now: datetime) -> Delivery | None:
    found = silence.active(conn, now)
    return outbox.claim(conn, "kh", now, 0.0, lambda alert: silence.keeps(found, alert, now))


def test_what_a_silence_keeps_back_is_sent_when_it_ends(conn: Connection) -> None:
    ask(conn)
    put(conn, QUIET)
    for hours in (0, 23, 25, 71):
        assert claim(conn, NOW + timedelta(hours=hours)) is None
    assert outbox.pressing(conn, NOW + timedelta(hours=1)) == 0
    ((over, kept),) = silence.over(conn, NOW + DAYS)
    assert (over.author, kept) == ("mina", 1)
    assert claim(conn, NOW + DAYS) is not None
    assert silence.over(conn, NOW + DAYS) == ()


def test_a_silence_that_is_ended_by_hand_gives_back_at_once(conn: Connection) -> None:
    number = ask(conn)
    put(conn, QUIET)
    assert claim(conn, NOW) is None
    assert silence.end(conn, number, NOW + timedelta(hours=1)) == 1
    assert claim(conn, NOW + timedelta(hours=1)) is not None
    assert silence.end(conn, number, NOW + timedelta(hours=2)) is None


@pytest.mark.parametrize("alert", [FIRST, replace(QUIET, broadcast=True), replace(QUIET, reason="withdrawn")])
def test_what_nobody_may_miss_pierces_a_silence_and_never_a_hold(conn: Connection, alert: Alert) -> None:
    number = ask(conn)
    put(conn, alert)
    now = NOW + timedelta(hours=1)
    found = silence.active(conn, now)
    assert silence.keeps(found, alert, now) is None
    silence.end(conn, number, now)
    ask(conn, hold=True)
    assert claim(conn, now) is None


def test_other_people_are_not_kept_back(conn: Connection) -> None:
    ask(conn, hold=True, about=Match(watch=("kh-0002",)))
    put(conn, QUIET)
    assert claim(conn, NOW) is not None


@pytest.mark.parametrize(
    ("about", "author", "reason", "until"),
    [
        (Match(), "mina", "quiet", NOW + DAYS),
        (DARA, " ", "quiet", NOW + DAYS),
        (DARA, "mina", "", NOW + DAYS),
        (DARA, "mina", "quiet", NOW),
    ],
)
def test_a_silence_of_everything_or_without_author_reason_and_end_is_refused(
    conn: Connection, about: Match, author: str, reason: str, until: datetime
) -> None:
    with pytest.raises(ValueError, match="silence"):
        silence.add(conn, about, hold=False, author=author, reason=reason, until=until, now=NOW)
