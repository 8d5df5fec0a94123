"""`python -m demo.picture`: the alert of the demonstration as Slack is sent it (docs/alert.json) and, where Chromium is, as a picture of it.

The picture is drawn from the very payload the Slack channel posts; a test holds docs/alert.json to it.
"""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from alerts.channels import slack_layout
from alerts.model import Delivery, DeliveryState
from demo import stories
from monitor.app import reader
from monitor.casework.terms import Terms, Told
from monitor.cli.replay import replay
from monitor.config import load_packs, load_watchlist
from monitor.model import Article, Source
from monitor.store.database import Database
from monitor.store.install import secret
from monitor.store.migrate import migrate

DOCS = Path(__file__).resolve().parent.parent / "docs"
DAY = datetime(2026, 3, 14, 8, 30, tzinfo=UTC)  #: a fixed day, so that the picture changes only when the program does


def told() -> list[Told]:
    """What the demonstration's first chapters put into the outbox, without network."""
    watchlist = load_watchlist(Path(__file__).parent / "watchlist.yaml")
    found = stories.arrest(DAY.date()) + stories.charge(DAY.date())
    given = [
        Article(
            id=s.key,
            title=s.title,
            text=s.text,
            published=DAY,
            seen=DAY,
            source_id=s.publisher,
            country=("KH",),
            url=f"https://{s.publisher}.example/{s.key}",
        )
        for s in found
    ]
    database = Database.open("sqlite://")
    migrate(database, DAY)
    from alerts.model import Routing  # noqa: PLC0415 - nobody is told here

    terms = Terms(
        watchlist=watchlist,
        sources={
            k: Source(id=k, name=n, url="https://x.example", group=k, publisher=p)
            for k, (n, _, p) in stories.PUBLISHERS.items()
        },
        routing=Routing(routes=()),
        destinations={},
        secret=database.read_now(secret),
    )
    out = replay(given, reader(load_packs(), watchlist), terms, database)
    database.close()
    return out


def payload() -> dict[str, Any]:
    """The call to Slack's chat.postMessage for the alert as it stands after the charge."""
    last = told()[-1].alert
    delivery = Delivery(
        id=1,
        key="0" * 32,
        alert=replace(last),
        channel="desk",
        address="C0123456789",
        part="post",
        state=DeliveryState.SENDING,
        attempt=1,
        not_before=DAY,
    )
    return dict(slack_layout.arguments(delivery, "C0123456789", {}, ZoneInfo("UTC")))


def page(call: dict[str, Any]) -> str:
    """The payload's blocks as Slack shows them, near enough for a picture."""
    body = "".join(_block(b) for b in call["arguments"]["blocks"])
    style = (
        "body{margin:0;padding:20px 24px;width:720px;font:15px/1.45 Lato,system-ui,sans-serif;color:#1d1c1d;background:#fff}"
        ".who{font-weight:900}.app{font-size:10px;background:#e8e8e8;border-radius:2px;padding:1px 3px;margin:0 6px}.t{color:#616061;font-size:12px}"
        "h1{font-size:18px;margin:6px 0}.c{color:#616061;font-size:13px;margin:4px 0}blockquote{margin:4px 0;padding-left:12px;border-left:4px solid #ddd}"
        "a{color:#1264a3;text-decoration:none}p{margin:4px 0}"
    )
    return f'<!doctype html><meta charset="utf-8"><style>{style}</style><div><span class="who">hrd-monitor</span><span class="app">APP</span><span class="t">08:30</span></div>{body}'


def _block(block: dict[str, Any]) -> str:
    kind = block["type"]
    if kind == "header":
        return f"<h1>{_text(block['text'])}</h1>"
    if kind == "section":
        parts = ([block["text"]] if "text" in block else []) + block.get("fields", [])
        return "".join(f"<p>{_text(p)}</p>" for p in parts)
    if kind == "context":
        return f'<p class="c">{" ".join(_text(e) for e in block["elements"])}</p>'
    return "<hr>" if kind == "divider" else ""


def _text(part: dict[str, Any]) -> str:
    text = part["text"]
    if part["type"] != "mrkdwn":
        return html.escape(text).replace("\n", "<br>")
    text = re.sub(r"<(https?://[^|>]+)\|([^>]+)>", r'<a href="\1">\2</a>', text)
    text = re.sub(r"(?m)^(?:&gt;|>) ?(.+)$", r"<blockquote>\1</blockquote>", text)
    text = re.sub(r"\*([^*\n]+)\*", r"<b>\1</b>", text)
    text = re.sub(r"(?<![\w/])_([^_\n]+)_(?!\w)", r"<i>\1</i>", text)
    return text.replace("\n", "<br>").replace("</blockquote><br>", "</blockquote>")


def main() -> None:
    """Write docs/alert.json and docs/alert.png."""
    call = payload()
    (DOCS / "alert.json").write_text(
        json.dumps(call, indent=1, ensure_ascii=False, default=str) + "\n", encoding="utf-8"
    )
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        sys.exit("docs/alert.json is written; for the picture install chromium")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "alert.html"
        source.write_text(page(call), encoding="utf-8")
        options = [
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--hide-scrollbars",
        ]
        command = [
            browser,
            *options,
            f"--user-data-dir={folder}/profile",
            "--window-size=768,560",
            f"--screenshot={DOCS / 'alert.png'}",
            source.as_uri(),
        ]
        subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    main()
