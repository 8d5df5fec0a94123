"""What every kind of channel is: delivery in, payload laid out (pure), payload sent, Outcome out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from alerts.model import Delivery, Outcome

Payload = Mapping[str, Any]  #: what one send needs, laid out by `render`; only the channel that made it reads it


@dataclass(frozen=True, slots=True, kw_only=True)
class Secrets:
    """What channels need from the environment and nobody may print: tokens, servers, the proxy.

    slack_token: a bot token (xoxb-…). slack_api_url: base URL, None for Slack's own. smtp_url: smtp:// smtp+starttls:// smtps://.
    smtp_password: when it does not stand in smtp_url. mail_from: the sender's address. proxy: for Slack; None means no proxy at all,
    whatever the environment says. patience: divides the time limits of one exchange (1 in production, more in tests). buttons: what they do → what they say, where
    presses are listened for.
    """

    slack_token: str | None = field(default=None, repr=False)
    slack_api_url: str | None = field(default=None, repr=False)
    smtp_url: str | None = field(default=None, repr=False)
    smtp_password: str | None = field(default=None, repr=False)
    mail_from: str | None = field(default=None, repr=False)
    proxy: str | None = field(default=None, repr=False)
    patience: float = 1.0
    buttons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrong:
    """One setting of a channel that cannot work. key: its name in alerts.yaml, "" for a missing secret; fix: what to write instead."""

    key: str
    what: str
    fix: str


class Channel(Protocol):
    """A configured destination: it lays a delivery out, sends it, and can perhaps look whether it arrived.

    name: as in alerts.yaml. pace_s: seconds between two messages. quiet_s: seconds to wait after an unknown outcome before the look-up
    (or, where there is none, before the one flagged re-send).
    """

    name: str
    pace_s: float
    quiet_s: float

    def render(self, delivery: Delivery) -> Payload:
        """The delivery as this destination shows it; pure. Any error here is answered with a plainer layout."""
        ...

    async def send(self, payload: Payload) -> Outcome:
        """One attempt, never repeated inside; whatever is not proven is unknown."""
        ...

    async def find(self, delivery: Delivery) -> Outcome | None:
        """Whether a message of unknown fate arrived: sent, not sent, or unknown when the look-up failed; None = no look-up exists."""
        ...

    async def heal(self, delivery: Delivery) -> Outcome | None:
        """Look once more at a message that was of unknown fate: where it stands twice, one of them says so. Outcome and None as `find`."""
        ...
