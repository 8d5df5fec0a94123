"""A real appeal, read where it lies: one man arrested, a colleague before him, three others only named as imprisoned."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.app import reader
from monitor.config import load_packs
from monitor.model import Article, Aspect, Defender, Report, Sensitivity, Watchlist

SEED = Path(__file__).resolve().parents[2].parent / "shared" / "corpus" / "seed"


@pytest.fixture(scope="module")
def reports() -> dict[str, list[Report]]:
    files = sorted(SEED.glob("*.txt")) if SEED.is_dir() else []
    if not files:
        pytest.skip("the appeal is not on this machine: it belongs to its publisher and is not copied")
    names = {
        "taken": "Muong Sopheak",
        "colleague": "Mean Prommony",
        "one": "Rong Chhun",
        "two": "Hun Vannak",
        "three": "Chhoeun Daravy",
    }
    watchlist = Watchlist(
        defenders=tuple(Defender(id=i, name=n, country=("KH",), sensitivity=Sensitivity.OPEN) for i, n in names.items())
    )
    article = Article(
        id="seed",
        title="",
        text=files[0].read_text("utf-8"),
        language="en",
        published=datetime(2020, 9, 14, tzinfo=UTC),
        country=("KH",),
    )
    found: dict[str, list[Report]] = {name: [] for name in names}
    for made in reader(load_packs(), watchlist).read(article).reports:
        found[made.watch or ""].append(made)
    return found


def test_the_man_arrested_is_reported_with_date_place_authority_and_the_quoted_charge(
    reports: dict[str, list[Report]],
) -> None:
    (arrest,) = [r for r in reports["taken"] if r.act.value == "arrest" and r.alerts]
    facts = {f.key: f.value for f in arrest.facts}
    assert (str(arrest.occurrence), arrest.place, arrest.by) == ("2020-09-11", "Phnom Penh", "police")
    assert facts["charge"].startswith("incitement")
    assert "Correctional" in facts["held_at"]
    assert "lawyer_contact" in facts


def test_the_colleague_arrested_five_days_earlier_is_reported_with_his_own_date(
    reports: dict[str, list[Report]],
) -> None:
    (arrest,) = [r for r in reports["colleague"] if r.act.value == "arrest" and r.alerts]
    assert str(arrest.occurrence) == "2020-09-06"


@pytest.mark.parametrize("name", ["one", "two", "three"])
def test_those_who_are_only_named_as_imprisoned_alert_nobody(reports: dict[str, list[Report]], name: str) -> None:
    assert not any(r.alerts for r in reports[name])
    assert all(r.aspect in {Aspect.HISTORICAL, Aspect.DEMANDED} for r in reports[name])
