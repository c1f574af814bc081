"""The same floors on other processors: each instruction set compiles another kernel."""

from __future__ import annotations

import os
import platform
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from shieldwall.coverage import coverage_floor
from tests.authorities.relief import generated

SIZE, ROW, COL = 301, 120, 200

SCRIPT = f"""
import sys
import numpy as np
from shieldwall.coverage import coverage_floor, lanes
elevation = np.load(sys.argv[1])
np.save(sys.argv[2], coverage_floor(elevation, 30.0, {ROW}, {COL}, 10.0))
print(lanes.LANES)
"""

X86 = platform.machine().lower() in ("x86_64", "amd64")


@pytest.mark.parametrize(
    ("processor", "features", "lanes"),
    [
        ("generic", "", 1),
        pytest.param(
            "haswell", "+sse4.2,+avx,+avx2,+fma", 8,
            marks=pytest.mark.skipif(not X86, reason="an x86 instruction set"),
        ),
    ],
)  # fmt: skip
def test_floors_agree_across_instruction_sets(
    tmp_path: Path, processor: str, features: str, lanes: int
) -> None:
    elevation = generated(SIZE, seed=11)
    np.save(tmp_path / "elevation.npy", elevation)
    chosen = {"NUMBA_CPU_NAME": processor, "NUMBA_CPU_FEATURES": features}
    said = subprocess.run(
        [sys.executable, "-c", SCRIPT, tmp_path / "elevation.npy", tmp_path / "floor.npy"],
        env={**os.environ, **chosen, "NUMBA_CACHE_DIR": str(tmp_path / "cache")},
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    assert int(said.stdout) == lanes
    other = np.load(tmp_path / "floor.npy")
    here = coverage_floor(elevation, 30.0, ROW, COL, 10.0)
    assert np.abs(other - here).max() <= 0.01
