"""``network.gpkg``: the network, its cover and the reach as GeoPackage layers with QGIS styles."""

from __future__ import annotations

import itertools
import sqlite3
from pathlib import Path

import numpy as np

from shieldwall.errors import OutputError
from shieldwall.files import replacing
from shieldwall.geodesy import WGS84
from shieldwall.report.exports import facts, qgis
from shieldwall.report.exports.overlay import COVER_EDGES, DEFAULT_ALTITUDE_M
from shieldwall.report.exports.plain_data import rounded
from shieldwall.report.maps.colours import SCREEN
from shieldwall.report.maps.reach import centre_of, nearest_point
from shieldwall.report.records import Assessment
from shieldwall.report.words import plain
from shieldwall.vectors.geopackage_writer import Columns, Layer, Style, Value, write_layers
from shieldwall.vectors.polygons import Ring

SHAPES = {
    "long": "square", "medium": "diamond", "short": "triangle", "point": "circle",
    "surveillance": "pentagon",
}  # fmt: skip
COLOURS = tuple(facts.LAYER_COLOURS.items())
REACH_POINTS = 48
DECIMALS = 3
LEAST_COVER = 0.005
"""Cells below half a percent at every altitude are left out."""


def write_geopackage(assessment: Assessment, path: Path) -> None:
    """Write the layers to a new GeoPackage. Raises ``OutputError``."""
    layers = (
        _sites(assessment), _precision(assessment), _spread_units(assessment),
        _rings(assessment), _defended_areas(assessment), _cover_cells(assessment),
        _reach_lines(assessment),
    )  # fmt: skip
    try:
        with replacing(path) as temporary:
            write_layers(temporary, layers, assessment.case.as_of)
    except sqlite3.Error as error:
        raise OutputError(f"cannot write {path}: {error}") from error


def _point(lat: float, lon: float) -> tuple[float, float]:
    return round(lon, facts.DEGREE_DECIMALS), round(lat, facts.DEGREE_DECIMALS)


def _unit_values(unit: facts.UnitFacts) -> tuple[Value, ...]:
    texts = dict(unit.rows)
    return (
        unit.unit.id, plain(unit.title), unit.system, unit.unit.layer, plain(unit.place.name),
        rounded(unit.presence), texts["Presence"], texts.get("Launchers, if there"),
        texts.get("Works, if there"), texts.get("There and works"), texts["Position"],
        unit.place.precision_m,
    )  # fmt: skip


UNIT_COLUMNS: Columns = (
    ("unit", "TEXT"), ("title", "TEXT"), ("system", "TEXT"), ("layer", "TEXT"),
    ("place", "TEXT"), ("presence", "REAL"), ("presence_words", "TEXT"), ("launchers", "TEXT"),
    ("serviceable", "TEXT"), ("in_service", "TEXT"), ("position", "TEXT"), ("precision_m", "REAL"),
)  # fmt: skip


def _sites(assessment: Assessment) -> Layer:
    rows = [
        ((_point(u.place.lat, u.place.lon),), _unit_values(u))
        for u in facts.units(assessment)
        if u.place.lat is not None and u.place.lon is not None
    ]
    style = qgis.by_value("layer", ((n, qgis.marker(c, SHAPES[n])) for n, c in COLOURS))
    return Layer("sites", "Units at their published positions", "POINT", UNIT_COLUMNS, rows,
                 (Style("Layers", style),))  # fmt: skip


def _spread_units(assessment: Assessment) -> Layer:
    rows = [
        (facts.closed(u.place.polygon), _unit_values(u))
        for u in facts.units(assessment)
        if u.place.polygon is not None
    ]
    style = qgis.by_value("layer", ((n, qgis.outline(c, "dot")) for n, c in COLOURS))
    return Layer("spread_units", "Units known to an area only", "POLYGON", UNIT_COLUMNS, rows,
                 (Style("Layers", style),))  # fmt: skip


def _precision(assessment: Assessment) -> Layer:
    places = {u.place.id: u.place for u in facts.units(assessment)}
    rows = [
        (facts.circle(p.lat, p.lon, p.precision_m), (id, plain(p.name), p.precision_m))
        for id, p in sorted(places.items())
        if p.lat is not None and p.lon is not None and p.precision_m
    ]
    return Layer(
        "precision", "How precisely each position was published: it lies in the circle", "POLYGON",
        (("place", "TEXT"), ("name", "TEXT"), ("precision_m", "REAL")), rows,
        (Style("Precision", qgis.single(qgis.outline("#444444", "dash", 0.3))),),
    )  # fmt: skip


def _rings(assessment: Assessment) -> Layer:
    rows = [
        (ring.ring, (ring.unit, unit.unit.layer, ring.bound, rounded(ring.radius_m / 1000),
                     f"catalogue:{ring.figure}"))
        for unit in facts.units(assessment)
        for ring in facts.range_rings(assessment, unit)
    ]  # fmt: skip
    style = qgis.by_value("layer", ((n, qgis.outline(c)) for n, c in COLOURS))
    return Layer(
        "rings", "Published ranges as geodesic circles: low, likely, high; no terrain", "POLYGON",
        (("unit", "TEXT"), ("layer", "TEXT"), ("bound", "TEXT"), ("radius_km", "REAL"),
         ("figure", "TEXT")),
        rows, (Style("Rings", style),),
    )  # fmt: skip


