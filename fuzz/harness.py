"""One harness in its own process: ``python -m fuzz.harness NAME CORPUS... [libFuzzer options]``."""

from __future__ import annotations

import contextlib
import sys
import warnings

import atheris

from shieldwall.errors import ShieldwallError

COMPILED = ["shieldwall.evidence.flights.kernel"]
"""Compiled by numba, which cannot compile what instrumenting puts in."""

with atheris.instrument_imports(
    include=["shieldwall", "html", "_markupbase", "tomllib"], exclude=COMPILED
):
    from fuzz.targets import TARGETS

    name = sys.argv.pop(1)
    target = TARGETS[name]()


def one_input(data: bytes) -> None:
    """What the tool would do with ``data``; refusing it is right, failing on it is not."""
    with contextlib.suppress(ShieldwallError):
        target(data)


warnings.simplefilter("ignore")
atheris.Setup(sys.argv, one_input)
atheris.Fuzz()
