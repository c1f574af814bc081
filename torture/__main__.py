"""Print each ordeal and what was seen: ``python -m torture [--rounds 200] [--seed 2026]``."""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from torture.rounds import (
    Lost,
    Record,
    at_every_sync,
    full_disk,
    random_moments,
    while_closing,
)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m torture", description=__doc__)
    parser.add_argument("--rounds", type=int, default=200, help="kills at random moments")
    parser.add_argument("--seed", type=int, default=2026)
    given = parser.parse_args()
    rounds, seed = given.rounds, given.seed
    with tempfile.TemporaryDirectory() as scratch:
        for name, ordeal in (
            ("kill -9 at random moments", lambda f: random_moments(f, rounds, seed)),
            ("kill -9 during checkpoint and seal", lambda f: while_closing(f, rounds // 5, seed)),
            ("kill -9 at every sync and rename", at_every_sync),
            ("disk full", lambda f: full_disk(f, LIMITS)),
        ):
            folder = Path(scratch, name.replace(" ", "-"))
            folder.mkdir()
            try:
                suffer(name, ordeal(folder))
            except Lost as lost:
                print(f"{name}: LOST: {lost}", file=sys.stderr)
                return 1
    return 0


LIMITS = tuple(range(20_000, 1_000_000, 70_000))
"""Largest file in bytes, growing, so that each part of a session meets its end of the disk."""


def suffer(name: str, rounds: Iterator[Record]) -> None:
    """Run one ordeal to its end and print what it met."""
    began = time.monotonic()
    count, record = 0, Record()
    for count, record in enumerate(rounds, start=1):  # noqa: B007
        pass
    met = ", ".join(f"{what} {n}" for what, n in sorted(record.kills.items()))
    print(
        f"{name}: {count} rounds, {len(record.heads):,} entries, nothing lost "
        f"({time.monotonic() - began:.0f} s; {met})",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
