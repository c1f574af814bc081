"""Files for other programs: one writer a file, each the same bytes for the same assessment."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from shieldwall.report.exports.assessment_json import write_json
from shieldwall.report.exports.geopackage import write_geopackage
from shieldwall.report.exports.kmz import write_kmz
from shieldwall.report.exports.raids import write_raids_csv
from shieldwall.report.exports.raster import write_cog
from shieldwall.report.exports.table import write_csv
from shieldwall.report.records import Assessment

EXPORTS: dict[str, Callable[[Assessment, Path], None]] = {
    "assessment.json": write_json,
    "coverage.csv": write_csv,
    "coverage.tif": write_cog,
    "network.gpkg": write_geopackage,
    "network.kmz": write_kmz,
    "raids.csv": write_raids_csv,
}
"""File name -> the function that writes it; to add an export, add its line and its test."""

__all__ = [
    "EXPORTS", "write_cog", "write_csv", "write_geopackage", "write_json", "write_kmz",
    "write_raids_csv",
]  # fmt: skip
