"""Webhook: a delivery in, one signed JSON to a gateway of the user's own (SMS, Signal), Outcome out; there is no look-up.

The file that `url_file` names holds the address on its first line and, on the second, the key that signs what is sent. The gateway
can tell a repetition by the `Idempotency-Key` header: the same delivery always carries the same.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import httpx

from alerts.channels.protocol import Payload, Secrets, Wrong
from alerts.channels.words import DUPLICATE, WITHDRAWN, heading, moment, wrong_timezone
from alerts.errors import ChannelError
from alerts.model import AlertKind, Delivery, Line, Outcome, Receipt, Verdict
from alerts.text import address, cut, foreign

PACE_S = 0.2  #: seconds between two calls, five a second; a gateway of one's own has its own queue
QUIET_S = 120.0  #: seconds before the one flagged re-send of a call whose answer was lost
TIMEOUT_S = 15.0  #: seconds for one exchange
MAX_TEXT_CHARS = 2_000  #: code points of one line
MAX_RETRY_AFTER_S = 3_600.0  #: seconds; a longer wish is a broken answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """A webhook in alerts.yaml. url_file: a file with the gateway's address, and the signing key on a second line. timezone: of times shown."""

    url_file: str
    timezone: str = "UTC"


class Webhook:
    """One gateway that takes JSON."""

    pace_s = PACE_S

    def __init__(self, name: str, url: str, key: bytes, zone: ZoneInfo, patience: float = 1.0) -> None:
        self.name = name
        self.quiet_s = QUIET_S / patience
        self._url, self._key, self._zone = url, key, zone
        self._timeout_s = TIMEOUT_S / patience

    def render(self, delivery: Delivery) -> Payload:
        """The JSON as bytes, and the key by which the gateway knows a repetition."""
        alert = delivery.alert
        bare = delivery.layout == "bare"
        notes = [DUPLICATE] if delivery.flagged else []
        notes += [WITHDRAWN] if alert.kind is AlertKind.CANCEL else []
        made = {
            "version": 1,
            "key": delivery.key,
            "thread": foreign(alert.thread),
            "revision": alert.revision,
            "kind": alert.kind.value,
            "severity": alert.severity.value,
            "sensitivity": alert.sensitivity.value,
            "trial": delivery.trial,
            "flagged": delivery.flagged,
            "at": moment(alert.at, self._zone),
            "preview": cut(foreign(alert.preview), MAX_TEXT_CHARS, len),
            "title": cut(heading(delivery), MAX_TEXT_CHARS, len),
            "notes": notes,
            "changes": [] if bare else [_line(x) for x in alert.changes],
            "lines": [] if bare else [_line(x) for x in alert.lines],
            "links": [safe.url for x in alert.links if (safe := address(x.url))] if not bare else [],
        }
        return {"body": json.dumps(made, ensure_ascii=True).encode("ascii"), "key": delivery.key}

    async def send(self, payload: Payload) -> Outcome:
        """One call, once. No connection is proof that nothing arrived; after that only the gateway's own answer proves anything."""
        at = f"{datetime.now(UTC).timestamp():.0f}"
        headers = {"Content-Type": "application/json", "Idempotency-Key": payload["key"], "X-HRD-Monitor-Timestamp": at}
        if self._key:
            headers["X-HRD-Monitor-Signature"] = signature(self._key, at, payload["body"])
        try:
            async with httpx.AsyncClient(trust_env=False, timeout=self._timeout_s, follow_redirects=False) as client:
                answer = await client.post(self._url, content=payload["body"], headers=headers)
        except (httpx.ConnectError, httpx.ConnectTimeout) as error:
            why = f"the gateway could not be reached: {type(error).__name__}"
            return Outcome(verdict=Verdict.NOT_SENT, refused="channel", why=why)
        except (httpx.HTTPError, OSError) as error:
            return Outcome(verdict=Verdict.UNKNOWN, why=f"no answer from the gateway: {type(error).__name__}")
        return _proved(answer, Receipt(channel=self.name, address="", handle={"key": payload["key"]}))

    async def find(self, delivery: Delivery) -> Outcome | None:
        """None: what a gateway took cannot be looked up."""
        del delivery
        return None

    async def heal(self, delivery: Delivery) -> Outcome | None:
        """None: what was sent here cannot be looked at or changed."""
        del delivery
        return None


def signature(key: bytes, at: str, body: bytes) -> str:
    """What a gateway compares: HMAC-SHA256 over the timestamp, a dot and the body."""
    return "sha256=" + hmac.new(key, at.encode() + b"." + body, hashlib.sha256).hexdigest()


def _proved(answer: httpx.Response, receipt: Receipt) -> Outcome:
    code = answer.status_code
    why = f"the gateway answered {code}"
    if 200 <= code <= 299:
        return Outcome(verdict=Verdict.SENT, receipt=receipt)
    if code in {429, 503}:
        return Outcome(verdict=Verdict.NOT_SENT, refused="channel", why=why, retry_after_s=_wish(answer))
    if code in {401, 403, 407}:
        return Outcome(verdict=Verdict.REFUSED, refused="auth", why=why)
    if code in {400, 413, 415, 422}:
        return Outcome(verdict=Verdict.REFUSED, refused="message", why=why)
    if 300 <= code <= 499:
        return Outcome(verdict=Verdict.REFUSED, refused="channel", why=why)
    return Outcome(verdict=Verdict.UNKNOWN, why=why)


def _wish(answer: httpx.Response) -> float | None:
    asked = answer.headers.get("retry-after", "")
    return min(max(float(asked), 1.0), MAX_RETRY_AFTER_S) if asked.isascii() and asked.isdigit() else None


def _line(line: Line) -> dict[str, Any]:
    safe = address(line.url) if line.url else None
    text = cut(foreign(line.text), MAX_TEXT_CHARS, len)
    return {"label": foreign(line.label), "text": text, "style": line.style.value, "url": safe.url if safe else None}


def read(text: str) -> tuple[str, bytes]:
    """The address and the key of a url_file. Raises ValueError for what is no address, or would send alerts in clear beyond the own network."""
    url, _, key = text.strip().partition("\n")
    parts = urlsplit(url.strip())
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValueError("no address that begins with https://")
    if parts.scheme == "http" and not _own(parts.hostname):
        raise ValueError("plain http beyond your own network")
    return url.strip(), key.strip().encode()


def _own(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_private
    except ValueError:
        return host == "localhost"


def build(name: str, settings: Settings, secrets: Secrets) -> Webhook:
    """A webhook. Raises ChannelError when its file cannot be read or holds no address; what it holds is never repeated."""
    try:
        url, key = read(Path(settings.url_file).read_text("utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ChannelError(f"channel {name}: url_file cannot be read ({type(error).__name__})") from error
    except ValueError as error:
        raise ChannelError(f"channel {name}: url_file holds {error}") from error
    return Webhook(name, url, key, ZoneInfo(settings.timezone), secrets.patience)


def addresses(settings: Settings) -> tuple[str, ...]:
    """The one gateway."""
    del settings
    return ("",)


def parts(kind: AlertKind) -> tuple[str, ...]:
    """One call for every alert."""
    del kind
    return ("post",)


def wrong(settings: Settings) -> tuple[Wrong, ...]:
    """The settings that cannot work."""
    found = list(wrong_timezone(settings.timezone))
    if not settings.url_file.strip():
        found.append(Wrong(key="url_file", what="no file is named", fix="name a file that holds the gateway's address"))
    return tuple(found)


def check(secrets: Secrets) -> tuple[Wrong, ...]:
    """Nothing in the environment is needed."""
    del secrets
    return ()
