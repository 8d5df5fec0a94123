"""The kinds of values the files hold: a text as written → the value meant, or what is wrong with it and what to write instead.

No message repeats the text: in a watchlist it may be a name.
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date, time
from typing import Annotated, Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, WithJsonSchema
from pydantic_core import PydanticCustomError

from monitor.config import countries

MAX_ID_CHARS = 64  #: characters; ids stand in logs, metrics and column-limited tables
MAX_EVERY_S = 30 * 86_400  #: seconds; a source visited less than once a month is not watched
ID_PATTERN = rf"^[A-Za-z0-9][A-Za-z0-9-]{{0,{MAX_ID_CHARS - 1}}}$"
WATCH_ID_PATTERN = rf"^[A-Za-z0-9][A-Za-z0-9._-]{{0,{MAX_ID_CHARS - 1}}}$"
DURATION_PATTERN = r"^[1-9][0-9]{0,6}[smhd]$"
CLOCK_PATTERN = r"^([01][0-9]|2[0-3]):[0-5][0-9]$"
DAY_PATTERN = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
LANGUAGE_PATTERN = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$"
URL_PATTERN = r"^[Hh][Tt][Tt][Pp][Ss]?://[^\s/]"
PROXY_PATTERN = r"^(socks5h?|https?)://\S+$"
FLOOD_PATTERN = r"^[1-9][0-9]{0,4}/[1-9][0-9]{0,6}[smhd]$"

_UNITS_S = {"s": 1, "m": 60, "h": 3600, "d": 86_400}
_NOTHING = frozenset({"", "~", "null"})


class Entry(BaseModel):
    """A block of a file whose keys are all known; anything else in it is a mistake."""

    model_config = ConfigDict(
        strict=True, extra="forbid", frozen=True, hide_input_in_errors=True, use_attribute_docstrings=True
    )


def wrong(what: str, fix: str) -> PydanticCustomError:
    """A mistake a validator raises, in the two halves every mistake has."""
    return PydanticCustomError("told", "{what}", {"what": what, "fix": fix})


def clean(text: str) -> str:
    """One spelling of a text: NFC, no space at its ends, one space where there were several."""
    return unicodedata.normalize("NFC", " ".join(text.split()))


def duration_s(text: str) -> int:
    """The seconds of a duration as written: 90s, 5m, 1h, 2d."""
    return int(text[:-1]) * _UNITS_S[text[-1]]


def _text(text: str) -> str:
    found = clean(text)
    if not found:
        raise wrong("nothing is written here", "write the words, or remove the line")
    return found


def _shaped(pattern: str, what: str, fix: str) -> AfterValidator:
    compiled = re.compile(pattern)

    def check(text: str) -> str:
        if not compiled.search(text):
            raise wrong(what, fix)
        return text

    return AfterValidator(check)


def _country(text: str) -> str:
    code = countries.codes().get(clean(text))
    if code is None:
        near = countries.suggestion(text)
        raise wrong(
            "no country is called this",
            f"write {near}" if near else "write its two letters, such as KH, or its English name",
        )
    return code


def _flag(written: Any) -> Any:
    if written in {"true", "false"} if isinstance(written, str) else False:
        return written == "true"
    raise wrong("yes or no is meant here", "write true or false")


def _day(written: Any) -> Any:
    try:
        if isinstance(written, str) and re.search(DAY_PATTERN, written):
            return date.fromisoformat(written)
    except ValueError:
        pass
    raise wrong("this is no day of the calendar", "write year, month and day, such as 2027-03-01")


def _clock(written: Any) -> Any:
    if isinstance(written, str) and re.search(CLOCK_PATTERN, written):
        return time.fromisoformat(written)
    raise wrong("this is no time of day", "write hours and minutes, such as 07:30")


def _zone(text: str) -> str:
    try:
        return ZoneInfo(text).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise wrong("no time zone is called this", "write one like Asia/Phnom_Penh or UTC") from None


def _url(text: str) -> str:
    try:
        parts = urlsplit(text)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        usable = False
    if not usable or re.search(r"\s", text):
        raise wrong("this is no address of the web", "write it whole, such as https://ngo.example/feed.xml")
    if parts.username or parts.password:
        raise wrong("a user or password stands in this address", "remove it: secrets do not belong in this file")
    return text


def _proxy(text: str) -> str:
    try:
        parts = urlsplit(text)
        usable = re.search(PROXY_PATTERN, text) and parts.hostname and parts.port
    except ValueError:
        usable = None
    if not usable:
        raise wrong("this is no address of a proxy", "write one like socks5h://127.0.0.1:9050")
    return text


def _absent(written: Any) -> Any:
    return None if written is None or (isinstance(written, str) and written in _NOTHING) else written


def _several(written: Any) -> Any:
    return (written,) if isinstance(written, str) else written


def _typed(shape: dict[str, Any]) -> WithJsonSchema:
    return WithJsonSchema(shape)


#: Free words. Unquoted numbers and true/false are words too, which is why editors are told to accept them.
_WORDS = {"type": ["string", "number", "boolean"], "minLength": 1}

Text = Annotated[str, AfterValidator(_text), _typed(_WORDS)]
Texts = Annotated[tuple[Text, ...], Field(strict=False)]
Country = Annotated[str, AfterValidator(_country), _typed({"$ref": "country"})]
Countries = Annotated[tuple[Country, ...], Field(strict=False)]
Id = Annotated[
    str,
    _shaped(ID_PATTERN, "this cannot be an id", f"use letters, digits and hyphens, {MAX_ID_CHARS} at most"),
    _typed({"type": ["string", "integer"], "pattern": ID_PATTERN}),
]
WatchId = Annotated[
    str,
    _shaped(WATCH_ID_PATTERN, "this cannot be an id", f"use letters, digits, hyphens and dots, {MAX_ID_CHARS} at most"),
    _typed({"type": ["string", "integer"], "pattern": WATCH_ID_PATTERN}),
]
Language = Annotated[
    str,
    _shaped(LANGUAGE_PATTERN, "this is no language code", "write its two or three letters, such as km or en"),
    _typed({"type": "string", "pattern": LANGUAGE_PATTERN}),
]
Languages = Annotated[tuple[Language, ...], Field(strict=False)]
Duration = Annotated[
    str,
    _shaped(DURATION_PATTERN, "this is no length of time", "write a number and s, m, h or d, such as 90s, 5m or 1h"),
    _typed({"type": "string", "pattern": DURATION_PATTERN}),
]
Flood = Annotated[
    str,
    _shaped(FLOOD_PATTERN, "this is no number of alerts in a time", "write it like 20/10m"),
    _typed({"type": "string", "pattern": FLOOD_PATTERN}),
]
Flag = Annotated[bool, BeforeValidator(_flag), _typed({"enum": [True, False, "true", "false"]})]
Day = Annotated[date, BeforeValidator(_day), _typed({"type": "string", "pattern": DAY_PATTERN, "format": "date"})]
Clock = Annotated[time, BeforeValidator(_clock), _typed({"type": "string", "pattern": CLOCK_PATTERN})]
Zone = Annotated[str, AfterValidator(_zone), _typed({"type": "string", "minLength": 1})]
Url = Annotated[str, AfterValidator(_url), _typed({"type": "string", "pattern": URL_PATTERN})]
Proxy = Annotated[str, AfterValidator(_proxy), _typed({"type": "string", "pattern": PROXY_PATTERN})]
#: One name or a list of them.
To = Annotated[
    tuple[Text, ...],
    BeforeValidator(_several),
    Field(strict=False),
    _typed({"anyOf": [_WORDS, {"type": "array", "items": _WORDS}]}),
]
#: For keys whose value may be left out after the colon, or written as null.
MAY_BE_EMPTY = BeforeValidator(_absent)
