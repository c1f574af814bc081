"""The report's colours for matplotlib: probability in its seven terms, states of operation."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from shieldwall.notebook.libraries import library
from shieldwall.report.maps.colours import PAPER
from shieldwall.report.words import LIKELIHOOD, plain

STATES = {
    "independent": "#17557a", "supervised": "#6fb0cf", "joint": "#f1dc9a",
    "supplier_contractors": "#e08a3c", "supplier_instructors": "#8f2f16",
    "not_operational": "#d8d4ca",
}  # fmt: skip
"""As on the page (``style.css``, ``--s-…``), from the bottom of the stack to its top."""

LINE, SHADE, ACCENT = "#1c1b19", "#e4e0d6", "#0b5a78"


def of_probability() -> tuple[Any, Any, list[float], list[str]]:
    """Colour map, norm, and where on its bar which term stands; below 1 % nothing is drawn."""
    colors = library("matplotlib.colors")
    edges = [0.01, *(below / 100 for below, _ in LIKELIHOOD[:-1]), 1.0]
    ramp = colors.ListedColormap(PAPER).with_extremes(under="#00000000", bad="#00000000")
    norm = colors.BoundaryNorm(edges, len(PAPER))
    middles = [(a + b) / 2 for a, b in pairwise(edges)]
    return ramp, norm, middles, [term for _, term in LIKELIHOOD]


def literal(text: str) -> str:
    """A case's text as matplotlib should draw it: between two dollars it would read formulas."""
    return plain(text).replace("$", r"\$")
