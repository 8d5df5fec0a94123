"""Slack's limits and our own rules for a message: arguments in, Slack's error or None, and the violations nobody at Slack would report.

Written from docs.slack.dev (Block Kit reference, chat.postMessage, message metadata, formatting); lengths count UTF-16 units.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

MAX_BLOCKS = 50
MAX_ALL_BLOCKS_UNITS = 13_200  #: not documented; found by users of slackapi/bolt-js (issue 2509)
MAX_TEXT_UNITS = 40_000
MAX_METADATA_BYTES = 8_000

_SPECIAL = re.compile(r"<([!@#])([^>]*)>")
_LINK = re.compile(r"<((?:https?|mailto|ftp|file|javascript|tel):[^>|]*)(?:\|([^>]*))?>", re.IGNORECASE)
_HOST_LIKE = re.compile(r"(?i)\b(?:[a-z0-9-]+\.)+[a-z]{2,}\b")
_ID = re.compile(r"[A-Za-z0-9_-]+")


@dataclass(frozen=True)
class Refusal:
    """An error code of Slack's with the messages that come with it."""

    error: str
    messages: tuple[str, ...] = ()


def units(text: str) -> int:
    """The length of a text in UTF-16 units; a lone surrogate counts one."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def check_blocks(blocks: Any) -> Refusal | None:
    """What Slack would refuse in these blocks."""
    if not isinstance(blocks, list):
        return Refusal("invalid_blocks_format")
    wrong = list(_wrong_blocks(blocks))
    if wrong:
        return Refusal("invalid_blocks", tuple(wrong))
    if units(json.dumps(blocks, ensure_ascii=False)) > MAX_ALL_BLOCKS_UNITS:
        return Refusal("msg_blocks_too_long")
    return None


def _wrong_blocks(blocks: list[Any]) -> Iterator[str]:
    if len(blocks) > MAX_BLOCKS:
        yield f"no more than {MAX_BLOCKS} items allowed [json-pointer:/blocks]"
    seen: set[str] = set()
    for i, block in enumerate(blocks):
        at = f"/blocks/{i}"
        if not isinstance(block, dict):
            yield f"not an object [json-pointer:{at}]"
            continue
        block_id = block.get("block_id")
        if block_id is not None:
            if not isinstance(block_id, str) or not 0 < units(block_id) <= 255 or block_id in seen:
                yield f"bad block_id [json-pointer:{at}/block_id]"
            seen.add(str(block_id))
        match block.get("type"):
            case "header":
                yield from _unknown_keys(block, {"type", "text", "block_id", "level"}, at)
                yield from _wrong_text(block.get("text"), at + "/text", 150, plain_only=True)
            case "section":
                yield from _unknown_keys(block, {"type", "text", "fields", "block_id", "accessory", "expand"}, at)
                if "text" not in block and "fields" not in block:
                    yield f"missing required field: text [json-pointer:{at}]"
                if "text" in block:
                    yield from _wrong_text(block["text"], at + "/text", 3_000)
                fields = block.get("fields", [])
                if len(fields) > 10 or ("fields" in block and not fields):
                    yield f"between 1 and 10 fields [json-pointer:{at}/fields]"
                for n, text in enumerate(fields):
                    yield from _wrong_text(text, f"{at}/fields/{n}", 2_000)
            case "context":
                yield from _unknown_keys(block, {"type", "elements", "block_id"}, at)
                elements = block.get("elements")
                if not isinstance(elements, list) or not 0 < len(elements) <= 10:
                    yield f"between 1 and 10 elements [json-pointer:{at}/elements]"
                    continue
                for n, element in enumerate(elements):
                    yield from _wrong_text(element, f"{at}/elements/{n}", 2_000)
            case "divider":
                yield from _unknown_keys(block, {"type", "block_id"}, at)
            case "actions":
                elements = block.get("elements")
                if not isinstance(elements, list) or not 0 < len(elements) <= 25:
                    yield f"between 1 and 25 elements [json-pointer:{at}/elements]"
            case other:
                yield f"unsupported type: {other} [json-pointer:{at}/type]"


def _unknown_keys(value: Mapping[str, Any], known: set[str], at: str) -> Iterator[str]:
    for key in value.keys() - known:
        yield f"invalid additional property: {key} [json-pointer:{at}]"


def _wrong_text(text: Any, at: str, limit: int, *, plain_only: bool = False) -> Iterator[str]:
    if not isinstance(text, dict):
        yield f"must provide an object [json-pointer:{at}]"
        return
    kind, value = text.get("type"), text.get("text")
    if kind not in ({"plain_text"} if plain_only else {"plain_text", "mrkdwn"}):
        yield f"unsupported type: {kind} [json-pointer:{at}/type]"
    yield from _unknown_keys(
        text, {"type", "text", "emoji"} if kind == "plain_text" else {"type", "text", "verbatim"}, at
    )
    if not isinstance(value, str) or not value:
        yield f"must be more than 0 characters [json-pointer:{at}/text]"
    elif units(value) > limit:
        yield f"must be less than {limit + 1} characters [json-pointer:{at}/text]"
    elif any("\ud800" <= c <= "\udfff" for c in value):
        yield f"not valid Unicode [json-pointer:{at}/text]"


def check_metadata(metadata: Any) -> tuple[Refusal | None, Any, str | None]:
    """Refusal, the metadata Slack keeps, and its warning: a bad event_type is dropped in silence, with ok: true."""
    if metadata is None:
        return None, None, None
    if not isinstance(metadata, dict) or not isinstance(metadata.get("event_payload"), dict):
        return Refusal("invalid_metadata_format"), None, None
    if len(json.dumps(metadata).encode()) > MAX_METADATA_BYTES:
        return Refusal("metadata_too_large"), None, None
    event_type = metadata.get("event_type")
    if not isinstance(event_type, str) or not _ID.fullmatch(event_type):
        return None, None, "invalid_metadata_schema"
    return None, metadata, None


def lint(method: str, arguments: Mapping[str, Any], allowed_groups: frozenset[str]) -> Iterator[str]:
    """What Slack accepts and a careful sender never does."""
    text = arguments.get("text")
    if not isinstance(text, str) or not text.strip():
        yield "missing_text_fallback"
    elif units(text) > MAX_TEXT_UNITS:
        yield "text_truncated"
    if "client_msg_id" in arguments:
        yield "client_msg_id_used"
    if method == "chat.postMessage" and (
        arguments.get("unfurl_links") is not False or arguments.get("unfurl_media") is not False
    ):
        yield "unfurl_not_disabled"
    if arguments.get("parse") not in {None, "none"} or arguments.get("link_names"):
        yield "parse_full_or_link_names"
    channel = arguments.get("channel")
    if isinstance(channel, str) and channel.startswith("#"):
        yield "channel_by_name"
    for key in ("ts", "thread_ts"):
        if key in arguments and not isinstance(arguments[key], str):
            yield f"{key}_not_string"
    for active in _active_texts(arguments):
        for found in _SPECIAL.finditer(active):
            if not (found[1] == "!" and found[2].startswith("subteam^") and found[2][8:] in allowed_groups):
                yield "active_mention"
        for link in _LINK.finditer(active):
            yield from _wrong_link(link[1], link[2])


def _wrong_link(url: str, label: str | None) -> Iterator[str]:
    parts = urlsplit(url.replace("&amp;", "&"))
    if parts.scheme not in {"http", "https"}:
        yield "link_not_http"
        return
    host = (parts.hostname or "").lower()
    named = _HOST_LIKE.search(label or "")
    if named and host != named[0].lower() and not host.endswith("." + named[0].lower()):
        yield "deceptive_link"


def _active_texts(arguments: Mapping[str, Any]) -> Iterator[str]:
    """Every text in which Slack looks for mentions and links."""
    if isinstance(arguments.get("text"), str):
        yield arguments["text"]
    blocks = arguments.get("blocks")
    for block in blocks if isinstance(blocks, list) else []:
        if isinstance(block, dict):
            yield from _mrkdwn(block)


def _mrkdwn(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if value.get("type") == "mrkdwn" and isinstance(value.get("text"), str):
            yield value["text"]
        for inner in value.values():
            yield from _mrkdwn(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _mrkdwn(inner)
