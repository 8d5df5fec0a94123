"""One killable process at the other end of a pipe, seen from the parent: a call → its value or how the worker was lost."""

from __future__ import annotations

import asyncio
import contextlib
import os
import pickle
import socket
import subprocess
import sys
from dataclasses import dataclass

from monitor.workers.wire import HEADER, MAX_ANSWER_BYTES, Call, Failed, Model, packed, unpacked

PIPE_BYTES = 1 << 20  #: buffered from a worker before it is made to wait
REAP_S = 0.005  #: seconds between looks whether a killed process has ended, which takes the kernel a few milliseconds
_START = "import sys; sys.path[:] = {path!r}; from monitor.workers.child import main; main({memory})"


@dataclass(frozen=True, slots=True)
class WorkerLost:
    """A call that brought no value. kind: deadline | memory | died | error; after all but the last the worker was replaced."""

    kind: str
    why: str


class Worker:
    """A process that runs one call at a time. loaded: the version of the model it holds, 0 for none."""

    def __init__(self, process: subprocess.Popen[bytes], back: asyncio.StreamReader, to: asyncio.StreamWriter) -> None:
        self._process, self._back, self._to = process, back, to
        self.loaded = 0
        self.calls = 0
        self.killed = False

    @classmethod
    async def start(cls, memory_bytes: int) -> Worker:
        """A fresh process: started anew, never forked from this one, whose threads hold locks; without this one's environment."""
        ours, theirs = socket.socketpair()
        with theirs:
            process = subprocess.Popen(  # noqa: S603, ASYNC220 (a few milliseconds; our own interpreter and program)
                [sys.executable, "-c", _START.format(path=sys.path, memory=memory_bytes)],
                stdin=theirs.fileno(), stdout=theirs.fileno(), stderr=subprocess.DEVNULL, env=_environment(),
            )  # fmt: skip
        try:
            return cls(process, *await asyncio.open_connection(sock=ours, limit=PIPE_BYTES))
        except BaseException:
            process.kill()
            process.wait()
            ours.close()
            raise

    @property
    def pid(self) -> int:
        """Its process number."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it still runs, as far as is known."""
        return self._process.poll() is None

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
        self._process.kill()

    async def gone(self) -> None:
        """End it and wait until it has ended and the pipe is closed."""
        self._process.kill()
        self._to.close()
        with contextlib.suppress(ConnectionError):
            await self._to.wait_closed()
        while self._process.poll() is None:  # noqa: ASYNC110 (the kernel tells by no event that every event loop has)
            await asyncio.sleep(REAP_S)

    async def _exchange(self, data: bytes) -> object:
        self._to.write(data)
        await self._to.drain()
        size = HEADER.unpack(await self._back.readexactly(HEADER.size))[0]
        if size > MAX_ANSWER_BYTES:
            raise ConnectionError
        return unpacked(await self._back.readexactly(size))


def _environment() -> dict[str, str]:
    """What a worker may know of ours: no secret, one thread for each numeric library, UTF-8."""
    kept = {
        name: os.environ[name]
        for name in ("PATH", "HOME", "TMPDIR", "LD_LIBRARY_PATH", "SSL_CERT_FILE")
        if name in os.environ
    }
    one = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "MALLOC_ARENA_MAX"), "1")
    return {**kept, **one, "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "random"}
