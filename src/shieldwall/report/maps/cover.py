"""Maps of cover: one small map per altitude, layer, depth or unit, all in the same frame."""

from __future__ import annotations

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from shieldwall.case.records import Place
from shieldwall.geodesy import Grid
from shieldwall.report.maps.canvas import (
    Canvas,
    coast_over,
    furniture,
    ground,
    use_ground,
)
from shieldwall.report.maps.colours import floor_classes, probability_classes, raster
from shieldwall.report.maps.network import defended
from shieldwall.report.maps.svg import el, picture
from shieldwall.report.records import Assessment

PANEL_WIDTH = 300.0


def panel_canvas(assessment: Assessment) -> Canvas:
    """The canvas shared by all small maps."""
    return Canvas.of_grid(assessment.coverage.grid, PANEL_WIDTH)


def probability_panel(
    assessment: Assessment, probability: NDArray[np.float32], ground_id: str, title: str, text: str
) -> Markup:
    """A small map of a probability (rows, cols), cells as published, defended areas outlined."""
    return _panel(assessment, probability_classes(probability), ground_id, title, text)


def floor_panel(
    assessment: Assessment, floor_m: NDArray[np.float32], place: Place, id: str, title: str,
    text: str,
) -> Markup:  # fmt: skip
    """A map of one unit's coverage floor (rows, cols), drawn as near as its reach allows."""
    grid = assessment.coverage.grid
    rows, cols = _near(np.isfinite(floor_m), grid.rows / grid.cols)
    part = Grid(
        grid.frame, grid.x0_m + cols.start * grid.cell_m, grid.y0_m - rows.start * grid.cell_m,
        grid.cell_m, rows.stop - rows.start, cols.stop - cols.start,
    )  # fmt: skip
    canvas = Canvas.of_grid(part, PANEL_WIDTH)
    ground_id = f"{id}-ground"
    site = Markup("")
    if place.lat is not None and place.lon is not None:
        x, y = (float(v) for v in canvas.from_lonlat([(place.lon, place.lat)])[0])
        site = el("circle", class_="target", cx=x, cy=y, r=4.5)
    return picture(
        canvas.width, canvas.height, title, text,
        el("defs", ground(canvas, ground_id), coast_over(canvas, f"{ground_id}-coast")),
        use_ground(canvas, ground_id),
        raster(floor_classes(floor_m[rows, cols]), canvas.width, canvas.height),
        use_ground(canvas, f"{ground_id}-coast"),
        defended(assessment, canvas), site, furniture(canvas),
        class_="map panel-map",
    )  # fmt: skip


def _near(seen: NDArray[np.bool_], aspect: float) -> tuple[slice, slice]:
    """Rows and columns about what is seen, in the grid's own shape, inside the grid."""
    (top, bottom), (left, right) = (
        (int(found[0]), int(found[-1]) + 1)
        for found in (np.flatnonzero(seen.any(axis=1)), np.flatnonzero(seen.any(axis=0)))
    )
    cols = max(right - left, round((bottom - top) / aspect)) + 4
    rows = max(bottom - top, round(cols * aspect)) + 2
    return _span(top, bottom, rows, seen.shape[0]), _span(left, right, cols, seen.shape[1])


def _span(first: int, last: int, length: int, limit: int) -> slice:
    length = min(length, limit)
    start = min(max(0, (first + last - length) // 2), limit - length)
    return slice(start, start + length)


def _panel(
    assessment: Assessment, classes: NDArray[np.uint8], ground_id: str, title: str, text: str
) -> Markup:
    canvas = panel_canvas(assessment)
    return picture(
        canvas.width, canvas.height, title, text,
        use_ground(canvas, ground_id),
        raster(classes, canvas.width, canvas.height),
        use_ground(canvas, f"{ground_id}-coast"),
        defended(assessment, canvas),
        furniture(canvas),
        class_="map panel-map",
    )  # fmt: skip
