"""A team moves from the embedded database to a server: the same incidents, receipts and keys, and the same things are told afterwards."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import func, select
from typer.testing import CliRunner

from alerts import outbox
from alerts.model import AlertKind, Routing
from alerts.routing import Destination
from alerts.tables import metadata as outbox_tables
from monitor.app import reader
from monitor.casework.terms import Terms, Told
from monitor.cli import app
from monitor.cli.replay import replay
from monitor.config import load_packs
from monitor.errors import StoreError
from monitor.model import Article, Defender, Watchlist
from monitor.read import Reader
from monitor.store import articles, incidents
from monitor.store.database import Database
from monitor.store.install import secret
from monitor.store.move import move
from monitor.store.tables import metadata

Open = Callable[[str], Database]
LIST = Watchlist(defenders=(Defender(id="kh-0001", name="Sok Dara", country=("KH",)),))
DAY = datetime(2026, 3, 2, 8, tzinfo=UTC)
TEXTS = (
    "Police arrested the activist Sok Dara outside the court on Monday, her lawyer said.",
    "The activist Sok Dara was arrested on Monday, witnesses said.",
    "The activist Sok Dara was charged with incitement on Wednesday, a court spokesman said.",
    "The activist Sok Dara was released on bail on Thursday, her lawyer said.",
)
WHERE = {"desk": Destination(addresses=("C1",), parts=dict.fromkeys(AlertKind, ("post",)))}


def _articles() -> list[Article]:
    return [
        Article(
            id=f"a{n}",
            title="News",
            text=text,
            source_id=f"paper-{n}",
            published=DAY + timedelta(days=n),
            country=("KH",),
        )
        for n, text in enumerate(TEXTS)
    ]


def _told(database: Database, given: list[Article], made: Reader) -> list[tuple[str, str, str]]:
    terms = Terms(
        watchlist=LIST, sources={}, routing=Routing(routes=()), destinations=WHERE, secret=database.read_now(secret)
    )
    told: list[Told] = replay(given, made, terms, database)
    return [(t.alert.reason, t.incident.id, t.alert.title) for t in told]


def _counts(database: Database) -> dict[str, int]:
    tables = [t for m in (metadata, outbox_tables) for t in m.sorted_tables if t.name not in {"holders", "hosts"}]
    return {
        t.name: database.read_now(lambda c, t=t: c.scalar(select(func.count()).select_from(t))) or 0 for t in tables
    }


def test_a_team_that_moves_in_the_middle_of_a_case_is_told_the_same_afterwards(
    sqlite_url: str, postgres_url: str, open_database: Open
) -> None:
    old, new = open_database(sqlite_url), open_database(postgres_url)
    made = reader(load_packs(), LIST)
    before = _told(old, _articles()[:2], made)
    assert before[0][0] == "first_report"
    moved = move(old, new)
    assert moved == sum(_counts(old).values())
    assert _counts(old) == _counts(new)
    assert old.read_now(secret) == new.read_now(secret)
    assert old.read_now(lambda c: list(incidents.every(c))) == new.read_now(lambda c: list(incidents.every(c)))
    key = partial(articles.hashed, old.read_now(secret))
    assert key("x") == articles.hashed(new.read_now(secret), "x")
    assert _told(old, _articles()[2:], made) == _told(new, _articles()[2:], made)
    assert old.read_now(outbox.depth) == new.read_now(outbox.depth)


def test_a_target_that_holds_anything_is_refused_and_left_alone(
    sqlite_url: str, postgres_url: str, open_database: Open
) -> None:
    old, new = open_database(sqlite_url), open_database(postgres_url)
    made = reader(load_packs(), LIST)
    _told(new, _articles()[:1], made)
    before = _counts(new)
    with pytest.raises(StoreError, match="the target is not empty"):
        move(old, new)
    assert _counts(new) == before


def test_the_command_moves_and_says_what_is_next(
    sqlite_url: str, empty_postgres_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, open_database: Open
) -> None:
    monkeypatch.chdir(tmp_path)
    made = reader(load_packs(), LIST)
    old = open_database(sqlite_url)
    _told(old, _articles()[:1], made)
    done = CliRunner().invoke(app, ["migrate-store", "--from", sqlite_url, "--to", empty_postgres_url])
    assert done.exit_code == 0, done.exception
    assert "Set HRD_MONITOR_DATABASE_URL" in done.output
    assert _counts(open_database(empty_postgres_url)) == _counts(old)
    again = CliRunner().invoke(app, ["migrate-store", "--from", sqlite_url, "--to", empty_postgres_url])
    assert "not empty" in str(again.exception)
    same = CliRunner().invoke(app, ["migrate-store", "--from", sqlite_url, "--to", sqlite_url])
    assert "the same database" in str(same.exception)
