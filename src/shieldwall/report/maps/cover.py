"""Maps of cover: one small map per altitude, layer, depth or unit, all in the same frame."""

from __future__ import annotations

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from shieldwall.report.maps.canvas import Canvas, furniture, use_ground
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
    assessment: Assessment, floor_m: NDArray[np.float32], ground_id: str, title: str, text: str
) -> Markup:
    """A small map of a coverage floor (rows, cols) in metres above ground."""
    return _panel(assessment, floor_classes(floor_m), ground_id, title, text)


def _panel(
    assessment: Assessment, classes: NDArray[np.uint8], ground_id: str, title: str, text: str
) -> Markup:
    canvas = panel_canvas(assessment)
    return picture(
        canvas.width, canvas.height, title, text,
        use_ground(canvas, ground_id),
        raster(classes, canvas.width, canvas.height),
        use_ground(canvas, f"{ground_id}-coast"),
        el("g", defended(assessment, canvas)),
        furniture(canvas),
        class_="map panel-map",
    )  # fmt: skip
