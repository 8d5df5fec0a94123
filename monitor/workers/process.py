"""The inside of a worker process: receive a call, run it, send the answer, until the parent closes the pipe or dies."""

from __future__ import annotations

import ctypes
import resource
import signal
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from typing import Any

_PR_SET_PDEATHSIG = 1  #: Linux: be killed when the parent dies. Source: prctl(2)


def serve(pipe: Connection, setup: Callable[..., Any], given: tuple[Any, ...], memory_bytes: int) -> None:
    """Run calls with the state that `setup` makes, once, at the first call. Answers are ("done", result) or ("error", kind of error)."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a core file would hold the watchlist
    state: Any = None
    ready = False
    while True:
        try:
            call, arguments = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            if not ready:
                state, ready = setup(*given), True
            answer = ("done", call(state, *arguments))
        except MemoryError:
            return  # too large to be trusted any further: the parent sees a worker that is lost
        except Exception as error:  # noqa: BLE001 - the boundary of one body: the parent gets the kind of error, never the text
            answer = ("error", error if _travels(error) else RuntimeError(type(error).__name__))
        pipe.send(answer)


def _travels(error: Exception) -> bool:
    """Whether an error is one of ours, whose words never quote the text it stumbled over."""
    return type(error).__module__.startswith("monitor.errors")
