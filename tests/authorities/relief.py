"""Relief for tests and benchmarks: real tiles where they lie beside the checkout, else generated.

The tiles are public domain: SRTM 1 arc-second N48W125 (Olympic Peninsula, its north void: taken
as sea) and 3 arc-seconds N46E008 (Alps, its voids filled from their rims: taken as sea they would
be pits of 2 km).
"""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.fill import fillnodata

TILES = Path(__file__).resolve().parents[3] / "shared" / "data" / "dem"
OLYMPIC, ALPS = TILES / "N48W125.hgt.zip", TILES / "N46E008.tif"
VOID_BELOW_M = -1_000

Floats32 = NDArray[np.float32]


def olympic() -> Floats32:
    """3601 x 3601 posts, treated as cells of 30 m."""
    with zipfile.ZipFile(OLYMPIC) as archive:
        raw = archive.read(archive.namelist()[0])
    posts = np.frombuffer(raw, ">i2").reshape(3601, 3601).astype(np.float32)
    return np.where(posts < VOID_BELOW_M, np.float32(0), posts)


def alps() -> Floats32:
    """1201 x 1201 posts, treated as cells of 90 m."""
    with rasterio.open(ALPS) as tile:
        posts = tile.read(1).astype(np.float32)
    filled: Floats32 = fillnodata(posts, (posts > VOID_BELOW_M).astype(np.uint8), 400.0)
    return filled


def generated(size: int, seed: int, height_m: float = 2_000.0, roughness: float = 1.9) -> Floats32:
    """Fractal relief (size, size): a Gaussian field with spectrum falling as f^-roughness."""
    rng = np.random.default_rng(seed)
    waves = np.hypot(np.fft.fftfreq(size)[:, None], np.fft.rfftfreq(size)[None, :])
    waves[0, 0] = np.inf
    spectrum = np.fft.rfft2(rng.standard_normal((size, size))) * waves**-roughness
    field = np.fft.irfft2(spectrum, (size, size))
    field -= field.min()
    return (field * (height_m / field.max())).astype(np.float32)
