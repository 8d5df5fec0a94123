"""A small web publisher on loopback: one RSS feed a publisher, which grows when a new chapter is printed."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from xml.sax.saxutils import escape

from demo.stories import PUBLISHERS, Story


class Publisher:
    """Serves /<publisher>/feed.xml and answers conditional requests with 304 while nothing has changed."""

    def __init__(self) -> None:
        self._printed: dict[str, list[tuple[Story, datetime]]] = {p: [] for p in PUBLISHERS}
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def url(self, publisher: str) -> str:
        """The address of one publisher's feed."""
        return f"{self.address}/{publisher}/feed.xml"

    def release(self, stories: Iterable[Story]) -> None:
        """Print these stories now."""
        with self._lock:
            for story in stories:
                self._printed[story.publisher].append((story, datetime.now(UTC)))

    def feed(self, publisher: str) -> bytes:
        """The publisher's feed as it stands."""
        name, language, _ = PUBLISHERS[publisher]
        with self._lock:
            items = "".join(self._item(publisher, s, at) for s, at in reversed(self._printed[publisher]))
        return (
            f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>{escape(name)}</title>'
            f"<link>{self.address}/{publisher}/</link><description>Invented news</description><language>{language}</language>{items}</channel></rss>"
        ).encode()

    def _item(self, publisher: str, story: Story, at: datetime) -> str:
        link = f"{self.address}/{publisher}/{story.key}"
        return (
            f"<item><guid>{link}</guid><link>{link}</link><title>{escape(story.title)}</title>"
            f"<description>{escape(f'<p>{escape(story.text)}</p>')}</description><pubDate>{format_datetime(at)}</pubDate></item>"
        )

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        publisher = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                name = self.path.strip("/").split("/")[0]
                if name not in PUBLISHERS:
                    self.send_error(404)
                    return
                body = publisher.feed(name)
                etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
                unchanged = self.headers.get("If-None-Match") == etag
                self.send_response(304 if unchanged else 200)
                self.send_header("ETag", etag)
                self.send_header("Content-Type", "application/rss+xml; charset=utf-8")
                self.send_header("Content-Length", "0" if unchanged else str(len(body)))
                self.end_headers()
                if not unchanged:
                    self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Stay quiet: the demonstration prints what matters."""

        return Handler
