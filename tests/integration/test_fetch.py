"""The fetcher against a real server on loopback: conditions, limits, redirects, addresses, proxies."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from monitor.fetch import Fetcher
from monitor.model import FetchFailure, NotModified, Response, Source, SourceState
from tests.fakes.socks import DOMAIN, Socks
from tests.fakes.web import Publisher, deflated

NOW = datetime(2026, 11, 1, 12, tzinfo=UTC)
BODY = b"<rss version='2.0'><channel><title>t</title></channel></rss>"
SECRET = "token=sesame"


def source(url: str, **options: object) -> Source:
    return Source(id="s", name="s", url=url, allow_private=bool(options.pop("allow_private", True)), **options)  # type: ignore[arg-type]


def state(**known: object) -> SourceState:
    return SourceState(source_id="s", next_visit=NOW, **known)  # type: ignore[arg-type]


@pytest.fixture
async def web() -> AsyncIterator[Publisher]:
    async with Publisher() as publisher:
        yield publisher


@pytest.fixture
async def fetcher() -> AsyncIterator[Fetcher]:
    async with Fetcher(exchange_s=0.8) as door:
        yield door


async def fetched(fetcher: Fetcher, url: str, **options: object) -> Response | NotModified | FetchFailure:
    return await fetcher.fetch(source(url, **options), state(), NOW)


async def test_a_document_comes_with_the_headers_that_matter(web: Publisher, fetcher: Fetcher) -> None:
    url = web.put("/feed.xml", BODY, headers={"Cache-Control": "max-age=60", "Set-Cookie": "id=1", "X-Other": "1"})
    answer = await fetched(fetcher, url)
    assert isinstance(answer, Response)
    assert (answer.body, answer.url, answer.status, answer.moved_to) == (BODY, url, 200, None)
    assert set(answer.headers) == {"content-type", "etag", "cache-control"}


@pytest.mark.parametrize("how", ["gzip", "deflate", "raw deflate"])
async def test_compressed_documents_are_unpacked(web: Publisher, fetcher: Fetcher, how: str) -> None:
    if how == "gzip":
        url = web.put("/f", BODY, gzip=True)
    else:
        url = web.put("/f", deflated(BODY, raw=how.startswith("raw")), headers={"Content-Encoding": "deflate"})
    answer = await fetched(fetcher, url)
    assert isinstance(answer, Response)
    assert answer.body == BODY


async def test_both_validators_are_sent_back_as_they_were_written(web: Publisher, fetcher: Fetcher) -> None:
    url = web.put("/f", BODY, etag='W/"odd, one"', last_modified="Thu, 01 Jan 2041 00:00:00 GMT")
    known = state(
        etag='W/"odd, one"', last_modified="Thu, 01 Jan 2041 00:00:00 GMT", unconditional=NOW - timedelta(hours=1)
    )
    assert isinstance(await fetcher.fetch(source(url), known, NOW), NotModified)
    asked = web.visits[-1].headers
    assert (asked["if-none-match"], asked["if-modified-since"]) == (known.etag, known.last_modified)


@pytest.mark.parametrize("why", ["a day has passed", "the last visit failed", "never asked for all"])
async def test_validators_are_not_believed_for_ever(web: Publisher, fetcher: Fetcher, why: str) -> None:
    url = web.put("/f", BODY, etag='"1"')
    known = state(etag='"1"', unconditional=NOW - timedelta(hours=1))
    known = {
        "a day has passed": replace(known, unconditional=NOW - timedelta(hours=24)),
        "the last visit failed": replace(known, failures=0.25),
        "never asked for all": replace(known, unconditional=None),
    }[why]
    assert isinstance(await fetcher.fetch(source(url), known, NOW), Response)
    assert "if-none-match" not in web.visits[-1].headers


async def test_an_unasked_304_is_a_failure(web: Publisher, fetcher: Fetcher) -> None:
    answer = await fetched(fetcher, web.put("/f", status=304, etag=None))
    assert isinstance(answer, FetchFailure)
    assert answer.kind == "soft"


async def test_nothing_in_a_request_tells_one_installation_from_another(web: Publisher, fetcher: Fetcher) -> None:
    url = web.put("/f", BODY, headers={"Set-Cookie": "id=1; Path=/"})
    await fetched(fetcher, url)
    await fetched(fetcher, url)
    first, second = web.visits
    assert first.raw == second.raw
    assert set(first.headers) == {"host", "accept", "accept-encoding", "connection", "user-agent"}


@pytest.mark.parametrize(
    ("mode", "kind", "told"),
    [
        ("drip", "temporary", "in time"),
        ("silent", "temporary", "in time"),
        ("huge", "hostile", "4 MB on the wire"),
        ("bomb", "hostile", "10 MB once unpacked"),
        ("truncated", "temporary", "cut short"),
        ("stacked", "hostile", "more than once"),
        ("short", "temporary", "broke off"),
        ("reset", "temporary", "broke off"),
        ("garbage", "temporary", "not proper HTTP"),
        ("endless-head", "temporary", "not proper HTTP"),
    ],
)
async def test_a_server_that_misbehaves_is_a_value(mode: str, kind: str, told: str, web: Publisher) -> None:
    url = web.put("/f", BODY, mode=mode)
    async with Fetcher(exchange_s=0.8 if told == "in time" else 10) as patient:
        answer = await asyncio.wait_for(fetched(patient, f"{url}?{SECRET}"), 20)
    assert isinstance(answer, FetchFailure)
    assert answer.kind == kind
    assert told in answer.why
    assert "sesame" not in answer.why


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (404, "soft"),
        (410, "gone"),
        (403, "blocked"),
        (429, "temporary"),
        (500, "soft"),
        (204, "soft"),
        (402, "blocked"),
    ],
)
async def test_a_status_is_classed(status: int, kind: str, web: Publisher, fetcher: Fetcher) -> None:
    answer = await fetched(fetcher, web.put("/f", status=status, headers={"Retry-After": "120"}, etag=None))
    assert isinstance(answer, FetchFailure)
    assert (answer.kind, answer.status, answer.retry_after_s) == (kind, status, 120.0)


async def test_a_permanent_move_is_told_and_a_passing_one_is_not(web: Publisher, fetcher: Fetcher) -> None:
    web.put("/c", BODY)
    web.redirect("/b", "/c", 302)
    web.redirect("/a", "/b", 308)
    moved = await fetched(fetcher, web.url("/a"))
    passing = await fetched(fetcher, web.url("/b"))
    assert isinstance(moved, Response)
    assert isinstance(passing, Response)
    assert (moved.url, moved.moved_to, passing.moved_to) == (web.url("/c"), web.url("/b"), None)


async def test_redirects_end_after_five(web: Publisher, fetcher: Fetcher) -> None:
    web.redirect("/loop", "/loop")
    answer = await fetched(fetcher, web.url("/loop"))
    assert isinstance(answer, FetchFailure)
    assert "more than 5 redirects" in answer.why
    assert len(web.visits) == 6


@pytest.mark.parametrize("target", ["file:///etc/passwd", "feed:x", "javascript:1", "http://[::1", ""])
async def test_redirects_lead_only_to_the_web(target: str, web: Publisher, fetcher: Fetcher) -> None:
    web.redirect("/a", target)
    answer = await fetched(fetcher, web.url("/a"))
    assert isinstance(answer, FetchFailure)
    assert answer.kind == "hard"


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "2130706433", "0x7f.1", "017700000001", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0"]
)
async def test_private_addresses_are_refused_however_they_are_spelled(
    host: str, web: Publisher, fetcher: Fetcher
) -> None:
    web.put("/f", BODY)
    answer = await fetched(fetcher, web.url("/f", host=host), allow_private=False)
    assert isinstance(answer, FetchFailure)
    assert answer.kind == "hostile"
    assert web.visits == []


def answering(monkeypatch: pytest.MonkeyPatch, *answers: list[str]) -> list[str]:
    """Make the system's resolver give these answers in turn; answers what it was asked for."""
    asked: list[str] = []
    left = list(answers)

    def resolve(host: str, port: int, *_: object, **__: object) -> list[tuple[object, ...]]:
        asked.append(host)
        found = left.pop(0) if len(left) > 1 else left[0]
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (ip, port)) for ip in found]

    monkeypatch.setattr("monitor.fetch.door.socket.getaddrinfo", resolve)
    return asked


