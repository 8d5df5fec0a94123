"""The far end of the pipe: one call after another, each an answer or the place where it failed, until the pipe closes.

Runs as a process of its own, without the environment (and so the secrets) of its parent, within limits of memory and files.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import pickle
import resource
import signal
import sys
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from monitor.workers.wire import HEADER, Call, Failed, Model, Ready

MAX_FILES = 64  #: open at once; nothing here opens more than the libraries' own tables
PR_SET_PDEATHSIG = 1  #: Source: prctl(2)
OOM_SCORE = (
    "800"  #: of 1000: when the machine runs out of memory the kernel takes a worker, not the daemon. Source: proc(5)
)


def main(memory_bytes: int) -> None:
    """Serve calls from standard input to standard output until the parent closes the pipe or dies."""
    calls, answers = _pipes()
    _confine(memory_bytes)
    model: Any = None
    while (message := _receive(calls)) is not None:
        answer: object
        if isinstance(message, Model):
            answer, model = _prepare(message)
        else:
            answer = _answer(message, model)
        _send(answers, answer)
        gc.collect(0)


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """The two ends, moved away from where a library might read or print."""
    calls, answers = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nothing = os.open(os.devnull, os.O_RDWR)
    os.dup2(nothing, 0)
    os.dup2(2, 1)
    return calls, answers


def _confine(memory_bytes: int) -> None:
    """Die with the parent, leave interrupts to it, take no more memory than allowed, leave no core file with names in it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    with contextlib.suppress(OSError, AttributeError):  # Linux only; elsewhere the closed pipe ends us
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    with contextlib.suppress(OSError), open("/proc/self/oom_score_adj", "w", encoding="ascii") as score:  # noqa: PTH123 (proc file)
        score.write(OOM_SCORE)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_NOFILE, (MAX_FILES, MAX_FILES))
    if memory_bytes:
        with contextlib.suppress(OSError, ValueError):
            resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))


def _prepare(message: Model) -> tuple[object, Any]:
    """Load the model once; a failure is an answer, and the calls that need it fail with it."""
    answer = _answer(Call(message.setup, tuple(pickle.loads(message.initial)), needs_model=False), None)  # noqa: S301 (from our parent)
    return (answer, None) if isinstance(answer, Failed) else (Ready(), answer)


def _answer(call: Call, model: Any) -> object:
    """The value of one call, or where and with which type of error it failed: never its text, which may quote an article."""
    function: Callable[..., object] = call.function
    try:
        return function(model, *call.arguments) if call.needs_model else function(*call.arguments)
    except MemoryError:
        return Failed("memory", "it needed more memory than allowed")
    except Exception as error:  # noqa: BLE001 (the boundary: one body in a worker process)
        return Failed("error", f"{type(error).__name__} in {_place(error)}")


def _place(error: Exception) -> str:
    """The deepest place in our own code the error came through."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [f for f in frames if f"{os.sep}monitor{os.sep}" in f.filename and not f.filename.endswith("child.py")]
    last = (ours or list(frames))[-1]
    return f"{'/'.join(Path(last.filename).parts[-3:])}:{last.lineno} ({last.name})"


def _receive(pipe: BinaryIO) -> Call | Model | None:
    head = pipe.read(HEADER.size)
    if len(head) < HEADER.size:
        return None
    size = HEADER.unpack(head)[0]
    data = pipe.read(size)
    if len(data) < size:
        return None
    message = pickle.loads(data)  # noqa: S301 (from our parent)
    return message if isinstance(message, Call | Model) else None


def _send(pipe: BinaryIO, answer: object) -> None:
    try:
        data = pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)
    except MemoryError:
        data = pickle.dumps(Failed("memory", "its answer needed more memory than allowed"))
    except (pickle.PicklingError, TypeError, AttributeError, RecursionError) as error:
        data = pickle.dumps(Failed("error", f"{type(error).__name__} while sending the answer"))
    try:
        pipe.write(HEADER.pack(len(data)) + data)
        pipe.flush()
    except BrokenPipeError:
        sys.exit(0)
