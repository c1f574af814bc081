"""Distances on WGS-84 and the azimuthal-equidistant frames every grid is built in."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from pyproj import CRS, Geod, Transformer

WGS84 = Geod(ellps="WGS84")

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Frame:
    """An azimuthal-equidistant plane on WGS-84 about a point; metres east (x) and north (y).

    Straight lines through the centre are geodesics at true length.
    """

    lat: float
    lon: float

    @property
    def crs(self) -> CRS:
        """The frame as a coordinate reference system."""
        return CRS.from_proj4(
            f"+proj=aeqd +lat_0={self.lat!r} +lon_0={self.lon!r} +datum=WGS84 +units=m +no_defs"
        )

    def to_xy(self, lat: Floats | float, lon: Floats | float) -> tuple[Floats, Floats]:
        """Degrees to metres east and north of the centre; arrays keep their shape."""
        x, y = _transformer(self, False).transform(np.asarray(lon), np.asarray(lat))
        return np.asarray(x, float), np.asarray(y, float)

    def to_latlon(self, x_m: Floats | float, y_m: Floats | float) -> tuple[Floats, Floats]:
        """Metres east and north of the centre to degrees (lat, lon); arrays keep their shape."""
        lon, lat = _transformer(self, True).transform(np.asarray(x_m), np.asarray(y_m))
        return np.asarray(lat, float), np.asarray(lon, float)


@cache
def _transformer(frame: Frame, inverse: bool) -> Transformer:
    geographic = CRS.from_epsg(4326)
    pair = (frame.crs, geographic) if inverse else (geographic, frame.crs)
    return Transformer.from_crs(*pair, always_xy=True)


@dataclass(frozen=True)
class Grid:
    """A metric grid in a frame: row 0 is the north edge, column 0 the west edge.

    ``x0_m``, ``y0_m`` are the outer north-west corner; cell centres lie half a cell inside.
    """

    frame: Frame
    x0_m: float
    y0_m: float
    cell_m: float
    rows: int
    cols: int

    def centres(self) -> tuple[Floats, Floats]:
        """x of every column (cols,) and y of every row (rows,), in metres."""
        x: Floats = self.x0_m + self.cell_m * (np.arange(self.cols, dtype=np.float64) + 0.5)
        y: Floats = self.y0_m - self.cell_m * (np.arange(self.rows, dtype=np.float64) + 0.5)
        return x, y

    def latlon(self) -> tuple[Floats, Floats]:
        """Latitude and longitude of every cell centre, each (rows, cols), in degrees."""
        x, y = self.centres()
        return self.frame.to_latlon(*np.meshgrid(x, y))


def distance_m(lat1: float, lon1: float, lat2: float, lon2: float) -> float:
    """Length of the WGS-84 geodesic between two points, in metres."""
    return float(WGS84.inv(lon1, lat1, lon2, lat2)[2])
