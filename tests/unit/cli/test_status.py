"""What `status` says of the day: alerts of today and not of yesterday, quiet sources apart from those not heard, the list in force."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection

from alerts import outbox
from alerts.notices import service
from alerts.routing import Target
from monitor.app import open_database
from monitor.cli.status import status
from monitor.config import Settings
from monitor.model import SourceState
from monitor.store import sources
from tests.fakes.alerts import FIRST

NOW = datetime(2026, 3, 14, 9, 0, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data")


def test_the_day_is_told(settings: Settings) -> None:
    database = open_database(settings)

    def fill(conn: Connection) -> None:
        for channel, at in (("yesterday", NOW - timedelta(hours=10)), ("today", NOW - timedelta(hours=1))):
            outbox.enqueue(
                conn, FIRST, [Target(channel=channel, address="a", parts=("post",), not_before=at)], b"s", at
            )
        target = Target(channel="ops", address="a", parts=("post",), not_before=NOW)
        outbox.enqueue(conn, service("disk", "full", "make room", NOW), [target], b"s", NOW)
        sources.ensure(conn, ["a", "b", "c"], NOW)
        sources.save(
            conn,
            [
                SourceState(source_id=i, next_visit=NOW, verdict=v, why=w)
                for i, v, w in (("a", "heard", ""), ("b", "quiet", "nothing new"), ("c", "broken", "gone"))
            ],
        )

    database.transact_now(fill)
    database.close()
    found = status(settings, NOW)
    assert found["alerted_today"] == [
        {"thread": FIRST.thread, "kind": FIRST.kind.value, "channel": "today", "state": "queued"}
    ]
    assert [s["id"] for s in found["quiet"]] == ["b"]
    assert [s["id"] for s in found["not_heard"]] == ["c"]
    assert found["configuration"] is None
