"""Real worker processes: what a call does to its worker, and what that costs the others."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.model import FetchFailure, Response, Source, SourceState
from monitor.sources import Feed
from monitor.workers import Pool, WorkerLost
from monitor.workers.bodies import LOOP_BYTES, parse

ROOT = Path(__file__).resolve().parents[2]
SOURCE = Source(id="s", name="s", url="https://ngo.example/feed")
STATE = SourceState(source_id="s", next_visit=datetime(2026, 11, 1, tzinfo=UTC))
MEMORY = 600_000_000

# ── what the workers are asked to do ─────────────────────────────────────────────────────────────────────────────


def build(word: str, times: int) -> dict[str, object]:
    return {"word": word * times, "pid": os.getpid(), "built": time.monotonic()}


def broken_build() -> None:
    raise ValueError("the name of a defender")


def told(model: dict[str, object], suffix: str) -> tuple[object, ...]:
    return (f"{model['word']}{suffix}", model["pid"], model["built"])


def stumble(text: str) -> None:
    raise KeyError(text)


def print_and_answer() -> int:
    print("noise on standard output")
    os.write(1, b"more noise")
    return 7


def environment() -> dict[str, str]:
    return dict(os.environ)


def unpicklable() -> Callable[[], int]:
    return lambda: 1


def running(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().split()[2] != "Z"


@pytest.fixture
async def pool() -> AsyncIterator[Pool]:
    async with Pool(2, MEMORY, 0.6, setup=build, initial=("ab", 2)) as running:
        yield running


async def test_a_call_brings_its_value(pool: Pool) -> None:
    assert await pool.run(len, b"abc") == 3
    assert await pool.run(bytes, 3_000_000) == bytes(3_000_000)


@pytest.mark.parametrize(
    ("function", "arguments", "kind"),
    [
        (time.sleep, (60,), "deadline"),
        (bytearray, (5_000_000_000,), "memory"),
        (os._exit, (3,), "died"),
        (os.abort, (), "died"),
    ],
)
async def test_a_lost_worker_costs_one_call(
    function: Callable[..., object], arguments: tuple[object, ...], kind: str, pool: Pool
) -> None:
    lost, fine = await asyncio.gather(pool.run(function, *arguments), pool.run(len, b"abc"))
    assert (type(lost), lost.kind, fine) == (WorkerLost, kind, 3)
    assert await pool.run(len, b"abcd") == 4


async def test_an_error_is_told_by_type_and_place_without_its_text(pool: Pool) -> None:
    before = await pool.run(os.getpid)
    lost = await pool.run(stumble, "the name of a defender")
    assert isinstance(lost, WorkerLost)
    assert (lost.kind, lost.why.startswith("KeyError in")) == ("error", True)
    assert "defender" not in lost.why
    assert await pool.run(os.getpid) == before


async def test_a_model_is_loaded_once_in_each_worker_and_anew_after_a_reload(pool: Pool) -> None:
    first = await pool.run(told, "!", model=True)
    again = await pool.run(told, "?", model=True)
    assert (first[0], again[0], first[1:]) == ("abab!", "abab?", again[1:])
    pool.reload("cd", 1)
    assert (await pool.run(told, "!", model=True))[0] == "cd!"


async def test_a_model_that_cannot_be_loaded_is_a_value() -> None:
    async with Pool(1, MEMORY, setup=broken_build) as pool:
        lost = await pool.run(told, "!", model=True)
        assert isinstance(lost, WorkerLost)
        assert lost.why.startswith("while loading the model: ValueError in")
        assert "defender" not in lost.why
        assert await pool.run(len, b"abc") == 3


async def test_no_more_workers_than_allowed(pool: Pool) -> None:
    assert await asyncio.gather(*(pool.run(len, b"x" * n) for n in range(20))) == list(range(20))
    assert len(pool.pids()) == 2


async def test_a_cancelled_call_leaves_no_answer_behind(pool: Pool) -> None:
    call = asyncio.create_task(pool.run(time.sleep, 0.3))
    await asyncio.sleep(0.15)
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call
    assert await asyncio.gather(*(pool.run(len, b"x" * n) for n in range(6))) == list(range(6))


async def test_noise_on_standard_output_is_no_answer(pool: Pool) -> None:
    assert await pool.run(print_and_answer) == 7


async def test_a_worker_knows_none_of_our_secrets(pool: Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HRD_MONITOR_SLACK_TOKEN", "xoxb-sesame")
    assert "sesame" not in str(await pool.run(environment))


async def test_an_answer_that_cannot_travel_is_an_error(pool: Pool) -> None:
    lost = await pool.run(unpicklable)
    assert (type(lost), lost.kind) == (WorkerLost, "error")


async def test_an_answer_of_foreign_types_loses_the_worker(pool: Pool) -> None:
    lost = await pool.run(Path, "/etc")
    assert (type(lost), lost.kind) == (WorkerLost, "died")


async def test_closing_takes_less_than_a_second_whatever_is_running() -> None:
    pool = Pool(2, MEMORY, 60)
    calls = [asyncio.create_task(pool.run(time.sleep, 60)) for _ in range(3)]
    await asyncio.sleep(0.3)
    pids, began = pool.pids(), time.monotonic()
    await pool.close()
    answers = await asyncio.gather(*calls)
    assert time.monotonic() - began < 1
    assert {a.kind for a in answers} == {"died"}
    assert [p for p in pids if running(p)] == []
    assert (await pool.run(len, b"x")).kind == "died"


async def test_idle_workers_are_let_go() -> None:
    async with Pool(1, MEMORY, idle_s=0.05) as pool:
        first = await pool.run(os.getpid)
        await asyncio.sleep(0.3)
        assert (pool.pids(), await pool.run(os.getpid) != first) == ((), True)


async def test_interrupts_are_left_to_the_parent(pool: Pool) -> None:
    pid = await pool.run(os.getpid)
    os.kill(pid, signal.SIGINT)
    await asyncio.sleep(0.1)
    assert await pool.run(os.getpid) == pid


async def test_a_hung_worker_dies_with_its_parent() -> None:
    program = (
        "import asyncio, os, time\nfrom monitor.workers import Pool\n"
        "async def main():\n pool = Pool(1, 0, 60)\n pid = await pool.run(os.getpid)\n call = asyncio.create_task(pool.run(time.sleep, 60))\n"
        " await asyncio.sleep(0.2)\n print(pid, flush=True)\n await asyncio.sleep(60)\nasyncio.run(main())\n"
    )
    parent = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, cwd=ROOT, text=True)  # noqa: ASYNC220 (a parent to be killed)
    assert parent.stdout
    with parent:
        pid = int(await asyncio.to_thread(parent.stdout.readline))
        parent.kill()
    for _ in range(100):
        if not running(pid):
            break
        await asyncio.sleep(0.02)
    else:
        pytest.fail("the worker outlived its parent")


# ── one body, whatever it does ───────────────────────────────────────────────────────────────────────────────────


def rss(*titles: str, poison: str = "") -> bytes:
    items = "".join(f"<item><title>{t}</title><link>/{t}</link>{poison if t == 'bad' else ''}</item>" for t in titles)
    return f"<rss version='2.0'><channel><title>t</title>{items}</channel></rss>".encode()


def response(body: bytes) -> Response:
    return Response(url="https://ngo.example/feed", status=200, headers={}, body=body)


async def test_a_body_is_read_once_and_then_known(pool: Pool) -> None:
    feed = await parse(pool, response(rss("a", "b")), SOURCE, STATE)
    assert isinstance(feed, Feed)
    known = replace(STATE, body_digest=feed.digest, item_hashes=feed.item_hashes)
    second = await parse(pool, response(rss("c", "a", "b")), SOURCE, known)
    assert isinstance(second, Feed)
    assert ([e.title for e in feed.entries], [e.title for e in second.entries]) == (["a", "b"], ["c"])
    assert feed.entries[0].url == "https://ngo.example/a"


async def test_a_large_body_is_looked_at_in_a_worker() -> None:
    async with Pool(1, MEMORY) as pool:
        feed = await parse(
            pool, response(rss(*(f"{'x' * 1_000}{n}" for n in range(LOOP_BYTES // 2_000 + 20)))), SOURCE, STATE
        )
    assert isinstance(feed, Feed)
    assert feed.items == LOOP_BYTES // 2_000 + 20


async def test_a_document_that_is_no_feed_is_a_value(pool: Pool) -> None:
    failure = await parse(pool, response(b"<html><title>Sign in</title><input type=password>"), SOURCE, STATE)
    assert failure == FetchFailure(kind="blocked", why="a login page instead of a feed")


async def test_an_item_that_kills_its_reader_silences_nobody_not_even_itself() -> None:
    """The author field makes feedparser's pattern run for minutes; the other items and the words of this one still arrive."""
    body = rss("a", "bad", "b", poison=f"<author>{'a@' + 'a.' * 60_000}!</author>")
    async with Pool(2, MEMORY, 0.6) as pool:
        feed = await parse(pool, response(body), SOURCE, STATE)
        assert isinstance(feed, Feed)
        assert [e.title for e in feed.entries] == ["a", "bad", "b"]
        assert (len(feed.poisoned), feed.fresh) == (2, 3)
        assert "0.6 seconds" in feed.warnings[0]
        known = replace(STATE, body_digest=feed.digest, item_hashes=feed.item_hashes)
        lost = pool.lost
        second = await parse(
            pool,
            response(body.replace(b"<item><title>a<", b"<item><title>new</title></item><item><title>a<")),
            SOURCE,
            known,
        )
        assert isinstance(second, Feed)
        assert ([e.title for e in second.entries], second.poisoned, pool.lost) == (["new"], (), lost)


async def test_a_body_that_cannot_be_taken_apart_is_refused_by_its_digest() -> None:
    attributes = b"".join(b" a%d=''" % n for n in range(40_000))
    async with Pool(1, MEMORY, 0.4) as pool:
        failure = await parse(
            pool, response(b"<rss version='2.0'" + attributes + b"><channel></channel></rss>"), SOURCE, STATE
        )
    assert isinstance(failure, FetchFailure)
    assert (failure.kind, "cannot be read" in failure.why) == ("hostile", True)
