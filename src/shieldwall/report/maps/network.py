"""The layered network: sites with APP-6 symbols, published precision, published range bands."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import numpy as np
import shapely
from markupsafe import Markup

from shieldwall.case.records import Place
from shieldwall.catalogue.records import Catalogue, Figure
from shieldwall.network.ensemble import Unit
from shieldwall.report import symbols
from shieldwall.report.maps.canvas import Canvas, Floats, furniture, use_ground
from shieldwall.report.maps.colours import DASHES
from shieldwall.report.maps.placing import LETTER, LINE, Box, around, beside, first_free
from shieldwall.report.maps.svg import el, join, path, picture
from shieldwall.report.records import Assessment
from shieldwall.report.words import listed, number, short

WIDTH = 760.0
_SYMBOL = 27.0
_NOTE = 16.0
"""Height of a line below the map."""


@dataclass(frozen=True)
class Site:
    """The units that stand at one place, with their numbers in the order of battle."""

    place: Place
    units: tuple[tuple[int, Unit], ...]


def sites(assessment: Assessment) -> tuple[Site, ...]:
    """Units by place, in the order of the ensemble; places known by name only are left out."""
    numbered = sorted(enumerate(assessment.ensemble.units, 1), key=lambda pair: pair[1].place)
    groups = [
        Site(assessment.case.place(place), tuple(units))
        for place, units in groupby(numbered, key=lambda pair: pair[1].place)
    ]
    located = (s for s in groups if s.place.kind != "unlocated")
    return tuple(sorted(located, key=lambda s: s.units[0][0]))


def published_range(catalogue: Catalogue, system: str) -> Figure | None:
    """The range a ring is drawn with: the farthest interceptor, or how far a radar is built for."""
    radar = catalogue.radars.get(system)
    if radar is not None:
        return radar.instrumented if radar.instrumented and radar.instrumented.known else None
    entry = catalogue.systems.get(system)
    ranges = [i.range_max for i in entry.interceptors if i.range_max.known] if entry else []
    return max(ranges, key=lambda f: f.si[1], default=None)


def network_map(assessment: Assessment, ground_id: str, title: str) -> Markup:
    """The map of the whole network on the published grid's window."""
    canvas = Canvas.of_grid(assessment.coverage.grid, WIDTH)
    shown = [s for s in sites(assessment) if on_map(assessment, s.place)]
    names = "; ".join(
        f"{number_of} {_system_name(assessment.catalogue, unit.system)} at {site.place.name}"
        for site in shown
        for number_of, unit in site.units
    )
    wide = outside(assessment)
    told = [f"North is up. {names}.", *(f"{line}." for line in wide)]
    return picture(
        canvas.width, canvas.height + _strip_height(wide), title,
        f"{' '.join(told)} The same units, with odds, are in the order of battle below.",
        use_ground(canvas, ground_id),
        _rings(assessment, canvas, shown),
        defended(assessment, canvas),
        join(_precision(canvas, site.place) for site in shown),
        _symbols(assessment, canvas, shown),
        furniture(canvas),
        _strip(canvas, wide),
    )  # fmt: skip


def outside(assessment: Assessment) -> tuple[str, ...]:
    """Rings that run wholly outside the map though their units stand on it, a line each system."""
    canvas = Canvas.of_grid(assessment.coverage.grid, WIDTH)
    edge = shapely.box(0, 0, canvas.width, canvas.height)
    unseen: dict[str, list[int]] = {}
    ranges: dict[str, float] = {}
    for site in (s for s in sites(assessment) if on_map(assessment, s.place)):
        for number_of, unit in site.units:
            figure = _ringed(assessment, site, unit)
            if figure is None:
                continue
            line = _circle(canvas, site, figure.si[1])
            if not shapely.LinearRing(line).intersects(edge):
                unseen.setdefault(unit.system, []).append(number_of)
                ranges[unit.system] = figure.si[1]
    return tuple(
        f"Wholly outside this map: the {'ring' if len(numbers) == 1 else 'rings'} of "
        f"{listed(map(str, sorted(numbers)))}, "
        f"{short(_system_name(assessment.catalogue, system))}, likely range "
        f"{number(ranges[system] / 1_000)}\u00a0km"
        for system, numbers in unseen.items()
    )


