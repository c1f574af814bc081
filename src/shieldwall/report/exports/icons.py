"""Placemark icons: one shape and colour a layer, so that colour alone never carries the meaning."""

from __future__ import annotations

import numpy as np

from shieldwall.report.png import indexed_png

SIZE = 48
EDGE = 0.16
"""Width of the pale rim, as a share of the half size."""


def icon_png(layer: str, rgb: str) -> bytes:
    """A square, diamond, triangle, disc or ring with a pale rim."""
    axis = (np.arange(SIZE) + 0.5) / SIZE * 2 - 1
    x, y = np.meshgrid(axis, -axis)
    radius = {
        "long": np.maximum(abs(x), abs(y)) * 1.15,
        "medium": abs(x) + abs(y),
        "short": np.maximum(2 * abs(x) + y, -y * 1.1) / 1.05 + 0.05,
        "point": np.hypot(x, y),
        "surveillance": np.where(np.hypot(x, y) < 0.35, 0.97, np.hypot(x, y)),
    }[layer]
    index = np.select([radius > 1, radius > 1 - EDGE], [0, 1], 2).astype(np.uint8)
    red, green, blue = (int(rgb[i : i + 2], 16) for i in (1, 3, 5))
    return indexed_png(index, [(0, 0, 0, 0), (255, 255, 255, 255), (red, green, blue, 255)])
