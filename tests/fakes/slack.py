"""A strict double of Slack's Web API, written from its documentation: it refuses what Slack refuses and notes what Slack would let pass but we must not do.

In a test process: `with FakeSlack() as slack: …`; as a process of its own: `python -m tests.fakes.slack --port 8080`.
Records: GET /messages /violations; faults: POST /faults with [{"method", "mode", "when", "times", …}].
"""

from __future__ import annotations

import argparse
import json
import re
import socket
import threading
import time
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs

TOKEN = "xoxb-test-0000"
CHANNEL = "C0ALERTS01"
BOT = "B0MONITOR1"
LIMITS = {"header": 150, "section": 3000, "context": 2000, "field": 2000}  #: characters in UTF-16 units
MAX_BLOCKS, MAX_BLOCKS_CHARS, MAX_TEXT, MAX_METADATA = 50, 13_200, 40_000, 8_000
PACE_S = 1.0  #: seconds between posts to one channel
ACTIVE = re.compile(r"<!(?:channel|here|everyone)[^>]*>|<@[UW][A-Z0-9]+>")
LABELLED = re.compile(r"<(https?://[^|>]+)\|([^>]+)>")


def units(text: str) -> int:
    """Length as Slack counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


@dataclass
class Workspace:
    """What the workspace holds, and what the test may ask of it."""

    messages: list[dict[str, Any]] = field(default_factory=list)
    violations: list[str] = field(default_factory=list)
    faults: list[dict[str, Any]] = field(default_factory=list)
    log: list[dict[str, Any]] = field(default_factory=list)
    posted: dict[str, float] = field(default_factory=dict)
    blocked: dict[str, float] = field(default_factory=dict)
    archived: set[str] = field(default_factory=set)
    token: str = TOKEN
    token_error: str | None = None
    pace_s: float = PACE_S
    count: int = 0
    lock: threading.RLock = field(default_factory=threading.RLock)

    def stamp(self) -> str:
        """A new, unique timestamp: text with six decimals, as Slack's."""
        self.count += 1
        return f"{int(time.time())}.{self.count:06d}"

    def roots(self, channel: str = CHANNEL) -> list[dict[str, Any]]:
        """The messages of a channel that are not in a thread."""
        return [m for m in self.messages if m["channel"] == channel and not m.get("thread_ts")]


class RefusedError(Exception):
    """An answer with ok: false."""


def _check_blocks(blocks: Any, workspace: Workspace) -> None:
    if isinstance(blocks, str):
        blocks = json.loads(blocks)
    if not isinstance(blocks, list) or len(blocks) > MAX_BLOCKS:
        raise RefusedError("invalid_blocks")
    if len(json.dumps(blocks, ensure_ascii=False)) > MAX_BLOCKS_CHARS:
        raise RefusedError("msg_blocks_too_long")
    for block in blocks:
        kind = block.get("type")
        if kind not in {"header", "section", "context", "divider", "actions", "rich_text"}:
            raise RefusedError("invalid_blocks")
        texts = [block["text"]] if isinstance(block.get("text"), dict) else []
        for one in texts:
            limit = LIMITS.get(kind, 3000)
            if kind == "header" and one.get("type") != "plain_text":
                raise RefusedError("invalid_blocks")
            if not one.get("text") or units(one["text"]) > limit:
                raise RefusedError("invalid_blocks")
        inner = block.get("fields", []) if kind == "section" else block.get("elements", []) if kind == "context" else []
        if len(inner) > 10:
            raise RefusedError("invalid_blocks")
        for one in inner:
            if one.get("type") in {"mrkdwn", "plain_text"} and (
                not one.get("text") or units(one["text"]) > LIMITS["field"]
            ):
                raise RefusedError("invalid_blocks")
        for one in (*texts, *inner):
            if isinstance(one, dict) and one.get("type") == "mrkdwn":
                _lint(one.get("text", ""), workspace)


def _lint(text: str, workspace: Workspace) -> None:
    if ACTIVE.search(text):
        workspace.violations.append("active mention")
    for address, label in LABELLED.findall(text):
        host = address.split("/")[2].lower()
        shown = re.search(r"[\w-]+(?:\.[\w-]+)+", label)
        if shown and shown.group().lower() not in host and host not in shown.group().lower():
            workspace.violations.append("deceptive link")


