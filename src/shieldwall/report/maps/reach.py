"""Reach: from where a threat starts to the place it is asked about, by geodesic.

Drawn in the azimuthal-equidistant frame of the place, where every line to the place is a geodesic
at true length and a published range is a circle.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from markupsafe import Markup

from shieldwall.case.records import Origin, Place
from shieldwall.coverage.records import ReachResult
from shieldwall.geodesy import WGS84, Frame
from shieldwall.report.basemap import Window
from shieldwall.report.maps.canvas import Canvas, Floats, furniture, ground, use_ground
from shieldwall.report.maps.network import WIDTH
from shieldwall.report.maps.placing import LETTER, LINE, Box, beside, first_free
from shieldwall.report.maps.svg import el, path, picture
from shieldwall.report.records import Assessment
from shieldwall.report.words import number

_SAMPLE_M = 10_000.0
_LEAST_M = 50_000.0
_LONGEST = 44
_TALLEST, _FLATTEST = 0.85, 0.5
"""Limits of height to width."""


def centre_of(place: Place) -> tuple[float, float] | None:
    """(lat, lon) a reach is measured to on the map; ``None`` for a place known by name only."""
    if place.lat is not None and place.lon is not None:
        return place.lat, place.lon
    if place.polygon is None:
        return None
    lon, lat = np.asarray(place.polygon).mean(axis=0)
    return float(lat), float(lon)


def nearest_point(origin: Origin, lat: float, lon: float) -> tuple[float, float]:
    """The (lon, lat) on an origin's line nearest to a place, to the sampling of 10 km."""
    line = _sampled(origin)
    many = np.ones(len(line))
    distance = WGS84.inv(line[:, 0], line[:, 1], many * lon, many * lat)[2]
    nearest = line[int(np.argmin(distance))]
    return float(nearest[0]), float(nearest[1])


def reach_map(
    assessment: Assessment, place: Place, results: tuple[ReachResult, ...], title: str, id: str
) -> Markup:
    """All origins asked about for one place, their nearest lines, and each threat's range."""
    centre = centre_of(place)
    if centre is None:
        return Markup("")
    lat, lon = centre
    names = list(dict.fromkeys(r.origin for r in results))
    origins = [o for o in assessment.case.origins if o.id in names]
    canvas = _canvas(lat, lon, origins)
    plain_id = f"{id}-ground"
    bare = {r.origin: r for r in results}
    told = "; ".join(
        f"{o.name}: nearest {number(bare[o.id].nearest_km, 0)} km, "
        f"farthest {number(bare[o.id].farthest_km, 0)} km"
        for o in origins
    )
    target = canvas.from_lonlat([(lon, lat)])[0]
    lines = [(canvas.from_lonlat([nearest_point(o, lat, lon)])[0], o, bare[o.id]) for o in origins]
    return picture(
        canvas.width, canvas.height, title, f"{told}. The same figures are in the reach table.",
        el("defs", ground(canvas, plain_id)),
        use_ground(canvas, plain_id),
        _ranges(canvas, lat, lon, sorted({r.range_km[1] for r in results if r.range_km})),
        *(_origin(canvas, o, near, target, n) for n, (near, o, _) in enumerate(lines)),
        el("circle", class_="target", cx=float(target[0]), cy=float(target[1]), r=5.0),
        _labels(canvas, place.name, target, lines),
        furniture(canvas),
    )  # fmt: skip


