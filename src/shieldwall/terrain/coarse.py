"""The coarse offline map: ITU-R P.1511-2 topography, as the package ``itur`` carries it.

One post every 1/12 degree (some 9 km): good for the height of an antenna's surroundings, not for
the ridge in front of it. Sea is 0 m; land below the sea (the Caspian shore) is negative.
"""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np

from shieldwall.errors import TerrainError
from shieldwall.geodesy import Floats
from shieldwall.terrain.patch import Patch
from shieldwall.terrain.posts import Floats32, bilinear

POSTS_PER_DEGREE = 12
ROWS, COLS = 180 * POSTS_PER_DEGREE, 360 * POSTS_PER_DEGREE
BORDER = 2
"""Posts that the file repeats beyond each edge of the globe, for interpolation."""

SPACING_M = 9_266.0
"""1/12 degree along a meridian, 111,195 m to the degree."""

INSTALL = "install the extra: pip install 'shieldwall[offline]'"


def installed() -> bool:
    """Whether the package that carries the map is there; does not import it."""
    return find_spec("itur") is not None


def model(name: str) -> Any:
    """A model of ``itur``, such as ``itu1511``, imported when first needed.

    Raises ``TerrainError`` where the package is missing. The package turns numpy's
    division-by-zero warnings off for everybody when it is imported; here they stay as they were.
    """
    if not installed():
        raise TerrainError(f"the package itur is not installed; {INSTALL}")
    from importlib import import_module

    with np.errstate():
        return import_module(f"itur.models.{name}")


class CoarseMap:
    """The map as a source of elevation: read on its own posts, joined bilinearly."""

    def sample(self, patch: Patch, cell_m: float) -> Floats32:
        """Elevation (rows, cols) at a patch, metres; the map knows every place on Earth."""
        row = (90.0 - patch.lat) * POSTS_PER_DEGREE - 0.5
        col = patch.lon * POSTS_PER_DEGREE - 0.5
        top, left = int(np.floor(row.min())), int(np.floor(col.min()))
        rows = np.arange(top, int(np.floor(row.max())) + 2)
        cols = np.arange(left, int(np.floor(col.max())) + 2)
        posts = _posts(90.0 - (rows + 0.5) / POSTS_PER_DEGREE, (cols + 0.5) / POSTS_PER_DEGREE)
        return bilinear(posts, patch.spread(row) - top, patch.spread(col) - left)


def _posts(lat: Floats, lon: Floats) -> Floats32:
    """Elevation (rows, cols) at posts of the map, metres; latitudes past a pole repeat its row."""
    rows = np.rint((90.0 - lat) * POSTS_PER_DEGREE - 0.5).astype(int)
    cols = np.rint((lon + 180.0) * POSTS_PER_DEGREE - 0.5).astype(int)
    rows = np.clip(rows, 0, ROWS - 1) + BORDER
    posts: Floats32 = _topography()[np.ix_(rows, cols % COLS + BORDER)]
    return posts


@cache
def _topography() -> Floats32:
    """The whole map, metres, read once.

    Read from the package's data file and not through its model, which joins posts bicubically
    and holds half a gigabyte to do so; tests compare the two.
    """
    spec = find_spec("itur")
    if spec is None or spec.origin is None:
        raise TerrainError(f"the package itur is not installed; {INSTALL}")
    file = Path(spec.origin).parent / "data" / "1511" / "v2_topo.npz"
    try:
        with np.load(file) as data:
            metres = np.asarray(np.round(data["arr_0"]), np.float32)
    except (OSError, KeyError, ValueError) as error:
        raise TerrainError(
            f"the package itur holds no P.1511-2 map as expected ({error}); {INSTALL}"
        ) from error
    if metres.shape != (ROWS + 2 * BORDER, COLS + 2 * BORDER):
        raise TerrainError(f"the P.1511-2 map of itur has shape {metres.shape}; {INSTALL}")
    return metres
