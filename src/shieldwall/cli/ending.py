"""A request to end, by whatever way it comes, ends a verb as Ctrl-C does."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def ended_cleanly() -> Iterator[None]:
    """Inside, SIGTERM raises ``KeyboardInterrupt``, so that what is half-written is removed.

    Only in the main thread, and only where nobody else has a say over the signal: a program that
    calls the verbs from Python keeps its own handler.
    """
    mine = threading.current_thread() is threading.main_thread()
    if not mine or signal.getsignal(signal.SIGTERM) is not signal.SIG_DFL:
        yield
        return
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, signal.SIG_DFL)


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt
