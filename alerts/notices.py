"""A channel's trouble → one alert to the operator that says the next step and names nobody; pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
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


def alive(
    heard: int, silent: int, waiting: int, now: datetime, feedback: Mapping[str, Mapping[str, int]] | None = None
) -> Alert:
    """The daily sign of life: how many sources are heard, how many are not, how many messages wait.

    feedback: by listed id, how often people said "right", "wrong-person" or "old-news" of its alerts in a week; None on other days.
    """
    said = f"alive: {heard} sources are heard, {silent} are not, {waiting} messages wait"
    todo = "see `hrd-monitor status` for the sources that are not heard" if silent or waiting else "nothing"
    made = service("alive", said, todo, now, Severity.LOW)
    return made if feedback is None else replace(made, lines=(*made.lines, *_week(feedback)))


def _week(feedback: Mapping[str, Mapping[str, int]]) -> tuple[Line, ...]:
    """What a week of answers says, and the edit of the list that would help."""
    lines = [
        Line(text=f"{sum(c.get('right', 0) for c in feedback.values())} alerts were called right", label="This week")
    ]
    for one, counts in feedback.items():
        wrong, old = counts.get("wrong-person", 0), counts.get("old-news", 0)
        said = f"{counts.get('right', 0)} right, {wrong} of somebody else, {old} old"
        help_ = "; add the word that tells them apart to `not`, or a place or organisation" if wrong else ""
        lines.append(Line(text=said + help_, label=one, style=LineStyle.CHANGE))
    return tuple(lines)


def silence_over(number: int, author: str, kept: int, now: datetime) -> Alert:
    """That a silence has ended, whose it was, and how many messages are sent now that it kept back."""
    said = f"silence {number} has ended; {kept} messages that it kept back are sent now"
    todo = f"if {author} still wants quiet: hrd-monitor silence add"
    return service(f"silence-{number}", said, todo, now, Severity.LOW)


def service(word: str, what: str, todo: str, now: datetime, severity: Severity = Severity.HIGH) -> Alert:
    """One thing the operator must know of the service, once a day for each word. what and todo: plain words without a name."""
    name = f"operator:{word}:{now:%Y%m%d}"
    return Alert(
        id=name,
        thread=name,
        revision=1,
        kind=AlertKind.OPERATOR,
        severity=severity,
        sensitivity=Sensitivity.OPEN,
        reason=word,
        at=now,
        title=what,
        preview=what,
        lines=(Line(text=todo, label="Next step", style=LineStyle.NOTE),),
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
