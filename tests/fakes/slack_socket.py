"""A double of Slack's Socket Mode on loopback: says hello, hands out presses, and keeps which were confirmed."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import itertools
import json
import struct
import threading
import time
from typing import Any, Self

APP_TOKEN = "xapp-double"
_MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  #: RFC 6455 §1.3


class FakeSocket:
    """The server in a thread of its own: `apps.connections.open` and the socket it names."""

    def __init__(self) -> None:
        self.confirmed: list[str] = []
        self.connections = 0
        self._writers: list[asyncio.StreamWriter] = []
        self._serial = itertools.count(1)
        self._loop = asyncio.new_event_loop()
        self._ready = threading.Event()
        self._stop = asyncio.Event()
        self._port = 0
        self._thread = threading.Thread(target=self._run, name="fake socket", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._ready.wait(10)
        return self

    def __exit__(self, *_error: object) -> None:
        self._loop.call_soon_threadsafe(self._stop.set)
        self._thread.join(10)

    @property
    def url(self) -> str:
        """The base URL a client is given."""
        return f"http://127.0.0.1:{self._port}/api/"

    @property
    def link(self) -> str:
        """The address of the socket itself."""
        return f"ws://127.0.0.1:{self._port}/link"

    def press(self, action: str, thread: str, user: str = "mina") -> str:
        """Hand a press to whoever is connected; the envelope's id."""
        envelope = f"envelope-{next(self._serial)}"
        button = {"action_id": f"hrd-monitor:{action}", "value": thread, "action_ts": f"{time.time():.6f}"}
        payload = {"type": "block_actions", "user": {"id": "U0MINA", "username": user}, "actions": [button]}
        said = {"envelope_id": envelope, "type": "interactive", "payload": payload, "accepts_response_payload": True}
        self._loop.call_soon_threadsafe(self._say, said)
        return envelope

    def drop(self) -> None:
        """Cut every connection, as a network does."""
        self._loop.call_soon_threadsafe(lambda: [w.transport.abort() for w in self._writers])

    def _say(self, made: dict[str, Any]) -> None:
        for writer in self._writers:
            writer.write(_frame(json.dumps(made).encode(), 1))

    def _run(self) -> None:
        self._loop.run_until_complete(self._serve())
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.close()

    async def _serve(self) -> None:
        server = await asyncio.start_server(self._connection, "127.0.0.1", 0)
        self._port = server.sockets[0].getsockname()[1]
        self._ready.set()
        await self._stop.wait()
        for writer in self._writers:
            writer.transport.abort()
        server.close()
        await asyncio.sleep(0.05)

    async def _connection(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
            headers = {k.strip().lower(): v.strip() for k, _, v in (line.partition(":") for line in head[1:] if line)}
            if "sec-websocket-key" in headers:
                await self._socket(headers["sec-websocket-key"], reader, writer)
            else:
                known = headers.get("authorization") == f"Bearer {APP_TOKEN}"
                told = (
                    {"ok": True, "url": f"ws://127.0.0.1:{self._port}/link"}
                    if known
                    else {"ok": False, "error": "invalid_auth"}
                )
                body = json.dumps(told)
                writer.write(
                    f"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: {len(body)}\r\nConnection: close\r\n\r\n{body}".encode()
                )
                await writer.drain()
        except (ConnectionError, asyncio.IncompleteReadError):
            pass  # the other side went away
        finally:
            writer.close()

    async def _socket(self, key: str, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        accept = base64.b64encode(hashlib.sha1((key + _MAGIC).encode()).digest()).decode()
        writer.write(
            f"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: {accept}\r\n\r\n".encode()
        )
        self.connections += 1
        self._writers.append(writer)
        try:
            writer.write(_frame(json.dumps({"type": "hello", "num_connections": 1}).encode(), 1))
            while True:
                code, said = await _received(reader)
                if code == 9:
                    writer.write(_frame(said, 10))
                elif code == 8:
                    return
                elif code == 1 and "envelope_id" in (made := json.loads(said)):
                    self.confirmed.append(made["envelope_id"])
        finally:
            self._writers.remove(writer)


def _frame(said: bytes, code: int) -> bytes:
    size = bytes([len(said)]) if len(said) < 126 else b"\x7e" + struct.pack(">H", len(said))
    return bytes([0x80 | code]) + size + said


async def _received(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    first, second = await reader.readexactly(2)
    size = second & 0x7F
    if size == 126:
        (size,) = struct.unpack(">H", await reader.readexactly(2))
    mask = await reader.readexactly(4) if second & 0x80 else b"\0\0\0\0"
    said = await reader.readexactly(size)
    return first & 0x0F, bytes(b ^ mask[i % 4] for i, b in enumerate(said))
