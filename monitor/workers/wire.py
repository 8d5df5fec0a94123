"""What travels between the parent and a worker: a length, then one pickled message."""

from __future__ import annotations

import io
import pickle
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

HEADER = struct.Struct("!Q")  #: bytes of the message that follows
MAX_ANSWER_BYTES = 256_000_000  #: a larger length is a broken worker, not an answer

#: What an answer may be made of. A worker reads hostile documents; should one ever take it over, its answer must not run code here.
_TRUSTED_MODULES = ("monitor.", "datetime")
_TRUSTED_BUILTINS = frozenset({"set", "frozenset", "bytearray", "complex", "range", "slice"})


@dataclass(frozen=True, slots=True)
class Call:
    """One call: function(*arguments), or function(model, *arguments)."""

    function: Callable[..., Any]
    arguments: tuple[Any, ...]
    needs_model: bool


@dataclass(frozen=True, slots=True)
class Model:
    """What a worker loads once: setup(*pickle.loads(initial)). initial stays bytes, so that it is pickled only once for all workers."""

    setup: Callable[..., Any]
    initial: bytes


@dataclass(frozen=True, slots=True)
class Ready:
    """The model is loaded."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A call that brought no value. kind: memory | error; why: type and place of the error, never its text."""

    kind: str
    why: str


class _Answers(pickle.Unpickler):
    """Reads answers made of our own frozen types and plain values only."""

    def find_class(self, module: str, name: str) -> Any:
        """The class an answer names. Raises UnpicklingError for a function, and for a class that was not defined where it is named."""
        if module == "builtins" and name in _TRUSTED_BUILTINS:
            return super().find_class(module, name)
        if module.startswith(_TRUSTED_MODULES) and "." not in name:
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"an answer may not name {module}.{name}")


def packed(message: Call | Model) -> bytes:
    """One message as it travels."""
    data = pickle.dumps(message, pickle.HIGHEST_PROTOCOL)
    return HEADER.pack(len(data)) + data


def unpacked(data: bytes) -> object:
    """The value of one answer. Raises pickle.UnpicklingError when it is made of anything but our own types."""
    return _Answers(io.BytesIO(data)).load()
