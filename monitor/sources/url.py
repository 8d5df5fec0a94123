"""An address as somebody wrote it → the one spelling that tells whether two addresses are the same page; for comparing, never for fetching."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote_to_bytes, urlsplit, urlunsplit

#: Parameters that say where a reader came from, not which page is meant. Sources: the analytics, mail and social services' own
#: documentation (utm_* of Urchin and Google, mc_* of Mailchimp, fbclid of Meta, …).
_TRACKING = frozenset(
    {
        "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "yclid", "msclkid", "twclid", "ttclid",
        "li_fat_id", "igshid", "igsh", "mc_cid", "mc_eid", "mkt_tok", "oly_anon_id", "oly_enc_id", "vero_id",
        "_hsenc", "_hsmi", "hsctatracking", "__hstc", "__hssc", "__hsfp", "_openstat", "wickedid", "spm",
        "scm", "_ga", "_gl", "ncid", "cmpid", "cmp", "ocid", "smid", "xtor", "at_medium", "at_campaign",
        "at_custom1", "at_custom2", "at_custom3", "at_custom4", "wt_mc", "wt.mc_id", "pk_campaign", "pk_kwd",
        "piwik_campaign", "piwik_kwd", "mtm_campaign", "mtm_source", "mtm_medium", "mtm_keyword", "s_cid",
        "guccounter", "guce_referrer", "guce_referrer_sig", "__twitter_impression", "fb_action_ids",
        "fb_source", "action_object_map", "action_type_map", "action_ref_map", "ref_src", "ref_url",
        "feature", "share_id", "shared", "sharetype", "usqp", "amp", "outputtype", "__cft__", "__tn__",
        "__cf_chl_tk", "__cf_chl_rt_tk", "phpsessid", "jsessionid", "aspsessionid", "sessionid",
    }
)  # fmt: skip
_TRACKING_BEGINS = ("utm_", "hsa_", "pk_", "mtm_", "matomo_", "piwik_", "stm_")
#: Parameters that mean the same only with these values: elsewhere they may choose the page.
_TRACKING_VALUES = {
    "ref": {"rss", "feed", "home"},
    "source": {"rss", "feed"},
    "from": {"rss", "feed"},
    "rss": {"", "1", "true", "yes"},
}

#: Pages that only send on to another, which one of their parameters names.
_WRAPPERS = {
    ("google.com", "/url"): ("url", "q"),
    ("l.facebook.com", "/l.php"): ("u",),
    ("lm.facebook.com", "/l.php"): ("u",),
    ("l.instagram.com", "/"): ("u",),
    ("out.reddit.com", "/"): ("url",),
}
_DEFAULT_PORTS = frozenset({80, 443})  #: of either scheme, since the scheme is made one
_INDEX = re.compile(r"/(?:index|default)\.(?:html?|php|aspx?|jsp)$", re.IGNORECASE)
_SESSION = re.compile(r";(?:jsessionid|phpsessid|sid)=[^/;]*", re.IGNORECASE)
_SLASHES = re.compile(r"/{2,}")
_CONTROL = re.compile(r"[\x00-\x20\x7f]+")
_SAFE = "-._~!$'()*,:@"  #: kept as written in a path besides letters and digits. Source: RFC 3986 §3.3, without the separators ; & = +


def canonical(url: str) -> str:
    """The spelling of an address under which its twins meet: http and https, www, tracking parameters, encodings, index pages, /amp.

    Idempotent. What is not a web address comes back stripped and otherwise as it was.
    """
    text = _spelled(url)
    while (inner := _unwrapped(text)) is not None:  # each is shorter than the one that held it
        text = _spelled(inner)
    return text


def is_front(url: str) -> bool:
    """Whether a canonical address is a site's front page or a list rather than one article's own page."""
    parts = urlsplit(url)
    last = parts.path.rstrip("/").rpartition("/")[2]
    return not parts.query and not (len(last) >= 12 or any(c.isdigit() for c in last) or "-" in last)


def _spelled(url: str) -> str:
    """One address in one spelling, without looking whether it only sends on to another."""
    text = _CONTROL.sub("", url.encode("utf-8", "replace").decode())
    try:
        parts = urlsplit(text)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return text
    name = _host(host) if parts.scheme in {"http", "https"} else ""
    if not name:
        return text
    shown_port = f":{port}" if port is not None and port not in _DEFAULT_PORTS else ""
    fragment = parts.fragment if parts.fragment.startswith("!") else ""  # an address of its own on older sites
    return urlunsplit(
        ("https", name + shown_port, _path(parts.path), _query(parts.query), _encoded(fragment, _SAFE + "/?=&;+"))
    )


def _unwrapped(spelled: str) -> str | None:
    """The address a page that only sends on names in its parameters; None for any other page."""
    try:
        parts = urlsplit(spelled)
        keys = _WRAPPERS.get((parts.hostname or "", parts.path), ())
    except ValueError:
        return None
    fields = dict(reversed([(k, v) for k, _, v in (pair.partition("=") for pair in parts.query.split("&"))]))
    for key in keys:
        inner = unquote_to_bytes(fields.get(key, "")).decode("utf-8", "replace")
        if inner.startswith(("http://", "https://")):
            return inner
    return None


def _host(host: str) -> str:
    """A host in lower case ASCII without www; in brackets when it is an IPv6 address; empty when it cannot be a host."""
    name = host.rstrip(".").lower()
    if ":" in name:
        return f"[{name}]"
    try:
        name = name if name.isascii() else name.encode("idna").decode("ascii")
    except UnicodeError:
        name = quote(name, safe="-._~").lower()
    while name.startswith("www.") and name.count(".") > 1:
        name = name[4:]
    return name


def _path(path: str) -> str:
    """A path without dots, doubled slashes, session numbers, index pages, an AMP suffix or a slash at its end."""
    kept: list[str] = []
    for part in _SESSION.sub("", path).split("/"):
        if part == "..":
            kept = kept[:-1]
        elif part not in {"", "."}:
            kept.append(_encoded(part, _SAFE + ";=&+"))
    joined = "/" + "/".join(kept)
    while True:
        shorter = _INDEX.sub("", joined).removesuffix("/amp").rstrip("/") or "/"
        if shorter == joined:
            return joined
        joined = shorter


def _query(query: str) -> str:
    """The parameters that choose the page, sorted."""
    kept = []
    for pair in query.split("&"):
        key, equals, value = pair.partition("=")
        name = unquote_to_bytes(key).decode("utf-8", "replace").lower()
        if (
            not pair
            or name in _TRACKING
            or name.startswith(_TRACKING_BEGINS)
            or value.lower() in _TRACKING_VALUES.get(name, ())
        ):
            continue
        kept.append(
            _encoded(key.replace("+", "%20"), _SAFE + "/?;")
            + equals
            + _encoded(value.replace("+", "%20"), _SAFE + "/?;=")
        )
    return "&".join(sorted(kept))


def _encoded(text: str, safe: str) -> str:
    """Percent-encoding in one form: what may stand plainly does, everything else as upper-case UTF-8 bytes."""
    raw = unquote_to_bytes(text)
    return quote(raw, safe=safe)
