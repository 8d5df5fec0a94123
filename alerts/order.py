"""The queued deliveries of one thread at one address → the one to send now, and what it makes needless; pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from alerts.model import AlertKind, Delivery, Line

_PARTS = {
    "post": 0,
    "edit": 1,
    "reply": 2,
}  #: the first message shows the present state before the reply says what changed


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What happens to the deliveries that wait. send: None when nothing needs sending. drop: id → why; rewrite: those whose alert grew."""

    send: Delivery | None
    drop: dict[int, str]
    rewrite: tuple[Delivery, ...] = ()


def plan(waiting: Sequence[Delivery]) -> Plan:
    """What to send of deliveries that are all due and of one thread, channel and address.

    Older revisions collapse into the newest, which then tells their changes too. Where the thread was never begun, one message shows
    the present state as new, and a withdrawal needs none at all.
    """
    newest = max(d.alert.revision for d in waiting)
    older = [d for d in waiting if d.alert.revision < newest]
    current = sorted((d for d in waiting if d.alert.revision == newest), key=lambda d: _PARTS.get(d.part, 0))
    drop = {d.id: f"collapsed into revision {newest}" for d in older}
    begun = any(d.root is not None for d in current)
    if not begun and not any(d.alone for d in current):
        if current[0].alert.kind is AlertKind.CANCEL:
            drop |= {d.id: "nothing was sent here that could be withdrawn" for d in current}
            return Plan(send=None, drop=drop)
        if any(d.part != "edit" for d in current):
            drop |= {
                d.id: "no first message to edit: the present state is sent as new" for d in current if d.part == "edit"
            }
            current = [d for d in current if d.part != "edit"]
    grown = [_grown(d, older) for d in current]
    rewrite = tuple(new for new, old in zip(grown, current, strict=True) if new != old)
    return Plan(send=grown[0], drop=drop, rewrite=rewrite)


def _grown(delivery: Delivery, older: Sequence[Delivery]) -> Delivery:
    """The delivery with what the collapsed ones would have said; never anything of another sensitivity."""
    absorbed = sorted(
        (d for d in older if d.alert.sensitivity is delivery.alert.sensitivity), key=lambda d: d.alert.revision
    )
    changes: dict[Line, None] = dict.fromkeys(line for d in [*absorbed, delivery] for line in d.alert.changes)
    broadcast = delivery.alert.broadcast or any(d.alert.broadcast for d in absorbed)
    alert = replace(delivery.alert, changes=tuple(changes), broadcast=broadcast)
    return replace(
        delivery, alert=alert, flagged=delivery.flagged or (delivery.part != "edit" and any(d.flagged for d in older))
    )
