"""A new entry of the watchlist is looked for in what was read before it was made, once, and the alert says so."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any, cast

import pytest

from monitor.app import reader
from monitor.casework.retrospect import MARK, search
from monitor.casework.terms import Told
from monitor.config import load_packs
from monitor.model import Watchlist
from monitor.workers import Pool
from tests.unit.casework.desk import Desk
from tests.unit.incidents.made import DARA, LIST

TEXT = "Police arrested the activist Sok Dara in Phnom Penh on Friday."


class Here:
    """A pool that runs what it is given in this process."""

    def __init__(self, watchlist: Watchlist) -> None:
        self._model = reader(load_packs(), watchlist)

    async def run(self, function: Callable[..., Any], *arguments: Any, model: bool = False) -> Any:
        return function(self._model, *arguments) if model else function(*arguments)


@pytest.fixture
def desk() -> Desk:
    made = Desk(Watchlist())
    made.read(text=TEXT, source="ngo", article="old")
    made.read(text="Rain fell in Phnom Penh on Friday.", source="ngo", article="rain")
    made.terms = replace(made.terms, watchlist=LIST)
    return made


async def looked(desk: Desk, watchlist: Watchlist = LIST) -> tuple[Told, ...]:
    return await search(desk.database, cast("Pool", Here(watchlist)), desk.terms, lambda: desk.now)


async def test_a_new_entry_is_found_in_what_was_read_before_and_is_told_once(desk: Desk) -> None:
    (told,) = await looked(desk)
    assert told.article_id == "old"
    assert MARK in repr(told.alert.lines)
    assert await looked(desk) == ()


async def test_an_entry_that_changed_is_looked_for_again_and_what_is_known_is_not_told_again(desk: Desk) -> None:
    await looked(desk)
    changed = Watchlist(defenders=(replace(DARA, names=("Dara Sok",)),))
    desk.terms = replace(desk.terms, watchlist=changed)
    assert await looked(desk, changed) == ()


async def test_what_is_older_than_the_window_is_left_alone(desk: Desk) -> None:
    desk.now += timedelta(days=40)
    assert await looked(desk) == ()
