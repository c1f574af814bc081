"""GDAL's viewshed beside ours: its C API in memory, and its command on files.

Both are asked for the same figure as ours, the least height above ground in sight (mode GROUND),
unlimited in distance. GDAL lowers posts by ``cc d²`` over the sphere's diameter, so a factor k of
the Earth's radius is ``cc = 1/k``; its dataset lies in a plane on a sphere of our radius.

The C API is that of the library bundled with rasterio, which has no Python face for it.
"""

from __future__ import annotations

import ctypes
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.crs import CRS
from rasterio.transform import from_origin

from shieldwall.units import EARTH_RADIUS_M

Floats32 = NDArray[np.float32]

SPHERE = CRS.from_proj4(f"+proj=aeqd +lat_0=0 +lon_0=0 +R={EARTH_RADIUS_M:.0f} +units=m +no_defs")
COMMAND = "gdal_viewshed"
HOW_TO_INSTALL = "gdal_viewshed is not installed (Debian: apt install gdal-bin); rows left out"

_FLOAT32, _READ, _WRITE = 6, 0, 1
_EDGE = 2
"""GVM_Edge, the mode of the command."""
_ABOVE_GROUND = 3
"""GVOT_MIN_TARGET_HEIGHT_FROM_GROUND."""


def _library() -> Any:
    folder = Path(rasterio.__file__).parent.with_name("rasterio.libs")
    found = sorted(folder.glob("libgdal*.so*"))
    if not found:
        return None
    gdal = ctypes.CDLL(str(found[0]))
    handle, text, real, whole = ctypes.c_void_p, ctypes.c_char_p, ctypes.c_double, ctypes.c_int
    for name, result, arguments in (
        ("GDALAllRegister", None, []),
        ("GDALVersionInfo", text, [text]),
        ("GDALGetDriverByName", handle, [text]),
        ("GDALCreate", handle, [handle, text, whole, whole, whole, whole, handle]),
        ("GDALClose", None, [handle]),
        ("GDALSetGeoTransform", whole, [handle, ctypes.POINTER(real * 6)]),
        ("GDALSetProjection", whole, [handle, text]),
        ("GDALGetRasterBand", handle, [handle, whole]),
        ("GDALRasterIO", whole, [handle, *[whole] * 5, handle, *[whole] * 5]),
        ("GDALViewshedGenerate", handle,
         [handle, text, text, handle, *[real] * 9, whole, real, handle, handle, whole, handle]),
    ):  # fmt: skip
        function = getattr(gdal, name)
        function.restype, function.argtypes = result, arguments
    gdal.GDALAllRegister()
    return gdal


_GDAL = _library()


def api_version() -> str | None:
    """Version of the bundled library, or None where rasterio brings none."""
    return None if _GDAL is None else _GDAL.GDALVersionInfo(b"RELEASE_NAME").decode()


def command_version() -> str | None:
    """Version of the command on this machine, or None where there is none."""
    if shutil.which(COMMAND) is None:
        return None
    said = subprocess.run([COMMAND, "--version"], capture_output=True, text=True, check=False)
    return said.stdout.split(",")[0].removeprefix("GDAL").strip()


class InMemory:
    """One elevation grid as a GDAL dataset in memory. Not for two threads at once."""

    def __init__(self, elevation_m: Floats32, cell_size_m: float) -> None:
        self._shape = elevation_m.shape
        self._cell = cell_size_m
        rows, cols = self._shape
        driver = _GDAL.GDALGetDriverByName(b"MEM")
        self._dataset = _GDAL.GDALCreate(driver, b"", cols, rows, 1, _FLOAT32, None)
        frame = (ctypes.c_double * 6)(0.0, cell_size_m, 0.0, 0.0, 0.0, -cell_size_m)
        _GDAL.GDALSetGeoTransform(self._dataset, ctypes.byref(frame))
        _GDAL.GDALSetProjection(self._dataset, SPHERE.to_wkt().encode())
        self._band = _GDAL.GDALGetRasterBand(self._dataset, 1)
        self._transfer(self._band, _WRITE, np.ascontiguousarray(elevation_m, np.float32))

    def _transfer(self, band: Any, way: int, values: Floats32) -> None:
        rows, cols = self._shape
        failed = _GDAL.GDALRasterIO(
            band, way, 0, 0, cols, rows, values.ctypes.data, cols, rows, _FLOAT32, 0, 0
        )
        if failed:
            raise RuntimeError("GDALRasterIO failed")

    def viewshed(self, row: int, col: int, mast_m: float, k: float) -> Any:
        """GDAL's result as a dataset handle, to be closed."""
        x, y = (col + 0.5) * self._cell, -(row + 0.5) * self._cell
        made = _GDAL.GDALViewshedGenerate(
            self._band, b"MEM", b"", None, x, y, mast_m, 0.0, 255.0, 0.0, 0.0, -1.0, 1.0 / k,
            _EDGE, 0.0, None, None, _ABOVE_GROUND, None,
        )  # fmt: skip
        if not made:
            raise RuntimeError("GDALViewshedGenerate failed")
        return made

    def floor(self, row: int, col: int, mast_m: float, k: float) -> Floats32:
        """The result as an array (rows, cols), metres above ground."""
        made = self.viewshed(row, col, mast_m, k)
        out = np.empty(self._shape, np.float32)
        self._transfer(_GDAL.GDALGetRasterBand(made, 1), _READ, out)
        _GDAL.GDALClose(made)
        return out

    def close(self) -> None:
        _GDAL.GDALClose(self._dataset)


def api_runs(
    datasets: list[InMemory], observers: NDArray[np.int64], mast_m: float, k: float
) -> None:
    """All observers, shared out over one thread per dataset."""

    def share(n: int) -> None:
        for row, col in observers[n :: len(datasets)]:
            _GDAL.GDALClose(datasets[n].viewshed(int(row), int(col), mast_m, k))

    with ThreadPoolExecutor(len(datasets)) as pool:
        list(pool.map(share, range(len(datasets))))


def write_tile(elevation_m: Floats32, cell_size_m: float, path: Path) -> None:
    """The grid as an uncompressed GeoTIFF, for the command."""
    rows, cols = elevation_m.shape
    with rasterio.open(
        path, "w", driver="GTiff", height=rows, width=cols, count=1, dtype="float32",
        crs=SPHERE, transform=from_origin(0.0, 0.0, cell_size_m, cell_size_m),
    ) as tile:  # fmt: skip
        tile.write(elevation_m, 1)


def command_runs(
    tile: Path, cell_size_m: float, observers: NDArray[np.int64], mast_m: float, k: float, jobs: int
) -> None:
    """All observers through the command, so many processes at once, each writing its file."""

    def one(n: int) -> None:
        row, col = observers[n]
        place = [str((col + 0.5) * cell_size_m), str(-(row + 0.5) * cell_size_m)]
        target = tile.with_name(f"viewshed-{n}.tif")
        subprocess.run(
            [COMMAND, "-q", "-om", "GROUND", "-md", "0", "-oz", str(mast_m), "-cc", str(1.0 / k),
             "-ox", place[0], "-oy", place[1], str(tile), str(target)],
            check=True, capture_output=True,
        )  # fmt: skip
        target.unlink()

    with ThreadPoolExecutor(jobs) as pool:
        list(pool.map(one, range(len(observers))))
