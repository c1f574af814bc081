"""A map's paper: a window of a frame on a drawing, with ground, scale bar and north arrow."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from shieldwall.geodesy import WGS84, Grid
from shieldwall.report.basemap import Window, outlines
from shieldwall.report.maps.svg import el, join, path
from shieldwall.report.words import number

Floats = NDArray[np.float64]

_CIRCLE_POINTS = 120


@dataclass(frozen=True)
class Canvas:
    """``window`` drawn ``width`` units wide."""

    window: Window
    width: float

    @staticmethod
    def of_grid(grid: Grid, width: float) -> Canvas:
        """The canvas that a grid fills exactly."""
        east, south = grid.x0_m + grid.cols * grid.cell_m, grid.y0_m - grid.rows * grid.cell_m
        return Canvas(Window(grid.frame, grid.x0_m, south, east, grid.y0_m), width)

    @property
    def scale(self) -> float:
        """Units per metre."""
        return self.width / self.window.width_m

    @property
    def height(self) -> float:
        """Units from top to bottom."""
        return self.window.height_m * self.scale

    def from_xy(self, xy_m: Floats) -> Floats:
        """Metres in the frame, (n, 2), to drawing units."""
        x = (xy_m[:, 0] - self.window.west_m) * self.scale
        y = (self.window.north_m - xy_m[:, 1]) * self.scale
        return np.column_stack((x, y))

    def from_lonlat(self, lonlat: Iterable[tuple[float, float]]) -> Floats:
        """Degrees, (lon, lat) pairs, to drawing units, (n, 2)."""
        degrees = np.asarray(list(lonlat), float).reshape(-1, 2)
        x, y = self.window.frame.to_xy(degrees[:, 1], degrees[:, 0])
        return self.from_xy(np.column_stack((x, y)))

    def holds(self, point: Floats, margin: float = 0.0) -> bool:
        """Whether a point of the drawing, (2,), lies inside its edges."""
        x, y = float(point[0]), float(point[1])
        return (
            margin <= x <= self.width - margin and margin <= y <= self.height - margin
        )  # fmt: skip

    def circle(self, lat: float, lon: float, radius_m: float) -> Floats:
        """The points at one geodesic distance, as a closed line in drawing units."""
        azimuths = np.linspace(0, 360, _CIRCLE_POINTS, endpoint=False)
        many = np.full(_CIRCLE_POINTS, 1.0)
        lon2, lat2, _ = WGS84.fwd(many * lon, many * lat, azimuths, many * radius_m)
        return self.from_lonlat(zip(lon2, lat2, strict=True))


def ground(canvas: Canvas, id: str) -> Markup:
    """A ``symbol`` with sea, land, coast and dashed borders, to be used by every panel."""
    found = outlines(canvas.window, tolerance_m=0.4 / canvas.scale)
    land = "".join(path(canvas.from_xy(line), closed=True) for line in found.land)
    borders = "".join(path(canvas.from_xy(line)) for line in found.borders)
    return el(
        "symbol",
        el("rect", class_="sea", width=canvas.width, height=canvas.height),
        el("path", class_="land", d=land) if land else Markup(""),
        el("path", class_="border", d=borders) if borders else Markup(""),
        id=id, viewBox=f"0 0 {canvas.width:.1f} {canvas.height:.1f}",
    )  # fmt: skip


def use_ground(canvas: Canvas, id: str) -> Markup:
    """The ground defined by ``ground`` under the same id."""
    return el("use", href=f"#{id}", width=canvas.width, height=canvas.height)


def coast_over(canvas: Canvas, id: str) -> Markup:
    """A ``symbol`` of coast and borders alone, to be drawn over coloured cells."""
    found = outlines(canvas.window, tolerance_m=0.4 / canvas.scale)
    coast = "".join(path(canvas.from_xy(line), closed=True) for line in found.land)
    borders = "".join(path(canvas.from_xy(line)) for line in found.borders)
    return el(
        "symbol",
        el("path", class_="coast", d=coast) if coast else Markup(""),
        el("path", class_="border", d=borders) if borders else Markup(""),
        id=id, viewBox=f"0 0 {canvas.width:.1f} {canvas.height:.1f}",
    )  # fmt: skip


def furniture(canvas: Canvas) -> Markup:
    """Scale bar at the lower left, north arrow at the upper right."""
    return el("g", _scale_bar(canvas), _north(canvas), class_="furniture")


def _scale_bar(canvas: Canvas) -> Markup:
    wanted = 0.22 * canvas.window.width_m
    power = 10.0 ** np.floor(np.log10(wanted))
    length_m = float(max(f * power for f in (1, 2, 5) if f * power <= wanted))
    right, y = 14 + length_m * canvas.scale, canvas.height - 14
    label = f"{number(length_m / 1_000)} km" if length_m >= 1_000 else f"{number(length_m)} m"
    middle = (14 + right) / 2
    return join(
        (
            el("path", class_="halo", d=_bar(right, y)),
            el("path", class_="bar", d=_bar(right, y)),
            el("text", label, x=middle, y=y - 8, text_anchor="middle", class_="small"),
        )
    )


def _bar(right: float, y: float) -> str:
    return f"M14 {y - 5:.1f}V{y:.1f}H{right:.1f}V{y - 5:.1f}"


def _north(canvas: Canvas) -> Markup:
    x = canvas.width - 20
    return join(
        (
            el("path", class_="arrow", d=f"M{x:.1f} 12l6 18l-6 -4.5l-6 4.5z"),
            el("text", "N", x=x, y=44.0, text_anchor="middle", class_="small"),
        )
    )