async def test_one_private_answer_among_public_ones_is_enough_to_refuse(
    fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = answering(monkeypatch, ["93.184.216.34", "10.0.0.7"])
    answer = await fetched(fetcher, "http://mixed.example/", allow_private=False)
    assert isinstance(answer, FetchFailure)
    assert (answer.kind, asked) == ("hostile", ["mixed.example"])


async def test_a_name_that_changes_its_answer_between_hops_is_caught(
    web: Publisher, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The first answer is taken as public by the test; the second look-up, of the redirect, is private."""
    monkeypatch.setattr("monitor.fetch.door.refused", lambda ip: None if str(ip) == "127.0.0.1" else "is private")
    asked = answering(monkeypatch, ["127.0.0.1"], ["169.254.169.254"])
    web.redirect("/f", f"http://rebind.example:{web.port}/meta-data")
    answer = await fetched(fetcher, web.url("/f", host="rebind.example"), allow_private=False)
    assert isinstance(answer, FetchFailure)
    assert (answer.kind, len(web.visits)) == ("hostile", 1)
    assert asked == ["rebind.example", "rebind.example"]


async def test_a_port_that_is_not_of_the_web_is_refused(fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    answering(monkeypatch, ["93.184.216.34"])
    answer = await fetched(fetcher, "http://news.example:25/", allow_private=False)
    assert isinstance(answer, FetchFailure)
    assert "port 25" in answer.why


async def test_an_unknown_name_is_a_value(fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object, **__: object) -> object:
        raise socket.gaierror(socket.EAI_NONAME, "no such host")

    monkeypatch.setattr("monitor.fetch.door.socket.getaddrinfo", unknown)
    answer = await fetched(fetcher, "https://gone.example/feed", allow_private=False)
    assert answer == FetchFailure(kind="soft", why="its name is not known to the resolver")


async def test_a_socks_proxy_is_told_the_name_and_nothing_is_looked_up_here(
    web: Publisher, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    web.put("/f", BODY)
    async with Socks({("news.example.org", 80): ("127.0.0.1", web.port)}) as proxy:
        looked_up = answering(monkeypatch, ["192.0.2.1"])
        answer = await fetched(fetcher, "http://news.example.org/f", allow_private=False, proxy=proxy.url)
        assert isinstance(answer, Response)
        assert answer.body == BODY
        assert proxy.asked == [(DOMAIN, "news.example.org", 80)]
        assert looked_up == []


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "2130706433", "localhost", "printer.local", "intranet", "[::ffff:10.0.0.1]"]
)
async def test_a_proxy_is_not_asked_for_private_places(host: str, fetcher: Fetcher) -> None:
    async with Socks({}) as proxy:
        answer = await fetched(fetcher, f"http://{host}/", allow_private=False, proxy=proxy.url)
        assert isinstance(answer, FetchFailure)
        assert (answer.kind, proxy.asked) == ("hostile", [])


async def test_a_proxy_that_cannot_reach_it_is_a_value(fetcher: Fetcher) -> None:
    async with Socks({}) as proxy:
        answer = await fetched(fetcher, "http://unknown.example.org/", proxy=proxy.url)
        assert answer == FetchFailure(kind="temporary", why="the proxy could not reach it")


async def test_the_environment_names_no_proxy_for_us(
    web: Publisher, fetcher: Fetcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:1")
    async with Fetcher() as door:
        assert isinstance(await fetched(door, web.put("/f", BODY)), Response)


async def test_a_page_is_read_under_the_same_limits(web: Publisher, fetcher: Fetcher) -> None:
    good = await fetcher.page(web.put("/p", b"<html>", type="text/html"), source(web.url()), NOW)
    bad = await fetcher.page(web.put("/q", mode="bomb"), source(web.url()), NOW)
    private = await fetcher.page(web.url("/p"), source("https://news.example/", allow_private=False), NOW)
    assert isinstance(good, Response)
    assert [getattr(b, "kind", None) for b in (bad, private)] == ["hostile", "hostile"]


@pytest.mark.parametrize(
    "url", ["", "x", "http://", "ftp://a.example/", "http://a b/", "http://[::1", "http://\u0000/", "https://:99999/"]
)
async def test_an_address_that_cannot_be_asked_for_is_a_value(url: str, fetcher: Fetcher) -> None:
    assert isinstance(await fetched(fetcher, url), FetchFailure)


async def test_a_cancelled_visit_leaves_the_fetcher_usable(web: Publisher, fetcher: Fetcher) -> None:
    visit = asyncio.create_task(fetched(fetcher, web.put("/slow", mode="silent")))
    await asyncio.sleep(0.1)
    visit.cancel()
    with pytest.raises(asyncio.CancelledError):
        await visit
    assert isinstance(await fetched(fetcher, web.put("/f", BODY)), Response)
