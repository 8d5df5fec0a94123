"""What the pages ask of the running daemon: its records, the configuration in force, and the clock."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol, TypeVar

from sqlalchemy import Connection

from monitor.backtest import Difference
from monitor.casework.terms import Terms
from monitor.languages.pack import Packs
from monitor.model import Watchlist

T = TypeVar("T")


class Transactions(Protocol):
    """Runs work on a connection in a thread, so that the loop goes on."""

    async def __call__(self, work: Callable[[Connection], T], /) -> T:
        """The work's value. Raises what it raises, and StoreError."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """read, write: transactions. terms, packs: in force now. watchlist: where the list stands. difference: what a new list would have changed."""

    read: Transactions
    write: Transactions
    terms: Callable[[], Terms]
    packs: Callable[[], Packs]
    watchlist: Path
    difference: Callable[[Watchlist], Awaitable[Difference]]
    now: Callable[[], datetime]
