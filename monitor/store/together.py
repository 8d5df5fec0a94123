"""Many small writes → few transactions: what arrives while one is being made, or within a moment, is committed in the next."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")

LINGER_S = (
    0.1  #: seconds that the first write waits for company; a commit that reaches the disk costs more than what it holds
)


class Together(Generic[T, R]):
    """Commits values in batches. write: keeps a batch, in one transaction or a few, and says of each value what came of it."""

    def __init__(
        self, write: Callable[[list[T]], Awaitable[Sequence[R | Exception]]], linger_s: float = LINGER_S
    ) -> None:
        self._write, self._linger_s = write, linger_s
        self._waiting: list[tuple[T, asyncio.Future[R]]] = []
        self._writing: asyncio.Task[None] | None = None

    async def keep(self, value: T) -> R:
        """What came of this value, once it is committed. Raises what undid it."""
        kept: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        self._waiting.append((value, kept))
        if self._writing is None or self._writing.done():
            self._writing = asyncio.create_task(self._drain())
        return await kept

    async def _drain(self) -> None:
        await asyncio.sleep(self._linger_s)
        while self._waiting:
            batch, self._waiting = self._waiting, []
            results: Sequence[R | Exception]
            try:
                results = await self._write([value for value, _ in batch])
            except Exception as error:  # noqa: BLE001 - one batch: each caller is told, and judges for itself
                results = [error] * len(batch)
            for (_, kept), result in zip(batch, results, strict=True):
                if kept.done():
                    continue
                if isinstance(result, Exception):
                    kept.set_exception(result)
                else:
                    kept.set_result(result)
