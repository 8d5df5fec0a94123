"""`hrd-monitor status`: what is heard, what waits, what could not be read and what was alerted, by identifiers."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy import select

from alerts import outbox
from alerts.tables import deliveries as rows
from monitor.cli import records
from monitor.cli.options import Json, settings
from monitor.config.in_force import recall
from monitor.config.settings import Settings
from monitor.store import articles, hosts, incidents, sources
from monitor.store.database import Database
from monitor.store.migrate import require_current


def deliveries(url: str) -> list[dict[str, Any]]:
    """Every delivery of a database: thread, kind, channel, part, state. For tests, demonstrations and the curious."""
    database = Database.open(url)
    try:
        found = database.read_now(
            lambda c: c.execute(
                select(rows.c.thread, rows.c.kind, rows.c.channel, rows.c.part, rows.c.state, rows.c.why).order_by(
                    rows.c.id
                )
            ).all()
        )
    finally:
        database.close()
    return [dict(r._mapping) for r in found]  # noqa: SLF001 - SQLAlchemy's documented mapping of a row


def status(chosen: Settings, moment: datetime) -> dict[str, Any]:
    """The figures and identifiers of `status --json` at a moment. Raises StoreError when nothing has run yet."""
    database = Database.open(chosen.database_url, chosen.data, make=False)
    try:
        require_current(database)
        today = moment.replace(hour=0, minute=0, second=0, microsecond=0)
        known, today_told, there, recent, unread, depth, oldest = database.read_now(
            lambda c: (
                sources.states(c),
                outbox.made_since(c, today),
                hosts.listing(c),
                incidents.listing(c, 20),
                articles.unread(c, 20),
                outbox.depth(c),
                outbox.oldest_undelivered(c),
            )
        )
    finally:
        database.close()
    force = recall(chosen.data)
    return {
        "configuration": {"since": records.stamp(force.since), "sources": force.sources, "defenders": force.defenders}
        if force
        else None,
        "alerted_today": [{"thread": t, "kind": k, "channel": c, "state": s} for t, k, c, s in today_told],
        "hosts": [
            {"name": h.name, "pid": h.pid, "heard_s": round(h.heard_s, 1), "leads": h.leads, "doing": h.doing}
            for h in there
        ],
        "sources": dict(Counter(s.verdict for s in known.values())),
        "not_heard": [
            {"id": s.source_id, "verdict": s.verdict, "why": s.why}
            for s in known.values()
            if s.verdict not in {"heard", "quiet", "new"}
        ],
        "quiet": [{"id": s.source_id, "why": s.why} for s in known.values() if s.verdict == "quiet"],
        "deliveries": {s.value: n for s, n in depth.items() if n},
        "oldest_undelivered": records.stamp(oldest),
        "incidents": [
            {
                "id": i.id,
                "watch": list(i.watch),
                "act": i.acts[-1].value,
                "severity": i.severity.value,
                "updated": records.stamp(i.updated),
            }
            for i in recent
        ],
        "unread": [{"id": a.id, "source": a.source_id, "why": why} for a, why in unread],
    }


def register(app: typer.Typer) -> None:
    """Add the command."""

    @app.command("status")
    def command(as_json: Json = False) -> None:
        """Show what is heard, what is quiet, what waits, what was alerted today, and what could not be read.

        Example: hrd-monitor status --json
        """
        from monitor.app import now  # noqa: PLC0415 - the wall clock has one home, and nothing else of it is needed

        found = status(settings(), now())
        if as_json:
            typer.echo(records.dump(found))
            return
        console = Console()
        console.print("sources    ", found["sources"] or "none visited yet")
        console.print(
            "deliveries ", found["deliveries"] or "none", "oldest waiting since", found["oldest_undelivered"] or "-"
        )
        force = found["configuration"]
        told = (
            f"{force['sources']} sources, {force['defenders']} defenders, since {force['since']}"
            if force
            else "none yet"
        )
        console.print("in force   ", told)
        for title, items in (
            ("not heard", found["not_heard"]),
            ("hosts", found["hosts"]),
            ("quiet", found["quiet"]),
            ("alerted today", found["alerted_today"]),
            ("incidents", found["incidents"]),
            ("unread", found["unread"]),
        ):
            if items:
                table = Table(*items[0], title=title, title_justify="left")
                for item in items:
                    table.add_row(*(", ".join(v) if isinstance(v, list) else str(v) for v in item.values()))
                console.print(table)
