"""What one article brought → several listed people taken at once as one message, a surge as one that grows, and the rest one by one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from alerts import outbox
from monitor.casework.judge import Judged
from monitor.casework.telling import put, tell
from monitor.casework.terms import Terms, Told
from monitor.incidents.compose import may_share_a_message
from monitor.incidents.compose_group import compose_group
from monitor.incidents.decide import Decision
from monitor.incidents.fit import anchor
from monitor.incidents.groups import (
    RHYTHM,
    SAME_DAY,
    SURGE_GROWTH,
    SURGE_REST,
    SURGE_WINDOW,
    Count,
    Group,
    belongs,
    found,
    grown,
    numbers,
    surge,
    taking,
    unusual,
)  # fmt: skip
from monitor.incidents.silence import quiet
from monitor.model import Incident, Reason
from monitor.store import groups, rulings


def tell_all(
    connection: Connection, judged: Sequence[Judged], article_id: str, terms: Terms, now: datetime
) -> list[Told]:
    """Tell what one article brought: people taken together in one message, everything else in its own thread, and a surge besides."""
    newest = list({j.incident.id: j for j in judged}.values())
    due = _newest_reason(judged)
    shared, told = _as_one(connection, newest, due, article_id, terms, now)
    for one in newest:
        decision = due.get(one.incident.id)
        if decision is None or one.incident.id in shared:
            continue
        if decision.reason is Reason.CORROBORATED and _shared(connection, one.incident):
            terms.tally("folded: reported again, and told in one message with others")
        else:
            told += tell(connection, one.incident, decision, one.care, article_id, terms, now)
    for country in dict.fromkeys(
        c for j in newest if _first(due.get(j.incident.id)) and taking(j.incident) for c in j.incident.country[:1]
    ):
        told += _surge(connection, country, article_id, terms, now)
    return told


def leave(connection: Connection, incident: Incident, terms: Terms, now: datetime) -> list[Told]:
    """The message of a happening with several people, told again without this one: taken back, or to be shown more carefully."""
    day = anchor(incident)
    told: list[Told] = []
    for group in groups.around(connection, (*incident.country, "")[0], day.first - SAME_DAY, day.last + SAME_DAY):
        if incident.id not in group.members:
            continue
        outbox.supersede(connection, group.id, now)
        less = replace(
            group, members=tuple(m for m in group.members if m != incident.id), revision=group.revision + 1, updated=now
        )
        groups.save(connection, less)
        left = _nameable(connection, groups.members(connection, less.members), terms, now)
        if left:
            told.append(put(connection, compose_group(less, left, [], terms.watchlist, now), left[0], "", terms, now))
    return told


def _nameable(connection: Connection, members: Iterable[Incident], terms: Terms, now: datetime) -> list[Incident]:
    """Those who may stand in one message with others: people who may be named, and about whom nobody asked for a hold."""
    holds = [s for s in rulings.silences_at(connection, now) if s.hold]
    return [i for i in members if may_share_a_message(i, terms.watchlist) and not any(h.covers(i) for h in holds)]


def _newest_reason(judged: Sequence[Judged]) -> dict[str, Decision]:
    """Why each incident is told: an article that opens it and tells more of it in a second sentence is one first report."""
    due: dict[str, Decision] = {}
    for one in judged:
        held = due.get(one.incident.id)
        if one.decision.reason is Reason.NONE or _first(held):
            continue
        why, changed = (held.why, held.changed) if held else ((), ())
        chief = held if held is not None and held.pierces else one.decision
        due[one.incident.id] = replace(
            chief,
            why=tuple(dict.fromkeys((*why, *one.decision.why))),
            changed=tuple(dict.fromkeys((*changed, *one.decision.changed))),
        )
    return due


def _first(decision: Decision | None) -> bool:
    return decision is not None and decision.reason is Reason.FIRST_REPORT


def _as_one(
    connection: Connection,
    newest: Sequence[Judged],
    due: dict[str, Decision],
    article_id: str,
    terms: Terms,
    now: datetime,
) -> tuple[set[str], list[Told]]:
    """The ids of the incidents that one message tells together, and that message."""
    silences = rulings.silences_at(connection, now)
    able = [
        j for j in newest
        if taking(j.incident) and may_share_a_message(j.incident, terms.watchlist) and not j.care.over
        and quiet(j.incident, due.get(j.incident.id, j.decision), j.care, silences, now) == (None, ())
    ]  # fmt: skip
    fresh = [j.incident for j in able if _first(due.get(j.incident.id))]
    if not fresh:
        return set(), []
    counts = [c for j in newest for c in numbers(j.report.facts, j.incident.citations[-1].publisher)]
    before = _known(connection, fresh[0], [j.incident.id for j in able])
    group = _group(before, fresh, [j.incident for j in able], counts, now)
    if group is None:
        return set(), []
    groups.save(connection, group)
    members = _nameable(connection, groups.members(connection, group.members), terms, now)
    alert = compose_group(group, members, fresh, terms.watchlist, now)
    return {i.id for i in fresh}, [put(connection, alert, fresh[0], article_id, terms, now)]


def _shared(connection: Connection, incident: Incident) -> bool:
    """Whether the beginning of an incident was told in one message with others: more of the same needs no message of its own."""
    if not taking(incident):
        return False
    day = anchor(incident)
    near = groups.around(connection, (*incident.country, "")[0], day.first - SAME_DAY, day.last + SAME_DAY)
    return any(incident.id in g.members for g in near)


def _known(connection: Connection, incident: Incident, touched: Sequence[str]) -> Group | None:
    """The happening that is told already and that this incident is part of."""
    day = anchor(incident)
    near = groups.around(connection, (*incident.country, "")[0], day.first - SAME_DAY, day.last + SAME_DAY)
    return next((g for g in near if belongs(g, incident, touched)), None)


def _group(
    before: Group | None, fresh: Sequence[Incident], able: Sequence[Incident], counts: Sequence[Count], now: datetime
) -> Group | None:
    if before is not None:
        return grown(before, fresh, counts, now)
    made = found([*fresh, *(i for i in able if i not in fresh)], now)
    if made is None or not {i.id for i in fresh} <= set(made.members):
        return None
    more = grown(made, (), counts, now)
    return replace(more, revision=1)


def _surge(connection: Connection, country: str, article_id: str, terms: Terms, now: datetime) -> list[Told]:
    """The surge of a country, told once and then added to."""
    since = (now - SURGE_WINDOW).date()
    running = groups.surge_since(connection, country, now - SURGE_REST)
    before = groups.how_many_taken(connection, country, since - RHYTHM, since)
    many = groups.how_many_taken(connection, country, since, now.date() + SAME_DAY)
    if not unusual(many, before):
        return []
    if running is not None:
        fresh_ones = groups.how_many_taken(connection, country, since, now.date() + SAME_DAY, opened=running.updated)
        if fresh_ones < (SURGE_GROWTH - 1) * running.told:
            return []
    recent = _nameable(connection, groups.taken(connection, country, since, now.date()), terms, now)
    recent = list({i.watch: i for i in recent if taking(i)}.values())
    after = surge(recent, before, now) if running is None else grown(running, recent, (), now)
    if after is None or (running is not None and len(after.members) < SURGE_GROWTH * running.told):
        return []
    fresh = [i for i in recent if running is None or i.id not in running.members]
    after = replace(after, told=len(after.members))
    groups.save(connection, after)
    everybody = _nameable(connection, groups.members(connection, after.members), terms, now)
    alert = compose_group(after, everybody, fresh, terms.watchlist, now)
    return [put(connection, alert, recent[-1], article_id, terms, now)]
