"""Where symbols go when sites lie closer together than symbols are wide."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Box:
    """A rectangle of the drawing."""

    left: float
    top: float
    width: float
    height: float

    def overlaps(self, other: Box) -> bool:
        """Whether the two share any area."""
        return (
            self.left < other.left + other.width
            and other.left < self.left + self.width
            and self.top < other.top + other.height
            and other.top < self.top + self.height
        )


_STEP = 9.0
_TURNS = 20
_DIRECTIONS = 16


def place_boxes(
    anchors: list[tuple[float, float]], sizes: list[tuple[float, float]], bounds: Box
) -> list[Box]:
    """A box of each size near its anchor, none over another; the first come stay nearest.

    Boxes are centred on their anchors where that is free, else moved outward in rings; where the
    map is full, a box stays on its anchor.
    """
    placed: list[Box] = []
    for (x, y), (width, height) in zip(anchors, sizes, strict=True):
        chosen = Box(x - width / 2, y - height / 2, width, height)
        for dx, dy in _offsets():
            tried = Box(x - width / 2 + dx, y - height / 2 + dy, width, height)
            if _inside(tried, bounds) and not any(tried.overlaps(b) for b in placed):
                chosen = tried
                break
        placed.append(chosen)
    return placed


def _offsets() -> list[tuple[float, float]]:
    angles = np.linspace(0, 2 * np.pi, _DIRECTIONS, endpoint=False)
    rings = [
        (ring * _STEP * float(np.cos(a)), ring * _STEP * float(np.sin(a)))
        for ring in range(1, _TURNS)
        for a in angles
    ]
    return [(0.0, 0.0), *rings]


def _inside(box: Box, bounds: Box) -> bool:
    return (
        bounds.left <= box.left
        and bounds.top <= box.top
        and box.left + box.width <= bounds.left + bounds.width
        and box.top + box.height <= bounds.top + bounds.height
    )
