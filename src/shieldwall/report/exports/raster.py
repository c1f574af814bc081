"""``coverage.tif``: the probability of cover as a cloud-optimised GeoTIFF on the published grid."""

from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import rasterio
from rasterio import Affine
from rasterio.io import MemoryFile
from rasterio.shutil import copy

from shieldwall.errors import OutputError
from shieldwall.files import replacing
from shieldwall.report.records import Assessment
from shieldwall.report.words import plain

NODATA = -1.0
"""Outside 0 to 1, where a NaN would be lost on some readers."""
DECIMALS = 3
"""Per mille: finer than any draw count resolves, and alike on every processor."""
BLOCK_CELLS = 128
"""All bands of a tile lie together, so small tiles keep a reader's memory small."""


def write_cog(assessment: Assessment, path: Path) -> None:
    """Write one band for each threat, altitude and depth (at least 1, 2, 3 layers).

    Bands are probabilities, 0 to 1, never on a finer cell than the published grid; their
    descriptions and tags say which is which. Raises ``OutputError``.
    """
    coverage, grid = assessment.coverage, assessment.coverage.grid
    keys = list(itertools.product(coverage.threats, coverage.altitudes_m, (1, 2, 3)))
    profile = {
        "driver": "GTiff", "dtype": "float32", "count": len(keys), "height": grid.rows,
        "width": grid.cols, "crs": grid.frame.crs.to_wkt(), "nodata": NODATA,
        "transform": Affine(grid.cell_m, 0, grid.x0_m, 0, -grid.cell_m, grid.y0_m),
    }  # fmt: skip
    bands = coverage.depth_probability.reshape(len(keys), grid.rows, grid.cols)
    try:
        with rasterio.Env(GDAL_NUM_THREADS="1"), MemoryFile() as memory:
            with memory.open(**profile) as raster:
                raster.write(np.nan_to_num(np.round(bands, DECIMALS), nan=NODATA))
                raster.update_tags(
                    TIFFTAG_IMAGEDESCRIPTION=plain(assessment.case.title),
                    TIFFTAG_SOFTWARE=f"Shieldwall {assessment.version}",
                    case=assessment.case.name,
                    as_of=assessment.case.as_of.isoformat(),
                    quantity="probability of cover",
                )
                raster.units = ("1",) * len(keys)
                for band, (threat, altitude_m, depth) in enumerate(keys, 1):
                    raster.set_band_description(band, f"{threat} {altitude_m} m depth {depth}")
                    raster.update_tags(
                        band, threat=threat, altitude_agl_m=altitude_m, layers_at_least=depth
                    )
            with replacing(path) as temporary, memory.open() as raster:
                copy(
                    raster, temporary, driver="COG", COMPRESS="DEFLATE", LEVEL="9",
                    BLOCKSIZE=str(BLOCK_CELLS), OVERVIEW_RESAMPLING="AVERAGE",
                    RESAMPLING="NEAREST", NUM_THREADS="1", BIGTIFF="NO",
                )  # fmt: skip
    except rasterio.errors.RasterioError as error:
        raise OutputError(f"cannot write {path}: {error}") from error
