"""A redirecting answer → the next address, or why it is not followed; and what a chain of them says about a move."""

from __future__ import annotations

from urllib.parse import urljoin, urlsplit, urlunsplit

MAX_REDIRECTS = (
    5  #: real chains of publishers have one to three hops. Source: Fetch allows 20; loops and traps are what needs more
)
FOLLOWED = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})  #: Source: RFC 9110 §15.4


def following(url: str, location: str | None) -> str:
    """The absolute address a redirect leads to, without fragment. Raises ValueError with the reason when it is not to be followed."""
    if not location:
        raise ValueError("a redirect without an address")
    try:
        target = urlsplit(urljoin(url, location.strip().replace("\\", "/")))
        port = target.port
    except ValueError:
        raise ValueError("a redirect to something that is not an address") from None
    if target.scheme not in {"http", "https"} or not target.hostname:
        raise ValueError("a redirect to something that is not a web page")
    if urlsplit(url).scheme == "https" and target.scheme == "http":
        raise ValueError("a redirect from an encrypted to an unencrypted address")
    host = target.hostname if ":" not in target.hostname else f"[{target.hostname}]"
    return urlunsplit((target.scheme, f"{host}:{port}" if port else host, target.path or "/", target.query, ""))


def moved(hops: tuple[tuple[int, str], ...]) -> str | None:
    """Where a chain of (status, next address) says the source now lives: the last hop of its unbroken permanent beginning."""
    home = None
    for status, target in hops:
        if status not in PERMANENT:
            break
        home = target
    return home


def shown(url: str) -> str:
    """An address as it may stand in a log: no name or password, no query, no fragment."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return "an unreadable address"
    return urlunsplit((parts.scheme, f"{host}:{port}" if port else host, parts.path, "", ""))
