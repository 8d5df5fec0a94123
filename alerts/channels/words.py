"""The words every channel uses alike: headings, TRIAL, the duplicate note, moments in the channel's time zone; pure."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from alerts.channels.protocol import Wrong
from alerts.model import AlertKind, Delivery, Severity
from alerts.text import SEVERITY_WORDS, foreign

TRIAL = "TRIAL"
WITHDRAWN = "WITHDRAWN: this alert no longer stands."
DUPLICATE = "This may be a duplicate: whether the first sending arrived could not be told."

UNTAKEN = "Nobody has taken this yet."
REPLIES = frozenset({"reply", "remind"})  #: parts that stand in a thread

_MARKS = {Severity.CRITICAL: "🔴", Severity.HIGH: "🟠", Severity.MEDIUM: "🟡", Severity.LOW: "⚪"}


def heading(delivery: Delivery) -> str:
    """The first line of a message: how soon to act, then the title; TRIAL and WITHDRAWN stand before everything."""
    alert = delivery.alert
    title = foreign(alert.preview if delivery.layout == "bare" else alert.title)
    match alert.kind:
        case AlertKind.CANCEL:
            said = f"WITHDRAWN: {title}"
        case AlertKind.OPERATOR:
            said = f"hrd-monitor: {title}"
        case AlertKind.TEST:
            said = f"Test: {title}"
        case AlertKind.NEW | AlertKind.UPDATE | AlertKind.SUMMARY | AlertKind.DIGEST:
            said = f"{_MARKS[alert.severity]} {SEVERITY_WORDS[alert.severity]}: {title}"
    if delivery.part == "remind":
        said = f"{UNTAKEN} {said}"
    return f"{TRIAL} · {said}" if delivery.trial else said


def moment(at: datetime, zone: ZoneInfo) -> str:
    """A time as read where the channel is: `2026-11-23 14:05 Asia/Phnom_Penh`."""
    return f"{at.astimezone(zone):%Y-%m-%d %H:%M} {zone.key}"


def wrong_timezone(name: str) -> tuple[Wrong, ...]:
    """What is wrong with a time zone's name, if anything."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return (
            Wrong(
                key="timezone",
                what=f"there is no time zone called {name!r}",
                fix="write one like Asia/Phnom_Penh or UTC",
            ),
        )
    return ()