def _defended_areas(assessment: Assessment) -> Layer:
    rows = [
        (facts.closed(a.polygon), (a.id, plain(a.name), plain(a.reason), f"coverage.{a.id}"))
        for a in sorted(assessment.case.defended_areas, key=lambda a: a.id)
    ]
    return Layer(
        "defended_areas", "Areas whose cover is stated; shares by id in coverage.csv", "POLYGON",
        (("area", "TEXT"), ("name", "TEXT"), ("reason", "TEXT"), ("figures", "TEXT")), rows,
        (Style("Areas", qgis.single(qgis.outline("#111111", "solid", 0.6))),),
    )  # fmt: skip


def _cover_cells(assessment: Assessment) -> Layer:
    """The published grid's own cells: probability of cover by at least one layer."""
    coverage, grid = assessment.coverage, assessment.coverage.grid
    kinds = list(itertools.product(coverage.threats, coverage.altitudes_m))
    depth_1 = np.nan_to_num(coverage.depth_probability[:, :, 0].astype(np.float64), nan=0.0)
    shares = np.round(depth_1.reshape(len(kinds), -1), DECIMALS)
    x = grid.x0_m + grid.cell_m * np.arange(grid.cols + 1)
    y = grid.y0_m - grid.cell_m * np.arange(grid.rows + 1)
    lat, lon = (
        np.round(a, facts.DEGREE_DECIMALS) for a in grid.frame.to_latlon(*np.meshgrid(x, y))
    )
    rows: list[tuple[Ring, tuple[Value, ...]]] = []
    for cell in np.flatnonzero(shares.max(axis=0) >= LEAST_COVER).tolist():
        r, c = divmod(cell, grid.cols)
        corners = ((r + 1, c), (r + 1, c + 1), (r, c + 1), (r, c), (r + 1, c))
        ring = tuple((float(lon[at]), float(lat[at])) for at in corners)
        rows.append((ring, (r, c, *shares[:, cell].tolist())))
    columns: Columns = (("row", "INTEGER"), ("col", "INTEGER"),
               *((f"{threat}_{altitude}m", "REAL") for threat, altitude in kinds))  # fmt: skip
    return Layer(
        "cover_cells", "Probability of cover by at least one layer, by threat and altitude above "
        "ground, on the published grid", "POLYGON", columns, rows, _cover_styles(assessment),
    )  # fmt: skip


def _cover_styles(assessment: Assessment) -> tuple[Style, ...]:
    """One style for each threat and altitude; the first is the default."""
    names = {t.id: plain(t.name) for t in assessment.case.threats}
    coverage = assessment.coverage
    kinds = list(itertools.product(coverage.threats, coverage.altitudes_m))
    kinds.sort(key=lambda kind: (kind[0] != coverage.threats[0], kind[1] != DEFAULT_ALTITUDE_M))
    classes = [
        (low, high, label, qgis.filled(rgb, 170))
        for (low, high, label), rgb in zip(COVER_EDGES, SCREEN, strict=True)
    ]
    return tuple(
        Style(f"{names[threat]}, {altitude} m", qgis.by_class(f"{threat}_{altitude}m", classes))
        for threat, altitude in kinds
    )


def _reach_lines(assessment: Assessment) -> Layer:
    origins = {o.id: o for o in assessment.case.origins}
    rows = []
    for each in sorted(
        assessment.coverage.reach, key=lambda r: (r.place, r.origin, r.threat or "")
    ):
        place = assessment.case.place(each.place)
        centre = centre_of(place)
        if centre is None:
            continue
        lat, lon = centre
        from_lon, from_lat = nearest_point(origins[each.origin], lat, lon)
        between = WGS84.npts(from_lon, from_lat, lon, lat, REACH_POINTS)
        line = tuple(_point(y, x) for x, y in ((from_lon, from_lat), *between, (lon, lat)))
        figure = f"reach.{each.place}.{each.origin}" + (f".{each.threat}" if each.threat else "")
        rows.append(
            (line, (each.origin, plain(origins[each.origin].name), each.place, plain(place.name),
                    each.threat, rounded(each.nearest_km), rounded(each.plus_minus_km),
                    None if each.probability is None else rounded(each.probability), figure))
        )  # fmt: skip
    return Layer(
        "reach_lines", "Geodesics from the nearest point of each origin; probability that the "
        "published range suffices", "LINESTRING",
        (("origin", "TEXT"), ("origin_name", "TEXT"), ("place", "TEXT"), ("place_name", "TEXT"),
         ("threat", "TEXT"), ("nearest_km", "REAL"), ("plus_minus_km", "REAL"),
         ("probability", "REAL"), ("figure", "TEXT")),
        rows, (Style("Reach", qgis.single(qgis.line("#aa3377", "dash"))),),
    )  # fmt: skip
