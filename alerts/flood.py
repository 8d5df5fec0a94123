"""Many alerts at once on one channel → one message that lists them all; nothing is dropped, and nothing grave waits in a group.

Only open first reports below critical are grouped: what is withheld stands alone, and is counted in no list.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select, update

from alerts import codec, outbox
from alerts.errors import AlertsError
from alerts.model import Alert, AlertKind, DeliveryState, Flood, Line, LineStyle, Sensitivity, Severity
from alerts.routing import Target
from alerts.tables import deliveries

MIN_GROUP = 3  #: alerts; fewer are quicker read one by one
MAX_GROUP = 40  #: alerts in one message; more make the next one

_ORDER = {s: n for n, s in enumerate(Severity)}


def group(conn: Connection, channel: str, flood: Flood | None, secret: bytes, now: datetime) -> int:
    """How many waiting alerts of a channel were put into one message, because more than the cap went out in its window."""
    if flood is None:
        return 0
    d = deliveries.c
    mine = d.channel == channel
    since = now - timedelta(seconds=flood.window_s)
    recent = (d.state == DeliveryState.SENT.value) & (d.settled > since) & (d.part == "post")
    if (conn.scalar(select(func.count()).select_from(deliveries).where(mine & recent)) or 0) < flood.messages:
        return 0
    waiting = mine & (d.state == DeliveryState.QUEUED.value) & (d.kind == AlertKind.NEW.value) & (d.not_before <= now)
    fresh = waiting & (d.attempt == 0) & (d.part == "post") & d.unless_taken.is_(False)
    rows = conn.execute(select(deliveries).where(fresh).order_by(d.id).limit(MAX_GROUP)).all()
    by_address: dict[tuple[str, bool], list[tuple[int, Alert]]] = {}
    for row in rows:
        try:
            alert = codec.load(row.alert)
        except AlertsError:
            continue
        if alert.sensitivity is Sensitivity.OPEN and alert.severity is not Severity.CRITICAL and alert.only_to is None:
            by_address.setdefault((row.address, row.trial), []).append((row.id, alert))
    grouped = 0
    for (address, trial), found in by_address.items():
        if len(found) < MIN_GROUP:
            continue
        alerts = [alert for _, alert in found]
        target = Target(channel=channel, address=address, parts=("post",), not_before=now, trial=trial)
        outbox.enqueue(conn, together(alerts, now), [target], secret, now)
        values = {"state": DeliveryState.SUPERSEDED.value, "settled": now, "why": "grouped: many alerts at once"}
        conn.execute(update(deliveries).where(d.id.in_([n for n, _ in found])).values(**values))
        grouped += len(found)
    return grouped


def together(alerts: list[Alert], now: datetime) -> Alert:
    """One alert that lists others, the gravest first; its preview names nobody."""
    alerts = sorted(alerts, key=lambda a: (_ORDER[a.severity], a.at, a.id))
    name = f"group:{alerts[0].id}:{len(alerts)}"
    lines = tuple(Line(text=f"{a.title} (case {a.thread})", style=LineStyle.CHANGE) for a in alerts)
    countries = tuple(dict.fromkeys(c for a in alerts for c in a.country))
    said = f"{len(alerts)} alerts in a short time" + (f": {', '.join(countries[:5])}" if countries else "")
    return Alert(
        id=name,
        thread=name,
        revision=1,
        kind=AlertKind.SUMMARY,
        severity=alerts[0].severity,
        sensitivity=Sensitivity.OPEN,
        reason="surge",
        at=now,
        title=said,
        preview=said,
        lines=lines,
        country=countries,
        watch=tuple(dict.fromkeys(w for a in alerts for w in a.watch)),
        exposes=tuple(dict.fromkeys(e for a in alerts for e in a.exposes)),
    )
