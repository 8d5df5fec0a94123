"""Alert ↔ the JSON that a delivery row freezes, with a version, so that a later release can still send what an earlier one queued.

The JSON is ASCII: NUL and lone surrogates travel as escapes and come back as they were.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import Row

from alerts.errors import AlertsError
from alerts.model import (
    Alert,
    AlertKind,
    Delivery,
    DeliveryState,
    Line,
    LineStyle,
    Link,
    Receipt,
    Sensitivity,
    Severity,
)

VERSION = 1  #: of the frozen form; a field that is added with a default needs no new one

_TUPLES = ("country", "routed", "watch", "organisation", "tag", "exposes")
_FIELDS = frozenset(f.name for f in fields(Alert))


def dump(alert: Alert) -> str:
    """The alert as the outbox keeps it."""
    made: dict[str, Any] = {f.name: getattr(alert, f.name) for f in fields(alert)}
    made["at"] = alert.at.isoformat()
    for name in ("lines", "changes"):
        made[name] = [{"text": x.text, "style": x.style, "label": x.label, "url": x.url} for x in made[name]]
    made["links"] = [{"label": x.label, "url": x.url} for x in alert.links]
    return json.dumps({"version": VERSION, **made}, ensure_ascii=True, separators=(",", ":"))


def load(text: str) -> Alert:
    """The alert that was frozen. Raises AlertsError when a newer release froze it or it is damaged."""
    try:
        made = json.loads(text)
        version = made.pop("version")
        if version != VERSION:
            raise AlertsError(
                f"a queued alert is of version {version}, this release reads {VERSION}: start the newer release again"
            )
        return _alert({k: v for k, v in made.items() if k in _FIELDS})
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise AlertsError(f"a queued alert cannot be read: {type(error).__name__}") from error


def _alert(made: Mapping[str, Any]) -> Alert:
    values = dict(made)
    values["kind"] = AlertKind(values["kind"])
    values["severity"] = Severity(values["severity"])
    values["sensitivity"] = Sensitivity(values["sensitivity"])
    values["at"] = datetime.fromisoformat(values["at"])
    for name in ("lines", "changes"):
        values[name] = tuple(
            Line(text=x["text"], style=LineStyle(x["style"]), label=x["label"], url=x["url"]) for x in values[name]
        )
    values["links"] = tuple(Link(label=x["label"], url=x["url"]) for x in values["links"])
    for name in _TUPLES:
        values[name] = tuple(values[name])
    values["only_to"] = None if values["only_to"] is None else tuple(values["only_to"])
    return Alert(**values)


def dump_handle(handle: Mapping[str, str]) -> str:
    """A receipt's handle as text."""
    return json.dumps(dict(handle), ensure_ascii=True, sort_keys=True)


def load_handle(text: str) -> dict[str, str]:
    """A receipt's handle from its text."""
    return {str(k): str(v) for k, v in json.loads(text).items()}


def delivery(row: Row[Any], root: Receipt | None) -> Delivery:
    """A row as the value that travels; root: the thread's first message there. Raises AlertsError when its alert cannot be read."""
    held = Receipt(channel=row.channel, address=row.address, handle=load_handle(row.receipt)) if row.receipt else None
    return Delivery(
        id=row.id,
        key=row.key,
        alert=load(row.alert),
        channel=row.channel,
        address=row.address,
        part=row.part,
        state=DeliveryState(row.state),
        attempt=row.attempt,
        not_before=row.not_before,
        started=row.started,
        receipt=held,
        root=None if row.alone else root,
        flagged=row.flagged,
        trial=row.trial,
        why=row.why,
        due=row.due,
        layout=row.layout,
        alone=row.alone,
    )
