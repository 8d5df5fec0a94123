"""Few visits at once to one publisher, and a pause between them."""

from __future__ import annotations

import asyncio
from itertools import pairwise

import pytest

from monitor.fetch.manners import CONNECTIONS, Manners


@pytest.mark.parametrize(
    ("host", "publisher"),
    [
        ("News.Example.org", "example.org"),
        ("a.b.example.co.uk", "example.co.uk"),
        ("example.org.", "example.org"),
        ("127.0.0.1", "127.0.0.1"),
        ("co.uk", "co.uk"),
        ("localhost", "localhost"),
    ],
)
def test_a_publisher_is_its_registrable_domain(host: str, publisher: str) -> None:
    assert Manners().domain(host) == publisher


async def test_visits_to_one_publisher_are_few_at_once_and_begin_apart() -> None:
    manners, loop = Manners(gap_s=0.03), asyncio.get_running_loop()
    began: list[float] = []
    inside = most = 0

    async def visit(host: str) -> None:
        nonlocal inside, most
        async with manners.turn(host):
            began.append(loop.time())
            inside += 1
            most = max(most, inside)
            await asyncio.sleep(0.1)
            inside -= 1

    await asyncio.gather(*(visit(f"{n}.example.org") for n in range(4)))
    assert most == CONNECTIONS
    assert min(b - a for a, b in pairwise(began)) >= 0.029


async def test_other_publishers_do_not_wait() -> None:
    manners, loop = Manners(gap_s=60), asyncio.get_running_loop()
    begin = loop.time()
    for n in range(5):
        async with manners.turn(f"example{n}.org"):
            pass
    assert loop.time() - begin < 1


async def test_a_publisher_is_forgotten_once_its_pause_is_over() -> None:
    manners = Manners(gap_s=0.01)
    async with manners.turn("example.org"):
        pass
    await asyncio.sleep(0.05)
    assert manners._houses == {}


async def test_a_visit_given_up_gives_its_turn_back() -> None:
    manners = Manners(gap_s=0.0)
    visits = [asyncio.create_task(_hold(manners)) for _ in range(CONNECTIONS + 1)]
    await asyncio.sleep(0.01)
    for visit in visits:
        visit.cancel()
    await asyncio.gather(*visits, return_exceptions=True)
    async with asyncio.timeout(1), manners.turn("example.org"):
        pass


async def _hold(manners: Manners) -> None:
    async with manners.turn("example.org"):
        await asyncio.sleep(60)