def _strip_height(lines: tuple[str, ...]) -> float:
    return _NOTE * len(lines) + 8 if lines else 0.0


def _strip(canvas: Canvas, lines: tuple[str, ...]) -> Markup:
    """Below the map, beside the legend: what the map is too small to show."""
    if not lines:
        return Markup("")
    return el(
        "g",
        el("rect", class_="strip", y=canvas.height, width=canvas.width,
           height=_strip_height(lines)),
        *(el("text", f"{line}.", x=0.0, y=canvas.height + _NOTE * n, class_="strip-note")
          for n, line in enumerate(lines, 1)),
    )  # fmt: skip


def on_map(assessment: Assessment, place: Place) -> bool:
    """Whether a place is located inside the published grid's window."""
    canvas = Canvas.of_grid(assessment.coverage.grid, WIDTH)
    return place.kind != "unlocated" and canvas.holds(_anchor(canvas, place))


def defended(assessment: Assessment, canvas: Canvas) -> Markup:
    """Outlines of the defended areas."""
    outline = "".join(
        path(canvas.from_lonlat(area.polygon), closed=True)
        for area in assessment.case.defended_areas
    )
    if not outline:
        return Markup("")
    return el("g", *(el("path", class_=c, d=outline) for c in ("defended-halo", "defended")))


def symbol_definitions(assessment: Assessment) -> Markup:
    """The APP-6 symbols in use, once each, as ``symbol`` elements."""
    codes = sorted({
        symbols.code_of(assessment.catalogue, unit.system, unit.layer)
        for unit in assessment.ensemble.units
    })  # fmt: skip
    return join(
        el("symbol", Markup(symbols.drawing(code)), id=f"app6-{code}", viewBox=symbols.VIEW_BOX)
        for code in codes
    )


def _system_name(catalogue: Catalogue, system: str) -> str:
    entry = catalogue.systems.get(system) or catalogue.radars.get(system)
    return entry.name if entry else system


def _anchor(canvas: Canvas, place: Place) -> Floats:
    """Where a located place is drawn: its point, or the middle of its outline."""
    corners = place.polygon if place.polygon is not None else [(place.lon or 0.0, place.lat or 0.0)]
    middle: Floats = canvas.from_lonlat(corners).mean(axis=0)
    return middle


def _rings(assessment: Assessment, canvas: Canvas, shown: list[Site]) -> Markup:
    """Low to high as a pale band, the likely range as a line; teams over an area have no ring."""
    parts = []
    for site in shown:
        for _, unit in site.units:
            figure = _ringed(assessment, site, unit)
            if figure is None:
                continue
            low, likely, high = (_circle(canvas, site, r) for r in figure.si)
            ring = path(high, closed=True) + path(low, closed=True)
            parts.append(el("path", class_=f"band {unit.layer}", d=ring, fill_rule="evenodd"))
            parts.append(
                el("path", class_=f"ring {unit.layer}", d=path(likely, closed=True),
                   stroke_dasharray=DASHES[unit.layer])
            )  # fmt: skip
    return el("g", *parts, class_="rings")


def _ringed(assessment: Assessment, site: Site, unit: Unit) -> Figure | None:
    """The range of a unit's ring; teams over an area and radars have none."""
    if site.place.lat is None or site.place.lon is None or unit.layer == "surveillance":
        return None
    return published_range(assessment.catalogue, unit.system)


def _circle(canvas: Canvas, site: Site, radius_m: float) -> Floats:
    return canvas.circle(site.place.lat or 0.0, site.place.lon or 0.0, radius_m)


