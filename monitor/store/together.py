"""Many small writes → few transactions: what arrives while one is being made, or within a moment, is committed in the next."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

T = TypeVar("T")

LINGER_S = (
    0.1  #: seconds that the first write waits for company; a commit that reaches the disk costs more than what it holds
)


class Together(Generic[T]):
    """Commits values in batches. write: keeps a whole batch in one transaction, or raises and keeps none of it."""

    def __init__(self, write: Callable[[list[T]], Awaitable[None]], linger_s: float = LINGER_S) -> None:
        self._write, self._linger_s = write, linger_s
        self._waiting: list[tuple[T, asyncio.Future[None]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def keep(self, value: T) -> None:
        """Return once this value is committed. Raises what the transaction it was part of raised."""
        kept: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((value, kept))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._drain())
        await kept

    async def _drain(self) -> None:
        await asyncio.sleep(self._linger_s)
        while self._waiting:
            batch, self._waiting = self._waiting, []
            try:
                await self._write([value for value, _ in batch])
            except Exception as error:  # noqa: BLE001 - one transaction: each caller is told, and judges for itself
                _answer(batch, error)
            else:
                _answer(batch, None)


def _answer(batch: list[tuple[T, asyncio.Future[None]]], error: Exception | None) -> None:
    """Tell every caller that still waits how its write ended."""
    for _, kept in batch:
        if kept.done():
            continue
        if error is None:
            kept.set_result(None)
        else:
            kept.set_exception(error)
