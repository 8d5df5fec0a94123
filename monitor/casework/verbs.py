"""What a responder records about an incident → kept, applied and told, in one transaction; each can be undone, and undoing is kept too."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from alerts import outbox
from monitor.casework.judge import cite
from monitor.casework.telling import tell
from monitor.casework.terms import Terms, Told
from monitor.casework.together import leave
from monitor.errors import CaseworkError
from monitor.incidents.assign import refold
from monitor.incidents.decide import Decision
from monitor.incidents.rulings import FREED, WITHDRAWING, Care, Ruling, Verb, care, in_force
from monitor.model import Citation, Incident, Liberty, Reason, Report
from monitor.store import articles, clocks, incidents, reports, rulings

MOST_STEPS = 100  #: incidents that became part of another, one after the other, that are followed
_TAKEN_BACK = {
    Verb.WRONG_PERSON: "not this person",
    Verb.OLD_NEWS: "this is old news",
}


def resolve(connection: Connection, incident_id: str) -> Incident:
    """The incident behind an id, also where it has become part of another since. Raises CaseworkError for an id nobody gave."""
    for _ in range(MOST_STEPS):
        into = care(rulings.of_incident(connection, incident_id)).into
        if into is None:
            break
        incident_id = into
    found = incidents.get(connection, incident_id)
    if found is None:
        raise CaseworkError(f"there is no incident {incident_id}: `hrd-monitor incident list` shows them")
    return found


def record(connection: Connection, ruling: Ruling, terms: Terms) -> tuple[Told, ...]:
    """Keep one ruling and do what follows from it. Raises CaseworkError where it makes no sense for this incident."""
    incident = incidents.get(connection, ruling.incident)
    if incident is None:
        raise CaseworkError(f"there is no incident {ruling.incident}: `hrd-monitor incident list` shows them")
    if ruling.verb is Verb.UNDO:
        return _undo(connection, incident, ruling, terms)
    if ruling.verb is Verb.MERGE:
        return _merge(connection, incident, ruling, terms)
    if ruling.verb in {Verb.SPLIT, Verb.MOVE}:
        return _part(connection, incident, ruling, terms)
    rulings.add(connection, ruling)
    mine = care(rulings.of_incident(connection, incident.id))
    clocks.wind(connection, incident.id, None if mine.over else ruling.at)
    if ruling.verb in WITHDRAWING:
        outbox.supersede(connection, incident.id, ruling.at)
        shared = leave(connection, incident, terms, ruling.at)
        decision = Decision(Reason.WITHDRAWN, (_TAKEN_BACK[ruling.verb],), broadcast=True, pierces=True)
        return (*shared, *_say(connection, incident, decision, terms, ruling.at))
    if ruling.verb is Verb.FACT:
        return _fact(connection, incident, ruling, terms)
    if ruling.verb is Verb.VERIFY:
        said = f"verified by {ruling.by} of the team"
        return _say(
            connection,
            incident,
            Decision(Reason.MATERIAL_FACT, (said,), broadcast=True, pierces=True),
            terms,
            ruling.at,
        )
    return ()


def _fact(connection: Connection, incident: Incident, ruling: Ruling, terms: Terms) -> tuple[Told, ...]:
    """What the team knows itself, told in the thread; that the person is free changes where the incident stands."""
    if ruling.about == FREED:
        freed = replace(incident, liberty=Liberty.FREED, custody=None)
        decision = Decision(Reason.STATE_CHANGED, ("free again, as the team knows",), broadcast=True, pierces=True)
        return _say(connection, freed, decision, terms, ruling.at)
    about = ruling.about.replace("_", " ")
    decision = Decision(Reason.MATERIAL_FACT, (f"the team recorded what it knows of: {about}",))
    return _say(connection, incident, decision, terms, ruling.at)


def _merge(connection: Connection, incident: Incident, ruling: Ruling, terms: Terms) -> tuple[Told, ...]:
    """Make an incident part of another: its id goes on resolving, its reports and its thread lead there."""
    other = resolve(connection, ruling.other or "")
    if other.id == incident.id:
        raise CaseworkError(f"{incident.id} cannot become part of itself")
    if incident.watch != other.watch:
        raise CaseworkError("two incidents of different people are never one: link them with a note instead")
    numbers = [n for n, _ in reports.numbered(connection, incident.id)]
    kept = rulings.add(connection, replace(ruling, other=other.id, reports=tuple(numbers), articles=incident.articles))
    reports.move(connection, numbers, other.id)
    clocks.wind(connection, incident.id, None)
    outbox.supersede(connection, incident.id, ruling.at)
    after = _refolded(connection, other, (*incident.citations, *other.citations), terms, ruling.at)
    clocks.wind(connection, other.id, ruling.at)
    if not (incident.alerted and other.alerted):
        incidents.save(connection, replace(after, alerted=max(incident.alerted and 1, other.alerted)))
        return ()
    told = _say(
        connection, after, Decision(Reason.MERGED, (f"case {incident.id} is part of this one now",)), terms, kept.at
    )
    return told + _say(connection, incident, Decision(Reason.MERGED, (f"goes on as case {other.id}",)), terms, kept.at)


def _part(connection: Connection, incident: Incident, ruling: Ruling, terms: Terms) -> tuple[Told, ...]:
    """Take articles out of an incident, into a new one or into another; what was never told is told as new."""
    numbered = reports.numbered(connection, incident.id)
    taken = [(n, r) for n, r in numbered if r.article_id in ruling.articles]
    if not taken or len(taken) == len(numbered):
        raise CaseworkError(
            "name some, and not all, of the articles of this incident: `hrd-monitor incident show` lists them"
        )
    numbers = tuple(n for n, _ in taken)
    if ruling.verb is Verb.MOVE:
        other = resolve(connection, ruling.other or "")
        if other.id == incident.id:
            raise CaseworkError("the articles are there already")
    else:
        other = _new(incident, [r for _, r in taken], ruling)
        incidents.save(connection, other)
        rest = tuple(dict.fromkeys(r.article_id for _, r in numbered if r.article_id not in ruling.articles))
        rulings.add(connection, replace(ruling, incident=other.id, other=incident.id, articles=rest))
    rulings.add(connection, replace(ruling, other=other.id, reports=numbers))
    reports.move(connection, numbers, other.id)
    both = (*incident.citations, *other.citations)
    _refolded(connection, incident, both, terms, ruling.at)
    after = _refolded(connection, other, both, terms, ruling.at)
    for one in (incident.id, other.id):
        clocks.wind(connection, one, ruling.at)
    if after.alerted:
        return ()
    return _say(
        connection,
        after,
        Decision(Reason.FIRST_REPORT, ("told apart by a responder",), broadcast=True, pierces=True),
        terms,
        ruling.at,
    )


def _undo(connection: Connection, incident: Incident, ruling: Ruling, terms: Terms) -> tuple[Told, ...]:
    """Take back the last ruling, or the one named: reports go back to where they were."""
    made = in_force(rulings.of_incident(connection, incident.id))
    undone = next((r for r in reversed(made) if ruling.undoes in {None, r.id}), None)
    if undone is None:
        raise CaseworkError(
            "there is nothing of this incident to undo: `hrd-monitor incident show` lists what was recorded"
        )
    was = care(made)
    rulings.add(connection, replace(ruling, undoes=undone.id))
    if undone.other is not None:
        _put_back(connection, incident, undone, ruling, terms)
    elif undone.verb is Verb.FACT and undone.about == FREED:
        _refolded(connection, incident, incident.citations, terms, ruling.at)
    now_stands = care(rulings.of_incident(connection, incident.id))
    clocks.wind(connection, incident.id, None if now_stands.over else ruling.at)
    if was.withdrawn is not None and now_stands.withdrawn is None:
        decision = Decision(
            Reason.CORRECTED, ("the withdrawal was taken back: the report stands",), broadcast=True, pierces=True
        )
        return _say(connection, incident, decision, terms, ruling.at)
    return ()


def _put_back(connection: Connection, incident: Incident, undone: Ruling, ruling: Ruling, terms: Terms) -> None:
    other = incidents.get(connection, undone.other or "")
    if other is None or not undone.reports:
        raise CaseworkError(f"undo it on case {undone.other}, where it was recorded")
    reports.move(connection, undone.reports, incident.id)
    both = (*incident.citations, *other.citations)
    _refolded(connection, incident, both, terms, ruling.at)
    if reports.numbered(connection, other.id):
        _refolded(connection, other, both, terms, ruling.at)
        clocks.wind(connection, other.id, ruling.at)
        return
    note = replace(
        ruling, incident=other.id, verb=Verb.MERGE, other=incident.id, undoes=None, text="its split was undone"
    )
    rulings.add(connection, note)
    clocks.wind(connection, other.id, None)


def _new(incident: Incident, claims: Sequence[Report], ruling: Ruling) -> Incident:
    """The incident that a split makes; its id follows from what was split, so that doing it again makes no other."""
    said = "|".join((incident.id, *sorted({r.article_id for r in claims})))
    stated = next((r.occurrence for r in claims if r.occurrence is not None), incident.occurrence)
    return replace(
        incident,
        id=f"i-{hashlib.sha256(said.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}",
        act=claims[0].act,
        occurrence=stated,
        opened=ruling.at,
        revision=0,
        alerted=0,
        follows=None,
        possible_duplicate=None,
    )


def _refolded(
    connection: Connection, incident: Incident, cited: Collection[Citation], terms: Terms, now: datetime
) -> Incident:
    """An incident made anew of the reports it has now."""
    known = {(c.article_id, c.act): c for c in cited}
    claims = []
    for _, report in reports.numbered(connection, incident.id):
        citation = known.get((report.article_id, report.act))
        if citation is None:
            article = articles.get(connection, report.article_id)
            if article is None:
                continue
            citation = cite(report, article, terms, now)
        claims.append((report, citation))
    after = refold(incident, claims, terms.watchlist, now)
    incidents.save(connection, after)
    return after


def _say(
    connection: Connection, incident: Incident, decision: Decision, terms: Terms, now: datetime
) -> tuple[Told, ...]:
    """Tell what follows from a ruling, in the thread of its incident; nobody hears of the end of what they never heard of."""
    after = replace(incident, revision=incident.revision + 1, updated=now)
    told_before = incident.alerted > 0 or decision.reason is Reason.FIRST_REPORT
    incidents.save(connection, replace(after, alerted=after.revision if told_before else 0))
    if not told_before:
        return ()
    return tuple(tell(connection, after, decision, _care(connection, incident.id), "", terms, now))


def _care(connection: Connection, incident_id: str) -> Care:
    return care(rulings.of_incident(connection, incident_id))
