"""Print every table, or those of the modules named: ``python -m benchmarks [floor ...]``."""

from __future__ import annotations

import importlib
import sys

MODULES = (
    "floor",
    "coarse_terrain",
    "documents",
    "extraction",
    "evidence_store",
    "landings",
    "copying",
    "fusion",
    "control",
    "raid_backtest",
    "raid",
    "calculus",
)
"""Each has ``main()``, which prints its tables as it measures them."""


def main(names: list[str]) -> int:
    unknown = [name for name in names if name not in MODULES]
    if unknown:
        print(f"no benchmark {', '.join(unknown)}; there are {', '.join(MODULES)}", file=sys.stderr)
        return 2
    for name in names or MODULES:
        importlib.import_module(f"benchmarks.{name}").main()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
