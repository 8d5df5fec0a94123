"""A channel's trouble → one alert to the operator that says the next step and names nobody; pure."""

from __future__ import annotations

from datetime import datetime

from alerts.model import Alert, AlertKind, Line, LineStyle, Routing, Sensitivity, Severity

#: What happened and what to do, by the opaque word that retry gives a trouble.
_TROUBLES = {
    "auth": (
        "the destination refuses our credentials; nothing is lost, the queue waits",
        "renew the token or password (for Slack also its scopes), then reload; a try is made every minute",
    ),
    "dead": (
        "an alert could not be delivered and was given up",
        "read it on the desk now; then see `hrd-monitor status` for the reason and set the channel right in alerts.yaml",
    ),
    "late": (
        "alerts have been waiting for more than five minutes",
        "read them on the desk; see `hrd-monitor status` for the reason; tries go on",
    ),
    "metadata": (
        "a message arrived without the mark by which it could be found again",
        "see that the Slack app is your own and was made from the manifest in the README",
    ),
    "gone": (
        "alerts were waiting for a channel that alerts.yaml names no more; they were given up",
        "read them on the desk; routes and receipts follow the present file",
    ),
}
_TROUBLES["channel"] = (
    "it cannot be looked up whether a message arrived; it will be sent again, flagged",
    "invite the app to the channel and give it the scopes channels:history and groups:history",
)


def notice(channel: str, trouble: str, routing: Routing, now: datetime) -> Alert:
    """What the operator is told of a channel: once for each channel, trouble and hour, and never over the channel itself.

    trouble: a word of `retry.Step`, or "gone". An empty `only_to` means that there is no other channel to tell it on.
    """
    what, todo = _TROUBLES.get(trouble, _TROUBLES["late"])
    name = f"operator:{channel}:{trouble}:{now:%Y%m%d%H}"
    others = [n for n in routing.trial or routing.operator if n != channel] or [
        n for n in routing.operator if n != channel
    ]
    said = f"channel {channel}: {what}"
    return Alert(
        id=name,
        thread=name,
        revision=1,
        kind=AlertKind.OPERATOR,
        severity=Severity.HIGH,
        sensitivity=Sensitivity.OPEN,
        reason=trouble,
        at=now,
        title=said,
        preview=said,
        lines=(Line(text=what, label="What happened"), Line(text=todo, label="Next step", style=LineStyle.NOTE)),
        only_to=tuple(others),
    )


def concern(key: str, since: datetime, revision: int, title: str, what: str, todo: str, now: datetime) -> Alert:
    """What the operator is told of the watching itself: one thread for one concern, from its beginning to its end.

    key: opaque and stable; title, what, todo: plain words that name nobody.
    """
    name = f"operator:{key}:{since:%Y%m%d%H%M%S}"
    lines = [Line(text=what, label="What happened")]
    if todo:
        lines.append(Line(text=todo, label="Next step", style=LineStyle.NOTE))
    return Alert(
        id=f"{name}:{revision}",
        thread=name,
        revision=revision,
        kind=AlertKind.OPERATOR,
        severity=Severity.HIGH,
        sensitivity=Sensitivity.OPEN,
        reason=key.partition(":")[0],
        at=now,
        title=title,
        preview=title,
        lines=tuple(lines),
    )