def _sampled(origin: Origin) -> Floats:
    line = np.asarray(origin.line, float).reshape(-1, 2)
    parts = [line[:1]]
    for (lon1, lat1), (lon2, lat2) in pairwise(line):
        length = WGS84.inv(lon1, lat1, lon2, lat2)[2]
        steps = int(length // _SAMPLE_M)
        if steps:
            parts.append(np.asarray(WGS84.npts(lon1, lat1, lon2, lat2, steps)))
        parts.append(np.array([[lon2, lat2]]))
    return np.vstack(parts)


def _canvas(lat: float, lon: float, origins: list[Origin]) -> Canvas:
    """The place and, of every origin, what lies within twice its nearest distance."""
    frame = Frame(lat, lon)
    points = [np.zeros((1, 2))]
    for origin in origins:
        line = _sampled(origin)
        xy = np.column_stack(frame.to_xy(line[:, 1], line[:, 0]))
        away = np.hypot(xy[:, 0], xy[:, 1])
        points.append(xy[away <= 1.6 * max(away.min(), _LEAST_M)])
    every = np.vstack(points)
    low, high = every.min(axis=0), every.max(axis=0)
    middle, half = (low + high) / 2, np.maximum((high - low) / 2, _LEAST_M) * 1.18
    half = np.maximum(half, (half[1] / _TALLEST, half[0] * _FLATTEST))
    return Canvas(
        Window(frame, *(float(v) for v in (middle - half)), *(float(v) for v in (middle + half))),
        WIDTH,
    )


def _ranges(canvas: Canvas, lat: float, lon: float, ranges_km: list[float]) -> Markup:
    """Circles about the place: from anywhere inside one, a threat's likely range suffices."""
    parts = []
    for range_km in ranges_km:
        circle = canvas.circle(lat, lon, range_km * 1_000)
        parts.append(el("path", class_="reach-ring", d=path(circle, closed=True)))
        inside = [p for p in circle if canvas.holds(p, 40)]
        if inside:
            at = max(inside, key=lambda p: float(p[0]))
            parts.append(
                el("text", f"{number(range_km, 0)} km", x=float(at[0]), y=float(at[1]) + 4,
                   text_anchor="middle", class_="reach-name")
            )  # fmt: skip
    return el("g", *parts)


def _origin(canvas: Canvas, origin: Origin, near: Floats, target: Floats, position: int) -> Markup:
    line = canvas.from_lonlat([(float(x), float(y)) for x, y in _sampled(origin)])
    return el(
        "g",
        el("path", class_="origin-line", d=path(line)) if len(line) > 1 else Markup(""),
        el("path", class_="geodesic", d=path(np.vstack((near, target)))),
        el("circle", class_="origin-dot", cx=float(near[0]), cy=float(near[1]), r=4.0),
        class_=f"origin o{position % 4 + 1}",
    )


def _labels(
    canvas: Canvas, place: str, target: Floats, lines: list[tuple[Floats, Origin, ReachResult]]
) -> Markup:
    """Names beside their points and distances on their lines, where they find room."""
    bounds = Box(4, 4, canvas.width - 8, canvas.height - 8)
    dots = [
        Box.about((float(p[0]), float(p[1])), 12, 12) for p in (target, *(n for n, *_ in lines))
    ]
    wanted = [(place, dots[0], "place-name")]
    wanted += [(o.name, dot, "origin-name") for dot, (_, o, _) in zip(dots[1:], lines, strict=True)]
    taken, parts = list(dots), []

    def put(text: str, class_: str, width: float, points: list[tuple[float, float]]) -> None:
        spot = first_free(points, width, LINE, bounds, taken)
        if spot is not None:
            taken.append(spot)
            x, y = spot.middle
            parts.append(el("text", text, x=x, y=y + 4, text_anchor="middle", class_=class_))

    for near, _, result in lines:
        text = f"{number(result.nearest_km, 0)} km"
        along = [near + (target - near) * f for f in (0.5, 0.4, 0.6, 0.3, 0.7, 0.2)]
        put(text, "distance", LETTER * len(text) + 6, [(float(p[0]), float(p[1])) for p in along])
    for name, dot, class_ in wanted:
        text = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1].rstrip()}…"
        width = LETTER * len(text) + 4
        put(text, class_, width, [p for grow in (0, 14, 28) for p in beside(
            Box.about(dot.middle, dot.width + grow, dot.height + grow), width, LINE)])  # fmt: skip
    return el("g", *parts)