def _post(args: dict[str, Any], workspace: Workspace) -> dict[str, Any]:
    channel = _channel(args, workspace)
    if not args.get("text"):
        workspace.violations.append("missing text fallback")
        if not args.get("blocks"):
            raise RefusedError("no_text")
    if units(str(args.get("text", ""))) > MAX_TEXT:
        raise RefusedError("msg_too_long")
    if args.get("unfurl_links") not in {False, "false", "0"} or args.get("unfurl_media") not in {False, "false", "0"}:
        workspace.violations.append("unfurling is not off")
    if args.get("client_msg_id") or args.get("parse") == "full" or args.get("link_names"):
        workspace.violations.append("forbidden argument")
    _lint(str(args.get("text", "")), workspace)
    if args.get("blocks"):
        _check_blocks(args["blocks"], workspace)
    thread = args.get("thread_ts")
    if thread is not None and not any(m["ts"] == thread and m["channel"] == channel for m in workspace.messages):
        raise RefusedError("thread_not_found")
    metadata = _metadata(args, workspace)
    blocks = json.loads(args["blocks"]) if isinstance(args.get("blocks"), str) else args.get("blocks")
    message = {
        "ts": workspace.stamp(),
        "channel": channel,
        "text": args.get("text"),
        "blocks": blocks,
        "bot_id": BOT,
        "edits": 0,
    }
    if thread is not None:
        message |= {"thread_ts": thread, "broadcast": args.get("reply_broadcast") in {True, "true", "1"}}
    if metadata is not None:
        message["metadata"] = metadata
    workspace.messages.append(message)
    return {"channel": channel, "ts": message["ts"], "message": message}


def _metadata(args: dict[str, Any], workspace: Workspace) -> Any:
    given = args.get("metadata")
    if given is None:
        return None
    made = json.loads(given) if isinstance(given, str) else given
    if len(json.dumps(made)) > MAX_METADATA:
        raise RefusedError("metadata_too_large")
    if not re.fullmatch(r"[A-Za-z0-9_-]+", str(made.get("event_type", ""))):
        workspace.violations.append("metadata dropped")
        return None
    return made


def _update(args: dict[str, Any], workspace: Workspace) -> dict[str, Any]:
    channel = _channel(args, workspace)
    if not isinstance(args.get("ts"), str):
        workspace.violations.append("ts is not text")
    message = next((m for m in workspace.messages if m["ts"] == str(args.get("ts")) and m["channel"] == channel), None)
    if message is None:
        raise RefusedError("message_not_found")
    if args.get("blocks"):
        _check_blocks(args["blocks"], workspace)
    _lint(str(args.get("text", "")), workspace)
    message["text"] = args.get("text")
    message["blocks"] = json.loads(args["blocks"]) if isinstance(args.get("blocks"), str) else args.get("blocks")
    message["edits"] += 1
    if args.get("metadata") is not None:
        message["metadata"] = _metadata(args, workspace)
    return {"channel": channel, "ts": message["ts"], "text": message["text"], "message": message}


def _shown(message: dict[str, Any], *, metadata: bool) -> dict[str, Any]:
    return {
        k: v for k, v in message.items() if k not in {"edits", "channel", "metadata"} or (k == "metadata" and metadata)
    }


def _history(args: dict[str, Any], workspace: Workspace) -> dict[str, Any]:
    channel = _channel(args, workspace)
    full = args.get("include_all_metadata") in {True, "true", "1"}
    found = [
        m
        for m in reversed(workspace.messages)
        if m["channel"] == channel and (not m.get("thread_ts") or m.get("broadcast"))
    ]
    oldest = float(args.get("oldest") or 0)
    return {"messages": [_shown(m, metadata=full) for m in found if float(m["ts"]) >= oldest], "has_more": False}


def _replies(args: dict[str, Any], workspace: Workspace) -> dict[str, Any]:
    channel = _channel(args, workspace)
    full = args.get("include_all_metadata") in {True, "true", "1"}
    ts = str(args.get("ts"))
    found = [m for m in workspace.messages if m["channel"] == channel and (m["ts"] == ts or m.get("thread_ts") == ts)]
    if not found:
        raise RefusedError("thread_not_found")
    return {"messages": [_shown(m, metadata=full) for m in found], "has_more": False}


def _channel(args: dict[str, Any], workspace: Workspace) -> str:
    channel = str(args.get("channel", ""))
    if channel.startswith("#"):
        workspace.violations.append("channel by name")
    if channel in workspace.archived:
        raise RefusedError("is_archived")
    if channel != CHANNEL:
        raise RefusedError("channel_not_found")
    return channel


METHODS = {
    "chat.postMessage": _post,
    "chat.update": _update,
    "conversations.history": _history,
    "conversations.replies": _replies,
    "auth.test": lambda _args, _workspace: {
        "url": "https://example.slack.test/",
        "team": "Example",
        "user": "monitor",
        "bot_id": BOT,
    },
}


class FakeSlack:
    """The workspace behind a real HTTP server on loopback."""

    def __init__(self, port: int = 0) -> None:
        self.workspace = Workspace()
        self._server = ThreadingHTTPServer(("127.0.0.1", port), _handler(self.workspace))
        self._server.daemon_threads = True
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    @property
    def url(self) -> str:
        """The base address for slack-sdk."""
        return f"http://127.0.0.1:{self._server.server_address[1]}/api/"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()


