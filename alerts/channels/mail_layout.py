"""A delivery → one mail as bytes: text and HTML that say the same, a subject without names, a stable Message-ID, one thread; pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from zoneinfo import ZoneInfo

from alerts.channels.words import DUPLICATE, TRIAL, WITHDRAWN, heading, moment
from alerts.model import Alert, AlertKind, Delivery, Line, LineStyle
from alerts.text import SEVERITY_WORDS, address, cut, escape_html, foreign, one_line

MAX_SUBJECT_CHARS = 150  #: code points; clients show some 70, and folded headers stay readable
MAX_LINE_CHARS = 2_000  #: code points of one line of the body
MAX_LINES = 100

_PAGE = """<!DOCTYPE html>
<html><head><meta charset="utf-8"></head>
<body style="font: 16px/1.5 sans-serif; color: #222; max-width: 40em">
{rows}
</body></html>
"""


@dataclass(frozen=True, slots=True)
class _Row:
    """One line of the mail, told twice: as text and as HTML. tag: the HTML element it becomes."""

    tag: str
    label: str
    text: str
    url: str = ""
    domain: str = ""

    def as_text(self) -> str:
        words = [f"{self.label}:" if self.label else "", self.text, f"({self.domain}: {self.url})" if self.url else ""]
        before, after = {"h1": ("", "\n"), "h2": ("\n", ""), "li": ("- ", ""), "blockquote": ("> ", "")}.get(
            self.tag, ("", "")
        )
        return before + " ".join(filter(None, words)) + after

    def as_html(self) -> str:
        label = f"<b>{escape_html(self.label)}:</b>" if self.label else ""
        where = f'<a href="{escape_html(self.url)}">{escape_html(self.domain)}</a>' if self.url else ""
        words = " ".join(filter(None, [label, escape_html(self.text), where]))
        size = (
            ' style="font-size: 1.2em"' if self.tag == "h1" else ' style="font-size: 1em"' if self.tag == "h2" else ""
        )
        return f"<{self.tag}{size}>{words}</{self.tag}>"


def message(delivery: Delivery, sender: Address, zone: ZoneInfo) -> bytes:
    """The whole mail, ready for DATA. The same delivery always gives the same Message-ID, so that a re-send can be collapsed."""
    alert, host = delivery.alert, sender.domain
    mail = EmailMessage(policy=SMTP)
    mail["From"] = sender
    mail["To"] = Address(addr_spec=delivery.address)
    mail["Subject"] = subject(delivery)
    if delivery.started is not None:
        mail["Date"] = format_datetime(delivery.started.astimezone(UTC))
    mail["Message-ID"] = f"<{delivery.key}@{host}>"
    root = f"<{_token(alert.thread)}.thread@{host}>"
    mail["References"] = root
    mail["In-Reply-To"] = root
    mail["Auto-Submitted"] = "auto-generated"  # RFC 3834: no holiday notice answers it
    mail["X-Auto-Response-Suppress"] = "All"
    mail["List-Unsubscribe"] = f"<mailto:{sender.addr_spec}?subject=unsubscribe>"
    if delivery.attempt > 1:
        mail["X-HRD-Monitor-Attempt"] = str(delivery.attempt)
    rows = list(_rows(delivery, zone))
    mail.set_content("\n".join(row.as_text() for row in rows) + "\n", charset="utf-8", cte="base64")
    if delivery.layout == "full":
        page = _PAGE.format(rows="\n".join(row.as_html() for row in rows))
        mail.add_alternative(page, subtype="html", charset="utf-8", cte="base64")
        mail.set_boundary(f"=_{delivery.key}")  # the same delivery is the same mail, byte for byte
    return mail.as_bytes()


def subject(delivery: Delivery) -> str:
    """The subject: how soon to act and the preview, which names nobody; subjects are never encrypted and light up locked phones."""
    alert = delivery.alert
    marks = [TRIAL] if delivery.trial else []
    if alert.kind is AlertKind.CANCEL:
        marks.append("WITHDRAWN")
    elif alert.kind not in {AlertKind.OPERATOR, AlertKind.TEST}:
        marks.append(SEVERITY_WORDS[alert.severity])
    said = f"[{' · '.join(['HRD', *marks])}] {foreign(alert.preview)}"
    return cut(one_line(said), MAX_SUBJECT_CHARS, len)


def _rows(delivery: Delivery, zone: ZoneInfo) -> Iterator[_Row]:
    alert = delivery.alert
    yield _Row("h1", "", cut(heading(delivery), MAX_LINE_CHARS, len))
    if delivery.flagged:
        yield _Row("p", "", DUPLICATE)
    if alert.kind is AlertKind.CANCEL:
        yield _Row("p", "", WITHDRAWN)
    if delivery.layout != "bare":
        yield from _told(alert)
    yield _Row("p", "", f"{moment(alert.at, zone)} · {foreign(alert.thread)}")


def _told(alert: Alert) -> Iterator[_Row]:
    if alert.changes and alert.kind in {AlertKind.UPDATE, AlertKind.CANCEL}:
        yield _Row("h2", "", "What changed")
        yield from map(_row, alert.changes[:MAX_LINES])
        yield _Row("h2", "", "As it stands")
    yield from map(_row, alert.lines[:MAX_LINES])
    if len(alert.lines) > MAX_LINES:
        yield _Row("p", "", f"… and {len(alert.lines) - MAX_LINES} more lines, on the desk.")
    for link in alert.links:
        if safe := address(link.url):
            yield _Row("p", foreign(link.label), "", safe.url, safe.domain)


def _row(line: Line) -> _Row:
    safe = address(line.url) if line.url else None
    text = cut(foreign(line.text), MAX_LINE_CHARS, len)
    match line.style:
        case LineStyle.QUOTE:
            tag, text = "blockquote", f"“{text}”"
        case LineStyle.CHANGE:
            tag = "li"
        case LineStyle.FIELD | LineStyle.NOTE:
            tag = "p"
    return _Row(tag, foreign(line.label), text, safe.url if safe else "", safe.domain if safe else "")


def _token(thread: str) -> str:
    """A thread's opaque id as it may stand in a Message-ID."""
    return "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "-" for c in thread)[:200]
