"""Rings of places and areas, written in the case or read from a file inside its folder."""

from __future__ import annotations

from pathlib import Path, PurePosixPath, PureWindowsPath

from shieldwall.case.documents import did_you_mean

Ring = tuple[tuple[float, float], ...]

MAX_SPAN_DEG = 60.0
"""Wider or higher than any country's air defence is assessed in one case."""

SMALLEST_DEG2 = 1e-4
"""About 1 km²: nothing is published finer, and slivers hold no points to evaluate."""


def inside(folder: Path, name: str) -> Path:
    """The path ``name`` names in ``folder``. Raises ``ValueError`` where it would leave it.

    Links are followed before judging; the file must exist.
    """
    right = "write a path relative to the case folder that stays inside it"
    windows = PureWindowsPath(name)
    if PurePosixPath(name).is_absolute() or windows.drive or windows.root:
        raise ValueError(f"must not be absolute; {right}")
    if ".." in windows.parts:
        raise ValueError(f'must not climb with ".."; {right}')
    path = folder / PurePosixPath(*windows.parts)
    try:
        if not path.resolve().is_relative_to(folder.resolve()):
            raise ValueError(f"is a link that leaves the case folder; {right}")
        found = path.is_file()
    except (OSError, RuntimeError) as error:
        raise ValueError(f"cannot be followed; {right}") from error
    if not found:
        raise ValueError("does not exist in the case folder; put it there or correct the name")
    return path


def checked_ring(points: Ring) -> Ring:
    """``points`` without a closing repeat. Raises ``ValueError`` for what is no simple area."""
    # Imported here: most users of the case's records need no geometry library.
    from shapely.geometry import Polygon
    from shapely.validation import explain_validity

    ring = points[:-1] if len(points) > 1 and points[0] == points[-1] else points
    if len(set(ring)) < 3:
        raise ValueError(f"needs at least 3 different points, and has {len(set(ring))}")
    for i, (lon, _) in enumerate(ring):
        if abs(lon - ring[i - 1][0]) > 180:
            raise ValueError("crosses the antimeridian (180° east/west); split it there")
    spans = (max(p[axis] for p in ring) - min(p[axis] for p in ring) for axis in (0, 1))
    if max(spans) > MAX_SPAN_DEG:
        raise ValueError(f"spans more than {MAX_SPAN_DEG:g} degrees; draw a smaller area")
    shape = Polygon(ring)
    if not shape.is_valid:
        raise ValueError(
            f"is not a simple polygon: {explain_validity(shape)}; lines must not cross"
        )
    if shape.area < SMALLEST_DEG2:
        raise ValueError("encloses less than about 1 km²; draw a larger area")
    return ring


def ring_from_file(folder: Path, name: str, feature: str | None) -> Ring:
    """The polygon called ``feature`` in a file of the case; the only one where it is None.

    Raises ``ValueError`` with what would be right; ``InputError`` for a file unsafe to open.
    """
    from shieldwall.vectors import read_polygons

    path = inside(folder, name)
    shapes = list(read_polygons(path))
    if feature is None and len(shapes) == 1:
        return checked_ring(tuple((float(x), float(y)) for x, y in shapes[0].ring))
    names = [shape.name for shape in shapes]
    matches = [shape for shape in shapes if shape.name == feature]
    if len(matches) != 1:
        listed = ", ".join(repr(each) for each in names[:10]) or "none"
        wanted = "name one with feature" if feature is None else f"has {len(matches)} of that name"
        raise ValueError(f"{wanted}; its polygons: {listed}{did_you_mean(feature, names)}")
    return checked_ring(tuple((float(x), float(y)) for x, y in matches[0].ring))
