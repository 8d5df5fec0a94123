"""A new or changed entry of the watchlist × the articles of the last weeks → alerts, each once, marked as found in retrospect."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import Connection

from monitor.casework.judge import Judged, judge
from monitor.casework.terms import Terms, Told
from monitor.casework.together import tell_all
from monitor.model import Article, Defender, Reading, Reason, Watchlist
from monitor.store import articles, reports, searched
from monitor.store.database import Database
from monitor.workers import Pool
from monitor.workers.lookback import look_back

WINDOW = timedelta(
    days=30
)  #: how far back a new entry is looked for; older news is for the research that made the entry
PAGE = 100  #: articles asked of a worker at once, under a second
MARK = "found in retrospect: the entry on the list is newer than the report"


async def search(database: Database, pool: Pool, terms: Terms, now: Callable[[], datetime]) -> tuple[Told, ...]:
    """Look for every entry that the stored articles were not searched for as it stands now."""
    wanted = await database.read(lambda c: pending(c, terms.watchlist))
    told: tuple[Told, ...] = ()
    after: tuple[datetime, str] = (now() - WINDOW, "")
    while wanted:
        page = await database.read(partial(_page, after))
        if not page:
            break
        readings = await look_back(pool, page, wanted)
        if readings:
            told += await database.transact(partial(_found, readings, wanted, terms, now()))
        after = (page[-1].seen or now(), page[-1].id)
    if wanted:
        await database.transact(lambda c: searched.done(c, wanted, now()))
    return told


def pending(connection: Connection, watchlist: Watchlist) -> dict[str, str]:
    """The entries to look for, by id, each with the digest of what is looked for."""
    known = searched.digests(connection)
    return {d.id: asked for d in watchlist.defenders if known.get(d.id) != (asked := digest(d))}


def found(
    connection: Connection, readings: Iterable[Reading], wanted: Mapping[str, str], terms: Terms, now: datetime
) -> tuple[Told, ...]:
    """Put what the readings say of these entries into incidents; what was known of an article before is not told again."""
    told: list[Told] = []
    for reading in readings:
        known = {(r.watch, r.act) for r in reports.of_article(connection, reading.article.id)}
        judged: list[Judged] = []
        for report in reading.reports:
            if report.watch in wanted and (report.watch, report.act) not in known:
                one = judge(connection, report, reading.article, terms, now)
                judged += [] if one is None else [_marked(one)]
        told += tell_all(connection, judged, reading.article.id, terms, now)
    return tuple(told)


def _page(after: tuple[datetime, str], connection: Connection) -> list[Article]:
    return articles.since(connection, *after, PAGE)


def _found(
    readings: Iterable[Reading], wanted: Mapping[str, str], terms: Terms, now: datetime, connection: Connection
) -> tuple[Told, ...]:
    return found(connection, readings, wanted, terms, now)


def _marked(one: Judged) -> Judged:
    if one.decision.reason is Reason.NONE:
        return one
    return replace(one, decision=replace(one.decision, why=(MARK, *one.decision.why)))


def digest(defender: Defender) -> str:
    """What is looked for, as one word: a change of a note or an owner is no reason to search again."""
    asked = (
        defender.name, defender.names, defender.known_as, defender.kind, defender.country, defender.lives_in,
        defender.organisations, defender.places, defender.context, defender.against,
    )  # fmt: skip
    return hashlib.sha256(repr(asked).encode("utf-8", "surrogatepass")).hexdigest()
