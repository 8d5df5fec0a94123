"""Invented values of every type the store keeps, with only what a test cares about said by the test."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from monitor.model import (
    Act,
    Article,
    Aspect,
    Charges,
    Citation,
    Custody,
    Fact,
    Incident,
    Liberty,
    Occurrence,
    Reading,
    Relation,
    Relevance,
    Report,
    Severity,
    Span,
    Strength,
)  # fmt: skip

NOW = datetime(2026, 3, 14, 9, 26, 53, 589_793, tzinfo=UTC)

#: What a feed can contain to hurt a database, and what is kept of it: one character for each, so that offsets hold.
HOSTILE = "NUL \x00, half a pair \ud83d, right to left \u202e, Khmer សុខ, beyond the plane \U0001f6a8, '; DROP TABLE articles; --"
STORABLE = HOSTILE.replace("\x00", "\ufffd").replace("\ud83d", "\ufffd")

DAY = Occurrence(date(2026, 3, 12), date(2026, 3, 12))


def article(name: str = "a1", **said: Any) -> Article:
    """An article of an invented paper."""
    known: dict[str, Any] = {
        "title": "Police detain organiser in Riverton",
        "text": "Police detained the organiser Sok Dara on Thursday, her lawyer said.",
        "language": "en",
        "published": NOW,
        "seen": NOW,
        "source_id": "a-paper",
        "country": ("KH", "TH"),
        "url": "https://paper.example/1",
    }
    return Article(id=name, **{**known, **said})


def reading(name: str = "a1", unread: str | None = None, **said: Any) -> Reading:
    """An article that was read, or could not be."""
    return Reading(article=article(name, **said), unread=unread)


def report(article_id: str = "a1", **said: Any) -> Report:
    """One article's claim that a defender was arrested."""
    known: dict[str, Any] = {
        "watch": "kh-0001",
        "act": Act.ARREST,
        "aspect": Aspect.ACTUAL,
        "relevance": Relevance.CIVIC,
        "relation": Relation.SELF,
        "strength": Strength.STRONG,
        "occurrence": DAY,
        "place": "Riverton",
        "country": ("KH",),
        "by": "police",
        "score": 0.95,
        "evidence": (Span("text", 0, 51),),
        "quote": "Police detained the organiser Sok Dara on Thursday",
        "facts": (Fact(key="charge", value="incitement", span=Span("text", 3, 9)),),
        "alerts": True,
        "reasons": ("named as the object of the verb",),
    }
    return Report(article_id=article_id, **{**known, **said})


def citation(article_id: str = "a1", **said: Any) -> Citation:
    """One article behind an incident."""
    known: dict[str, Any] = {
        "source_id": "a-paper",
        "group": "a-house",
        "publisher": "A Paper",
        "url": "https://paper.example/1",
        "title": "Police detain organiser in Riverton",
        "quote": "Police detained the organiser",
        "act": Act.ARREST,
        "published": None,
        "seen": NOW,
    }
    return Citation(article_id=article_id, **{**known, **said})


def incident(name: str = "i-1", **said: Any) -> Incident:
    """An arrest of one defender."""
    known: dict[str, Any] = {
        "key": "v1:0123456789abcdef01234567",
        "watch": ("kh-0001",),
        "act": Act.ARREST,
        "acts": (Act.ARREST, Act.CHARGE),
        "liberty": Liberty.HELD,
        "custody": Custody.PLACE_KNOWN,
        "charges": Charges.CHARGED,
        "relation": Relation.SELF,
        "country": ("KH",),
        "place": "Riverton",
        "by": "police",
        "occurrence": DAY,
        "opened": NOW,
        "updated": NOW,
        "revision": 1,
        "severity": Severity.HIGH,
        "citations": (citation(),),
        "facts": (Fact(key="charge", value="incitement", span=Span("text", 3, 9)),),
    }
    return Incident(id=name, **{**known, **said})
