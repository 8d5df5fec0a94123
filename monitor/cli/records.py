"""JSON Lines as outsiders rely on them: a line given → an article, a reading → a line; times RFC 3339 UTC, offsets in code points."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from monitor.model import Article, Event, Fact, Mention, Reading, Report, Span

#: Every key `facts` always has; null when the text does not state it.
FACT_KEYS = [
    "charge",
    "law",
    "held_at",
    "by",
    "authority",
    "court",
    "lawyer_contact",
    "family_contact",
    "health",
    "medical_needs",
    "conditions",
    "next_date",
    "sentence_length",
    "in_absentia",
    "exchange",
    "number_taken",
    "assembly",
    "co_arrested",
    "age",
    "nationality",
    "occupation",
    "under_18",
    "sexual_violence",
]


class BadLineError(ValueError):
    """A line that is no article; the message says what is missing or of the wrong kind."""


def dump(record: Mapping[str, Any]) -> str:
    """One JSON line; a lone surrogate, which no UTF-8 can hold, is escaped."""
    text = json.dumps(record, ensure_ascii=False)
    return text if text.isascii() or not re.search("[\ud800-\udfff]", text) else json.dumps(record)


def lines(stream: Iterable[str]) -> Iterator[dict[str, Any] | BadLineError]:
    """Each line of a JSON Lines file as an object, or the reason why it is none; empty lines are skipped."""
    for number, line in enumerate(stream, 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
        except (ValueError, RecursionError) as error:
            yield BadLineError(f"line {number} is not JSON: {error}")
            continue
        yield (
            record
            if isinstance(record, dict)
            else BadLineError(f"line {number} is not an object with id, title and text")
        )


def article(record: dict[str, Any]) -> Article:
    """The article a record describes. Raises BadLineError naming the field that is wrong."""
    for key in ("id", "title", "text", "language", "source", "url"):
        if not isinstance(record.get(key), str | None):
            raise BadLineError(f'"{key}" must be text')
    if not record.get("id"):
        raise BadLineError('"id" is missing')
    if record.get("title") is None and record.get("text") is None:
        raise BadLineError('"title" and "text" are both missing')
    country = record.get("country") or ()
    if isinstance(country, str) or not all(isinstance(c, str) for c in country):
        raise BadLineError('"country" must be a list of country codes')
    return Article(
        id=record["id"],
        title=record.get("title") or "",
        text=record.get("text") or "",
        language=record.get("language"),
        published=moment(record.get("published"), "published"),
        seen=moment(record.get("seen"), "seen"),
        source_id=record.get("source"),
        country=tuple(c.upper() for c in country),
        url=record.get("url"),
    )


def moment(value: object, key: str) -> datetime | None:
    """An RFC 3339 time as aware UTC; a date alone is its midnight. Raises BadLineError."""
    if value is None:
        return None
    try:
        when = datetime.fromisoformat(str(value))
    except ValueError:
        raise BadLineError(f'"{key}" is not a time like 2020-09-14T00:00:00Z') from None
    return when.replace(tzinfo=UTC) if when.tzinfo is None else when.astimezone(UTC)


def stamp(when: datetime | None) -> str | None:
    """RFC 3339 in UTC to the second, with Z."""
    return when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if when else None


def reading(read: Reading) -> dict[str, Any]:
    """One output line of `analyse`."""
    found = read.article
    return {
        "id": found.id,
        "language": found.language,
        "mentions": [_mention(m) for m in read.mentions],
        "events": [_event(e) for e in read.events],
        "reports": [report(r) for r in read.reports],
        "people": [{"surface": found.field(p.field)[p.start : p.end], **_span(p)} for p in read.people],
    }


def _span(span: Span) -> dict[str, Any]:
    return {"field": span.field, "start": span.start, "end": span.end}


def _mention(mention: Mention) -> dict[str, Any]:
    return {
        "watch": mention.watch,
        "surface": mention.surface,
        **_span(mention.span),
        "score": round(mention.score, 4),
        "strength": mention.strength.value,
        "reasons": list(mention.reasons),
    }


def _event(event: Event) -> dict[str, Any]:
    return {
        "act": event.act.value,
        "aspect": event.aspect.value,
        "relevance": event.relevance.value,
        "relation": event.relation.value,
        **_span(event.span),
        "trigger": event.trigger,
        "date": str(event.occurrence) if event.occurrence else None,
        "place": event.place,
        "by": event.by,
        "score": round(event.score, 4),
        "reasons": list(event.reasons),
    }


def report(claim: Report) -> dict[str, Any]:
    """One report as `analyse` and `explain` show it."""
    return {
        "watch": claim.watch,
        "act": claim.act.value,
        "aspect": claim.aspect.value,
        "relevance": claim.relevance.value,
        "relation": claim.relation.value,
        "strength": claim.strength.value,
        "date": str(claim.occurrence) if claim.occurrence else None,
        "place": claim.place,
        "by": claim.by,
        "score": round(claim.score, 4),
        "evidence": [_span(s) for s in claim.evidence],
        "facts": facts(claim.facts),
        "alerts": claim.alerts,
        "assembly": claim.assembly,
        "reasons": list(claim.reasons),
    }


def facts(stated: tuple[Fact, ...]) -> dict[str, Any]:
    """Every fact key, null where nothing is stated."""
    out: dict[str, Any] = dict.fromkeys(FACT_KEYS)
    for fact in stated:
        out[fact.key] = {"value": fact.value, **_span(fact.span)}
    return out
