"""A strict double of Slack's Web API on loopback: keeps what was posted, enforces limits, rate and membership, and breaks on demand.

In a test: `with FakeSlack() as slack: … slack.url, slack.token, slack.channel`. As a process: `python -m tests.fakes.slack --port 0`;
it prints its address as one JSON line and shows GET /messages /violations /log /faults; POST /faults /config /reset.

A fault: {method: "chat.postMessage" or "*", mode, when: before|after (the commit), times: 1 (-1 for ever), skip: 0, channel, match}
with mode ratelimit(retry_after) error(error, status) http(status, body) garbage empty truncate reset close hang(delay) slow(delay)
late_commit(delay, then: reset|500).
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import json
import socket
import struct
import sys
import threading
import time
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

from tests.fakes import slack_rules

TOKEN = "xoxb-double"
CHANNEL = "C0ALERTS01"
PACE_S = 1.0
PACE_TOLERANCE_S = 0.05
_SCOPES = {
    "chat.postMessage": "chat:write",
    "chat.update": "chat:write",
    "chat.delete": "chat:write",
    "conversations.history": "channels:history",
    "conversations.replies": "channels:history",
    "conversations.list": "channels:read",
}


@dataclass
class Channel:
    """A channel of the workspace and what stands in it."""

    id: str
    member: bool = True
    archived: bool = False
    visible: bool = True
    messages: list[dict[str, Any]] = field(default_factory=list)
    name: str = ""


def _seeded() -> dict[str, Channel]:
    return {
        c.id: c
        for c in (
            Channel(CHANNEL),
            Channel("C0TRIAGE01"),
            Channel("C0OTHER001", member=False),
            Channel("C0ARCHIVE1", archived=True),
            Channel("G0PRIVATE1"),
            Channel("G0PRIVATE2", member=False, visible=False),
        )
    }


class Workspace:
    """What Slack remembers; every method of the API in, its JSON answer out."""

    def __init__(self) -> None:
        self.channels = _seeded()
        self.config: dict[str, Any] = {
            "rate_limits": True,
            "token_error": None,
            "scopes": set(_SCOPES.values()),
            "groups": [],
            "clock_offset": 0.0,
        }
        self.violations: list[str] = []
        self.log: list[dict[str, Any]] = []
        self.faults: list[dict[str, Any]] = []
        self._last_post: dict[str, float] = {}
        self._wait_until: dict[tuple[str, str], float] = {}
        self._serial = itertools.count(1)

    def messages(self) -> list[dict[str, Any]]:
        """Every message of every channel, oldest first, with its channel."""
        found = [{**m, "channel": c.id} for c in self.channels.values() for m in c.messages]
        return sorted(found, key=lambda m: float(m["ts"]))

    def wait(self, method: str, channel: str, seconds: float) -> None:
        """Ask for a pause; whoever comes back earlier violates it."""
        self._wait_until[method, channel] = time.monotonic() + seconds

    def limited(self, method: str, channel: str) -> int | None:
        """Seconds to wait when this call comes too early; None when it may pass."""
        now = time.monotonic()
        until = self._wait_until.get((method, channel), 0.0)
        if now < until - PACE_TOLERANCE_S:
            self.violations.append("retry_after_ignored")
            return max(1, round(until - now))
        if self.config["rate_limits"] and method == "chat.postMessage":
            if now - self._last_post.get(channel, -9.0) < PACE_S - PACE_TOLERANCE_S:
                self.wait(method, channel, 1)
                return 1
            self._last_post[channel] = now
        return None

    def call(self, method: str, token: str | None, arguments: dict[str, Any]) -> dict[str, Any]:
        """The answer to one call, its effects done."""
        if self.config["token_error"]:
            return {"ok": False, "error": self.config["token_error"]}
        if method == "apps.connections.open" and self.config.get("socket"):
            return {"ok": True, "url": self.config["socket"]}
        if token != TOKEN:
            return {"ok": False, "error": "invalid_auth" if token else "not_authed"}
        scope = _SCOPES.get(method)
        if scope and scope not in self.config["scopes"]:
            return {"ok": False, "error": "missing_scope", "needed": scope, "provided": ",".join(self.config["scopes"])}
        known = {
            "chat.postMessage": self._post,
            "chat.update": self._update,
            "chat.delete": self._delete,
            "chat.getPermalink": self._permalink,
            "conversations.history": self._history,
            "conversations.replies": self._replies,
            "conversations.list": self._list,
            "auth.test": lambda _arguments: {"ok": True, "user_id": "U0BOT", "bot_id": "B0BOT", "team_id": "T0TEAM"},
        }
        if method not in known:
            return {"ok": False, "error": "unknown_method"}
        if method in {"chat.postMessage", "chat.update"}:
            self.violations += slack_rules.lint(method, arguments, frozenset(self.config["groups"]))
        return known[method](arguments)

    def _list(self, arguments: dict[str, Any]) -> dict[str, Any]:
        """Two channels a page, those that the app cannot see left out."""
        shown = [c for c in self.channels.values() if c.visible and not c.archived]
        first = int(arguments.get("cursor") or 0)
        page = [{"id": c.id, "name": c.name or c.id.lower(), "is_member": c.member} for c in shown[first : first + 2]]
        more = str(first + 2) if first + 2 < len(shown) else ""
        return {"ok": True, "channels": page, "response_metadata": {"next_cursor": more}}

    def _channel(self, arguments: dict[str, Any]) -> Channel | dict[str, Any]:
        channel = self.channels.get(str(arguments.get("channel")))
        if channel is None or not channel.visible:
            return {"ok": False, "error": "channel_not_found"}
        if channel.archived:
            return {"ok": False, "error": "is_archived"}
        if not channel.member:
            return {"ok": False, "error": "not_in_channel"}
        return channel

    def _content(self, arguments: dict[str, Any]) -> tuple[dict[str, Any] | None, dict[str, Any], str | None]:
        """Refusal, the parts of the message, warning."""
        blocks, text = arguments.get("blocks"), arguments.get("text")
        if not blocks and not text:
            return {"ok": False, "error": "no_text"}, {}, None
        refusal = slack_rules.check_blocks(blocks) if blocks else None
        metadata_refusal, metadata, warning = slack_rules.check_metadata(arguments.get("metadata"))
        refusal = refusal or metadata_refusal
        if refusal:
            return (
                {
                    "ok": False,
                    "error": refusal.error,
                    "errors": refusal.messages,
                    "response_metadata": {"messages": refusal.messages},
                },
                {},
                None,
            )
        if warning:
            self.violations.append("metadata_dropped")
        kept: dict[str, Any] = {"text": str(text or "")[: slack_rules.MAX_TEXT_UNITS]}
        if blocks:
            kept["blocks"] = blocks
        if metadata:
            kept["metadata"] = metadata
        return None, kept, warning

    def _post(self, arguments: dict[str, Any]) -> dict[str, Any]:
        channel = self._channel(arguments)
        if isinstance(channel, dict):
            return channel
        refusal, kept, warning = self._content(arguments)
        if refusal:
            return refusal
        thread = arguments.get("thread_ts")
        if thread is not None:
            parent = next((m for m in channel.messages if m["ts"] == thread), None)
            if parent is None:
                return {"ok": False, "error": "thread_not_found"}
            if parent.get("thread_ts", thread) != thread:
                return {"ok": False, "error": "cannot_reply_to_message"}
            kept["thread_ts"] = parent["thread_ts"] = thread
            if arguments.get("reply_broadcast"):
                kept["subtype"] = "thread_broadcast"
        ts = f"{int(time.time() + self.config['clock_offset'])}.{next(self._serial):06d}"
        message = {"type": "message", "user": "U0BOT", "bot_id": "B0BOT", "ts": ts, **kept}
        channel.messages.append(message)
        return {"ok": True, "channel": channel.id, "ts": ts, "message": message} | (
            {"warning": warning} if warning else {}
        )

    def _update(self, arguments: dict[str, Any]) -> dict[str, Any]:
        channel = self._channel(arguments)
        if isinstance(channel, dict):
            return channel
        message = next((m for m in channel.messages if m["ts"] == arguments.get("ts")), None)
        if message is None:
            return {"ok": False, "error": "message_not_found"}
        if message["user"] != "U0BOT":
            return {"ok": False, "error": "cant_update_message"}
        refusal, kept, warning = self._content(arguments)
        if refusal:
            return refusal
        message.pop("blocks", None)  # an update with text and without blocks takes the old blocks away
        message.update(kept, edited={"user": "U0BOT", "ts": message["ts"]}, edits=message.get("edits", 0) + 1)
        return {"ok": True, "channel": channel.id, "ts": message["ts"], "text": kept["text"], "message": message} | (
            {"warning": warning} if warning else {}
        )

    def _delete(self, arguments: dict[str, Any]) -> dict[str, Any]:
        """A bot deletes its own messages alone, whatever their age."""
        channel = self._channel(arguments)
        if isinstance(channel, dict):
            return channel
        message = next((m for m in channel.messages if m["ts"] == arguments.get("ts")), None)
        if message is None:
            return {"ok": False, "error": "message_not_found"}
        if message["user"] != "U0BOT":
            return {"ok": False, "error": "cant_delete_message"}
        channel.messages.remove(message)
        return {"ok": True, "channel": channel.id, "ts": message["ts"]}

    def _permalink(self, arguments: dict[str, Any]) -> dict[str, Any]:
        channel = self._channel(arguments)
        if isinstance(channel, dict):
            return channel
        if not any(m["ts"] == arguments.get("message_ts") for m in channel.messages):
            return {"ok": False, "error": "message_not_found"}
        return {
            "ok": True,
            "permalink": f"https://team.slack.com/archives/{channel.id}/p{str(arguments['message_ts']).replace('.', '')}",
        }

    def _history(self, arguments: dict[str, Any]) -> dict[str, Any]:
        """Newest first, without the replies in threads; metadata only where it is asked for."""
        channel = self._channel(arguments)
        if isinstance(channel, dict):
            return channel
        shown = [
            m
            for m in channel.messages
            if m.get("thread_ts", m["ts"]) == m["ts"] or m.get("subtype") == "thread_broadcast"
        ]
        return self._page(list(reversed(shown)), arguments)

    def _replies(self, arguments: dict[str, Any]) -> dict[str, Any]:
        channel = self._channel(arguments)
        if isinstance(channel, dict):
            return channel
        shown = [m for m in channel.messages if arguments.get("ts") in {m["ts"], m.get("thread_ts")}]
        return self._page(shown, arguments) if shown else {"ok": False, "error": "thread_not_found"}

    def _page(self, shown: list[dict[str, Any]], arguments: dict[str, Any]) -> dict[str, Any]:
        oldest = float(arguments.get("oldest") or 0)
        shown = [m for m in shown if float(m["ts"]) >= oldest]
        start, limit = int(arguments.get("cursor") or 0), min(int(arguments.get("limit") or 100), 999)
        page = shown[start : start + limit]
        if str(arguments.get("include_all_metadata")).lower() not in {"1", "true"}:
            page = [{k: v for k, v in m.items() if k != "metadata"} for m in page]
        more = start + limit < len(shown)
        return {"ok": True, "messages": page, "has_more": more} | (
            {"response_metadata": {"next_cursor": str(start + limit)}} if more else {}
        )

    def fault(self, method: str, arguments: dict[str, Any]) -> dict[str, Any] | None:
        """The fault that strikes this call, counted down."""
        said = json.dumps(arguments)
        for rule in self.faults:
            if rule.get("method", "*") not in {"*", method} or rule.get("times", 1) == 0:
                continue
            if rule.get("channel") not in {None, arguments.get("channel")} or rule.get("match", "") not in said:
                continue
            if rule.get("skip", 0) > 0:
                rule["skip"] -= 1
                continue
            rule["times"] = rule.get("times", 1) - 1 if rule.get("times", 1) > 0 else -1
            return rule
        return None


class FakeSlack:
    """The double as a server in a thread of its own."""

    def __init__(self, port: int = 0) -> None:
        self.workspace = Workspace()
        self.token, self.channel = TOKEN, CHANNEL
        self._port = port
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._stop = asyncio.Event()
        self._tasks: set[asyncio.Task[Any]] = set()
        self._thread = threading.Thread(target=self._run, name="fake slack", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait(10)
        return self

    def __exit__(self, *_error: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    @property
    def url(self) -> str:
        """The base URL that a client is given."""
        return f"http://127.0.0.1:{self._port}/api/"

    def break_(self, **rule: Any) -> None:
        """Plant a fault."""
        self.workspace.faults.append(rule)

    def texts(self) -> list[str]:
        """Everything readable in each message, oldest first: preview and blocks."""
        return [
            m["text"] + " " + json.dumps(m.get("blocks", []), ensure_ascii=False) for m in self.workspace.messages()
        ]

    def _run(self) -> None:
        self._loop.run_until_complete(self._serve())
        self._loop.close()

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._connection, "127.0.0.1", self._port)
        self._port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        server.close()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            await self._exchange(reader, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the other side went away; that is its right
        finally:
            self._tasks.discard(task)
            writer.close()

    async def _exchange(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        verb, target, _ = head[0].split(" ")
        headers = {k.strip().lower(): v.strip() for k, _, v in (line.partition(":") for line in head[1:] if line)}
        body = await reader.readexactly(int(headers.get("content-length", "0")))
        url = urlsplit(target)
        if not url.path.startswith("/api/"):
            self._answer(writer, 200, json.dumps(self._control(verb, url.path, body)))
            await writer.drain()
            return
        method = url.path.removeprefix("/api/")
        if "token" in parse_qs(url.query):
            self.workspace.violations.append("token_in_query_string")
        arguments = self._arguments(headers, body)
        if arguments is None:
            self._answer(writer, 200, json.dumps({"ok": False, "error": "invalid_json"}))
            await writer.drain()
            return
        token = headers.get("authorization", "").removeprefix("Bearer ") or None
        self.workspace.log.append({"method": method, "arguments": arguments, "at": time.time()})
        await self._reply(writer, method, token, arguments)

    async def _reply(
        self, writer: asyncio.StreamWriter, method: str, token: str | None, arguments: dict[str, Any]
    ) -> None:
        space, channel = self.workspace, str(arguments.get("channel"))
        wait = space.limited(method, channel)
        if wait is not None:
            self._answer(writer, 429, json.dumps({"ok": False, "error": "ratelimited"}), {"Retry-After": str(wait)})
            await writer.drain()
            return
        rule = space.fault(method, arguments)
        if rule is None:
            self._answer(writer, 200, json.dumps(space.call(method, token, arguments)))
        elif rule["mode"] == "late_commit":
            late = asyncio.create_task(self._late(rule, method, token, arguments))
            self._tasks.add(late)
            late.add_done_callback(self._tasks.discard)
            self._break(
                writer,
                {"mode": "http", "status": 500} if str(rule.get("then")) == "500" else {"mode": "reset"},
                "{}",
                channel,
                method,
            )
        else:
            good = (
                json.dumps(space.call(method, token, arguments))
                if rule.get("when", "before") == "after"
                else json.dumps({"ok": True})
            )
            if rule["mode"] in {"hang", "slow"}:
                await asyncio.sleep(float(rule.get("delay", 60)))
                if rule["mode"] == "slow":
                    good = good if rule.get("when") == "after" else json.dumps(space.call(method, token, arguments))
                    self._answer(writer, 200, good)
                else:
                    _reset(writer)
            else:
                self._break(writer, rule, good, channel, method)
        if not writer.is_closing():
            await writer.drain()

    def _break(self, writer: asyncio.StreamWriter, rule: dict[str, Any], good: str, channel: str, method: str) -> None:
        match rule["mode"]:
            case "ratelimit":
                seconds = int(rule.get("retry_after", 1))
                self.workspace.wait(method, channel, seconds)
                self._answer(
                    writer, 429, json.dumps({"ok": False, "error": "ratelimited"}), {"Retry-After": str(seconds)}
                )
            case "error":
                self._answer(
                    writer,
                    int(rule.get("status", 200)),
                    json.dumps({"ok": False, "error": rule.get("error", "internal_error")}),
                )
            case "http":
                content_type = rule.get("content_type", "text/html")
                self._answer(
                    writer,
                    int(rule.get("status", 502)),
                    str(rule.get("body", "<html>Bad gateway</html>")),
                    {"Content-Type": content_type},
                )
            case "garbage":
                self._answer(writer, 200, "\x00\x01 not json [")
            case "empty":
                self._answer(writer, 200, "")
            case "truncate":
                self._answer(writer, 200, good[: len(good) // 2], announce=len(good.encode()))
            case "reset":
                _reset(writer)
            case "close":
                pass
            case other:
                raise ValueError(f"no such fault: {other}")

    async def _late(self, rule: dict[str, Any], method: str, token: str | None, arguments: dict[str, Any]) -> None:
        await asyncio.sleep(float(rule.get("delay", 1)))
        self.workspace.call(method, token, arguments)

    @staticmethod
    def _arguments(headers: dict[str, str], body: bytes) -> dict[str, Any] | None:
        if not headers.get("content-type", "").startswith("application/json"):
            return {k: v[0] for k, v in parse_qs(body.decode(), keep_blank_values=True).items()}
        try:
            made = json.loads(body or b"{}")
        except ValueError:
            return None
        return made if isinstance(made, dict) else None

    @staticmethod
    def _answer(
        writer: asyncio.StreamWriter,
        status: int,
        body: str,
        headers: dict[str, str] | None = None,
        announce: int | None = None,
    ) -> None:
        made = {
            "Content-Type": "application/json; charset=utf-8",
            "Content-Length": str(announce or len(body.encode())),
            "Connection": "close",
        }
        lines = "".join(f"{k}: {v}\r\n" for k, v in (made | (headers or {})).items())
        writer.write(f"HTTP/1.1 {status} X\r\n{lines}\r\n{body}".encode())

    def _control(self, verb: str, path: str, body: bytes) -> Any:
        space = self.workspace
        if verb == "POST":
            given = json.loads(body or b"{}")
            match path:
                case "/faults":
                    space.faults += given if isinstance(given, list) else [given]
                case "/config":
                    space.config.update({k: set(v) if k == "scopes" else v for k, v in given.items()})
                case "/reset":
                    space.__init__()  # type: ignore[misc]  # as new
            return {"ok": True}
        shown = {
            "/messages": space.messages,
            "/violations": lambda: space.violations,
            "/log": lambda: space.log,
            "/faults": lambda: space.faults,
        }
        return shown[path]() if path in shown else {"ok": False, "error": "no such page"}


def _reset(writer: asyncio.StreamWriter) -> None:
    """End the connection with RST: a linger of zero seconds throws away what was not sent."""
    held = writer.get_extra_info("socket")
    held.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


def main() -> None:
    """Run the double as a process until it is ended."""
    asked = argparse.ArgumentParser(description="A strict double of Slack's Web API.")
    asked.add_argument("--port", type=int, default=0)
    with FakeSlack(asked.parse_args().port) as slack:
        sys.stdout.write(json.dumps({"url": slack.url, "token": slack.token, "channel": slack.channel}) + "\n")
        sys.stdout.flush()
        threading.Event().wait()


if __name__ == "__main__":
    main()
