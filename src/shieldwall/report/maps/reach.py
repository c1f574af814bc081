"""Reach: from where a threat starts to the place it is asked about, by geodesic.

Drawn in the azimuthal-equidistant frame of the place, where every line to the place is a geodesic
at true length and a published range is a circle.
"""

from __future__ import annotations

import numpy as np
from markupsafe import Markup

from shieldwall.case.records import Origin, Place
from shieldwall.coverage.records import ReachResult
from shieldwall.geodesy import WGS84, Frame
from shieldwall.report.basemap import Window
from shieldwall.report.maps.canvas import Canvas, Floats, furniture, ground, use_ground
from shieldwall.report.maps.network import WIDTH
from shieldwall.report.maps.svg import el, path, picture
from shieldwall.report.records import Assessment
from shieldwall.report.words import number

_SAMPLE_M = 10_000.0
_LEAST_M = 50_000.0


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
    return picture(
        canvas.width, canvas.height, title, f"{told}. The same figures are in the reach table.",
        el("defs", ground(canvas, plain_id)),
        use_ground(canvas, plain_id),
        _ranges(assessment, canvas, lat, lon, results),
        *(_origin(canvas, o, lat, lon, bare[o.id], n) for n, o in enumerate(origins)),
        el("circle", class_="target", cx=float(canvas.from_lonlat([(lon, lat)])[0, 0]),
           cy=float(canvas.from_lonlat([(lon, lat)])[0, 1]), r=5.0),
        _label(canvas.from_lonlat([(lon, lat)])[0], place.name, canvas, "place-name"),
        furniture(canvas),
    )  # fmt: skip


def _sampled(origin: Origin) -> Floats:
    line = np.asarray(origin.line, float).reshape(-1, 2)
    parts = [line[:1]]
    for (lon1, lat1), (lon2, lat2) in zip(line[:-1], line[1:], strict=True):
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
    half = np.maximum(half, half.max() * 0.62)
    return Canvas(
        Window(frame, *(float(v) for v in (middle - half)), *(float(v) for v in (middle + half))),
        WIDTH,
    )


def _ranges(
    assessment: Assessment, canvas: Canvas, lat: float, lon: float, results: tuple[ReachResult, ...]
) -> Markup:
    """A circle about the place: from anywhere inside it, the threat's likely range suffices."""
    parts = []
    found = {r.threat: r.range_km for r in results if r.threat and r.range_km}
    named = {t.id: t.name for t in assessment.case.threats}
    for threat, range_km in found.items():
        circle = canvas.circle(lat, lon, range_km[1] * 1_000)
        parts.append(el("path", class_="reach-ring", d=path(circle, closed=True)))
        inside = [p for p in circle if canvas.holds(p, 60)]
        if inside:
            top = min(inside, key=lambda p: float(p[1]))
            text = f"{named.get(threat, threat)}, {number(range_km[1], 0)} km"
            parts.append(
                el("text", text, x=float(top[0]), y=float(top[1]) - 6, text_anchor="middle",
                   class_="reach-name")
            )  # fmt: skip
    return el("g", *parts)


def _origin(
    canvas: Canvas, origin: Origin, lat: float, lon: float, result: ReachResult, number_of: int
) -> Markup:
    style = f"origin o{number_of % 4 + 1}"
    line = canvas.from_lonlat([(float(x), float(y)) for x, y in _sampled(origin)])
    near = canvas.from_lonlat([nearest_point(origin, lat, lon)])[0]
    target = canvas.from_lonlat([(lon, lat)])[0]
    distance = f"{number(result.nearest_km, 0)} km"
    middle = (near + target) / 2
    return el(
        "g",
        el("path", class_="origin-line", d=path(line)) if len(line) > 1 else Markup(""),
        el("path", class_="geodesic", d=path(np.vstack((near, target)))),
        el("circle", class_="origin-dot", cx=float(near[0]), cy=float(near[1]), r=4.0),
        el("text", distance, x=float(middle[0]), y=float(middle[1]) - 5, text_anchor="middle",
           class_="distance"),
        _label(near, origin.name, canvas, "origin-name wide-only"),
        class_=style,
    )  # fmt: skip


def _label(point: Floats, text: str, canvas: Canvas, class_: str) -> Markup:
    """Beside a point, on the side with room."""
    right = float(point[0]) < canvas.width / 2
    x = float(point[0]) + (9 if right else -9)
    text = text if len(text) <= 44 else f"{text[:43].rstrip()}…"
    return el("text", text, x=x, y=float(point[1]) + 15, class_=class_,
              text_anchor="start" if right else "end")  # fmt: skip
