"""A delivery → the arguments of one Slack call: Block Kit within Slack's limits, foreign text inert, previews without names; pure.

Source of the limits: docs.slack.dev/reference/block-kit; that all blocks together may hold about 13,200 characters is not documented
there, but told in the issue tracker of slackapi/bolt-js (2509): we stop at 10,000.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any
from zoneinfo import ZoneInfo

from alerts.channels.protocol import Payload
from alerts.channels.words import DUPLICATE, REPLIES, WITHDRAWN, heading, moment
from alerts.model import Alert, AlertKind, Delivery, Line, LineStyle, Link
from alerts.text import SEVERITY_WORDS, address, cut, escape, foreign, mrkdwn, units

ACTION = "hrd-monitor:"  #: what the ids of our buttons begin with
EVENT_TYPE = (
    "hrd_monitor_alert"  #: letters, digits, _ and - only: with any other sign Slack drops the metadata and says ok
)
DOUBLED = "This was the same message once more; the other one is kept up to date."
MAX_HEADER_UNITS = 150  #: UTF-16 units of a header block
MAX_SECTION_UNITS = 3_000  #: UTF-16 units of a section's text
MAX_CONTEXT_UNITS = 300  #: UTF-16 units we give a small line; Slack allows 2,000
MAX_BLOCKS_UNITS = 10_000  #: UTF-16 units of the JSON of all blocks
MAX_LINE_UNITS = 900  #: UTF-16 units of one line after escaping; a quotation of some 120 words
MAX_PREVIEW_UNITS = 300  #: UTF-16 units; phones show fewer
MAX_LINKS = 10
_PRESSED = frozenset({AlertKind.NEW, AlertKind.UPDATE})  #: alerts of one case, which a button can be about
_TAIL_COST = 200  #: UTF-16 units kept for "and N more lines"
_BUTTONS_COST = 1_700  #: UTF-16 units of the JSON of seven buttons with the longest thread
_SECTION_COST = 90  #: UTF-16 units of JSON around the text of one section


def arguments(
    delivery: Delivery,
    channel: str,
    mention: Mapping[str, str],
    zone: ZoneInfo,
    buttons: Mapping[str, str] | None = None,
) -> Payload:
    """The method to call and its arguments. channel: its id. mention: a user group's id by severity. buttons: what they do → what they say."""
    alert, root = delivery.alert, delivery.root
    preview = foreign(alert.preview) or f"hrd-monitor: {SEVERITY_WORDS[alert.severity]}"
    text = escape(cut(f"TRIAL · {preview}" if delivery.trial else preview, MAX_PREVIEW_UNITS))
    if delivery.layout == "bare":
        text = (
            escape(cut(preview, MAX_PREVIEW_UNITS))
            + f" · {escape(foreign(alert.thread))}"
            + (f" · {DUPLICATE}" if delivery.flagged else "")
        )
        text = f"TRIAL · {text}" if delivery.trial else text
    key = delivery.key
    args: dict[str, Any] = {"channel": channel, "text": text, "parse": "none", "link_names": False}
    if delivery.part == "edit" and root is not None:
        method = "chat.update"
        key = root.handle.get("key", key)  # the root keeps its own key, so that it can still be looked up
        args |= {"channel": root.handle["channel"], "ts": root.handle["ts"], "blocks": []}
    else:
        method = "chat.postMessage"
        args |= {"unfurl_links": False, "unfurl_media": False}
        if delivery.part in REPLIES and root is not None:
            args |= {
                "channel": root.handle["channel"],
                "thread_ts": root.handle["ts"],
                "reply_broadcast": alert.broadcast or delivery.part == "remind",
            }
    blocks = _blocks(delivery, mention, zone)
    if buttons and blocks and delivery.layout == "full" and alert.kind in _PRESSED and args.get("thread_ts") is None:
        blocks.append(_buttons(alert.thread, buttons))
    if blocks:
        args["blocks"] = blocks
    args["metadata"] = {"event_type": EVENT_TYPE, "event_payload": {"key": key}}
    return {"method": method, "arguments": args, "key": key}


def doubled(delivery: Delivery, channel: str, ts: str) -> dict[str, Any]:
    """The arguments of an edit that makes a second copy of a message say that it is one; its key stays, so that it is known again."""
    metadata = {"event_type": EVENT_TYPE, "event_payload": {"key": delivery.key}}
    args = {"channel": channel, "ts": ts, "text": DOUBLED, "blocks": [], "parse": "none", "link_names": False}
    return args | {"metadata": metadata}


def _buttons(thread: str, buttons: Mapping[str, str]) -> dict[str, Any]:
    """What a reader can do at once; a button carries the opaque thread only."""
    made = [
        {
            "type": "button",
            "text": {"type": "plain_text", "text": said},
            "action_id": f"{ACTION}{name}",
            "value": thread,
        }
        for name, said in buttons.items()
    ]
    return {"type": "actions", "elements": made}


