"""Seven-line letters for the legend of a globe, which shows pictures but no text of ours."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

SCALE = 2
"""Pixels a dot."""

# Each letter: seven lines of five dots, as bits from left (16) to right (1).
_DOTS = {
    " ": (0, 0, 0, 0, 0, 0, 0),
    "%": (25, 25, 2, 4, 8, 19, 19),
    "-": (0, 0, 0, 14, 0, 0, 0),
    ":": (0, 4, 4, 0, 4, 4, 0),
    "0": (14, 17, 19, 21, 25, 17, 14),
    "1": (4, 12, 4, 4, 4, 4, 14),
    "2": (14, 17, 1, 2, 4, 8, 31),
    "3": (31, 2, 4, 2, 1, 17, 14),
    "4": (2, 6, 10, 18, 31, 2, 2),
    "5": (31, 16, 30, 1, 1, 17, 14),
    "6": (6, 8, 16, 30, 17, 17, 14),
    "7": (31, 1, 2, 4, 8, 8, 8),
    "8": (14, 17, 17, 14, 17, 17, 14),
    "9": (14, 17, 17, 15, 1, 2, 12),
    "A": (14, 17, 17, 17, 31, 17, 17),
    "B": (30, 17, 17, 30, 17, 17, 30),
    "C": (14, 17, 16, 16, 16, 17, 14),
    "D": (30, 17, 17, 17, 17, 17, 30),
    "E": (31, 16, 16, 30, 16, 16, 31),
    "F": (31, 16, 16, 30, 16, 16, 16),
    "I": (14, 4, 4, 4, 4, 4, 14),
    "L": (16, 16, 16, 16, 16, 16, 31),
    "N": (17, 25, 21, 21, 19, 17, 17),
    "O": (14, 17, 17, 17, 17, 17, 14),
    "P": (30, 17, 17, 30, 16, 16, 16),
    "R": (30, 17, 17, 30, 20, 18, 17),
    "T": (31, 4, 4, 4, 4, 4, 4),
    "V": (17, 17, 17, 17, 17, 10, 4),
    "W": (17, 17, 17, 21, 21, 21, 10),
    "Y": (17, 17, 10, 4, 4, 4, 4),
}


def lettered(text: str) -> NDArray[np.bool_]:
    """``text`` as dots: (7 * SCALE, columns). Raises ``KeyError`` for a letter not drawn here."""
    bits = np.array([_DOTS[letter] for letter in text], np.uint8)  # (letters, lines)
    dots = (bits[:, :, None] >> np.arange(5, -1, -1)) & 1  # a blank column leads each letter
    lines = dots.transpose(1, 0, 2).reshape(7, -1)
    return np.kron(lines, np.ones((SCALE, SCALE), np.uint8)).astype(np.bool_)
