"""An address → one spelling of it, so that two links to one article are seen as one; unknown parameters are identity and stay."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, quote, unquote, urlencode, urlsplit

#: Parameters that only tell who sent the reader. Source: the documentation of the services that add them.
_TRACKING = re.compile(
    r"^(?:utm_\w+|fbclid|gclid|dclid|gbraid|wbraid|msclkid|yclid|igshid|mc_[ce]id|_hs(?:enc|mi)|mkt_tok|vero_\w+|oly_(?:anon|enc)_id|ref_src|ref_url|cmpid|ocid|at_(?:medium|campaign|custom\d|format|link_\w+|ptr_name|bbc_team)|ns_(?:mchannel|source|campaign|linkname|fee)|s_cid|xtor|rss|feed_id|__twitter_impression)$",
    re.IGNORECASE,
)
_HOSTS = re.compile(r"^(?:www\d?|m|mobile|amp)\.(?=[^.]+\.)")
_INDEX = re.compile(r"/(?:index\.(?:html?|php|aspx?)|amp)/?$", re.IGNORECASE)
_DEFAULT_PORTS = {"http": 80, "https": 443}


def canonical(url: str) -> str:
    """One spelling of a web address; the address itself, stripped, when it is none. Idempotent; never raises.

    The scheme is left out of the comparison (http and https twins are one), so are credentials, fragment, default port, tracking parameters,
    the order of parameters, www and mobile host names, /amp and index pages.
    """
    url = url.strip()
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower().rstrip(".")
        port = parts.port
    except ValueError:
        return url
    if parts.scheme.lower() not in _DEFAULT_PORTS or not host:
        return url
    try:
        host = host.encode("idna").decode("ascii") if not host.isascii() else host
    except UnicodeError:
        return url
    host = _HOSTS.sub("", host)
    where = host if port in {None, 80, 443} else f"{host}:{port}"
    path = _INDEX.sub("/", _dots(_quoted(parts.path)))
    path = path.rstrip("/") or "/"
    kept = sorted((k, v) for k, v in parse_qsl(parts.query, keep_blank_values=True) if not _TRACKING.match(k))
    return f"https://{where}{path}{'?' + urlencode(kept) if kept else ''}"


def _quoted(path: str) -> str:
    """Percent-encoding in one form: what need not be encoded is not."""
    return quote(unquote(path, errors="surrogateescape"), safe="/:@!$&'()*+,;=~-._", errors="surrogateescape")


def _dots(path: str) -> str:
    """`.` and `..` resolved, and repeated slashes made one."""
    out: list[str] = []
    for part in path.split("/"):
        if part == "..":
            if out:
                out.pop()
        elif part not in {".", ""}:
            out.append(part)
    return "/" + "/".join(out) + ("/" if path.endswith(("/", "/.", "/..")) and out else "")
