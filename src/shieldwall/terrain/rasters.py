"""One elevation file: what its header says, and windows of its posts.

GeoTIFF and COG through rasterio, opened with the GeoTIFF driver and no other (a file in disguise,
such as a VRT that names other files, is refused), without side files; SRTM tiles by ``hgt``.
Headers are judged before anything is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from shieldwall.errors import HostileInputError, TerrainError
from shieldwall.terrain import hgt
from shieldwall.terrain.assumptions import ELEVATION_M
from shieldwall.terrain.posts import Floats32

MAX_BLOCK_BYTES = 64 * 1024 * 1024
"""GDAL reads whole blocks; a header that makes the file one giant block is refused."""

FREE_BYTES = 256 * 1024 * 1024
MAX_EXPANSION = 100
"""Beyond ``FREE_BYTES`` decoded, a file may not claim more than this many times its own size:
relief compresses some two to ten times."""

METRES_PER_DEGREE = 111_195.0
"""Along a meridian of a sphere of 6,371 km."""

GEOTIFF = (".tif", ".tiff")
SRTM = (".hgt", ".zip")
GDAL_OPTIONS = {
    "GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR",
    "GDAL_PAM_ENABLED": "NO",
    "GDAL_CACHEMAX": 64,
}
"""No side files (.aux.xml, .ovr, world files) are looked for, and 64 MB of blocks are kept."""

Affine6 = tuple[float, float, float, float, float, float]


@dataclass(frozen=True)
class Raster:
    """A file's header: x = a*col + b*row + c, y = d*col + e*row + f at the outer corner."""

    path: Path
    crs: str
    transform: Affine6
    rows: int
    cols: int
    spacing_m: float
    geographic: bool

    def read(self, rows: slice, cols: slice) -> Floats32:
        """Posts of a window inside the file, metres; voids and impossible values are NaN."""
        posts = (
            _read_geotiff(self.path, rows, cols)
            if self.path.suffix.lower() in GEOTIFF
            else hgt.read_tile(self.path)[rows, cols]
        )
        low, high = ELEVATION_M
        with np.errstate(invalid="ignore"):
            return np.where((posts >= low) & (posts <= high), posts, np.float32(np.nan))


def open_raster(path: Path) -> Raster:
    """Read and judge the header of an elevation file.

    Raises ``TerrainError`` for what is missing or no elevation, ``HostileInputError`` for what is
    unsafe to read.
    """
    suffix = path.suffix.lower()
    if suffix not in GEOTIFF + SRTM:
        raise TerrainError(
            f"{path.name}: not a kind of elevation file Shieldwall reads; expected GeoTIFF "
            "(.tif, .tiff) or SRTM (.hgt, .hgt.zip)"
        )
    if not path.is_file():
        raise TerrainError(f"{path}: no such elevation file")
    return _open_geotiff(path) if suffix in GEOTIFF else _open_srtm(path)


def _open_srtm(path: Path) -> Raster:
    lat, lon = hgt.tile_corner(path.name)
    side = hgt.tile_side(path)
    step = 1.0 / (side - 1)
    half = step / 2.0
    transform = (step, 0.0, lon - half, 0.0, -step, lat + 1 + half)
    return Raster(path, "EPSG:4326", transform, side, side, step * METRES_PER_DEGREE, True)


@contextmanager
def geotiff(path: Path | str, **options: Any) -> Iterator[Any]:
    """An open rasterio data set, the GeoTIFF driver alone allowed; ``TerrainError`` if it fails."""
    import rasterio
    from rasterio.errors import RasterioError

    try:
        with (
            rasterio.Env(**GDAL_OPTIONS),
            rasterio.open(path, driver="GTiff", **options) as source,
        ):
            yield source
    except (RasterioError, ValueError) as error:
        name = Path(path).name
        raise TerrainError(f"{name}: not a readable GeoTIFF ({error})") from error


