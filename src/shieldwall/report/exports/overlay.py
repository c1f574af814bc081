"""Probability of cover as small pictures for a globe: no finer than the published grid."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shieldwall.geodesy import WGS84, Grid
from shieldwall.report.exports.letters import lettered
from shieldwall.report.maps.colours import SCREEN, probability_classes
from shieldwall.report.png import Colour, indexed_png
from shieldwall.report.words import LIKELIHOOD

DEFAULT_ALTITUDE_M = 300
"""Shown when a file is opened: low enough for terrain to matter."""

_PERCENT = (1, *(below for below, _ in LIKELIHOOD[:-1]), 100)
COVER_EDGES = tuple(
    (low / 100, high / 100, f"{term}: {low} to {high} %")
    for (_, term), low, high in zip(LIKELIHOOD, _PERCENT[:-1], _PERCENT[1:], strict=True)
)
"""(from, to, label) of each drawn class: the likelihood terms of the report."""

PALE_ALPHA, FULL_ALPHA = 110, 205
"""Of the first and the last class, so that the ground shows through where cover is unlikely."""


@dataclass(frozen=True)
class Overlay:
    """A grid in degrees over a metric one: its box, and the metric cell under each pixel."""

    west: float
    south: float
    east: float
    north: float
    cell: NDArray[np.int64]  # (pixel rows, pixel columns); -1 outside

    def png(self, probability: NDArray[np.float32]) -> bytes:
        """The picture of one field (rows, cols) on the metric grid."""
        classes = np.append(probability_classes(probability).ravel(), np.uint8(0))
        return indexed_png(classes[self.cell], _palette())


def overlay_of(grid: Grid) -> Overlay:
    """The degree grid of a metric grid: each pixel at least one cell tall and wide everywhere."""
    edge_x = grid.x0_m + grid.cell_m * np.arange(grid.cols + 1)
    edge_y = grid.y0_m - grid.cell_m * np.arange(grid.rows + 1)
    lat, lon = grid.frame.to_latlon(*np.meshgrid(edge_x, edge_y))
    south, north = float(lat.min()), float(lat.max())
    west, east = float(lon.min()), float(lon.max())
    # A degree of latitude is shortest at the equator, one of longitude nearest the pole; the box
    # may end up to one pixel beyond the grid.
    tall = grid.cell_m / _metres_a_degree(0.0, north_south=True)
    near_pole = max(abs(south), abs(north)) + tall
    wide = grid.cell_m / _metres_a_degree(near_pole, north_south=False)
    rows, cols = math.ceil((north - south) / tall), math.ceil((east - west) / wide)
    south, east = north - rows * tall, west + cols * wide
    pixel_lat = north - tall * (np.arange(rows) + 0.5)
    pixel_lon = west + wide * (np.arange(cols) + 0.5)
    pixel_lon, pixel_lat = np.meshgrid(pixel_lon, pixel_lat)
    x, y = grid.frame.to_xy(pixel_lat, pixel_lon)
    row = np.floor((grid.y0_m - y) / grid.cell_m).astype(np.int64)
    col = np.floor((x - grid.x0_m) / grid.cell_m).astype(np.int64)
    inside = (row >= 0) & (row < grid.rows) & (col >= 0) & (col < grid.cols)
    return Overlay(west, south, east, north, np.where(inside, row * grid.cols + col, -1))


def _metres_a_degree(lat: float, north_south: bool) -> float:
    """Length of one degree of latitude or longitude on WGS-84 at a latitude."""
    half = 0.005
    if north_south:
        length = WGS84.inv(0, lat - half, 0, lat + half)[2]
    else:
        length = WGS84.inv(-half, lat, half, lat)[2]
    return float(length) / (2 * half)


def _palette() -> list[Colour]:
    alphas = np.linspace(PALE_ALPHA, FULL_ALPHA, len(SCREEN)).round().astype(int).tolist()
    colours = [
        (int(c[1:3], 16), int(c[3:5], 16), int(c[5:7], 16), alpha)
        for c, alpha in zip(SCREEN, alphas, strict=True)
    ]
    return [(0, 0, 0, 0), *colours]


def legend_png() -> bytes:
    """The classes with their percentages, for a corner of the screen."""
    title, note = "PROBABILITY OF COVER", "BELOW 1%: NOT DRAWN"
    lines = [f"{round(100 * low)}-{round(100 * high)}%" for low, high, _ in COVER_EDGES][::-1]
    pitch, margin, swatch = 26, 12, 36
    colours = len(SCREEN)
    paper, ink = colours + 1, colours + 2
    heading, foot = lettered(title), lettered(note)
    width = 2 * margin + max(heading.shape[1], foot.shape[1])
    picture = np.full((2 * margin + (len(lines) + 2) * pitch, width), paper, np.uint8)
    _stamp(picture, heading, margin, margin, ink)
    for number, text in enumerate(lines):
        top = margin + (number + 1) * pitch
        picture[top : top + pitch - 4, margin : margin + swatch] = colours - number
        _stamp(picture, lettered(text), top + 4, margin + swatch + 10, ink)
    _stamp(picture, foot, margin + (len(lines) + 1) * pitch + 4, margin, ink)
    opaque = [(r, g, b, 255) for r, g, b, _ in _palette()[1:]]
    palette = [(0, 0, 0, 0), *opaque, (12, 16, 24, 215), (240, 240, 240, 255)]
    return indexed_png(picture, palette)


def _stamp(
    picture: NDArray[np.uint8], letters: NDArray[np.bool_], top: int, left: int, ink: int
) -> None:
    rows, cols = letters.shape
    picture[top : top + rows, left : left + cols][letters] = ink
