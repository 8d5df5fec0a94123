"""Killable processes: a function and its arguments → its value, or WorkerLost; what one body does costs that one call."""

from __future__ import annotations

import asyncio
import contextlib
import pickle
from collections.abc import AsyncIterator, Callable
from typing import Any, Self

from monitor.workers.quarantine import Quarantine
from monitor.workers.wire import Call as _Call
from monitor.workers.wire import Model
from monitor.workers.worker import Worker, WorkerLost

__all__ = ["Pool", "WorkerLost"]

MEMORY_BYTES = (
    1_500_000_000  #: of address space of one worker: the loaded model and its libraries reserve about half of it
)
DEADLINE_S = 10.0  #: seconds for one call; the slowest real feed of 3,361 takes under one
SETUP_S = 60.0  #: seconds to start a worker and load its model
RETIRE_AFTER = 2_000  #: calls, after which a worker is replaced: parsers leak, and fragments of memory stay
IDLE_S = 300.0  #: seconds without work after which a worker is let go, and its memory with it


class Pool:
    """Runs functions in at most `size` worker processes, started when first needed.

    setup and initial: each worker loads its model once as setup(*initial); calls with model=True get it as first argument.
    memory_bytes: address space of one worker, 0 for no limit. Use as an async context manager, or call `close`.
    """

    def __init__(
        self,
        size: int,
        memory_bytes: int = MEMORY_BYTES,
        deadline_s: float = DEADLINE_S,
        *,
        setup: Callable[..., Any] | None = None,
        initial: tuple[Any, ...] = (),
        setup_s: float = SETUP_S,
        idle_s: float = IDLE_S,
    ) -> None:
        self.deadline_s = deadline_s
        self._memory_bytes, self._setup_s, self._idle_s = memory_bytes, setup_s, idle_s
        self._slots = asyncio.Semaphore(size)
        self._idle: list[tuple[Worker, asyncio.TimerHandle]] = []
        self._busy: set[Worker] = set()
        self._leaving: set[asyncio.Task[None]] = set()
        self._setup = setup
        self._model = Model(setup, pickle.dumps(initial, pickle.HIGHEST_PROTOCOL)) if setup else None
        self._version = 1
        self._closed = False
        self.lost = 0  #: calls that cost a worker
        self.quarantine = Quarantine()
        self.turn = (
            asyncio.Lock()
        )  #: whoever works for long in the loop itself takes turns, so that timers get in between

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def run(
        self, function: Callable[..., Any], *arguments: Any, model: bool = False, deadline_s: float | None = None
    ) -> Any:
        """The value of function(*arguments), or of function(loaded model, *arguments), or WorkerLost; it never raises what they raise."""
        async with self._worker() as worker:
            if isinstance(worker, WorkerLost):
                return worker
            if model and worker.loaded != self._version:
                failed = await self._load(worker)
                if failed is not None:
                    return failed
            return await worker.ask(_Call(function, arguments, model), deadline_s or self.deadline_s)

    def reload(self, *initial: Any) -> None:
        """Load the model anew from these in every worker before its next call with it; calls under way end with the old one."""
        if self._setup is None:
            raise ValueError("this pool has no model")
        self._model = Model(self._setup, pickle.dumps(initial, pickle.HIGHEST_PROTOCOL))
        self._version += 1

    def pids(self) -> tuple[int, ...]:
        """The process numbers of the workers that run now."""
        return tuple(sorted(w.pid for w in (*self._busy, *(w for w, _ in self._idle)) if w.alive))

    async def close(self) -> None:
        """End every worker now, also those in the middle of a call."""
        self._closed = True
        for worker, timer in self._idle:
            timer.cancel()
            self._let_go(worker)
        self._idle.clear()
        for worker in self._busy:
            worker.kill()
            self._let_go(worker)
        await asyncio.gather(*self._leaving, return_exceptions=True)

    @contextlib.asynccontextmanager
    async def _worker(self) -> AsyncIterator[Worker | WorkerLost]:
        """A worker for one call, an idle one first; one that was killed meanwhile is not handed on."""
        async with self._slots:
            if self._closed:
                yield WorkerLost("died", "the workers are closed")
                return
            worker = self._taken() or await self._started()
            if isinstance(worker, WorkerLost):
                yield worker
                return
            self._busy.add(worker)
            try:
                yield worker
            finally:
                self._busy.discard(worker)
                self._give_back(worker)

    async def _started(self) -> Worker | WorkerLost:
        """A fresh worker, unless the pool was closed while it started."""
        try:
            worker = await Worker.start(self._memory_bytes)
        except OSError as error:
            return WorkerLost("died", f"no worker could be started: {error.strerror}")
        if self._closed:
            await worker.gone()
            return WorkerLost("died", "the workers are closed")
        return worker

    async def _load(self, worker: Worker) -> WorkerLost | None:
        """Give a worker the present model; None when it has it."""
        if self._model is None:
            return WorkerLost("error", "this pool has no model")
        version, answer = self._version, await worker.ask(self._model, self._setup_s)
        if isinstance(answer, WorkerLost):
            return WorkerLost(answer.kind, f"while loading the model: {answer.why}")
        worker.loaded = version
        return None

    def _taken(self) -> Worker | None:
        """The idle worker that worked last, so that those not needed grow old and are let go."""
        while self._idle:
            worker, timer = self._idle.pop()
            timer.cancel()
            if worker.alive and worker.calls < RETIRE_AFTER:
                return worker
            self._let_go(worker)
        return None

    def _give_back(self, worker: Worker) -> None:
        if self._closed:
            return  # whoever closed has let it go
        if worker.killed or not worker.alive:
            self.lost += 1
            self._let_go(worker)
        else:
            timer = asyncio.get_running_loop().call_later(self._idle_s, self._retire, worker)
            self._idle.append((worker, timer))

    def _retire(self, worker: Worker) -> None:
        self._idle = [(w, t) for w, t in self._idle if w is not worker]
        self._let_go(worker)

    def _let_go(self, worker: Worker) -> None:
        """End a worker in the background; the task is held on to until it is done."""
        task = asyncio.get_running_loop().create_task(worker.gone())
        self._leaving.add(task)
        task.add_done_callback(self._leaving.discard)
