"""One killable process at the other end of two pipes, seen from the parent: a call → its value or how the worker was lost."""

from __future__ import annotations

import asyncio
import os
import pickle
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from dataclasses import dataclass

from monitor.workers.wire import HEADER, MAX_ANSWER_BYTES, Call, Failed, Model, packed, unpacked

PIPE_BYTES = 1 << 20  #: buffered from a worker before it is made to wait
_START = "import sys; sys.path[:] = {path!r}; from monitor.workers.child import main; main({memory})"


@dataclass(frozen=True, slots=True)
class WorkerLost:
    """A call that brought no value. kind: deadline | memory | died | error; after all but the last the worker was replaced."""

    kind: str
    why: str


class Worker:
    """A process that runs one call at a time. loaded: the version of the model it holds, 0 for none."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self.loaded = 0
        self.calls = 0
        self.killed = False

    @classmethod
    async def start(cls, memory_bytes: int) -> Worker:
        """A fresh process: started anew, never forked from this one, whose threads hold locks; without this one's environment."""
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-c", _START.format(path=sys.path, memory=memory_bytes),
            stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env=_environment(), limit=PIPE_BYTES,
        )  # fmt: skip
        return cls(process)

    @property
    def pid(self) -> int:
        """Its process number."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it still runs, as far as is known."""
        return self._process.returncode is None

    async def ask(self, message: Call | Model, deadline_s: float) -> object:
        """The answer to one message, or WorkerLost. Cancelled or lost, the worker is killed: its answer would be taken for the next one's."""
        self.calls += 1
        try:
            async with asyncio.timeout(deadline_s):
                answer = await self._exchange(packed(message))
        except TimeoutError:
            self.kill()
            return WorkerLost("deadline", f"it took longer than {deadline_s:g} seconds")
        except (
            asyncio.IncompleteReadError,
            ConnectionError,
            pickle.UnpicklingError,
            EOFError,
            AttributeError,
            ImportError,
            IndexError,
        ):
            self.kill()
            return WorkerLost("died", "its process ended in the middle of it")
        except BaseException:
            self.kill()
            raise
        if isinstance(answer, Failed):
            if answer.kind == "memory":
                self.kill()
            return WorkerLost(answer.kind, answer.why)
        return answer

    def kill(self) -> None:
        """End it at once, whatever it is doing."""
        self.killed = True
        if self._process.returncode is None:
            try:
                self._process.kill()
            except ProcessLookupError:
                return

    async def gone(self) -> None:
        """Wait until the process has ended and its pipes are closed."""
        self.kill()
        await self._process.wait()
        if self._process.stdin:
            self._process.stdin.close()

    async def _exchange(self, data: bytes) -> object:
        to, back = self._process.stdin, self._process.stdout
        if to is None or back is None:
            raise ConnectionError
        to.write(data)
        await to.drain()
        size = HEADER.unpack(await back.readexactly(HEADER.size))[0]
        if size > MAX_ANSWER_BYTES:
            raise ConnectionError
        return unpacked(await back.readexactly(size))


def _environment() -> dict[str, str]:
    """What a worker may know of ours: no secret, one thread for each numeric library, UTF-8."""
    kept = {
        name: os.environ[name]
        for name in ("PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH", "SSL_CERT_FILE")
        if name in os.environ
    }
    one = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "MALLOC_ARENA_MAX"), "1")
    return {**kept, **one, "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "random"}