def _handler(workspace: Workspace) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            name = self.path.strip("/").split("?")[0]
            records = {"messages": workspace.messages, "violations": workspace.violations, "log": workspace.log}
            with workspace.lock:
                self._answer(200, json.dumps(records.get(name, [])).encode())

        def do_POST(self) -> None:
            raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            method = self.path.split("?")[0].removeprefix("/api/").strip("/")
            if method == "faults":
                workspace.faults.extend(json.loads(raw))
                self._answer(200, b"[]")
                return
            if "token=" in self.path:
                workspace.violations.append("token in the address")
            if "json" in self.headers.get("Content-Type", ""):
                args = json.loads(raw or b"{}")
            else:
                args = {k: v[0] for k, v in parse_qs(raw.decode(), keep_blank_values=True).items()}
            fault = self._fault(method, args)
            if fault and fault.get("when", "before") == "before" and self._break(fault):
                return
            with workspace.lock:
                status, headers, body = self._call(method, args)
                workspace.log.append({"method": method, "ok": body.get("ok"), "error": body.get("error")})
            if fault and fault.get("when") == "after" and self._break(fault):
                return
            self._answer(status, json.dumps(body).encode(), headers)

        def _call(self, method: str, args: dict[str, Any]) -> tuple[int, dict[str, str], dict[str, Any]]:
            token = self.headers.get("Authorization", "").removeprefix("Bearer ")
            if token != workspace.token or workspace.token_error:
                return 200, {}, {"ok": False, "error": workspace.token_error or "invalid_auth"}
            if method not in METHODS:
                return 200, {}, {"ok": False, "error": "unknown_method"}
            channel = str(args.get("channel"))
            now = time.monotonic()
            if now < workspace.blocked.get(channel, 0.0) and method == "chat.postMessage":
                workspace.violations.append("retry_after ignored")
            if method == "chat.postMessage" and now - workspace.posted.get(channel, -10.0) < workspace.pace_s - 0.02:
                workspace.blocked[channel] = now + 1
                return 429, {"Retry-After": "1"}, {"ok": False, "error": "ratelimited"}
            try:
                body = METHODS[method](args, workspace)
            except RefusedError as refusal:
                return 200, {}, {"ok": False, "error": str(refusal)}
            if method == "chat.postMessage":
                workspace.posted[channel] = now
            return 200, {}, {"ok": True, **body}

        def _fault(self, method: str, args: dict[str, Any]) -> dict[str, Any] | None:
            with workspace.lock:
                for fault in workspace.faults:
                    if (
                        fault["method"] in {method, "*"}
                        and fault.get("times", 1) != 0
                        and fault.get("match", "") in json.dumps(args)
                    ):
                        fault["times"] = fault.get("times", 1) - 1
                        return fault
            return None

        def _break(self, fault: dict[str, Any]) -> bool:
            """Do what the fault says instead of an answer; False where the answer goes out all the same (slow)."""
            mode = fault["mode"]
            if mode == "slow":
                time.sleep(fault.get("delay", 0.5))
                return False
            if mode == "hang":
                time.sleep(fault.get("delay", 5))
            if mode in {"reset", "hang", "close"}:
                if mode == "reset":
                    self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
                self.close_connection = True
                self.connection.close()
                return True
            answers = {
                "ratelimit": (
                    429,
                    json.dumps({"ok": False, "error": "ratelimited"}).encode(),
                    {"Retry-After": str(fault.get("retry_after", 1))},
                ),
                "error": (
                    fault.get("status", 200),
                    json.dumps({"ok": False, "error": fault.get("error", "internal_error")}).encode(),
                    {},
                ),
                "http": (fault.get("status", 500), str(fault.get("body", "<html>oops</html>")).encode(), {}),
                "garbage": (200, b"\x00\xffnonsense", {}),
                "empty": (200, b"", {}),
                "truncate": (200, b'{"ok": tr', {}),
            }
            status, body, headers = answers[mode]
            self._answer(status, body, headers)
            return True

        def _answer(self, status: int, body: bytes, headers: dict[str, str] | None = None) -> None:
            try:
                self.send_response(status)
                self.send_header("Content-Type", "application/json; charset=utf-8")
                self.send_header("Content-Length", str(len(body)))
                for key, value in (headers or {}).items():
                    self.send_header(key, value)
                self.end_headers()
                self.wfile.write(body)
            except OSError:
                self.close_connection = True

        def log_message(self, *_: object) -> None:
            """Stay quiet."""

    return Handler


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=0)
    with FakeSlack(parser.parse_args().port) as fake:
        print(fake.url, flush=True)
        threading.Event().wait()
