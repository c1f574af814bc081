"""A small PNG encoder: same pixels, same bytes, on every machine.

Indexed colour only (PNG specification, 3rd edition, colour type 3): maps draw classes, not shades.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Colour = tuple[int, int, int, int]
"""Red, green, blue, alpha, 0 to 255."""

_SIGNATURE = b"\x89PNG\r\n\x1a\n"


def indexed_png(index: NDArray[np.uint8], palette: Sequence[Colour]) -> bytes:
    """A PNG of ``index`` (rows, cols) into ``palette`` (at most 256 colours with alpha)."""
    rows, cols = index.shape
    if index.size and int(index.max()) >= len(palette):
        raise ValueError(f"index {int(index.max())} is outside a palette of {len(palette)}")
    lines = np.zeros((rows, cols + 1), np.uint8)  # column 0: filter type 0 of each line
    lines[:, 1:] = index
    return b"".join(
        (
            _SIGNATURE,
            _chunk(b"IHDR", struct.pack(">IIBBBBB", cols, rows, 8, 3, 0, 0, 0)),
            _chunk(b"PLTE", bytes(part for colour in palette for part in colour[:3])),
            _chunk(b"tRNS", bytes(colour[3] for colour in palette)),
            _chunk(b"IDAT", zlib.compress(lines.tobytes(), 9)),
            _chunk(b"IEND", b""),
        )
    )


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