def _open_geotiff(path: Path) -> Raster:
    with geotiff(path.resolve()) as source:
        _judge(path, source)
        crs, geographic, unit_m = _crs(path, source)
        t = source.transform
        transform: Affine6 = (t.a, t.b, t.c, t.d, t.e, t.f)
        if not np.isfinite(transform).all() or abs(t.a * t.e - t.b * t.d) == 0.0:
            raise TerrainError(f"{path.name}: no usable georeference (transform {transform})")
        spacing = float(np.sqrt(abs(t.a * t.e - t.b * t.d))) * unit_m
        if geographic:
            spacing = float(np.hypot(t.b, t.e)) * unit_m
        return Raster(path, crs, transform, source.height, source.width, spacing, geographic)


def _judge(path: Path, source: Any) -> None:
    """Refuse what is no elevation, and what is unsafe to decode."""
    if source.count != 1:
        raise TerrainError(
            f"{path.name}: {source.count} bands; an elevation file has one (is this a picture?)"
        )
    kind = np.dtype(source.dtypes[0])
    if kind.kind not in "iuf":
        raise TerrainError(f"{path.name}: values of type {kind}; elevations are plain numbers")
    unit = (source.units[0] or "m").strip().lower()
    if unit not in ("m", "metre", "meter", "metres", "meters"):
        raise TerrainError(f"{path.name}: elevations in {unit!r}; convert them to metres")
    block = int(np.prod(source.block_shapes[0])) * kind.itemsize
    if block > MAX_BLOCK_BYTES:
        raise HostileInputError(
            f"{path.name}: stored in blocks of {block / 1e6:,.0f} MB; "
            "rewrite it as a tiled or cloud-optimised GeoTIFF"
        )
    claimed = source.width * source.height * kind.itemsize
    size = path.stat().st_size
    if claimed > FREE_BYTES and claimed > MAX_EXPANSION * size:
        raise HostileInputError(
            f"{path.name}: the header claims {source.width} x {source.height} posts "
            f"({claimed / 1e9:,.1f} GB) in a file of {size:,} bytes; no relief compresses so far"
        )


def _crs(path: Path, source: Any) -> tuple[str, bool, float]:
    """The horizontal system as text, whether it is in degrees, and metres per unit."""
    from pyproj import CRS
    from pyproj.exceptions import CRSError

    if source.crs is None:
        raise TerrainError(f"{path.name}: no coordinate reference system; assign one (EPSG:4326?)")
    try:
        crs = CRS.from_wkt(source.crs.to_wkt())
    except CRSError as error:
        raise TerrainError(
            f"{path.name}: unusable coordinate reference system ({error})"
        ) from error
    if crs.is_compound:
        crs = crs.sub_crs_list[0]
    crs = crs.to_2d()
    if not (crs.is_geographic or crs.is_projected):
        raise TerrainError(
            f"{path.name}: the coordinate reference system {crs.name!r} is neither geographic nor "
            "projected; reproject the file (EPSG:4326 will do)"
        )
    if crs.to_epsg(min_confidence=70) == 4326:
        return "EPSG:4326", True, METRES_PER_DEGREE
    if crs.is_geographic:
        return crs.to_wkt(), True, METRES_PER_DEGREE
    return crs.to_wkt(), False, float(crs.axis_info[0].unit_conversion_factor)


def _read_geotiff(path: Path, rows: slice, cols: slice) -> Floats32:
    from rasterio.windows import Window

    with geotiff(path.resolve()) as source:
        window = Window(cols.start, rows.start, cols.stop - cols.start, rows.stop - rows.start)
        raw = source.read(1, window=window)
        posts = raw.astype(np.float32)
        if source.nodata is not None and not np.isnan(source.nodata):
            posts[raw == raw.dtype.type(source.nodata)] = np.nan
        return np.asarray(posts * np.float32(source.scales[0]) + np.float32(source.offsets[0]))
