"""One feed on loopback that grows by an item for each marker, and answers conditional requests as good publishers do."""

from __future__ import annotations

import hashlib
import threading
import time
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from xml.sax.saxutils import escape

LISTED = 60  #: items in the feed; older ones fall out, as with real feeds


class Press:
    """Serves /feed.xml."""

    def __init__(self, host: str = "127.0.0.1") -> None:
        self.asked: list[float] = []  #: when the feed was asked for, by the monotonic clock
        self._items: list[str] = []
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer((host, 0), self._handler())
        self.url = f"http://{host}:{self._server.server_address[1]}/feed.xml"
        self._add("quiet", "The river is high", "Rain filled the river this week and the ferries stopped.")

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def arrest(self, key: str, name: str) -> None:
        """Print that somebody was arrested today."""
        self._add(
            key,
            f"Land rights defender {name} arrested in Phnom Penh",
            f"Police arrested {name}, a land rights defender, in Phnom Penh on {_day()}, her lawyer said.",
        )

    def charge(self, key: str, name: str) -> None:
        """Print that somebody arrested before was charged today."""
        self._add(
            f"{key}-charge",
            f"Court charges land rights defender {name}",
            f"A court in Phnom Penh charged the land rights defender {name} with incitement on {_day()}, after her arrest.",
        )

    def _add(self, key: str, title: str, text: str) -> None:
        link = f"https://news.example/{key}"
        made = (
            f"<item><guid>{link}</guid><link>{link}</link><title>{escape(title)}</title>"
            f"<description>{escape(text)}</description><pubDate>{format_datetime(datetime.now(UTC))}</pubDate></item>"
        )
        with self._lock:
            self._items.append(made)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        press = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                press.asked.append(time.monotonic())
                with press._lock:
                    items = "".join(reversed(press._items[-LISTED:]))
                body = (
                    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>News</title>'
                    f"<link>https://news.example/</link><description>Invented</description>{items}</channel></rss>"
                ).encode()
                etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
                same = self.headers.get("If-None-Match") == etag
                self.send_response(304 if same else 200)
                self.send_header("ETag", etag)
                self.send_header("Content-Type", "application/rss+xml; charset=utf-8")
                self.send_header("Content-Length", "0" if same else str(len(body)))
                self.end_headers()
                if not same:
                    self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Stay quiet."""

        return Handler


def _day() -> str:
    today = datetime.now(UTC)
    return f"{today.day} {today:%B %Y}"
