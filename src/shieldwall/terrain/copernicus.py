"""Copernicus DEM tiles in their public buckets: names, levels, and one tile read at one level.

Layout as the buckets' readme describes it: one folder a tile, named like the file in it; tiles
are one-degree squares named by their south-west corner, without the last row and column that
neighbours share, with averaged overviews; ``tileList.txt`` names every tile there is. Squares of
open sea have no tile. GLO-30 (``..._COG_10_...``) withholds some countries' tiles, GLO-90
(``..._COG_30_...``) has them all.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isclose
from typing import Any

import numpy as np

from shieldwall.errors import FetchError, TerrainError
from shieldwall.terrain.assumptions import ELEVATION_M, POSTS_PER_CELL
from shieldwall.terrain.cache import Square
from shieldwall.terrain.posts import Floats32
from shieldwall.terrain.ranged import BINARY_TYPES, HEAD_BYTES, TEXT_TYPES, Client, RangedFile
from shieldwall.terrain.rasters import METRES_PER_DEGREE, Affine6, geotiff

BUCKETS = "https://{bucket}.s3.eu-central-1.amazonaws.com"
CREDIT = (
    "Produced using Copernicus WorldDEM-30 © DLR e.V. 2010-2014 and © Airbus Defence and Space "
    "GmbH 2014-2018 provided under COPERNICUS by the European Union and ESA; all rights reserved."
)
"""The notice that the licence (article 6) asks for beside anything made from the tiles."""

LEVELS_ARCSEC = (8, 4, 2, 1)
"""Full resolution and overviews of GLO-30, coarsest first."""

METRES_PER_ARCSEC = METRES_PER_DEGREE / 3600.0
MAX_LIST_BYTES = 8 * 1024 * 1024
MAX_SIDE = 3601
"""Posts a side of the largest tile."""

_OFF_SQUARE = 0.02
"""Share of a degree by which a tile's edges may differ from its square's."""

_MAGIC = (b"II*\x00", b"MM\x00*", b"II+\x00", b"MM\x00+")


@dataclass(frozen=True)
class Product:
    """One resolution of the model and the bucket that holds it."""

    name: str
    bucket: str
    code: int

    def tile(self, square: Square) -> str:
        """Name of a square's tile, without suffix."""
        lat, lon = square
        north = f"{'S' if lat < 0 else 'N'}{abs(lat):02d}"
        east = f"{'W' if lon < 0 else 'E'}{abs(lon):03d}"
        return f"Copernicus_DSM_COG_{self.code}_{north}_00_{east}_00_DEM"


GLO30 = Product("GLO-30", "copernicus-dem-30m", 10)
GLO90 = Product("GLO-90", "copernicus-dem-90m", 30)


@dataclass(frozen=True)
class TileLevel:
    """One tile at one level: posts in metres, NaN for voids, and where they lie."""

    posts_m: Floats32
    transform: Affine6
    arcsec: float
    received: int


def level_for(resolution_m: float) -> int:
    """The coarsest level, in arc-seconds, whose posts are no farther apart than asked."""
    fine_enough = [s for s in LEVELS_ARCSEC if s * METRES_PER_ARCSEC <= resolution_m]
    return fine_enough[0] if fine_enough else LEVELS_ARCSEC[-1]


def resolution_for(cell_m: float) -> float:
    """Spacing of posts that a grid of ``cell_m`` makes use of, metres."""
    return cell_m / POSTS_PER_CELL


def address(base_url: str, product: Product, *parts: str) -> str:
    """Address of an object; ``base_url`` may say where the bucket's name goes."""
    base = base_url if "{bucket}" in base_url else base_url.rstrip("/") + "/{bucket}"
    return "/".join([base.replace("{bucket}", product.bucket).rstrip("/"), *parts])


def tile_list(client: Client, base_url: str, product: Product) -> frozenset[str] | None:
    """Names of all tiles of a product; ``None`` where the server has no list."""
    url = address(base_url, product, "tileList.txt")
    answer = client.get(url, TEXT_TYPES, 0, MAX_LIST_BYTES - 1)
    if answer is None:
        return None
    prefix = f"Copernicus_DSM_COG_{product.code}_"
    names = frozenset(answer.data.decode("ascii", "replace").split())
    if len(answer.data) < answer.total or not all(n.startswith(prefix) for n in names):
        raise FetchError(f"{url}: not a list of {product.name} tiles")
    return names


def read_tile(
    client: Client, base_url: str, product: Product, square: Square, wanted_arcsec: int
) -> TileLevel | None:
    """One square at the coarsest level that is fine enough; ``None`` if there is no such tile.

    Only the directory of the file and the wanted level are transferred. Raises ``FetchError``
    for what is cut short, of the wrong kind, or of another place.
    """
    name = product.tile(square)
    url = address(base_url, product, name, f"{name}.tif")
    head = client.get(url, BINARY_TYPES, 0, HEAD_BYTES - 1)
    if head is None:
        return None
    if not head.data.startswith(_MAGIC):
        raise FetchError(f"{url}: not a TIFF file, whatever its name says")
    remote = RangedFile(client, url, head)

    def opener(path: str, *_: Any, **__: Any) -> RangedFile:
        if path != f"{name}.tif":  # GDAL also looks for side files
            raise FileNotFoundError(path)
        remote.seek(0)
        return remote

    try:
        with geotiff(f"{name}.tif", opener=opener) as source:
            _check(url, source, square)
            level = _read(source, wanted_arcsec, remote)
    except TerrainError as error:
        if remote.error is not None:
            raise remote.error from error
        if isinstance(error, FetchError):
            raise
        cut = "truncated: it ends before its own data" if remote.overrun else "damaged"
        raise FetchError(f"{url}: the file is {cut} ({error})") from error
    if remote.error is not None:
        raise remote.error
    return level


def _check(url: str, source: Any, square: Square) -> None:
    lat, lon = square
    if source.count != 1 or max(source.shape) > MAX_SIDE:
        raise FetchError(f"{url}: {source.count} bands of {source.shape}; expected one elevation")
    if source.dtypes[0] not in ("float32", "int16"):
        raise FetchError(f"{url}: values of type {source.dtypes[0]}; expected elevations")
    if source.crs is None or not source.crs.is_geographic:
        raise FetchError(f"{url}: not in degrees")
    edges = source.bounds
    wanted = (lon, lat, lon + 1, lat + 1)
    if not all(isclose(a, b, abs_tol=_OFF_SQUARE) for a, b in zip(edges, wanted, strict=True)):
        raise FetchError(f"{url}: holds {tuple(edges)}, which is another place")


def _read(source: Any, wanted_arcsec: int, remote: RangedFile) -> TileLevel:
    native = 3600.0 * abs(source.transform.e)
    usable = [f for f in (1, *source.overviews(1)) if native * f <= wanted_arcsec * 1.001]
    factor = max(usable, default=1)
    rows, cols = -(-source.height // factor), -(-source.width // factor)
    posts = source.read(1, out_shape=(rows, cols)).astype(np.float32)
    low, high = ELEVATION_M
    with np.errstate(invalid="ignore"):
        posts[~((posts >= low) & (posts <= high))] = np.nan
    t, down, across = source.transform, source.height / rows, source.width / cols
    transform = (t.a * across, t.b * down, t.c, t.d * across, t.e * down, t.f)
    return TileLevel(posts, transform, native * factor, remote.received)
