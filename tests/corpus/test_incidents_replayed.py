"""Real archives taken through the whole journey where they lie: one appeal and its clock, and labelled affairs of one year."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from alerts.model import Routing
from monitor.app import reader
from monitor.casework.terms import Terms, Told
from monitor.cli import records
from monitor.cli.replay import BEGINNING, replay, ring_until, write
from monitor.config import load_packs, load_watchlist
from monitor.model import Act, Article, Custody, Defender, Incident, Sensitivity, Source, Watchlist
from monitor.read import Reader
from monitor.store import incidents
from monitor.store.database import Database
from monitor.store.install import secret
from monitor.store.migrate import migrate
from tests.unit.casework.desk import Desk
from tests.unit.incidents.made import report

SHARED = Path(__file__).resolve().parents[3] / "shared" / "corpus"
SEED, AFFAIRS = SHARED / "seed", SHARED / "incidents"
THEN = datetime(2020, 9, 14, 8, tzinfo=UTC)
LOST, ALERTS_PER_INCIDENT, MIXED = 0.0, 1.3, 0.02  #: what is accepted on the labelled affairs
ACTS = {
    "arrest": Act.ARREST,
    "charge": Act.CHARGE,
    "court": Act.TRIAL,
    "sentence": Act.SENTENCE,
    "release": Act.RELEASE,
}


class Archive:
    """A database in memory and the clock of the articles."""

    def __init__(self, watchlist: Watchlist, own: Reader) -> None:
        self.database = Database.open("sqlite://")
        migrate(self.database, BEGINNING)
        self.own = own
        self.terms = Terms(
            watchlist=watchlist,
            sources={"state": Source(id="state", name="State", url="https://state.example/", publisher="state")},
            routing=Routing(routes=()),
            destinations={},
            secret=self.database.read_now(secret),
        )

    def read(self, articles: list[Article]) -> list[Told]:
        return replay(articles, self.own, self.terms, self.database)

    def wait(self, until: datetime) -> list[Told]:
        return ring_until(until, self.terms, self.database)

    def incidents(self) -> list[Incident]:
        return self.database.read_now(lambda c: list(incidents.every(c)))


@pytest.fixture
def appeal() -> tuple[Archive, Article]:
    files = sorted(SEED.glob("*.txt")) if SEED.is_dir() else []
    if not files:
        pytest.skip("the appeal is not on this machine: it belongs to its publisher and is not copied")
    taken = Defender(id="taken", name="Muong Sopheak", country=("KH",), sensitivity=Sensitivity.OPEN)
    watchlist = Watchlist(defenders=(taken,))
    article = Article(
        id="seed", title="", text=files[0].read_text("utf-8"), language="en", published=THEN, seen=THEN, source_id="ngo", country=("KH",)
    )  # fmt: skip
    return Archive(watchlist, reader(load_packs(), watchlist)), article


def test_whoever_has_seen_a_lawyer_raises_no_alarm_in_half_a_year(appeal: tuple[Archive, Article]) -> None:
    archive, article = appeal
    (told,) = archive.read([article])
    assert told.alert.reason == "first_report"
    assert archive.incidents()[0].custody is Custody.CONTACT_REPORTED
    assert archive.wait(THEN + timedelta(days=180)) == []


def test_a_denial_and_three_copies_of_the_news_leave_the_question_where_the_man_is(
    appeal: tuple[Archive, Article],
) -> None:
    archive, article = appeal
    archive.read([replace(article, text="Police arrested Muong Sopheak, a student activist, on 11 September 2020.")])
    for n, outlet in enumerate(("state", "one", "two", "three")):
        said = "Police denied that they had arrested" if outlet == "state" else "Police arrested"
        text = f"{said} Muong Sopheak, a student activist, on 11 September 2020."
        archive.read([replace(article, id=f"c{n}", text=text, source_id=outlet, seen=THEN + timedelta(hours=n + 1))])
    alarms = [t.alert for t in archive.wait(THEN + timedelta(days=1))]
    assert any("where the person is" in line.text for a in alarms for line in a.changes)


def test_told_what_each_article_says_no_affair_is_lost_doubled_or_mixed_with_another(tmp_path: Path) -> None:
    """Assignment alone: the stage and the people that a person labelled stand in for reading; dates are those of publication."""
    if not AFFAIRS.is_dir():
        pytest.skip("the labelled affairs are not beside the repository")
    labels = {row["id"]: row for row in _rows("gold.jsonl")}
    desk = Desk(load_watchlist(AFFAIRS / "watchlist.yaml", number_missing=True))
    told: list[Told] = []
    for row in sorted(_rows("articles.jsonl"), key=lambda r: str(r["published"])):
        article, label = records.article(row), labels[row["id"]]
        if label["stage"] in ACTS and article.published is not None:
            desk.now = article.published
            act = ACTS[label["stage"]]
            claims = [report(act, None, watch=w, place=None, country=("HK",), by=None) for w in label["watch"]]
            told += desk.read(*claims, source="paper", article=article.id, text=article.text)
    write(tmp_path, desk.incidents(), told)
    score = _score(tmp_path / "incidents.jsonl")
    assert score["lost"] <= LOST
    assert score["alerts_per_incident"] <= ALERTS_PER_INCIDENT
    assert score["mixed"] <= MIXED


def _rows(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (AFFAIRS / name).read_text("utf-8").splitlines()]


def _score(found: Path) -> dict[str, float]:
    """What the scorer beside the labels prints."""
    command = [sys.executable, str(AFFAIRS / "score.py"), str(AFFAIRS / "gold.jsonl"), str(found)]
    scored: dict[str, float] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return scored
