"""Classes and their colours: probability, floor and layers.

Probability is drawn in the seven likelihood terms of ``words.LIKELIHOOD``; below one percent
nothing is drawn. The ramps run from pale to dark on paper and from dark to pale on a dark screen,
so that more cover always stands out more, in colour, in grey and with any colour vision
(ColorBrewer YlGnBu, Brewer 2003). Layers use Okabe and Ito (2008) and differ by dash too; their
colours are CSS variables of the page.
"""

from __future__ import annotations

import base64
from typing import NamedTuple

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from shieldwall.report.maps.svg import el
from shieldwall.report.png import Colour, indexed_png
from shieldwall.report.words import LIKELIHOOD

PAPER = ("#eeecc0", "#c9e5b5", "#86cdb9", "#43b3c4", "#1f8dbf", "#24599f", "#101f63")
SCREEN = ("#26344f", "#24527c", "#2478a0", "#35a0ac", "#6fc3a5", "#b8e0a4", "#fbfbc4")

FLOOR_EDGES_M = (50, 100, 300, 1_000, 3_000, 10_000)

DASHES = {
    "long": None, "medium": "9 4", "short": "4 3", "point": "1.5 3.5", "surveillance": "12 3 2 3",
}  # fmt: skip

_EDGES = (1, *(below for below, _ in LIKELIHOOD[:-1]))


class Entry(NamedTuple):
    """One line of a legend."""

    swatch: int
    text: str


def probability_classes(probability: NDArray[np.float32]) -> NDArray[np.uint8]:
    """0 below one percent, then 1 to 7 for the likelihood terms, from the percentage as printed."""
    whole = np.rint(100 * np.nan_to_num(probability))
    return np.digitize(whole, _EDGES).astype(np.uint8)


def floor_classes(floor_m: NDArray[np.float32]) -> NDArray[np.uint8]:
    """0 out of reach (NaN), 7 where the floor is at or below 50 m, 1 where it is above 10 km."""
    classes = 7 - np.digitize(np.nan_to_num(floor_m), FLOOR_EDGES_M, right=True)
    return np.where(np.isnan(floor_m), 0, classes).astype(np.uint8)


def probability_legend() -> list[Entry]:
    """The likelihood terms with their ranges in percent."""
    edges = (*_EDGES, 99)
    return [
        Entry(n, f"{term}, {low} to {high} %")
        for n, ((_, term), low, high) in enumerate(
            zip(LIKELIHOOD, edges[:-1], edges[1:], strict=True), 1
        )
    ]


def floor_legend() -> list[Entry]:
    """The floor classes, lowest floor first."""
    edges = [f"{edge:,} m".replace(",", "\u202f") for edge in FLOOR_EDGES_M]
    texts = [f"up to {edges[0]}", *(f"to {edge}" for edge in edges[1:]), f"above {edges[-1]}"]
    return [Entry(7 - n, text) for n, text in enumerate(texts)]


def raster(classes: NDArray[np.uint8], width: float, height: float) -> Markup:
    """Cells as they were computed, once for paper and once for dark screens; CSS shows one."""
    return Markup("").join(
        el(
            "image", href=_data_uri(indexed_png(classes, palette)), class_=f"raster {theme}",
            width=width, height=height, preserveAspectRatio="none",
        )
        for theme, palette in (("on-paper", _rgba(PAPER)), ("on-screen", _rgba(SCREEN)))
    )  # fmt: skip


def ramp_css() -> tuple[str, str]:
    """Custom properties ``--p1`` to ``--p7`` for paper and for dark screens."""
    paper, screen = (
        "".join(f"--p{n}:{colour};" for n, colour in enumerate(ramp, 1)) for ramp in (PAPER, SCREEN)
    )
    return paper, screen


def _rgba(ramp: tuple[str, ...]) -> list[Colour]:
    parts = [tuple(int(c[i : i + 2], 16) for i in (1, 3, 5)) for c in ramp]
    return [(0, 0, 0, 0), *((r, g, b, 235) for r, g, b in parts)]


def _data_uri(png: bytes) -> str:
    return f"data:image/png;base64,{base64.b64encode(png).decode('ascii')}"