def _blocks(delivery: Delivery, mention: Mapping[str, str], zone: ZoneInfo) -> list[dict[str, Any]]:
    if delivery.layout == "bare":
        return []
    if delivery.layout == "plain":
        return [{"type": "section", "text": _plain(_body(delivery), MAX_SECTION_UNITS, one_line=False)}]
    alert = delivery.alert
    replies = delivery.part in REPLIES and delivery.root is not None
    head: list[dict[str, Any]] = []
    if replies:
        head.append(_section(f"*{mrkdwn(heading(delivery), MAX_HEADER_UNITS * 2)}*"))
    else:
        head.append({"type": "header", "text": _plain(heading(delivery), MAX_HEADER_UNITS)})
    if alert.kind is AlertKind.CANCEL:
        head.append(_section(f"*{WITHDRAWN}*"))
    group = mention.get(alert.severity)
    if (
        group
        and alert.kind is not AlertKind.CANCEL
        and (alert.broadcast or delivery.part == "remind" if replies else delivery.part != "edit")
    ):
        head.append(_section(f"<!subteam^{group}>"))
    small = [f"{moment(alert.at, zone)} · {foreign(alert.thread)}"]
    if delivery.flagged:
        small.append(DUPLICATE)
    tail = [{"type": "context", "elements": [_plain(t, MAX_CONTEXT_UNITS) for t in small]}]
    links = [shown for link in alert.links[:MAX_LINKS] if (shown := _link(link))]
    if links:
        tail.insert(0, _section("\n".join(_within(links, MAX_SECTION_UNITS))))
    lines = alert.changes if replies and alert.changes else alert.lines
    if replies and delivery.part == "remind":
        lines = ()
    room = MAX_BLOCKS_UNITS - size(head) - size(tail) - _TAIL_COST - _BUTTONS_COST
    return [*head, *_sections([_line(line) for line in lines], room), *tail]


def size(blocks: Iterable[Mapping[str, Any]]) -> int:
    """How many UTF-16 units the JSON of these blocks has."""
    return units(json.dumps(list(blocks), ensure_ascii=False))


def _sections(lines: list[str], room: int) -> list[dict[str, Any]]:
    """The lines in as few sections as hold them; what does not fit is counted, not silently dropped."""
    texts: list[str] = []
    for told, line in enumerate(lines):
        joined = f"{texts[-1]}\n{line}" if texts else line
        fits = texts and units(joined) <= MAX_SECTION_UNITS
        room -= units(json.dumps(line, ensure_ascii=False)) + (2 if fits else _SECTION_COST)
        if room < 0:
            texts.append(f"… and {len(lines) - told} more lines, on the desk.")
            break
        if fits:
            texts[-1] = joined
        else:
            texts.append(line)
    return [_section(text) for text in texts]


def _within(lines: list[str], limit: int) -> list[str]:
    kept: list[str] = []
    for line in lines:
        if units("\n".join([*kept, line])) > limit:
            break
        kept.append(line)
    return kept


def _section(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text, "verbatim": True}}


def _plain(text: str, limit: int, *, one_line: bool = True) -> dict[str, Any]:
    made = cut(foreign(text) if one_line else text, limit)
    return {"type": "plain_text", "text": made or "·", "emoji": False}


def _line(line: Line) -> str:
    label = f"*{mrkdwn(foreign(line.label), 100)}:* " if line.label else ""
    safe = address(line.url) if line.url else None
    where = f" <{escape(safe.url)}|{escape(safe.domain)}>" if safe else ""
    if units(label + where) > MAX_LINE_UNITS // 2:
        where = f" ({escape(safe.domain)})" if safe else ""
    text = mrkdwn(foreign(line.text), MAX_LINE_UNITS - units(label + where) - 4)
    match line.style:
        case LineStyle.QUOTE:
            return f"> {label}“{text}”{where}"
        case LineStyle.CHANGE:
            return f"• {label}{text}{where}"
        case LineStyle.FIELD | LineStyle.NOTE:
            return f"{label}{text}{where}" or "·"


def _link(link: Link) -> str | None:
    safe = address(link.url)
    if safe is None:
        return None
    label = mrkdwn(foreign(link.label), 100)
    return (
        f"{label}: <{escape(safe.url)}|{escape(safe.domain)}>"
        if label
        else f"<{escape(safe.url)}|{escape(safe.domain)}>"
    )


def _body(delivery: Delivery) -> str:
    alert: Alert = delivery.alert
    lines = alert.changes if delivery.part in REPLIES and delivery.root is not None and alert.changes else alert.lines
    told = [heading(delivery)]
    if alert.kind is AlertKind.CANCEL:
        told.append(WITHDRAWN)
    if delivery.flagged:
        told.append(DUPLICATE)
    for line in lines:
        safe = address(line.url) if line.url else None
        told.append(
            (f"{foreign(line.label)}: " if line.label else "")
            + foreign(line.text)
            + (f" ({safe.domain})" if safe else "")
        )
    return "\n".join(told)
