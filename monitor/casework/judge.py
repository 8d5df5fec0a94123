"""One report → the incident it belongs to, kept with its revision, and whether a person must hear of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from monitor.casework.terms import Terms
from monitor.incidents.answers import stated
from monitor.incidents.assign import Assignment, assign, joined
from monitor.incidents.clock import past_at_opening
from monitor.incidents.decide import Decision, decide
from monitor.incidents.rulings import Care, care
from monitor.incidents.sketch import COPY, likeness, sketch
from monitor.model import Article, Citation, Incident, Reason, Report
from monitor.store import clocks, incidents, reports, rulings, sketches


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One report of an article with its incident as it now stands, and whether a person must hear of it."""

    report: Report
    incident: Incident
    decision: Decision
    care: Care


def judge(connection: Connection, report: Report, article: Article, terms: Terms, now: datetime) -> Judged | None:
    """Put one report into its incident, keep both, and say whether a person must hear of it; None when it opens and joins none.

    A report on somebody who is not on the list in force (it has changed since the worker read the article) is kept without one.
    """
    if report.watch and report.watch not in terms.watchlist.by_id():
        reports.add(connection, [(report, None)])
        return None
    near = sketch(article.text)
    known = incidents.candidates(connection, report.watch, report.assembly, now)
    cares = {i.id: care(rulings.of_incident(connection, i.id)) for i in known}
    cited = cite(report, article, terms, now)
    assignment = _assigned(connection, report, cited, near, known, cares, terms, now)
    if assignment.after is None:
        reports.add(connection, [(report, None)])
        terms.tally(f"not alerted: {_kind(report)}")
        return None
    mine = cares.get(assignment.after.id, Care())
    decision = decide(assignment.before, assignment.after, report)
    if mine.withdrawn is not None:
        decision = Decision(Reason.NONE, ("a copy of what a responder took back",))
    if assignment.before is None:
        decision = _with_deadlines(decision, assignment.after, report, cited, terms)
    told = decision.reason is not Reason.NONE
    incident = replace(assignment.after, alerted=assignment.after.revision) if told else assignment.after
    incidents.save(connection, incident)
    reports.add(connection, [(report, incident.id)])
    if near and report.alerts:
        sketches.add(connection, article.id, near)
    if not mine.over:
        clocks.wind(connection, incident.id, now)
    if not told:
        terms.tally("folded: " + (decision.why[0] if report.alerts and decision.why else _kind(report)))
    return Judged(report=report, incident=incident, decision=decision, care=mine)


def cite(report: Report, article: Article, terms: Terms, now: datetime) -> Citation:
    """The article as an incident remembers it."""
    source = terms.sources.get(article.source_id or "")
    return Citation(
        article_id=article.id,
        source_id=article.source_id or "",
        group=source.group if source else (article.source_id or article.id),
        publisher=source.name if source else (article.source_id or "unknown publisher"),
        url=article.url,
        title=article.title,
        quote=report.quote,
        act=report.act,
        published=article.published,
        seen=article.seen or now,
    )


def _assigned(
    connection: Connection,
    report: Report,
    cited: Citation,
    near: bytes,
    known: Sequence[Incident],
    cares: dict[str, Care],
    terms: Terms,
    now: datetime,
) -> Assignment:
    """The assignment among the incidents that the team has left open to this article; a copy counts as the publisher it copies."""
    sketched = (
        sketches.of(connection, {a for i in known for a in (*i.articles, *cares[i.id].apart)}) if near and known else {}
    )
    alike = {a for a, s in sketched.items() if likeness(near, s) >= COPY} | {cited.article_id}
    open_to = [i for i in known if _open_to(i, cares[i.id], alike)]
    first = assign(report, cited, open_to, terms.watchlist, now)
    if first.before is None or first.after is None:
        return first
    whole = _whole(first.before, cares, known)
    if whole is not first.before:  # what fits a part belongs to the incident it became part of
        first = Assignment(whole, joined(whole, report, cited, terms.watchlist, now), first.reasons)
    copied = next((c for c in whole.citations if c.article_id in alike and c.group != cited.group), None)
    if copied is None:
        return first
    counted = replace(cited, group=copied.group)
    return Assignment(whole, joined(whole, report, counted, terms.watchlist, now), (*first.reasons, "a copy"))


def _whole(incident: Incident, cares: dict[str, Care], known: Sequence[Incident]) -> Incident:
    """The incident that this one has become part of, itself when it has not."""
    by_id = {i.id: i for i in known}
    for _ in known:
        into = cares[incident.id].into
        if into is None or into not in by_id:
            break
        incident = by_id[into]
    return incident


def _open_to(incident: Incident, mine: Care, alike: set[str]) -> bool:
    """Whether an article may join: never where a responder took it out, and one that was taken back only as a copy."""
    if mine.apart & alike:
        return False
    return mine.withdrawn is None or bool(alike & set(incident.articles))


def _with_deadlines(decision: Decision, incident: Incident, report: Report, cited: Citation, terms: Terms) -> Decision:
    """A first alert says which deadline had passed before anybody knew."""
    if decision.reason is not Reason.FIRST_REPORT:
        return decision
    said = stated([(report, cited.source_id, cited.seen)], (), terms.state)
    limits, zone = terms.clocks.of(incident.country)
    late = past_at_opening(incident, said, limits, zone)
    return replace(decision, why=(*decision.why, *(f"already past: {text}" for text in late))) if late else decision


def _kind(report: Report) -> str:
    """Why a report did not alert, without a word of its text."""
    if report.aspect.value != "actual":
        return f"told as {report.aspect.value}"
    return (
        f"the name is {report.strength.value}" if report.strength.value != "strong" else "older news, or no civic link"
    )
