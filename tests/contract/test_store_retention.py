"""What is forgotten after a while, and what never is: on both databases."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from monitor.config.keep import Keep, read_keep
from monitor.failpoints import EXIT_CODE
from monitor.incidents.rulings import Ruling, Verb
from monitor.janitor import AT_ONCE, tidy
from monitor.store import articles, incidents, reports, retention, rulings, sketches, tables
from monitor.store.database import Database
from monitor.store.install import secret
from tests.fakes import stored
from tests.fakes.stored import NOW

ROOT = Path(__file__).resolve().parents[2]
YEARS = timedelta(days=5 * 365)
Open = Callable[[str], Database]


def _filled(database: Database) -> None:
    """One article behind an incident, one that led to nothing, one of today."""

    def fill(c) -> None:
        articles.add(c, [stored.reading("behind"), stored.reading("idle"), stored.reading("today", seen=NOW + YEARS)])
        articles.remember(c, "a-paper", ["key of idle", "key of behind"], secret(c), NOW)
        sketches.add(c, "idle", b"sketch")
        incidents.save(c, stored.incident(citations=(stored.citation("behind"),)))
        reports.add(c, [(stored.report("behind"), "i-1"), (stored.report("idle", alerts=False), None)])

    database.transact_now(fill)


def _closed(database: Database, at=NOW) -> None:
    ruling = Ruling(incident="i-1", verb=Verb.CLOSE, by="a responder", at=at)
    database.transact_now(lambda c: rulings.add(c, ruling))


def _get(database: Database, article: str):
    return database.read_now(lambda c: articles.get(c, article))


async def test_texts_that_led_to_nothing_are_deleted_and_evidence_stays(database: Database) -> None:
    _filled(database)
    assert await tidy(database, Keep(), NOW + timedelta(days=29), lambda _n: None) == 0
    assert await tidy(database, Keep(), NOW + timedelta(days=31), lambda _n: None) == 1
    assert _get(database, "idle") is None
    assert _get(database, "behind").text.startswith("Police detained")
    assert _get(database, "today") is not None


async def test_the_hashes_of_what_was_forgotten_stay(database: Database) -> None:
    _filled(database)
    await tidy(database, Keep(), NOW + timedelta(days=31), lambda _n: None)
    keys = ["key of idle", "never seen"]
    assert database.read_now(lambda c: articles.unseen(c, "a-paper", keys, secret(c))) == {"never seen"}


async def test_evidence_stays_while_its_incident_is_open_and_years_after(database: Database) -> None:
    _filled(database)
    assert await tidy(database, Keep(texts=timedelta(days=9999)), NOW + 2 * YEARS, lambda _n: None) == 0
    _closed(database, NOW + YEARS)
    await tidy(database, Keep(), NOW + 2 * YEARS - timedelta(days=1), lambda _n: None)
    assert _get(database, "behind").text != ""
    await tidy(database, Keep(), NOW + 2 * YEARS + timedelta(days=1), lambda _n: None)
    kept = _get(database, "behind")
    assert (kept.text, kept.title, kept.seen) == ("", "", NOW)
    query = select(tables.articles.c.digest).where(tables.articles.c.id == "behind")
    assert database.read_now(lambda c: c.scalar(query)) == articles.digest(stored.article("behind"))
    assert database.read_now(lambda c: incidents.get(c, "i-1")) is not None


async def test_evidence_that_a_second_open_incident_rests_on_stays(database: Database) -> None:
    _filled(database)
    database.transact_now(lambda c: incidents.save(c, stored.incident("i-2")))
    database.transact_now(lambda c: reports.add(c, [(stored.report("behind", watch="kh-0002"), "i-2")]))
    _closed(database)
    await tidy(database, Keep(), NOW + 3 * YEARS, lambda _n: None)
    assert _get(database, "behind").text != ""


async def test_an_incident_that_was_opened_again_keeps_its_evidence(database: Database) -> None:
    _filled(database)
    ruling = database.transact_now(
        lambda c: rulings.add(c, Ruling(incident="i-1", verb=Verb.CLOSE, by="a responder", at=NOW))
    )
    undo = replace(ruling, id=0, verb=Verb.UNDO, undoes=ruling.id)
    database.transact_now(lambda c: rulings.add(c, undo))
    await tidy(database, Keep(), NOW + 3 * YEARS, lambda _n: None)
    assert _get(database, "behind").text != ""


async def test_much_is_forgotten_in_small_steps(database: Database) -> None:
    many = [stored.reading(f"a{n}") for n in range(AT_ONCE * 2 + 1)]
    database.transact_now(lambda c: articles.add(c, many))
    steps: list[str] = []
    assert await tidy(database, Keep(), NOW + timedelta(days=31), steps.append) == len(many)
    assert steps == ["in_janitor"] * 3
    assert database.read_now(lambda c: c.scalar(select(func.count()).select_from(tables.articles))) == 0


def test_a_janitor_that_is_killed_leaves_whole_articles_and_the_next_one_finishes(
    sqlite_url: str, open_database: Open
) -> None:
    database = open_database(sqlite_url)
    _filled(database)
    dying = (
        "import sys\nfrom datetime import timedelta\nfrom monitor.failpoints import passing\n"
        "from monitor.store import retention\nfrom monitor.store.database import Database\nfrom tests.fakes.stored import NOW\n"
        "Database.open(sys.argv[1]).transact_now(lambda c: retention.forget_texts(c, NOW + timedelta(days=1), 9, passing('in_janitor@1')))"
    )
    ended = subprocess.run([sys.executable, "-c", dying, sqlite_url], cwd=ROOT, check=False, capture_output=True)
    assert ended.returncode == EXIT_CODE, ended.stderr
    assert len(database.read_now(lambda c: reports.of_article(c, "idle"))) == 1
    after = NOW + timedelta(days=1)
    assert database.transact_now(lambda c: retention.forget_texts(c, after, 9)) == 1


def test_how_long_each_kind_is_kept_is_a_setting() -> None:
    assert read_keep("texts=14d evidence=10y") == Keep(texts=timedelta(days=14), evidence=timedelta(days=3650))
    assert read_keep(None) == Keep()


@pytest.mark.parametrize("wrong", ["texts", "texts=0d", "texts=30", "words=3d", "texts=3w"])
def test_a_span_that_cannot_be_read_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"is none of|is no span"):
        read_keep(wrong)
