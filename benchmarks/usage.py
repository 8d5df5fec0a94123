"""What a process and its children have cost: CPU seconds and memory, read from the system."""

from __future__ import annotations

import os
import resource
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Spent:
    """CPU seconds of user and system so far, of this process and of its children, also those that still run; peak MB of this process."""

    own_s: float
    children_s: float
    peak_mb: float

    def since(self, before: Spent, entries: int) -> dict[str, float]:
        """What was spent after an earlier reading. entries: how many are stored, to see that the work was done."""
        return {
            "own_s": self.own_s - before.own_s,
            "children_s": self.children_s - before.children_s,
            "peak_mb": self.peak_mb,
            "pss_mb": pss_mb(os.getpid()),
            "entries": entries,
        }


def spent(children: tuple[int, ...] = ()) -> Spent:
    """What has been spent so far. children: process numbers of children that still run."""
    own, ended = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    running = sum(cpu_s(pid) for pid in children)
    return Spent(
        own_s=own.ru_utime + own.ru_stime,
        children_s=ended.ru_utime + ended.ru_stime + running,
        peak_mb=own.ru_maxrss / 1_000,
    )


def cpu_s(pid: int) -> float:
    """CPU seconds of a running process. Source: proc(5), /proc/PID/stat fields 14 and 15."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def pss_mb(pid: int) -> float:
    """Proportional resident memory of a process in MB. Source: proc(5), smaps_rollup, Pss in kB."""
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) / 1_000
    return 0.0


def rss_mb(pid: int) -> float:
    """Resident memory of a process in MB. Source: proc(5), status, VmRSS in kB."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1_000
    return 0.0
