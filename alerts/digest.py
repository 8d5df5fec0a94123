"""Rules by the calendar × the clock × what was told in a day → digests at a local time, on the days a clock changes too."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, delete, select

from alerts import codec
from alerts.errors import AlertsError
from alerts.model import Alert, AlertKind, DeliveryState, Digest, Line, LineStyle, Sensitivity, Severity
from alerts.tables import deliveries, rhythms

MAX_LISTED = 100  #: cases in one digest
_ORDER = {s: n for n, s in enumerate(Severity)}


def moment(rule: Digest, now: datetime) -> datetime:
    """The last time, not after now, at which the rule's clock showed its time.

    A time that a clock skips counts from the end of the gap; one that it shows twice counts the first time.
    """
    zone = ZoneInfo(rule.timezone)
    local = now.astimezone(zone)
    for days in range(3):
        day = (local - timedelta(days=days)).date()
        at = datetime.combine(day, rule.at, tzinfo=zone).astimezone(now.tzinfo)
        if at <= now:
            return at
    return now - timedelta(days=1)


def due(conn: Connection, rule: Digest, now: datetime) -> tuple[datetime, datetime] | None:
    """The stretch of time a digest tells of, from and to, when it is time for one; None when it was sent. A new rule waits for its time."""
    name = _name(rule)
    last = conn.scalar(select(rhythms.c.at).where(rhythms.c.name == name))
    at = moment(rule, now)
    if last is not None and last >= at:
        return None
    conn.execute(delete(rhythms).where(rhythms.c.name == name))
    conn.execute(rhythms.insert().values(name=name, at=at if last is not None else now))
    return None if last is None else (max(last, at - timedelta(days=7)), at)


def told_between(conn: Connection, since: datetime, until: datetime) -> tuple[Alert, ...]:
    """The newest alert of each case that anybody was told of in a stretch of time."""
    d = deliveries.c
    kinds = (AlertKind.NEW.value, AlertKind.UPDATE.value, AlertKind.CANCEL.value, AlertKind.SUMMARY.value)
    mine = (d.made > since) & (d.made <= until) & d.kind.in_(kinds) & d.unless_taken.is_(False)
    rows = conn.execute(
        select(d.thread, d.alert).where(mine & (d.state != DeliveryState.SUPERSEDED.value)).order_by(d.revision, d.id)
    )
    found: dict[str, Alert] = {}
    for row in rows:
        try:
            found[row.thread] = codec.load(row.alert)
        except AlertsError:
            continue
    return tuple(found.values())


def compose(rule: Digest, alerts: Iterable[Alert], until: datetime, now: datetime) -> Alert:
    """The digest: open cases by title, the gravest first; of the others not even their number. A quiet day says so."""
    shown = sorted(
        (a for a in alerts if a.sensitivity is Sensitivity.OPEN), key=lambda a: (_ORDER[a.severity], a.at, a.id)
    )
    lines = [
        Line(text=f"{a.title} (case {a.thread})", label=", ".join(a.country), style=LineStyle.CHANGE) for a in shown
    ]
    if len(lines) > MAX_LISTED:
        lines = [
            *lines[:MAX_LISTED],
            Line(text=f"… and {len(shown) - MAX_LISTED} more, on the desk.", style=LineStyle.NOTE),
        ]
    day = f"{until.astimezone(ZoneInfo(rule.timezone)):%Y-%m-%d}"
    name = f"{_name(rule)}:{until:%Y%m%d%H%M}"
    said = f"Digest of {day}: {len(shown)} cases" if shown else f"Digest of {day}: nothing was reported"
    return Alert(
        id=name,
        thread=name,
        revision=1,
        kind=AlertKind.DIGEST,
        severity=shown[0].severity if shown else Severity.LOW,
        sensitivity=Sensitivity.OPEN,
        reason="digest",
        at=now,
        title=said,
        preview=said,
        lines=tuple(lines),
        only_to=rule.to,
        exposes=tuple(dict.fromkeys(e for a in shown for e in a.exposes)),
    )


def _name(rule: Digest) -> str:
    return f"digest:{','.join(rule.to)}:{rule.at:%H%M}:{rule.timezone}"[:200]
