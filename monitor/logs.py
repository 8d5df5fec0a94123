"""Log lines as JSON or for a console, with identifiers only: one processor takes out any name, token or secret that slipped in."""

from __future__ import annotations

import logging
import re
import sys
from collections.abc import Iterable, MutableMapping
from typing import Any, TextIO

import structlog
from ahocorasick_rs import AhoCorasick, MatchKind

#: Shapes of secrets that no log may hold: Slack tokens, authorization headers, credentials inside an address.
_TOKENS = re.compile(r"x(?:ox[a-z]|app)-[\w-]+|(?i:bearer|basic) [\w+/=.-]{8,}|(?<=://)[^/\s@]+(?=@)|\?[^\s\"']+")
_WITHHELD = "[withheld]"
MIN_TERM_CHARS = 3  #: characters; a shorter name would black out half of every line and tells nobody apart
#: Libraries that log what passes through them are heard from warnings up only (slack_sdk prints whole payloads at debug).
_LOUD = (
    "httpx",
    "httpcore",
    "slack_sdk",
    "apscheduler",
    "aiosmtplib",
    "mail",
    "uvicorn",
    "alembic",
    "sqlalchemy",
    "asyncio",
)


class Redactor:
    """Takes the given terms and anything shaped like a token out of every string of a log line, however deep."""

    def __init__(self, terms: Iterable[str]) -> None:
        kept = sorted(
            {t.casefold().encode("utf-8", "replace").decode("utf-8") for t in terms if len(t) >= MIN_TERM_CHARS}
        )
        self._automaton = AhoCorasick(kept, matchkind=MatchKind.LeftmostLongest) if kept else None

    def clean(self, text: str) -> str:
        """The text with every withheld term and token replaced."""
        text = _TOKENS.sub(_WITHHELD, text.encode("utf-8", "replace").decode("utf-8"))
        if self._automaton is None:
            return text
        folded = text.casefold()
        if len(folded) != len(text):  # folding changed offsets (ß, İ): the line is rewritten in its folded form, safely
            text = folded
        out, last = [], 0
        for _, start, end in self._automaton.find_matches_as_indexes(folded):
            out += [text[last:start], _WITHHELD]
            last = end
        return "".join([*out, text[last:]])

    def __call__(self, _logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
        """The structlog processor."""
        for key, value in event.items():
            event[key] = self._value(value)
        return event

    def _value(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.clean(value)
        if isinstance(value, dict):
            return {k: self._value(v) for k, v in value.items()}
        if isinstance(value, list | tuple | set | frozenset):
            return [self._value(v) for v in value]
        return value if isinstance(value, int | float | bool | None) else self.clean(str(value))


def configure(form: str, terms: Iterable[str] = (), stream: TextIO | None = None) -> None:
    """Send every log line, ours and the libraries', to one stream as "json" or "console", cleaned of `terms`.

    Called at start and again after each reload, when the terms may have changed. Tracebacks carry no local values.
    """
    shared: list[Any] = [
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        structlog.processors.ExceptionRenderer(structlog.tracebacks.ExceptionDictTransformer(show_locals=False))
        if form == "json"
        else structlog.processors.format_exc_info,
        Redactor(terms),
    ]
    last: Any = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if form == "json"
        else structlog.dev.ConsoleRenderer(colors=False)
    )
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=False,
    )
    out = logging.StreamHandler(stream or sys.stderr)
    out.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared, processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, last]
        )
    )
    root = logging.getLogger()
    for old in list(root.handlers):
        root.removeHandler(old)
    root.addHandler(out)
    root.setLevel(logging.INFO)
    for name in _LOUD:
        logging.getLogger(name).setLevel(logging.WARNING)
