"""`sources add`, `import` and `export` against a real publisher: the feed is found and tried, comments stay, nothing is written twice."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from monitor.cli import app
from monitor.config import load_sources, opml
from monitor.errors import MonitorError
from tests.fakes.web import Publisher

FEED = b"<rss version='2.0'><channel><title>River News</title><item><title>a</title><link>/a</link><pubDate>Mon, 02 Nov 2026 00:00:00 GMT</pubDate></item></channel></rss>"
FILE = """# our own list
sources:
  # the first one, found by Maly
  - {id: one, name: One, url: 'https://one.example/feed'}   # keep
"""


@pytest.fixture
def web() -> Iterator[Publisher]:
    loop, made, ready = asyncio.new_event_loop(), Publisher(), threading.Event()

    async def serve() -> None:
        async with made:
            ready.set()
            await made.forever()

    def run() -> None:
        try:
            loop.run_until_complete(serve())
        except asyncio.CancelledError:
            pass
        finally:
            loop.close()

    thread = threading.Thread(target=run)
    thread.start()
    ready.wait(10)
    yield made
    loop.call_soon_threadsafe(lambda: [t.cancel() for t in asyncio.all_tasks(loop)])
    thread.join(10)


def run(*arguments: str, code: int = 0) -> str:
    result = CliRunner().invoke(app, ["sources", *arguments])
    if isinstance(result.exception, MonitorError):  # what `main` prints, and leaves with 2
        assert code == 2, result.exception
        return str(result.exception)
    assert result.exit_code == code, result.output
    return result.output


def test_a_feed_is_found_from_its_page_and_written_with_the_comments_kept(web: Publisher, tmp_path: Path) -> None:
    path = tmp_path / "sources.yaml"
    path.write_text(FILE)
    web.put("/feed.xml", FEED)
    page = web.put(
        "/", b"<title>River</title><link rel=alternate type=application/rss+xml href=/feed.xml>", type="text/html"
    )
    common = (
        "add",
        page,
        "--sources",
        str(path),
        "--id",
        "river",
        "--country",
        "kh",
        "--language",
        "km",
        "--allow-private",
    )
    assert "1 entries, newest 2026-11-02" in run(*common, "--dry-run")
    assert path.read_text() == FILE
    run(*common)
    assert path.read_text().startswith(FILE.rstrip())
    river = load_sources(path)[1]
    assert (river.id, river.name, river.url, river.country) == ("river", "River News", web.url("/feed.xml"), ("KH",))
    assert "already" in run(*common, code=1)


def test_a_news_sitemap_is_found_where_there_is_no_feed(web: Publisher, tmp_path: Path) -> None:
    web.put("/robots.txt", f"Sitemap: {web.url('/news.xml')}".encode())
    web.put("/news.xml", b"<urlset><url><loc>http://x.example/a</loc><lastmod>2026-11-02</lastmod></url></urlset>")
    page = web.put("/", b"<title>River</title><p>news", type="text/html")
    path = tmp_path / "sources.yaml"
    run("add", page, "--sources", str(path), "--allow-private")
    assert load_sources(path)[0].kind == "sitemap"


def test_a_page_without_a_feed_is_told_and_nothing_is_written(web: Publisher, tmp_path: Path) -> None:
    page = web.put("/", b"<title>River</title>", type="text/html")
    path = tmp_path / "sources.yaml"
    assert "kind: page" in run("add", page, "--sources", str(path), "--allow-private", code=1)
    assert not path.exists()


def test_a_private_address_is_not_visited_unless_asked(web: Publisher, tmp_path: Path) -> None:
    assert "does not answer" in run("add", web.put("/feed.xml", FEED), "--sources", str(tmp_path / "s.yaml"), code=1)
    assert web.visits == []


def test_opml_goes_out_and_comes_back_without_doubles(tmp_path: Path) -> None:
    first, second, exported = tmp_path / "a.yaml", tmp_path / "b.yaml", tmp_path / "feeds.opml"
    first.write_text(
        FILE + "  - {id: two, name: 'Two & <more>', url: 'https://two.example/rss', country: [KH], language: [km]}\n"
    )
    run("export", str(exported), "--sources", str(first))
    assert "2 of them new" in run("import", str(exported), "--sources", str(second))
    assert [(s.name, s.url, s.country) for s in load_sources(second)] == [
        (s.name, s.url, s.country) for s in load_sources(first)
    ]
    assert "0 of them new" in run("import", str(exported), "--sources", str(second))


def test_folders_of_a_reader_are_walked_and_bad_files_are_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.opml"
    path.write_text(
        '<opml><body><outline text="Asia"><outline text="A" xmlUrl="https://a.example/f"/></outline></body></opml>'
    )
    (outline,) = opml.read(path)
    assert (outline.title, outline.url, outline.folders) == ("A", "https://a.example/f", ("Asia",))
    for bad in ("<opml><body>", "<rss/>", "<!DOCTYPE x [<!ENTITY a 'b'>]><opml>&a;</opml>"):
        path.write_text(bad)
        assert "export the list of feeds" in run("import", str(path), "--sources", str(tmp_path / "y.yaml"), code=2)
