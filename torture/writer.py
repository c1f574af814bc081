"""The victim: writes to a store and says on stdout what is recorded, one line an entry.

``python -m torture.writer FOLDER [--die N] [--limit BYTES] [--once] [--size BYTES]``
"""

from __future__ import annotations

import argparse
import itertools
import os
import resource
import signal
import sys
from pathlib import Path
from typing import Any

from shieldwall.errors import ShieldwallError
from shieldwall.evidence.store import NewProposal, Store, open_store


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--die", type=int, help="kill itself at the Nth sync or rename of a file")
    parser.add_argument("--limit", type=int, help="no file may grow beyond so many bytes")
    parser.add_argument("--once", action="store_true", help="one session of one bulk, then end")
    parser.add_argument("--size", type=int, default=600, help="bytes of a document")
    given = parser.parse_args()
    if given.die is not None:
        die_at(given.die)
    if given.limit is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (given.limit, given.limit))
    try:
        for session in itertools.count():
            with open_store(given.folder, actor=f"victim {os.getpid()}") as store:
                if given.once:
                    bulk(store, given.size)
                else:
                    one_by_one(store, 1 + session * 3, given.size)
                say("closing")
            say("closed")
            if given.once:
                return 0
    except ShieldwallError as error:
        print(error, file=sys.stderr)
        return error.exit_code
    return 0


def one_by_one(store: Store, count: int, size: int) -> None:
    """Documents, each with a proposal and a decision: three acknowledged entries."""
    for _ in range(count):
        sha256 = add(store, size)
        acknowledge(store)
        id = store.propose(NewProposal(sha256, 0, 8, "document", "system", None, "asserted")).id
        acknowledge(store)
        store.decide(id, "rejected", reason="torture")
        acknowledge(store)


def bulk(store: Store, size: int) -> None:
    """One transaction of many documents, acknowledged by its last entry."""
    with store.together():
        for _ in range(50):
            add(store, size)
    acknowledge(store)


def add(store: Store, size: int) -> str:
    text = f"document {os.urandom(16).hex()}".ljust(size, ".")
    return store.add_document(text.encode(), text, name="x", media_type="text/plain").sha256


def acknowledge(store: Store) -> None:
    say(f"ack {store.head}")


def say(line: str) -> None:
    os.write(1, f"{line}\n".encode())


def die_at(number: int) -> None:
    """Kill this process just before its ``number``-th sync, or just after its rename."""
    calls = itertools.count(1)

    def dying(call: Any) -> Any:
        def wrapped(*given: Any) -> Any:
            if next(calls) == number:
                os.kill(os.getpid(), signal.SIGKILL)
            result = call(*given)
            if next(calls) == number:
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        return wrapped

    os.fsync = dying(os.fsync)
    Path.replace = dying(Path.replace)  # type: ignore[method-assign]


if __name__ == "__main__":
    sys.exit(main())
