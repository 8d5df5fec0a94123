"""What the process holds and needs no more → back to the system; what it will always need → out of the collector's way."""

from __future__ import annotations

import contextlib
import ctypes
import gc

YOUNG = 20_000  #: allocations between two looks for garbage; a hundred visits at once make many objects and few cycles


def settle() -> None:
    """Leave what was loaded at the start out of every later search for garbage."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(YOUNG, 20, 50)


def trim() -> None:
    """Give free memory back to the system: after a round of large documents the C library keeps 30 MB for a next one. Linux with glibc only."""
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)
