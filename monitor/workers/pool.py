"""A call and its arguments → its result, run in one of a few processes that may be killed: by deadline, by memory, by anything."""

from __future__ import annotations

import asyncio
import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from multiprocessing.context import SpawnProcess
from typing import Any

from monitor.workers.process import serve

DEADLINE_S = 10.0  #: seconds for one body; feeds that take longer are made to
STARTING_S = 60.0  #: seconds more for a worker's first call, which loads the models
MEMORY_BYTES = 3_000_000_000  #: of address space, of which language models map about a third


@dataclass(frozen=True, slots=True)
class WorkerLost:
    """A call whose worker died, hung or grew too large; why: "deadline" or "died"."""

    why: str


class _Worker:
    """One process and the parent's end of its pipe."""

    def __init__(self, setup: Callable[..., Any], given: tuple[Any, ...], memory_bytes: int) -> None:
        context = multiprocessing.get_context("spawn")  # a fork of a threaded parent can hang on a lock nobody holds
        self.pipe, theirs = context.Pipe()
        self.process: SpawnProcess = context.Process(
            target=serve, args=(theirs, setup, given, memory_bytes), daemon=True
        )
        self.process.start()
        theirs.close()
        self.started = False

    def exchange(self, call: Callable[..., Any], arguments: tuple[Any, ...], deadline_s: float) -> Any:
        try:
            self.pipe.send((call, arguments))
            if not self.pipe.poll(deadline_s if self.started else deadline_s + STARTING_S):
                return WorkerLost("deadline")
            self.started = True
            return self.pipe.recv()
        except (EOFError, OSError):
            return WorkerLost("died")

    def end(self) -> None:
        self.process.kill()
        self.process.join()
        self.process.close()
        self.pipe.close()


class Pool:
    """A few workers, started when first needed. setup(*given) is run once in each and its result is the first argument of every call."""

    def __init__(
        self,
        setup: Callable[..., Any],
        given: tuple[Any, ...] = (),
        *,
        size: int | None = None,
        deadline_s: float = DEADLINE_S,
        memory_bytes: int = MEMORY_BYTES,
    ) -> None:
        self._setup, self._given, self._memory_bytes, self._deadline_s = setup, given, memory_bytes, deadline_s
        self._size = size or max(1, min(4, os.cpu_count() or 1))
        self._threads = ThreadPoolExecutor(self._size, thread_name_prefix="worker-pipe")
        self._idle: list[_Worker] = []
        self._busy: set[_Worker] = set()
        self._free = asyncio.Semaphore(self._size)
        self._epoch = 0
        self.lost = 0  #: workers lost so far

    async def run(self, call: Callable[..., Any], *arguments: Any) -> Any:
        """The result of call(state, *arguments), or WorkerLost. Raises ParseError and other errors of ours that the call raised."""
        async with self._free:
            epoch = self._epoch
            loop = asyncio.get_running_loop()
            worker = self._idle.pop() if self._idle else await loop.run_in_executor(self._threads, self._made)
            self._busy.add(worker)
            try:
                answer = await loop.run_in_executor(self._threads, worker.exchange, call, arguments, self._deadline_s)
            except BaseException:
                self._busy.discard(worker)
                worker.end()
                raise
            self._busy.discard(worker)
            if isinstance(answer, WorkerLost):
                self.lost += 1
                worker.end()
                return answer
            if epoch == self._epoch:
                self._idle.append(worker)
            else:
                worker.end()
        kind, value = answer
        if kind == "error":
            raise value
        return value

    def reload(self, given: tuple[Any, ...]) -> None:
        """Give later calls workers with other data; calls under way finish with the old."""
        self._given = given
        self._epoch += 1
        while self._idle:
            self._idle.pop().end()

    def close(self) -> None:
        """End every worker."""
        for worker in [*self._idle, *self._busy]:
            worker.process.kill()
        while self._idle:
            self._idle.pop().end()
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _made(self) -> _Worker:
        return _Worker(self._setup, self._given, self._memory_bytes)
