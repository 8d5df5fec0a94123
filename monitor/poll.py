"""THE PAGE: every step of a poll, from a source that is due to alerts in the outbox.

gather   one source, many in parallel: fetch → sources → the unseen entries → read (in killable workers)
settle   one transaction, one writer, no network: readings → incidents → decisions → alerts → outbox, validators, next visit
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from alerts import outbox
from alerts.model import Alert, Routing
from alerts.routing import Destination, Target, targets
from monitor.incidents.assign import assign
from monitor.incidents.compose import compose, summary
from monitor.incidents.decide import Decision, decide
from monitor.model import Article, Citation, Incident, Poll, Reading, Reason, Report, Source, Watchlist
from monitor.store import articles, incidents, reports, sources

SETTLE_CHUNK = 50  #: articles in one transaction at most; a long first poll must not hold up the other sources
FRESH = timedelta(hours=72)  #: what a first poll still tells at once, as one summary; older reports are only counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What settling decides by: the configuration in force, and the key of this installation's hashes."""

    watchlist: Watchlist
    sources: Mapping[str, Source]
    routing: Routing
    destinations: Mapping[str, Destination]
    secret: bytes
    passing: Callable[[str], None] = field(default=lambda _name: None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One alert that was put into the outbox, what made it, and to whom it goes."""

    alert: Alert
    incident: Incident
    article_id: str
    targets: tuple[Target, ...]


def settle(connection: Connection, poll: Poll, terms: Terms, now: datetime) -> tuple[Told, ...]:
    """Turn what one visit brought into incidents and alerts, all in the caller's transaction.

    Everything of the poll is in this one commit: articles, entry keys, incidents, deliveries, validators, next visit.
    """
    terms.passing("before_settle")
    articles.add(connection, poll.readings)
    articles.remember(connection, poll.source_id, poll.entry_keys, terms.secret, now)
    told: list[Told] = []
    found: list[tuple[Incident, Decision]] = []
    for reading in poll.readings:
        for report in reading.reports:
            incident, decision = _judge(connection, report, reading.article, terms, now)
            if incident is None or decision is None or decision.reason is Reason.NONE:
                continue
            if poll.first:
                found.append((incident, decision))
            else:
                told += _tell(connection, incident, decision, reading.article.id, terms, now)
    if found:
        told += _tell_summary(connection, found, terms, now)
    terms.passing("in_settle")
    sources.save(connection, [poll.state])
    return tuple(told)


def _judge(
    connection: Connection, report: Report, article: Article, terms: Terms, now: datetime
) -> tuple[Incident | None, Decision | None]:
    """Put one report into its incident, keep both, and say whether a person must hear of it."""
    candidates = incidents.candidates(connection, report.watch, report.assembly, now)
    citation = _cite(report, article, terms.sources, now)
    assignment = assign(report, citation, candidates, terms.watchlist, now)
    if assignment.after is None:
        reports.add(connection, [(report, None)])
        return None, None
    decision = decide(assignment.before, assignment.after, report, now)
    told = decision.reason is not Reason.NONE
    incident = replace(assignment.after, alerted=assignment.after.revision) if told else assignment.after
    incidents.save(connection, incident)
    reports.add(connection, [(report, incident.id)])
    return incident, decision


def _cite(report: Report, article: Article, known: Mapping[str, Source], now: datetime) -> Citation:
    source = known.get(article.source_id or "")
    return Citation(
        article_id=article.id,
        source_id=article.source_id or "",
        group=(source.group or source.id) if source else (article.source_id or article.id),
        publisher=source.name if source else (article.source_id or "unknown publisher"),
        url=article.url,
        title=article.title,
        quote=report.quote,
        act=report.act,
        published=article.published,
        seen=article.seen or now,
    )


def _tell(
    connection: Connection, incident: Incident, decision: Decision, article_id: str, terms: Terms, now: datetime
) -> list[Told]:
    """Compose the alert of one decision and put it into the outbox, in this same transaction."""
    alert = compose(incident, decision, terms.watchlist, now)
    return [] if alert is None else [_enqueue(connection, alert, incident, article_id, terms, now)]
