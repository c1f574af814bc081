"""Where symbols and names go when sites lie closer together than symbols are wide."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

Point = tuple[float, float]

LETTER, LINE = 6.3, 13.0
"""Width of a letter and height of a line of a label, on average, in drawing units."""

_STEP = 5.0
_TURNS = 30
_DIRECTIONS = 16


@dataclass(frozen=True)
class Box:
    """A rectangle of the drawing."""

    left: float
    top: float
    width: float
    height: float

    @staticmethod
    def about(point: Point, width: float, height: float) -> Box:
        """The box of that size with ``point`` in its middle."""
        return Box(point[0] - width / 2, point[1] - height / 2, width, height)

    @property
    def middle(self) -> Point:
        """Its centre."""
        return self.left + self.width / 2, self.top + self.height / 2

    def overlaps(self, other: Box) -> bool:
        """Whether the two share any area."""
        return (
            self.left < other.left + other.width
            and other.left < self.left + self.width
            and self.top < other.top + other.height
            and other.top < self.top + self.height
        )

    def inside(self, other: Box) -> bool:
        """Whether all of it lies in ``other``."""
        return (
            other.left <= self.left
            and other.top <= self.top
            and self.left + self.width <= other.left + other.width
            and self.top + self.height <= other.top + other.height
        )


def first_free(points: Sequence[Point], width: float, height: float,
               bounds: Box, taken: Sequence[Box]) -> Box | None:  # fmt: skip
    """The box about the first of ``points`` that is inside ``bounds`` and over nothing taken."""
    for point in points:
        box = Box.about(point, width, height)
        if box.inside(bounds) and not any(box.overlaps(each) for each in taken):
            return box
    return None


def around(point: Point) -> list[Point]:
    """``point``, then points about it in widening rings."""
    angles = np.linspace(0, 2 * np.pi, _DIRECTIONS, endpoint=False)
    rings = [
        (point[0] + ring * _STEP * float(np.cos(a)), point[1] + ring * _STEP * float(np.sin(a)))
        for ring in range(1, _TURNS)
        for a in angles
    ]
    return [point, *rings]


def beside(box: Box, width: float, height: float) -> list[Point]:
    """Middles of a name of that size below, above, right and left of ``box``."""
    x, y = box.middle
    down, right = (box.height + height) / 2, (box.width + width) / 2
    return [(x, y + down), (x, y - down), (x + right, y), (x - right, y)]
