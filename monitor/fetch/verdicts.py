"""What went wrong on the way, an answer's status or an error of the network → one FetchFailure in plain words."""

from __future__ import annotations

import ssl
from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpcore
import httpx

from monitor.fetch.door import AddressRefusedError, UnknownHostError
from monitor.fetch.inflate import BodyRefusedError
from monitor.fetch.socks import ProxyRefusedError
from monitor.model import FetchFailure

MAX_RETRY_AFTER_S = 86_400.0  #: a publisher may send us away for a day, not for ever

#: Everything an exchange can raise because of what the other side is or does.
WORLD = (
    httpcore.ConnectionNotAvailable, httpcore.TimeoutException, httpcore.NetworkError, httpcore.ProtocolError,
    httpcore.ProxyError, httpcore.UnsupportedProtocol, httpx.HTTPError, httpx.InvalidURL, ProxyRefusedError, AddressRefusedError,
    UnknownHostError, BodyRefusedError, TimeoutError, OSError, ValueError,
)  # fmt: skip


def of_status(status: int, headers: Mapping[str, str], now: datetime) -> FetchFailure:
    """What an answer that is neither a document nor "unchanged" means.

    Source: the classes follow Media Cloud's poller, where feeds that answered 404 for weeks came back to life: only 410 is final.
    """
    wait = retry_after(headers.get("retry-after"), now)
    wall = "cf-mitigated" in headers or "x-datadome" in headers or "x-sucuri-block" in headers

    def _failure(kind: str, why: str) -> FetchFailure:
        return FetchFailure(kind=kind, why=f"{why} (status {status})", status=status, retry_after_s=wait)

    if status == 410:
        return _failure("gone", "the publisher says it is gone for good")
    if status == 429:
        return _failure("temporary", "the publisher asks us to come less often")
    if wall or status in {401, 402, 403, 405, 406, 407, 451}:
        return _failure("blocked", "the publisher turns us away")
    if status == 404:
        return _failure("soft", "there is no such page")
    if status == 503 and wait is not None:
        return _failure("temporary", "the publisher is closed for maintenance")
    if status >= 500:
        return _failure("soft", "the publisher's server has a fault")
    return _failure("soft", "an answer that holds no document")


def of_error(error: BaseException) -> FetchFailure:
    """What an error of the network means. The words are ours: the error's own text may hold an address."""
    cause = error.__cause__ or error.__context__
    match error:
        case BodyRefusedError():
            return FetchFailure(kind=error.kind, why=error.why)
        case AddressRefusedError():
            return FetchFailure(
                kind="hostile", why=f"its address {error}" if not str(error).startswith("port") else str(error)
            )
        case UnknownHostError():
            return FetchFailure(kind="soft", why="its name is not known to the resolver")
        case TimeoutError() | httpcore.TimeoutException() | httpx.TimeoutException():
            return FetchFailure(kind="temporary", why="no complete answer in time")
        case ProxyRefusedError() | httpcore.ProxyError():
            return FetchFailure(kind="temporary", why="the proxy could not reach it")
        case httpcore.RemoteProtocolError():
            return FetchFailure(kind="temporary", why="the connection broke off, or the answer was not proper HTTP")
        case httpcore.ConnectError() if isinstance(cause, ssl.SSLCertVerificationError):
            return FetchFailure(kind="hard", why=f"its certificate is not valid: {cause.verify_message}")
        case httpcore.ConnectError() if isinstance(cause, ssl.SSLError):
            return FetchFailure(kind="soft", why="no encrypted connection could be agreed on")
        case httpcore.ConnectError():
            return FetchFailure(kind="temporary", why="nothing answers at its address")
        case httpcore.UnsupportedProtocol() | httpx.InvalidURL() | ValueError() | httpcore.LocalProtocolError():
            return FetchFailure(kind="hard", why="its address cannot be asked for")
        case _:
            return FetchFailure(kind="temporary", why="the connection broke off")


def retry_after(value: str | None, now: datetime) -> float | None:
    """Seconds a Retry-After header asks for, as a number or a date; None when it is absent or unreadable. Source: RFC 9110 §10.2.3."""
    if not value:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:12]), MAX_RETRY_AFTER_S)
    try:
        when = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    seconds = ((when if when.tzinfo else when.replace(tzinfo=UTC)) - now).total_seconds()
    return min(max(0.0, seconds), MAX_RETRY_AFTER_S)
