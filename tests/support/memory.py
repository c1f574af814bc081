"""The most memory this process has held, for tests that run hostile input in their own process."""

from __future__ import annotations

import resource
from pathlib import Path


def peak_mb() -> float:
    """Peak resident memory, MB.

    Linux hands ``ru_maxrss`` down from the process that started this one, however big that was;
    the high-water mark in /proc starts afresh.
    """
    status = Path("/proc/self/status")
    if not status.exists():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    line = next(x for x in status.read_text().splitlines() if x.startswith("VmHWM"))
    return int(line.split()[1]) / 1024
