"""The layered network: sites with APP-6 symbols, published precision, published range bands."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby

import numpy as np
from markupsafe import Markup

from shieldwall.case.records import Place
from shieldwall.catalogue.records import Catalogue, Figure
from shieldwall.network.ensemble import Unit
from shieldwall.report import symbols
from shieldwall.report.maps.canvas import Canvas, Floats, furniture, use_ground
from shieldwall.report.maps.colours import DASHES
from shieldwall.report.maps.placing import Box, place_boxes
from shieldwall.report.maps.svg import el, join, path, picture
from shieldwall.report.records import Assessment

WIDTH = 760.0
_SYMBOL = 30.0
_NAME_UNITS = 6.1
"""Width of a letter of a 12-unit label, on average."""


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
    shown = [s for s in sites(assessment) if canvas.holds(_anchor(canvas, s.place))]
    names = "; ".join(
        f"{number} {_system_name(assessment.catalogue, unit.system)} at {site.place.name}"
        for site in shown
        for number, unit in site.units
    )
    return picture(
        canvas.width, canvas.height, title,
        f"North is up. {names}. The same units, with odds, are in the order of battle below.",
        use_ground(canvas, ground_id),
        _rings(assessment, canvas, shown),
        defended(assessment, canvas, named=True),
        join(_precision(canvas, site.place) for site in shown),
        _symbols(assessment, canvas, shown),
        furniture(canvas),
    )  # fmt: skip


def defended(assessment: Assessment, canvas: Canvas, named: bool = False) -> Markup:
    """Outlines of the defended areas."""
    parts = []
    for area in assessment.case.defended_areas:
        line = canvas.from_lonlat(area.polygon)
        parts.append(el("path", class_="defended", d=path(line, closed=True)))
        if named and canvas.holds(line.mean(axis=0)):
            parts.append(
                el("text", area.name, x=float(line[:, 0].mean()), y=float(line[:, 1].max()) + 13,
                   text_anchor="middle", class_="area-name wide-only")
            )  # fmt: skip
    return el("g", *parts)


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
    if place.polygon is not None:
        return canvas.from_lonlat(place.polygon).mean(axis=0)
    return canvas.from_lonlat([(place.lon or 0.0, place.lat or 0.0)])[0]


def _rings(assessment: Assessment, canvas: Canvas, shown: list[Site]) -> Markup:
    """Low to high as a pale band, the likely range as a line; teams over an area have no ring."""
    parts = []
    for site in shown:
        lat, lon = site.place.lat, site.place.lon
        for _, unit in site.units:
            figure = published_range(assessment.catalogue, unit.system)
            if lat is None or lon is None or figure is None or unit.layer == "surveillance":
                continue
            low, likely, high = (canvas.circle(lat, lon, r) for r in figure.si)
            ring = path(high, closed=True) + path(low, closed=True)
            parts.append(el("path", class_=f"band {unit.layer}", d=ring, fill_rule="evenodd"))
            parts.append(
                el("path", class_=f"ring {unit.layer}", d=path(likely, closed=True),
                   stroke_dasharray=DASHES[unit.layer])
            )  # fmt: skip
    return el("g", *parts, class_="rings")


def _precision(canvas: Canvas, place: Place) -> Markup:
    if place.polygon is not None:
        outline = path(canvas.from_lonlat(place.polygon), closed=True)
        return el("path", class_="spread", d=outline)
    if place.lat is None or place.lon is None or place.precision_m is None:
        return Markup("")
    circle = canvas.circle(place.lat, place.lon, place.precision_m)
    return el("path", class_="precision", d=path(circle, closed=True))


def _symbols(assessment: Assessment, canvas: Canvas, shown: list[Site]) -> Markup:
    """Symbols in a row per site, moved off one another, tied to their place by a thin line."""
    anchors = [_anchor(canvas, site.place) for site in shown]
    widths = [
        max(len(site.units) * _SYMBOL, _NAME_UNITS * len(_short(site.place.name))) for site in shown
    ]
    boxes = place_boxes(
        [(float(a[0]), float(a[1])) for a in anchors],
        [(width + 6, _SYMBOL + 18) for width in widths],
        Box(2, 2, canvas.width - 4, canvas.height - 26),
    )
    ties, drawn = [], []
    for site, anchor, box in zip(shown, anchors, boxes, strict=True):
        middle = np.array([box.left + box.width / 2, box.top + _SYMBOL / 2])
        ties.append(el("path", class_="tie", d=path(np.vstack((anchor, middle)))))
        ties.append(el("circle", class_="dot", cx=float(anchor[0]), cy=float(anchor[1]), r=2.2))
        drawn.append(_row(assessment.catalogue, site, middle))
    return el("g", *ties, *drawn)


def _row(catalogue: Catalogue, site: Site, middle: Floats) -> Markup:
    parts = []
    left = float(middle[0]) - len(site.units) * _SYMBOL / 2
    top = float(middle[1]) - _SYMBOL / 2
    for place, (number, unit) in enumerate(site.units):
        x = left + place * _SYMBOL
        code = symbols.code_of(catalogue, unit.system, unit.layer)
        parts += [
            el("use", href=f"#app6-{code}", x=x, y=top, width=_SYMBOL, height=_SYMBOL),
            el("circle", class_="badge", cx=x + _SYMBOL - 4, cy=top + 5, r=7.0),
            el("text", str(number), class_="badge-text", x=x + _SYMBOL - 4, y=top + 8.5,
               text_anchor="middle"),
        ]  # fmt: skip
    parts.append(
        el("text", _short(site.place.name), x=float(middle[0]), y=top + _SYMBOL + 12,
           text_anchor="middle", class_="site-name wide-only")
    )  # fmt: skip
    return el("g", *parts)


def _short(name: str) -> str:
    """A name that fits beside a symbol; the whole one is in the order of battle."""
    head = name.split(",")[0].split("(")[0].strip() or name
    return head if len(head) <= 28 else f"{head[:27].rstrip()}…"
