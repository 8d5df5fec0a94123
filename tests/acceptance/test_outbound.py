"""Nothing that leaves this machine depends on who is on the watchlist: two lists, byte for byte the same requests."""

from __future__ import annotations

import asyncio
import os
import re
import subprocess
import sys
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from tests.fakes.web import Publisher

ROOT = Path(__file__).resolve().parents[2]
ITEMS = [("Police arrest activist Sok Dara", "sok-dara"), ("Court jails Amina Yusuf", "amina"), ("Weather", "weather")]
LISTS = {
    "one": "defenders:\n  - {id: a, name: Sok Dara, country: [KH], sensitivity: open}\n",
    "other": "defenders:\n  - {id: b, name: Amina Yusuf, country: [KE], sensitivity: open}\n  - {id: c, name: Pavel Novik}\n",
    "none": "defenders: []\n",
}


def feed(web: Publisher) -> bytes:
    stamp = format_datetime(datetime.now(UTC))
    items = "".join(
        f"<item><title>{title}</title><link>{web.url('/' + key)}</link><guid>{key}</guid><pubDate>{stamp}</pubDate>"
        f"<description>{title} in the capital on Monday.</description></item>"
        for title, key in ITEMS
    )
    return f"<rss version='2.0'><channel><title>News</title>{items}</channel></rss>".encode()


def _files(folder: Path, web: Publisher, watchlist: str) -> None:
    folder.mkdir()
    source = f"{{id: a, name: A, url: '{web.url('/feed.xml')}', every: 60s, page: always, allow_private: true}}"
    (folder / "sources.yaml").write_text(f"sources:\n  - {source}\n")
    (folder / "watchlist.yaml").write_text(watchlist)
    (folder / "alerts.yaml").write_text("channels:\n  t: {kind: console}\nroutes:\n  - {match: {}, to: [t]}\n")
    (folder / "watchlist.yaml").chmod(0o600)


async def requests(folder: Path, watchlist: str) -> list[bytes]:
    """Every request of one run over a source whose items' own pages are read, as it arrived; the port is left out."""
    async with Publisher() as web:
        web.put("/feed.xml", feed(web))
        for title, key in ITEMS:
            web.put(
                f"/{key}",
                f"<html><body><article><p>{title}. {'More words. ' * 60}</p></article></body></html>".encode(),
            )
        _files(folder, web, watchlist)
        environment = {k: v for k, v in os.environ.items() if not k.startswith("HRD_MONITOR_")}
        environment |= {"HRD_MONITOR_DATA": str(folder / "data"), "HRD_MONITOR_WEB": "off", "PYTHONPATH": str(ROOT)}
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "monitor", "run", "--once",
            cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        )  # fmt: skip
        _, errors = await asyncio.wait_for(process.communicate(), 90)
        assert process.returncode == 0, errors[-2_000:]
        return [re.sub(rb"127\.0\.0\.1:\d+", b"host", v.raw) for v in web.visits]


async def test_two_watchlists_send_the_same_bytes(tmp_path: Path) -> None:
    seen = {name: await requests(tmp_path / name, watchlist) for name, watchlist in LISTS.items()}
    assert len(seen["one"]) == 1 + len(ITEMS), "the feed and every item's own page"
    assert seen["one"] == seen["other"] == seen["none"]
