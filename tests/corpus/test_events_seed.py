"""The appeal the first users sent: who was taken, when, where, on which charge, and who only is in prison."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.config.packs import load_packs
from monitor.detect import Detection, detect
from monitor.model import Act, Article, Aspect, Event, Span

FILES = sorted((Path(__file__).resolve().parents[3] / "shared" / "corpus" / "seed").glob("*.txt"))
FIRST, COLLEAGUE = "Muong Sopheak", "Mean Prommony"
IMPRISONED = ("Rong Chhun", "Hun Vannak", "Chhoeun Daravy")

pytestmark = pytest.mark.skipif(not FILES, reason="the corpus is not on this machine")


@pytest.fixture(scope="module")
def text() -> str:
    """The appeal."""
    return FILES[0].read_text("utf-8")


@pytest.fixture(scope="module")
def found(text: str) -> Detection:
    """What is read in it."""
    names = tuple(
        Span("text", m.start(), m.end()) for n in (FIRST, COLLEAGUE, *IMPRISONED) for m in re.finditer(n, text)
    )
    article = Article(id="seed", title="", text=text, language="en", published=datetime(2020, 9, 14, tzinfo=UTC))
    return detect(article, load_packs(), names)


def of(found: Detection, text: str, name: str) -> list[Event]:
    """The events that befell somebody."""
    return [e for e in found.events if name in {text[v.start : v.end] for v in e.victims}]


def test_the_first_man_was_arrested_with_day_place_police_and_charge(found: Detection, text: str) -> None:
    arrests = [e for e in of(found, text, FIRST) if e.act is Act.ARREST and e.aspect is Aspect.ACTUAL]
    facts = {f.key: f.value for e in arrests for f in e.facts}
    assert "2020-09-11" in {str(e.occurrence) for e in arrests}
    assert "Phnom Penh" in {e.place for e in arrests}
    assert "police" in {e.by for e in arrests}
    assert facts["charge"].startswith("incitement to commit")
    assert facts["held_at"].startswith("Phnom Penh Correctional")
    assert "lawyer" in facts["lawyer_contact"]


def test_his_colleague_was_arrested_five_days_before(found: Detection, text: str) -> None:
    arrests = [e for e in of(found, text, COLLEAGUE) if e.act is Act.ARREST and e.aspect is Aspect.ACTUAL]
    assert {str(e.occurrence) for e in arrests} == {"2020-09-06"}


@pytest.mark.parametrize("name", IMPRISONED)
def test_those_already_in_prison_are_no_news(found: Detection, text: str, name: str) -> None:
    assert {e.aspect for e in of(found, text, name)} <= {Aspect.HISTORICAL, Aspect.DEMANDED}