def _precision(canvas: Canvas, place: Place) -> Markup:
    if place.polygon is not None:
        outline = path(canvas.from_lonlat(place.polygon), closed=True)
        return el("path", class_="spread", d=outline)
    if place.lat is None or place.lon is None or place.precision_m is None:
        return Markup("")
    circle = canvas.circle(place.lat, place.lon, place.precision_m)
    return el("path", class_="precision", d=path(circle, closed=True))


def _symbols(assessment: Assessment, canvas: Canvas, shown: list[Site]) -> Markup:
    """Symbols, tied to their place by a thin line where they had to move; then what names fit.

    Points come before areas, which have room to choose; a name with no room is left to the key.
    """
    bounds = Box(4, 4, canvas.width - 8, canvas.height - 8)
    bar = Box(0, canvas.height - 40, 0.3 * canvas.width, 40)
    arrow = Box(canvas.width - 40, 0, 40, 52)
    taken = [bar, arrow]
    placed: list[tuple[Site, Box]] = []
    parts = []
    for site in sorted(shown, key=lambda s: s.place.polygon is not None):
        width = len(site.units) * _SYMBOL
        anchor = _anchor(canvas, site.place)
        start = (float(anchor[0]), float(anchor[1]))
        choices = _within(canvas, site.place) if site.place.polygon else around(start)
        box = first_free(choices, width, _SYMBOL, bounds, taken) or Box.about(start, width, _SYMBOL)
        taken.append(box)
        placed.append((site, box))
        if site.place.polygon is None:
            line = np.vstack((anchor, np.array(box.middle)))
            parts.append(el("path", class_="tie", d=path(line)))
            parts.append(el("circle", class_="dot", cx=start[0], cy=start[1], r=2.2))
    parts += [_row(assessment.catalogue, site, box) for site, box in placed]
    labels = [(_short(site.place.name), box, "site-name") for site, box in placed]
    for area in assessment.case.defended_areas:
        line = canvas.from_lonlat(area.polygon)
        (left, top), (right, bottom) = line.min(axis=0), line.max(axis=0)
        outline = Box(float(left), float(top), float(right - left), float(bottom - top))
        labels.append((_short(area.name), outline, "area-name"))
    for text, box, class_ in labels:
        width = LETTER * len(text)
        spot = first_free(beside(box, width, LINE), width, LINE, bounds, taken)
        if spot is not None:
            taken.append(spot)
            x, y = spot.middle
            parts.append(el("text", text, x=x, y=y + 4, text_anchor="middle", class_=class_))
    return el("g", *parts)


def _within(canvas: Canvas, place: Place) -> list[tuple[float, float]]:
    """Points inside an area place, from its middle outward."""
    polygon = shapely.Polygon(canvas.from_lonlat(place.polygon or ()))
    left, top, right, bottom = polygon.bounds
    x, y = (g.ravel() for g in np.meshgrid(np.arange(left, right, 12), np.arange(top, bottom, 12)))
    inside = shapely.contains_xy(polygon, x, y)
    middle = polygon.centroid
    points = [(float(a), float(b)) for a, b in zip(x[inside], y[inside], strict=True)]
    points.sort(key=lambda p: (p[0] - middle.x) ** 2 + (p[1] - middle.y) ** 2)
    return [(middle.x, middle.y), *points]


def _row(catalogue: Catalogue, site: Site, box: Box) -> Markup:
    parts = []
    for position, (number_of, unit) in enumerate(site.units):
        x, top = box.left + position * _SYMBOL, box.top
        code = symbols.code_of(catalogue, unit.system, unit.layer)
        parts += [
            el("use", href=f"#app6-{code}", x=x, y=top, width=_SYMBOL, height=_SYMBOL),
            el("circle", class_="badge", cx=x + _SYMBOL - 4, cy=top + 4, r=7.0),
            el("text", str(number_of), class_="badge-text", x=x + _SYMBOL - 4, y=top + 7.1,
               text_anchor="middle"),
        ]  # fmt: skip
    return el("g", *parts)


def _short(name: str) -> str:
    """A name that fits beside a symbol; the whole one is in the order of battle."""
    head = short(name)
    return head if len(head) <= 30 else f"{head[:29].rstrip()}…"
