"""Points of a sweep on Dask workers; the extra ``shieldwall[sweep]``.

Scenes are sent to every worker once; a point is one task. Where a worker dies its points are done
again by others, and where what it held is lost it is sent again.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from typing import Any
from uuid import uuid4

from shieldwall.errors import ShieldwallError, UsageError
from shieldwall.raid.design import Point
from shieldwall.raid.journal import Row
from shieldwall.raid.sweep import Numbered, Task, evaluate
from shieldwall.raid.sweep_table import EXTRA
from shieldwall.workers import processors

ROUNDS = 5
"""Rounds without a single finished point after which workers are given up."""
CONNECT_S = 10
AGAIN = "What was finished is kept: run the sweep again"


def check_installed() -> None:
    """Raise ``UsageError`` where Dask is missing."""
    if find_spec("distributed") is None:
        raise UsageError(f"--dask needs distributed, which is not installed: {EXTRA}")


def solve(
    task: Task, left: list[Numbered], address: str, workers: int | None
) -> Iterator[tuple[int, list[Row]]]:
    """Rows of each point as they come. ``address``: ``local`` for processes of our own."""
    with _client(address, workers) as client:
        yield from solve_with(client, task, left)


def solve_with(client: Any, task: Task, left: list[Numbered]) -> Iterator[tuple[int, list[Row]]]:
    """The same with a client at hand. Raises what a point raises, and ``ShieldwallError`` where
    workers die without finishing any."""
    todo, fruitless = dict(left), 0
    while todo:
        before = len(todo)
        for number, rows in _round(client, task, list(todo.items())):
            del todo[number]
            yield number, rows
        fruitless = fruitless + 1 if len(todo) == before else 0
        if fruitless == ROUNDS:
            raise ShieldwallError(f"Dask workers died {ROUNDS} times, finishing nothing. {AGAIN}")


def _round(client: Any, task: Task, left: list[Numbered]) -> Iterator[tuple[int, list[Row]]]:
    """Those of the points that workers finish before what they hold is lost."""
    dask = _distributed()
    name = uuid4().hex
    try:
        sent = client.scatter(task, broadcast=True, hash=False)
        futures = {
            client.submit(_point, sent, point, key=f"point-{name}-{n}", pure=False): n
            for n, point in left
        }
        for future in dask.as_completed(list(futures)):
            if future.status == "finished":
                yield futures[future], future.result()
            elif future.status == "error":
                error = future.exception()
                if not isinstance(error, dask.KilledWorker):
                    raise error
    except OSError as error:  # closed connections and time running out are among them
        raise ShieldwallError(f"Dask: {error}. {AGAIN}") from error


def _point(task: Task, point: Point) -> list[Row]:
    return evaluate(task, point, workers=1)


def _distributed() -> Any:
    """Dask's module; its functions carry no types."""
    return import_module("distributed")


@contextmanager
def _client(address: str, workers: int | None) -> Iterator[Any]:
    dask = _distributed()
    if address == "local":
        # No dashboard and no limits of memory: nothing listens beyond this machine's own address.
        with (
            dask.LocalCluster(
                n_workers=workers or processors(), threads_per_worker=1, processes=True,
                dashboard_address=None, memory_limit=0, silence_logs=logging.ERROR,
            ) as cluster,
            dask.Client(cluster) as client,
        ):  # fmt: skip
            yield client
        return
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of versions: ``evaluate`` checks the one that counts
            client = dask.Client(address, timeout=CONNECT_S)
    except (OSError, TimeoutError, ValueError) as error:
        raise UsageError(
            f"--dask {address}: no scheduler answers ({error}); write local, or an address such "
            "as tcp://127.0.0.1:8786"
        ) from error
    with client:
        yield client
