"""coverage.tif: a COG of the fields, no finer than they were published, in the right place."""

from __future__ import annotations

import dataclasses
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
import rasterio
from pyproj import Transformer

from samples import HOSTILE_TEXT, sample_assessment
from shieldwall.report.exports import write_cog


def test_bands_say_what_they_are_and_hold_the_fields(tmp_path: Path) -> None:
    sample = sample_assessment(tmp_path)
    coverage, grid = sample.coverage, sample.coverage.grid
    write_cog(sample, tmp_path / "coverage.tif")
    with rasterio.open(tmp_path / "coverage.tif") as raster:
        assert raster.count == len(coverage.threats) * len(coverage.altitudes_m) * 3
        assert (raster.height, raster.width) == (grid.rows, grid.cols)
        assert raster.res == (grid.cell_m, grid.cell_m)
        assert raster.nodata == -1
        for band in range(1, raster.count + 1):
            tags = raster.tags(band)
            threat = coverage.threats.index(tags["threat"])
            altitude = coverage.altitudes_m.index(int(tags["altitude_agl_m"]))
            depth = int(tags["layers_at_least"])
            assert raster.descriptions[band - 1] == (
                f"{tags['threat']} {tags['altitude_agl_m']} m depth {depth}"
            )
            field = coverage.depth_probability[threat, altitude, depth - 1]
            np.testing.assert_allclose(raster.read(band), field, atol=5.1e-4)


def test_it_lies_where_the_grid_lies(tmp_path: Path) -> None:
    sample = sample_assessment(tmp_path)
    grid = sample.coverage.grid
    write_cog(sample, tmp_path / "coverage.tif")
    lat, lon = grid.latlon()
    with rasterio.open(tmp_path / "coverage.tif") as raster:
        to_degrees = Transformer.from_crs(raster.crs.to_wkt(), 4326, always_xy=True)
        for row, col in ((0, 0), (0, grid.cols - 1), (grid.rows - 1, 0), (25, 30)):
            x, y = raster.xy(row, col)
            found = to_degrees.transform(x, y)
            assert found == pytest.approx((lon[row, col], lat[row, col]), abs=1e-6)


def test_unknown_cells_are_nodata(tmp_path: Path) -> None:
    sample = sample_assessment(tmp_path)
    fields = sample.coverage.depth_probability.copy()
    fields[:, :, :, 0, 0] = np.nan
    coverage = dataclasses.replace(sample.coverage, depth_probability=fields)
    write_cog(dataclasses.replace(sample, coverage=coverage), tmp_path / "a.tif")
    with rasterio.open(tmp_path / "a.tif") as raster:
        assert np.all(raster.read()[:, 0, 0] == -1)
        assert np.all(raster.read()[:, 1, 1] >= 0)


def test_it_is_cloud_optimised_and_hostile_text_stays_text(tmp_path: Path) -> None:
    write_cog(sample_assessment(tmp_path, hostile=True), tmp_path / "a.tif")
    with rasterio.open(tmp_path / "a.tif") as raster:
        assert raster.tags(ns="IMAGE_STRUCTURE")["LAYOUT"] == "COG"
        assert raster.tags()["TIFFTAG_IMAGEDESCRIPTION"] == HOSTILE_TEXT
        assert raster.units == ("1",) * raster.count
    assert [p.name for p in tmp_path.iterdir()] == ["a.tif"]
    if shutil.which("gdalinfo") is None:
        pytest.skip("gdalinfo is not installed")
    done = subprocess.run(
        ["gdalinfo", "-checksum", str(tmp_path / "a.tif")],
        capture_output=True, text=True, check=True, timeout=60,
    )  # fmt: skip
    assert "LAYOUT=COG" in done.stdout
    assert done.stderr == ""
