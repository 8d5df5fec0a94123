"""A publisher on loopback: serves documents with validators, gzip and redirects, and misbehaves in every way the web does.

In a test: `async with Publisher() as web: web.put("/feed.xml", body)`. On its own: `python -m tests.fakes.web --port P --folder DIR`.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import gzip
import hashlib
import ssl
import struct
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from socket import SO_LINGER, SOL_SOCKET
from typing import Self

MODES = frozenset(
    {"plain", "drip", "huge", "bomb", "truncated", "stacked", "short", "reset", "silent", "garbage", "endless-head"}
)
CHUNK = b"x" * 65_536
BOMB = gzip.compress(bytes(50_000_000), 9)  #: packed once, since packing takes longer than a test waits for an answer


@dataclass(slots=True)
class Page:
    """One path: what is answered, and how it misbehaves."""

    body: bytes = b""
    status: int = 200
    type: str = "application/rss+xml"
    headers: dict[str, str] = field(default_factory=dict)
    etag: str | None = "auto"
    last_modified: str | None = None
    gzip: bool = False
    mode: str = "plain"

    def __post_init__(self) -> None:
        assert self.mode in MODES, self.mode


@dataclass(frozen=True, slots=True)
class Visit:
    """One request as it arrived. raw: its head, byte for byte."""

    path: str
    headers: dict[str, str]
    raw: bytes


class Publisher:
    """A web server for one test; `visits` is what it was asked."""

    def __init__(
        self,
        folder: Path | None = None,
        host: str = "127.0.0.1",
        port: int = 0,
        context: ssl.SSLContext | None = None,
    ) -> None:
        self._context = context
        self.pages: dict[str, Page] = {}
        self.visits: list[Visit] = []
        self.open_now = 0
        self.open_most = 0
        self._folder, self._host, self._port = folder, host, port
        self._server: asyncio.Server | None = None

    async def __aenter__(self) -> Self:
        self._server = await asyncio.start_server(self._serve, self._host, self._port, ssl=self._context)
        self._port = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(self, *_: object) -> None:
        assert self._server
        self._server.close()
        for task in [t for t in asyncio.all_tasks() if t.get_name().startswith("visit-")]:
            task.cancel()
        await asyncio.sleep(0)

    @property
    def port(self) -> int:
        return self._port

    def url(self, path: str = "/", host: str | None = None) -> str:
        return f"{'https' if self._context else 'http'}://{host or self._host}:{self._port}{path}"

    def put(self, path: str, body: bytes = b"", **options: object) -> str:
        """Serve this at a path; answers its address."""
        self.pages[path] = Page(body, **options)  # type: ignore[arg-type]
        return self.url(path)

    def redirect(self, path: str, to: str, status: int = 302) -> str:
        return self.put(path, status=status, headers={"Location": to}, etag=None)

    async def forever(self) -> None:
        assert self._server
        await self._server.serve_forever()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task
        task.set_name("visit-" + task.get_name())
        self.open_now += 1
        self.open_most = max(self.open_most, self.open_now)
        try:
            await self._answer(reader, writer)
        except (ConnectionError, ssl.SSLError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self.open_now -= 1
            writer.close()
            with contextlib.suppress(ConnectionError, ssl.SSLError, asyncio.CancelledError):
                await writer.wait_closed()

    async def _answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        first, *lines = head.decode("latin-1").split("\r\n")
        path = first.split(" ")[1]
        asked = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in lines if line)}
        self.visits.append(Visit(path, asked, head))
        page = self.pages.get(path.partition("?")[0]) or self._file(path)
        if page is None:
            page = Page(b"no such page", status=404, type="text/plain", etag=None)
        if page.mode == "plain":
            writer.write(_plain(page, asked))
            await writer.drain()
        else:
            await _misbehave(page, writer)

    def _file(self, path: str) -> Page | None:
        if self._folder is None:
            return None
        file = (self._folder / path.partition("?")[0].lstrip("/")).resolve()
        return Page(file.read_bytes()) if file.is_relative_to(self._folder.resolve()) and file.is_file() else None


def _plain(page: Page, asked: dict[str, str]) -> bytes:
    etag = f'"{hashlib.sha256(page.body).hexdigest()[:16]}"' if page.etag == "auto" else page.etag
    unchanged = page.status == 200 and (
        (etag is not None and asked.get("if-none-match") == etag)
        or (
            page.last_modified is not None
            and "if-none-match" not in asked
            and asked.get("if-modified-since") == page.last_modified
        )
    )
    headers = {"Content-Type": page.type, **page.headers}
    if etag:
        headers["ETag"] = etag
    if page.last_modified:
        headers["Last-Modified"] = page.last_modified
    body = b"" if unchanged else page.body
    if page.gzip and not unchanged:
        body = gzip.compress(body, 1)
        headers["Content-Encoding"] = "gzip"
    return _head(304 if unchanged else page.status, {**headers, "Content-Length": str(len(body))}) + body


def _head(status: int, headers: dict[str, str]) -> bytes:
    lines = [f"HTTP/1.1 {status} X", *(f"{k}: {v}" for k, v in headers.items()), "Connection: close"]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


async def _misbehave(page: Page, writer: asyncio.StreamWriter) -> None:
    """Every way of being no good publisher; the ones without end go on until the visitor leaves."""
    if page.mode == "reset":
        writer.get_extra_info("socket").setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
        writer.transport.abort()
    elif page.mode == "silent":
        await asyncio.sleep(3_600)
    elif page.mode == "garbage":
        writer.write(b"\x00\xff SSH-2.0-no web server\r\n\r\n")
    elif page.mode == "endless-head":
        writer.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            writer.write(b"X-Filler: " + CHUNK[:1_000] + b"\r\n")
            await writer.drain()
    elif page.mode == "drip":
        writer.write(_head(200, {"Content-Type": page.type}))
        while True:
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.05)
    elif page.mode == "huge":
        writer.write(_head(200, {"Content-Type": page.type}))
        while True:
            writer.write(CHUNK)
            await writer.drain()
    elif page.mode == "short":
        writer.write(_head(200, {"Content-Length": str(len(page.body) + 100)}) + page.body)
    else:
        encoding, body = {
            "bomb": ("gzip", BOMB),
            "truncated": ("gzip", gzip.compress(page.body or bytes(range(256)) * 100)[:-20]),
            "stacked": ("gzip, gzip", gzip.compress(gzip.compress(page.body))),
        }[page.mode]
        writer.write(_head(200, {"Content-Encoding": encoding, "Content-Length": str(len(body))}) + body)
    await writer.drain()


def deflated(body: bytes, *, raw: bool) -> bytes:
    """A body as servers mean "deflate": with the zlib wrapper of the standard, or raw as some send it."""
    machine = zlib.compressobj(wbits=-zlib.MAX_WBITS if raw else zlib.MAX_WBITS)
    return machine.compress(body) + machine.flush()


async def _main() -> None:
    parser = argparse.ArgumentParser(description="Serve a folder of feeds on loopback, with validators.")
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--folder", type=Path, required=True)
    asked = parser.parse_args()
    async with Publisher(asked.folder, asked.host, asked.port) as web:
        print(web.url(), flush=True)
        await web.forever()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_main())
