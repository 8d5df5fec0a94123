"""What may travel back from a worker that reads hostile documents."""

from __future__ import annotations

import os
import pickle
import subprocess
from collections import OrderedDict
from datetime import UTC, datetime
from pathlib import Path

import pytest

from monitor.model import Act, Aspect, Entry, Occurrence
from monitor.sources import Feed
from monitor.workers.wire import HEADER, Call, packed, unpacked


class Evil:
    """Asks whoever reads it to call something."""

    def __init__(self, function: object, *arguments: object) -> None:
        self.call = (function, arguments)

    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return self.call


def test_our_own_types_and_plain_values_travel() -> None:
    entry = Entry(source_id="s", guid="g", url="u", title="t", published=datetime(2026, 1, 1, tzinfo=UTC))
    values = (
        Feed(entries=(entry,)),
        Act.ARREST,
        Aspect.ACTUAL,
        Occurrence(entry.published.date(), entry.published.date()),
        {"a": [1, None, 2.5, b"x"]},
        {1},
        frozenset({2}),
    )  # type: ignore[union-attr]
    assert unpacked(pickle.dumps(values)) == values


@pytest.mark.parametrize(
    "answer",
    [
        Evil(os.system, "true"),
        Evil(subprocess.Popen, ["true"]),
        Evil(eval, "1"),
        Evil(getattr, "x", "y"),
        Path("/etc"),
        OrderedDict(a=1),
    ],
    ids=["function", "process", "eval", "getattr", "foreign class", "foreign container"],
)
def test_nothing_else_does(answer: object) -> None:
    with pytest.raises(pickle.UnpicklingError):
        unpacked(pickle.dumps(answer))


@pytest.mark.parametrize("name", ["subprocess.Popen", "Popen", "subprocess"])
def test_a_way_through_our_own_modules_is_closed(name: str) -> None:
    data = (
        b"\x80\x04"
        b"\x8c"
        + bytes((len("monitor.workers.worker"),))
        + b"monitor.workers.worker"
        + b"\x8c"
        + bytes((len(name),))
        + name.encode()
        + b"\x93."
    )
    with pytest.raises((pickle.UnpicklingError, AttributeError)):
        unpacked(data)


def test_a_message_begins_with_its_length() -> None:
    data = packed(Call(len, (b"x",), needs_model=False))
    assert HEADER.unpack(data[: HEADER.size])[0] == len(data) - HEADER.size
