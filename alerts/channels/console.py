"""The console: a delivery in, a few lines on standard output out; the channel of the demonstration and of the first minutes."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TextIO
from zoneinfo import ZoneInfo

from alerts.channels.protocol import Payload, Secrets, Wrong
from alerts.channels.words import DUPLICATE, WITHDRAWN, heading, moment, wrong_timezone
from alerts.model import AlertKind, Delivery, Line, LineStyle, Outcome, Receipt, Verdict
from alerts.text import address, foreign

_INDENT = "    "


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """A console channel in alerts.yaml. timezone: of the times shown."""

    timezone: str = "UTC"


class Console:
    """A terminal, or whatever standard output is connected to; it cannot look whether a line was read."""

    pace_s = 0.0
    quiet_s = 1.0  #: seconds; nothing travels, so nothing arrives late

    def __init__(self, name: str, settings: Settings, stream: TextIO | None = None) -> None:
        self.name = name
        self._zone = ZoneInfo(settings.timezone)
        self._stream = stream

    def render(self, delivery: Delivery) -> Payload:
        """The alert as lines of text without any control character a terminal would obey."""
        return {"text": "\n".join(self._lines(delivery)), "key": delivery.key}

    async def send(self, payload: Payload) -> Outcome:
        """Print it; a closed output is an outcome, not an error."""
        try:
            print(payload["text"], file=self._stream or sys.stdout, flush=True)
        except (OSError, ValueError) as error:
            return Outcome(verdict=Verdict.NOT_SENT, refused="channel", why=f"standard output: {type(error).__name__}")
        return Outcome(
            verdict=Verdict.SENT, receipt=Receipt(channel=self.name, address="", handle={"key": payload["key"]})
        )

    async def find(self, delivery: Delivery) -> Outcome | None:
        """None: what was printed cannot be looked up."""
        del delivery
        return None

    async def heal(self, delivery: Delivery) -> Outcome | None:
        """None: what was sent here cannot be looked at or changed."""
        del delivery
        return None

    def _lines(self, delivery: Delivery) -> Iterator[str]:
        alert = delivery.alert
        develops = delivery.root is not None and alert.kind is AlertKind.UPDATE
        yield f"{'  ↳' if develops else '■'} {heading(delivery)}"
        yield f"{_INDENT}{moment(alert.at, self._zone)} · {foreign(alert.thread)} · revision {alert.revision}"
        if delivery.flagged:
            yield f"{_INDENT}{DUPLICATE}"
        if delivery.layout == "bare":
            yield f"{_INDENT}{foreign(alert.preview)}"
            return
        if alert.kind is AlertKind.CANCEL:
            yield f"{_INDENT}{WITHDRAWN}"
        for line in alert.changes if develops and alert.changes else alert.lines:
            yield f"{_INDENT}{_told(line)}"
        for link in alert.links:
            if safe := address(link.url):
                yield f"{_INDENT}{foreign(link.label)}: {safe.url}"


def _told(line: Line) -> str:
    label = f"{foreign(line.label)}: " if line.label else ""
    where = f" ({safe.domain})" if line.url and (safe := address(line.url)) else ""
    text = foreign(line.text)
    match line.style:
        case LineStyle.QUOTE:
            return f"{label}“{text}”{where}"
        case LineStyle.CHANGE:
            return f"• {label}{text}{where}"
        case LineStyle.FIELD | LineStyle.NOTE:
            return f"{label}{text}{where}"


def build(name: str, settings: Settings, secrets: Secrets) -> Console:
    """A console channel; it needs no secret."""
    del secrets
    return Console(name, settings)


def addresses(settings: Settings) -> tuple[str, ...]:
    """The one address there is."""
    del settings
    return ("",)


def parts(kind: AlertKind) -> tuple[str, ...]:
    """One message for every alert: what is printed cannot be edited."""
    del kind
    return ("post",)


def wrong(settings: Settings) -> tuple[Wrong, ...]:
    """The settings that cannot work."""
    return wrong_timezone(settings.timezone)


def check(secrets: Secrets) -> tuple[Wrong, ...]:
    """Nothing: a console needs no secret."""
    del secrets
    return ()
