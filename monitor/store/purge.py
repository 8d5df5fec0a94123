"""One person, blacked out of every record of the database; other people's incidents, opaque ids and keyed hashes stay.

Every function works on the caller's own transaction and does nothing a second time.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from sqlalchemy import Column, Connection, Table, delete, exists, select, update

from alerts.tables import deliveries
from monitor.model import Incident, Report
from monitor.store import codec, incidents, tables
from monitor.store.database import Database
from monitor.store.refusal import told_plainly

_Change = Callable[[Any], Any]


def texts(connection: Connection, watch: str, names: Callable[..., bool], black: _Change, url: _Change) -> int:
    """How many articles name the person: emptied, or blacked out where somebody else's incident rests on them."""
    a, r = tables.articles.c, tables.reports.c
    others = set(
        connection.scalars(select(r.article_id).where(r.incident_id.is_not(None), r.watch.is_distinct_from(watch)))
    )
    mine = set(connection.scalars(select(r.article_id).where(r.watch == watch)))
    done, after = 0, ""
    while True:
        query = select(a.id, a.title, a.text, a.url).where(a.id > after).order_by(a.id).limit(200)
        rows = connection.execute(query).all()
        if not rows:
            return done
        for row in rows:
            if row.id not in mine and not names(row.title, row.text, row.url or ""):
                continue
            values = {"title": "", "text": "", "url": None}
            if row.id in others:
                values = {"title": black(row.title), "text": black(row.text), "url": url(row.url)}
            connection.execute(update(tables.articles).where(a.id == row.id).values(**values))
            done += 1
        after = rows[-1].id


def casework(connection: Connection, watch: str, value: _Change) -> int:
    """How many incidents of the person's own were reduced to what is opaque; all other records are blacked out."""
    own = _own(connection, watch)
    for incident_id in own:
        kept = incidents.get(connection, incident_id)
        if kept is not None:
            incidents.save(connection, _bare(kept))
    r = tables.reports.c
    for row in connection.execute(select(r.id, r.report).where(r.watch == watch)).all():
        bare = replace(codec.load(Report, row.report), place=None, by=None, quote="", facts=(), reasons=(), evidence=())
        connection.execute(update(tables.reports).where(r.id == row.id).values(report=codec.dump(bare)))
    ruled = tables.rulings.c
    for row in connection.execute(select(ruled.id, ruled.ruling).where(ruled.incident_id.in_(own))).all():
        made = json.loads(row.ruling)
        made["value"]["text"] = ""
        connection.execute(update(tables.rulings).where(ruled.id == row.id).values(ruling=_dumped(made)))
    for table, key, column in (
        (tables.incidents, tables.incidents.c.id, tables.incidents.c.incident),
        (tables.reports, r.id, r.report),
        (tables.rulings, ruled.id, ruled.ruling),
        (tables.silences, tables.silences.c.id, tables.silences.c.silence),
        (tables.groups, tables.groups.c.id, tables.groups.c.value),
    ):
        _blacked(connection, table, key, column, value)
    connection.execute(delete(tables.people).where(tables.people.c.incident_id.in_(own)))
    for name in set(connection.scalars(select(tables.people.c.name))):
        if value(name) != name:
            connection.execute(delete(tables.people).where(tables.people.c.name == name))
    connection.execute(delete(tables.searched).where(tables.searched.c.watch == watch))
    connection.execute(delete(tables.clocks).where(tables.clocks.c.incident_id.in_(own)))
    connection.execute(delete(tables.kept_back).where(tables.kept_back.c.incident_id.in_(own)))
    return len(own)


def alerts(connection: Connection, watch: str, value: _Change) -> int:
    """How many deliveries tell of the person: what is about them alone is emptied and sent no more, the rest blacked out."""
    done, d = 0, deliveries.c
    for row in connection.execute(select(d.id, d.alert, d.state, d.receipt)).all():
        made = json.loads(row.alert)
        if made["watch"] == [watch]:
            made |= {"title": "removed", "preview": "removed", "lines": [], "changes": [], "links": []}
            made |= {"organisation": [], "tag": [], "exposes": [watch]}
        else:
            bare = value(made)
            if bare != made and row.receipt is not None and watch not in bare["exposes"]:
                bare["exposes"].append(watch)  # a message of it still stands: the next run has to find it
            made = bare
        text = json.dumps(made, ensure_ascii=True, separators=(",", ":"))
        if text == row.alert:
            continue
        fresh: dict[str, Any] = {"alert": text}
        if made["watch"] == [watch] and row.state in {"queued", "sending", "unknown"}:
            fresh |= {"state": "superseded", "why": "removed"}
        connection.execute(update(deliveries).where(d.id == row.id).values(**fresh))
        done += 1
    return done


def overwrite(database: Database) -> None:
    """Make the file hold nothing but what can still be read through it; a server looks after its own files."""
    if database.embedded:
        with told_plainly(), database.engine.connect() as connection:
            connection.exec_driver_sql("VACUUM")
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _own(connection: Connection, watch: str) -> list[str]:
    """The incidents of this person and nobody else on the list."""
    mine = tables.incident_watch
    other = mine.alias("other")
    shared = exists().where(other.c.incident_id == mine.c.incident_id, other.c.watch != watch)
    return list(connection.scalars(select(mine.c.incident_id).where(mine.c.watch == watch, ~shared)))


def _bare(incident: Incident) -> Incident:
    cited = tuple(replace(c, url=None, title="", quote="") for c in incident.citations)
    return replace(incident, place=None, by=None, facts=(), citations=cited)


def _blacked(connection: Connection, table: Table, key: Column[Any], column: Column[Any], value: _Change) -> None:
    for row in connection.execute(select(key.label("key"), column.label("held"))).all():
        text = _dumped(value(json.loads(row.held)))
        if text != row.held:
            connection.execute(update(table).where(key == row.key).values({column: text}))


def _dumped(made: Any) -> str:
    return json.dumps(made, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
