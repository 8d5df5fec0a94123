"""Articles made for a test go the whole way and leave nothing behind; a way that is closed is said with its stage."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlalchemy import func, select

from alerts.channels import destination
from alerts.channels.console import Settings as Console
from alerts.model import Match, Route, Routing
from alerts.tables import deliveries
from monitor.app import reader
from monitor.canary import sing
from monitor.casework.terms import Terms
from monitor.config import load_packs
from monitor.config.canaries import canaries, in_use
from monitor.fetch import Fetcher
from monitor.model import Defender, Watchlist
from monitor.poll import Tools
from monitor.store import tables
from monitor.store.database import Database
from monitor.store.install import secret
from monitor.store.migrate import migrate
from monitor.workers import Pool

ALL = canaries()
PEOPLE = Watchlist(defenders=tuple(c.person for c in ALL))


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    async with Fetcher() as made:
        yield made


@pytest.mark.parametrize("listed", [True, False])
async def test_every_test_article_becomes_an_alert_and_nothing_of_it_is_kept(
    tmp_path: Path, fetcher: Fetcher, listed: bool
) -> None:
    database = Database.open(f"sqlite:///{tmp_path / 'canary.sqlite3'}")
    migrate(database, datetime.now(UTC))
    key = database.read_now(secret)
    terms = Terms(
        watchlist=Watchlist(),
        sources={},
        routing=Routing(routes=(Route(match=Match(), to=("terminal",)),)),
        destinations={"terminal": destination("console", Console())},
        secret=key,
    )
    async with Pool(1, setup=reader, initial=(load_packs(), PEOPLE if listed else Watchlist())) as pool:
        tools = Tools(fetcher=fetcher, pool=pool, database=database, secret=key, chance=lambda: 0.5)
        for _ in range(2):
            heard = await sing(ALL, tools, terms, datetime.now(UTC))
            assert heard == {c.script: "" if listed else "its name was not found" for c in ALL}
    kept = (tables.articles, tables.entries, tables.incidents, tables.reports, tables.sources, deliveries)
    counts = [database.read_now(lambda c, t=t: c.scalar(select(func.count()).select_from(t))) for t in kept]  # type: ignore[misc]
    database.close()
    assert counts == [0] * len(kept)


def test_the_scripts_in_use_are_those_of_the_list_and_the_sources_and_latin() -> None:
    listed = Watchlist(defenders=(Defender(id="x", name="Sok Dara", names=("សុខ ដារ៉ា",)),))
    assert [c.script for c in in_use(listed, (), ALL)] == ["Latn", "Khmr"]
    assert [c.script for c in in_use(Watchlist(), ("ar-EG", "ru"), ALL)] == ["Latn", "Arab", "Cyrl"]
