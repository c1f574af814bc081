"""Rounds of killing a writer, and what must hold after each.

Everything acknowledged is in the log, in its place; ``verify`` finds nothing; at most one entry
more than was acknowledged is there (its commit came through, its word did not).
"""

from __future__ import annotations

import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from shieldwall.evidence.store import open_store

FILE = "evidence.sqlite"


class Lost(AssertionError):
    """A round in which the store did not keep its word."""


@dataclass
class Record:
    """What was acknowledged, over all rounds on one store."""

    heads: list[str] = field(default_factory=list)
    """Hash of each entry that is known to be there, by its number less one."""
    kills: Counter[str] = field(default_factory=Counter)
    """What the writer was doing when it was killed, and what it left."""

    def check(self, folder: Path, lines: list[str], at_most: int = 1) -> None:
        """Raises ``Lost``; then takes what is there as what must stay."""
        log = entries(folder)
        acknowledged = [line.split()[1] for line in lines if line.startswith("ack ")]
        if log[: len(self.heads)] != self.heads:
            raise Lost("entries of earlier rounds are gone or changed")
        fresh = log[len(self.heads) :]
        places = [fresh.index(head) if head in fresh else -1 for head in acknowledged]
        if -1 in places or places != sorted(places):
            raise Lost(f"acknowledged entries are lost ({len(fresh)} fresh, {places})")
        more = len(fresh) - 1 - (places[-1] if places else -1)
        if more > at_most:
            raise Lost(f"{more} entries that nobody acknowledged")
        self.kills["one entry more than acknowledged"] += more > 0
        if (folder / FILE).exists():
            with open_store(folder, actor="checker", read_only=True) as store:
                found = store.verify(noted=log[-1] if log else None)
            if found:
                raise Lost("; ".join(str(finding) for finding in found))
        self.heads = log


def entries(folder: Path) -> list[str]:
    """Hashes of the log as plain SQLite reads them; a store not yet made has none."""
    if not (folder / FILE).exists():
        return []
    connection = sqlite3.connect(f"{(folder / FILE).as_uri()}?mode=ro", uri=True)
    try:
        rows = connection.execute("SELECT seq, hash FROM entries ORDER BY seq").fetchall()
    finally:
        connection.close()
    if [seq for seq, _ in rows] != list(range(1, len(rows) + 1)):
        raise Lost("numbers of the log have gaps")
    return [hash for _, hash in rows]


def random_moments(folder: Path, rounds: int, seed: int) -> Iterator[Record]:
    """Kill a writer ``rounds`` times on one store: by the clock, or after so many lines."""
    rng = np.random.default_rng(seed)
    record, start_s = Record(), 0.3
    for number in range(rounds):
        with writer(folder) as process:
            assert process.stdout is not None
            lines: list[str] = []
            if number % 2:
                for _ in range(int(rng.integers(1, 40))):
                    lines.append(process.stdout.readline().strip())
                time.sleep(float(rng.uniform(0, 0.004)))
            else:
                time.sleep(float(rng.uniform(0.1, 2)) * start_s)
            wait_dead(process)
            lines += process.stdout.read().split("\n")
        record.kills[doing(lines)] += 1
        record.kills["log left behind"] += (folder / f"{FILE}-wal").exists()
        record.check(folder, lines)
        yield record


def while_closing(folder: Path, rounds: int, seed: int) -> Iterator[Record]:
    """Kill a writer between the end of a bulk and its seal: during checkpoint and hashing."""
    rng = np.random.default_rng(seed)
    record = Record()
    span_s = 0.0
    for number in range(rounds + 1):
        with writer(folder, "--once", "--size", "40000") as process:
            assert process.stdout is not None
            lines = [process.stdout.readline().strip() for _ in range(2)]
            began = time.monotonic()
            if number == 0:  # one round lives, to learn how long closing takes
                process.stdout.readline()
                span_s = time.monotonic() - began
            else:
                time.sleep(float(rng.uniform(0, 1.1 * span_s)))
            wait_dead(process)
            lines += process.stdout.read().split("\n")
        record.kills[doing(lines)] += 1
        record.check(folder, lines, at_most=0)
        yield record


def at_every_sync(folder: Path) -> Iterator[Record]:
    """Kill a writer before and after each sync and rename of its files, from the first on."""
    record = Record()
    for number in range(1, 200):
        with writer(folder, "--once", "--die", str(number)) as process:
            output, _ = process.communicate(timeout=60)
        record.check(folder, output.split("\n"), at_most=50)
        record.kills["killed" if process.returncode == -signal.SIGKILL else "lived"] += 1
        yield record
        if process.returncode == 0:
            return
        if process.returncode != -signal.SIGKILL:
            raise Lost(f"the writer ended with {process.returncode}")


def full_disk(folder: Path, limits: Iterable[int]) -> Iterator[Record]:
    """A disk that takes no more: one clear error, and everything acknowledged is kept.

    Entry by entry the write-ahead log meets the limit; in bulks the file does, when it is merged.
    """
    record = Record()
    for limit in limits:
        for how in (), *(60 * [("--once",)]):
            with writer(folder, *how, "--limit", str(limit), errors=True) as process:
                output, errors = process.communicate(timeout=120)
            lines = output.split("\n")
            room = how and process.returncode == 0
            if not room and not (process.returncode == 5 and "the disk has room" in errors):
                raise Lost(f"no clear error but {process.returncode}: {errors[-300:]}")
            record.kills["room enough" if room else f"full while {doing(lines)}"] += 1
            record.check(folder, lines)
            yield record
            if how and not room:
                break
    with open_store(folder, actor="with room again") as store:
        store.note("disk", "room again")
    record.check(folder, [])
    yield record


@contextmanager
def writer(folder: Path, *flags: str, errors: bool = False) -> Iterator[subprocess.Popen[str]]:
    """A writer process; dead when the block ends."""
    process = subprocess.Popen(
        [sys.executable, "-m", "torture.writer", str(folder), *flags],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE if errors else None, text=True,
        cwd=Path(__file__).parent.parent,
    )  # fmt: skip
    try:
        with process:
            yield process
    finally:
        process.kill()


def wait_dead(process: subprocess.Popen[str]) -> None:
    """SIGKILL, and wait until the system has let go of its locks."""
    process.kill()
    process.wait()


def doing(lines: list[str]) -> str:
    """What a writer was at, by its last word."""
    words = [line for line in lines if line]
    if not words:
        return "opening"
    return {"closing": "sealing", "closed": "opening"}.get(words[-1], "writing")
