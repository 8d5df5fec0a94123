"""The `channels:` of alerts.yaml → settings of each channel's own kind, with every mistake in them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import MISSING, dataclass, fields
from typing import Any, get_type_hints

from pydantic import TypeAdapter, ValidationError

from alerts.channels import KINDS, Secrets
from monitor.config.document import Document, Loc
from monitor.config.mistakes import nearest, unknown, words
from monitor.errors import Mistake

NAME_PATTERN = r"^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$"

#: What a later release can do, and this one must not pretend to.
_LATER_KINDS = {
    "webhook": ("this release cannot call a gateway yet", "use email to the gateway's address until it can")
}
_LATER_KEYS = {
    "pgp": ("this release cannot encrypt mail yet", "remove it only if mail in clear is safe for your people")
}


@dataclass(frozen=True, slots=True)
class ChannelConfig:
    """One configured channel: its name, its kind, and the settings dataclass of that kind."""

    name: str
    kind: str
    settings: Any


def read_channels(document: Document, value: Any) -> tuple[dict[str, ChannelConfig], tuple[Mistake, ...]]:
    """The channels that can be used, by name, and what is wrong with the others. value: what stands after `channels:`."""
    if not isinstance(value, dict):
        return {}, ()
    channels: dict[str, ChannelConfig] = {}
    found: list[Mistake] = []
    for name, given in value.items():
        loc: Loc = ("channels", name)
        if not re.search(NAME_PATTERN, name):
            fix = "use letters, digits, hyphens and underlines"
            found.append(document.mistake(loc, "this cannot be the name of a channel", fix, key=True))
        made, mistakes = _channel(document, loc, given)
        found += mistakes
        if made:
            channels[name] = made
    return channels, tuple(found)


def missing_secrets(document: Document, channels: Mapping[str, ChannelConfig], secrets: Secrets) -> Iterator[Mistake]:
    """What the channels need from the environment and do not find, once for each channel that needs it."""
    for name, channel in channels.items():
        for wrong in KINDS[channel.kind].check(secrets):
            yield document.mistake(("channels", name), f"channel {name}: {wrong.what}", wrong.fix, key=True)


def _channel(document: Document, loc: Loc, given: Any) -> tuple[ChannelConfig | None, list[Mistake]]:
    if not isinstance(given, dict):
        return None, [
            document.mistake(loc, "the settings of a channel are meant here", "write at least {kind: console}")
        ]
    name, kind = str(loc[-1]), given.get("kind")
    if kind is None:
        return None, [document.mistake(loc, "the key `kind` is missing here", f"add kind: {' or '.join(KINDS)}")]
    if kind in _LATER_KINDS:
        return None, [document.mistake((*loc, "kind"), *_LATER_KINDS[kind])]
    if not isinstance(kind, str) or kind not in KINDS:
        near = nearest(kind, KINDS) if isinstance(kind, str) else None
        fix = f"write {near}" if near else f"write one of {', '.join(KINDS)}"
        return None, [document.mistake((*loc, "kind"), "this release has no such kind of channel", fix)]
    shape = KINDS[kind].settings
    found = [_unknown(document, (*loc, key), shape) for key in given if key not in {"kind", *keys(shape)}]
    written = {key: value for key, value in given.items() if key in keys(shape)}
    try:
        settings: Any = TypeAdapter[Any](shape).validate_python(written)
    except ValidationError as error:
        found += [
            document.mistake((*loc, *e["loc"]), *words(e, (*loc, *e["loc"]))) for e in error.errors(include_url=False)
        ]
        return None, found
    for wrong in KINDS[kind].wrong(settings):
        found.append(document.mistake((*loc, wrong.key), wrong.what, wrong.fix))
    return (None if found else ChannelConfig(name=name, kind=kind, settings=settings)), found


def _unknown(document: Document, loc: Loc, shape: type) -> Mistake:
    if loc[-1] in _LATER_KEYS:
        return document.mistake(loc, *_LATER_KEYS[str(loc[-1])], key=True)
    return unknown(document, loc, ("kind", *keys(shape)))


def keys(settings: type) -> tuple[str, ...]:
    """The keys a kind of channel knows, besides `kind`."""
    return tuple(f.name for f in fields(settings))


def required(settings: type) -> tuple[str, ...]:
    """The keys a kind of channel cannot do without."""
    return tuple(f.name for f in fields(settings) if f.default is MISSING and f.default_factory is MISSING)


def types(settings: type) -> Mapping[str, Any]:
    """The type behind each key of a kind of channel."""
    return get_type_hints(settings)
