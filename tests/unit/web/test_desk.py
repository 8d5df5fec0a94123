"""The desk: an overview without names, a health check that gives its reason, metrics; nothing loaded from elsewhere."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import httpx

from alerts.model import DeliveryState
from monitor.model import Source, SourceState
from monitor.web.desk import application
from monitor.web.meters import Meters
from monitor.web.overview import overview
from tests.fakes.desk import Played
from tests.fakes.stored import NOW, article, incident

HOSTILE = "<script>alert(1)</script>"


async def asked(folder: Path, path: str, ailment: str | None = None) -> httpx.Response:
    meters = Meters()

    async def page() -> object:
        states = {"ngo": SourceState(source_id="ngo", next_visit=NOW, heard=NOW, verdict="heard", why=HOSTILE)}
        sources = [
            Source(id="ngo", name="A", url="https://a.example"),
            Source(id="new", name="B", url="https://b.example"),
        ]
        return overview(
            states,
            [incident()],
            [(article(), "a stage failed on it")],
            {DeliveryState.SENT: 3},
            sources,
            7,
            datetime(2026, 1, 1, tzinfo=UTC),
            "terminal",
            ailment,
            "1.2.3",
        )

    async def ill() -> str | None:
        return ailment

    async def metrics() -> bytes:
        return meters.show({"queued": 2}, 4.0, {"heard": 1})

    app = application(replace(Played(folder).desk(), overview=page, ailment=ill, metrics=metrics))  # type: ignore[arg-type]
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://desk") as client:
        return await client.get(path)


async def test_the_overview_shows_identifiers_and_no_names_and_is_inert(tmp_path: Path) -> None:
    answer = await asked(tmp_path, "/")
    assert answer.status_code == 200
    assert incident().id in answer.text
    assert "ngo" in answer.text
    assert "a stage failed on it" in answer.text
    assert HOSTILE not in answer.text
    assert "&lt;script&gt;" in answer.text
    assert "Trial mode" in answer.text
    assert article().title not in answer.text
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"


async def test_health_is_200_when_well_and_503_with_the_reason_when_not(tmp_path: Path) -> None:
    assert (await asked(tmp_path, "/healthz")).status_code == 200
    ill = await asked(tmp_path, "/healthz", "no source was looked at for 90 s")
    assert ill.status_code == 503
    assert "90 s" in ill.text


async def test_metrics_count_by_identifiers(tmp_path: Path) -> None:
    text = (await asked(tmp_path, "/metrics")).text
    assert 'hrd_monitor_deliveries{state="queued"} 2.0' in text
    assert 'hrd_monitor_sources{verdict="heard"} 1.0' in text
    assert "hrd_monitor_oldest_undelivered_seconds 4.0" in text
