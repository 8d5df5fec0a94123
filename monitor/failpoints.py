"""Named points of the journey at which a test may end the process, as a power cut would: nothing is cleaned up."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable

EXIT_CODE = 137  #: what a shell reports for a process killed by SIGKILL

NAMES = frozenset(
    [
        "after_fetch",
        "after_parse",
        "before_settle",
        "in_settle",
        "after_settle",
        "after_intent",
        "during_send",
        "after_send",
        "before_record",
        "after_record",
        "in_reconcile",
        "in_janitor",
        "in_migration",
        "in_purge",
        "in_shutdown",
    ]
)


def passing(failpoint: str | None) -> Callable[[str], None]:
    """A function to call at each named point: it ends the process with status 137 the N-th time `name@N` is passed.

    failpoint: the setting HRD_MONITOR_FAILPOINT, None in production. Raises ValueError for a name that does not exist.
    """
    if not failpoint:
        return lambda _name: None
    wanted, _, nth = failpoint.partition("@")
    if wanted not in NAMES or not (nth or "1").isdigit():
        raise ValueError(f"HRD_MONITOR_FAILPOINT: no such point; one of {' '.join(sorted(NAMES))}, as name@N")
    counted: Counter[str] = Counter()

    def step(name: str) -> None:
        counted[name] += 1
        if name == wanted and counted[name] == int(nth or 1):
            os._exit(EXIT_CODE)

    return step
