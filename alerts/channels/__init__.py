"""The kinds of channels: one file a kind, one line here; settings and secrets in, Channel out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from alerts.channels import console, email, slack, webhook
from alerts.channels.protocol import Channel, Payload, Secrets, Wrong
from alerts.errors import ChannelError
from alerts.model import AlertKind
from alerts.routing import Destination

__all__ = ["KINDS", "Channel", "Kind", "Payload", "Secrets", "Wrong", "build", "destination"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """What a kind of channel is made of.

    settings: the frozen dataclass whose fields are the keys of alerts.yaml. build: raises ChannelError when a secret is missing.
    addresses: to whom it goes, one delivery each. parts: the messages that one alert of a kind becomes, in order.
    wrong: the settings that cannot work, with the fix. check: the secrets that are missing or cannot work.
    """

    settings: type
    build: Callable[[str, Any, Secrets], Channel]
    addresses: Callable[[Any], tuple[str, ...]]
    parts: Callable[[AlertKind], tuple[str, ...]]
    wrong: Callable[[Any], tuple[Wrong, ...]]
    check: Callable[[Secrets], tuple[Wrong, ...]]


KINDS: Mapping[str, Kind] = {
    "console": Kind(
        settings=console.Settings,
        build=console.build,
        addresses=console.addresses,
        parts=console.parts,
        wrong=console.wrong,
        check=console.check,
    ),
    "slack": Kind(
        settings=slack.Settings,
        build=slack.build,
        addresses=slack.addresses,
        parts=slack.parts,
        wrong=slack.wrong,
        check=slack.check,
    ),
    "email": Kind(
        settings=email.Settings,
        build=email.build,
        addresses=email.addresses,
        parts=email.parts,
        wrong=email.wrong,
        check=email.check,
    ),
    "webhook": Kind(
        settings=webhook.Settings,
        build=webhook.build,
        addresses=webhook.addresses,
        parts=webhook.parts,
        wrong=webhook.wrong,
        check=webhook.check,
    ),
}


def _kind(kind: str) -> Kind:
    if kind not in KINDS:
        raise ChannelError(f"there is no kind of channel called {kind!r}; write one of {', '.join(KINDS)}")
    return KINDS[kind]


def build(name: str, kind: str, settings: Any, secrets: Secrets) -> Channel:
    """The working channel of that name. Raises ChannelError when the kind, a setting or a secret cannot work."""
    wrong = _kind(kind).wrong(settings) + _kind(kind).check(secrets)
    if wrong:
        raise ChannelError("; ".join(f"channel {name}: {w.what}: {w.fix}" for w in wrong))
    return _kind(kind).build(name, settings, secrets)


def destination(kind: str, settings: Any) -> Destination:
    """What routing needs to know of a configured channel: its addresses, and the parts each kind of alert becomes."""
    made = _kind(kind)
    return Destination(
        addresses=made.addresses(settings), parts={k: made.parts(k) for k in AlertKind}, mail=kind == "email"
    )
