"""The maps and charts of the page, each with its title, caption, legend and source line."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from markupsafe import Markup

from shieldwall.coverage.records import AreaCover
from shieldwall.report import basemap, symbols
from shieldwall.report.cover_words import STEPS, lead_cover, shares
from shieldwall.report.maps import colours
from shieldwall.report.maps.canvas import Canvas, coast_over, ground
from shieldwall.report.maps.charts import altitude_chart, section_chart, stacked_bar, step_bar
from shieldwall.report.maps.colours import probability_classes
from shieldwall.report.maps.cover import floor_panel, panel_canvas, probability_panel
from shieldwall.report.maps.network import (
    WIDTH,
    network_map,
    on_map,
    published_range,
    symbol_definitions,
)
from shieldwall.report.maps.reach import reach_map
from shieldwall.report.maps.svg import el, join
from shieldwall.report.page.blocks import Block, Row
from shieldwall.report.page.figures import Figures
from shieldwall.report.page.names import Names
from shieldwall.report.records import Assessment
from shieldwall.report.words import (
    LAYERS,
    UNKNOWN,
    layer_name,
    listed,
    metres,
    number,
    percent,
    short,
)
from shieldwall.trail.coverage import cover_id

GROUND = "ground"
WIDE_GROUND = "ground-wide"
MATRIX_ALTITUDES_M = (100, 1_000, 10_000)


@dataclass(frozen=True)
class Panel:
    """One small map or chart with its label."""

    label: str
    drawing: Markup


@dataclass(frozen=True)
class ReachPlate:
    """The reach map of one place, and in words which circle is whose."""

    label: str
    drawing: Markup
    ranges: str


@dataclass(frozen=True)
class Strip:
    """Small maps of one thing by altitude; no panels where there is nothing to see in any."""

    title: str
    panels: tuple[Panel, ...]


@dataclass(frozen=True)
class ThreatPlates:
    """Everything drawn for one threat."""

    id: str
    name: str
    strip: tuple[Panel, ...]
    steps: tuple[Block, ...]
    step_altitude_m: int
    adds: tuple[Block, ...]
    charts: tuple[Panel, ...]
    matrix: tuple[Strip, ...]
    depth: tuple[Strip, ...]


@dataclass(frozen=True)
class Key:
    """One unit in the key of the network map."""

    number: int
    symbol: str
    name: str
    place: str
    layer: str
    odds_of: str
    odds: Markup
    range: Markup | str
    on_map: bool
    spread: bool


def definitions(assessment: Assessment) -> Markup:
    """Ground and symbols, defined once for all maps of the page."""
    small = panel_canvas(assessment)
    return el(
        "svg",
        ground(small, GROUND),
        ground(Canvas.of_grid(assessment.coverage.grid, WIDTH), WIDE_GROUND),
        coast_over(small, f"{GROUND}-coast"),
        symbol_definitions(assessment),
        _hatch("hatch"),
        _hatch("lost"),
        class_="definitions", width=0, height=0, aria_hidden="true", focusable="false",
        xmlns="http://www.w3.org/2000/svg",
    )  # fmt: skip


def _hatch(id: str) -> Markup:
    line = el("path", class_=f"{id}-line", d="M-1 1L1 -1M0 6L6 0M5 7L7 5")
    return el("pattern", line, id=id, width=6, height=6, patternUnits="userSpaceOnUse")


def network(assessment: Assessment) -> Markup:
    """The layered network."""
    title = f"Layered network, as of {assessment.case.as_of.isoformat()}"
    return network_map(assessment, WIDE_GROUND, title)


def key(assessment: Assessment, figures: Figures, names: Names) -> list[Key]:
    """The units by number: symbol, name, odds, published range."""
    entries = []
    for position, unit in enumerate(assessment.ensemble.units, 1):
        figure = published_range(assessment.catalogue, unit.system)
        told: Markup | str = UNKNOWN
        if figure is not None:
            low, likely, high = (v / 1_000 for v in figure.si)
            text = number(likely) if low == high else f"{number(low)} to {number(high)}"
            told = figures.link(f"catalogue:{figure.id}", f"{text}\u00a0km")
        located = f"orbat.{unit.id}.presence"
        spread = figures.quantity(located) is None
        entries.append(
            Key(
                position, symbols.code_of(assessment.catalogue, unit.system, unit.layer),
                names.system(unit.system), names.place(unit.place), unit.layer,
                "held" if spread else "there",
                figures(f"orbat.{unit.system}.held" if spread else located, words=True), told,
                on_map(assessment, assessment.case.place(unit.place)), unit.kind == "density",
            )
        )  # fmt: skip
    return entries


def threats(assessment: Assessment, figures: Figures, names: Names) -> list[ThreatPlates]:
    """Plates for every threat, the one the answers speak of first."""
    coverage = assessment.coverage
    lead = lead_cover(assessment)
    order = sorted(range(len(coverage.threats)),
                   key=lambda t: lead is None or coverage.threats[t] != lead.threat)  # fmt: skip
    return [_threat(assessment, t, figures, names) for t in order]


def _threat(assessment: Assessment, t: int, figures: Figures, names: Names) -> ThreatPlates:
    coverage = assessment.coverage
    threat = coverage.threats[t]
    name = names.threat(threat)
    rows = [c for c in coverage.areas if c.threat == threat]
    low = min(coverage.altitudes_m, key=lambda a: (abs(a - 100), a))
    areas = list(dict.fromkeys(c.area for c in rows))

    def panel(label: str, field: np.ndarray, what: str) -> Panel:
        cells = percent(float((np.nan_to_num(field) >= 0.55).mean()))
        told = f"{what}, {name}. At least likely over {cells} of the map."
        return Panel(
            label, probability_panel(assessment, field, GROUND, f"{what}, {name}", told)
        )  # fmt: skip

    def strip(title: str, fields: np.ndarray, what: str) -> Strip:
        shown = [(a, m) for a, m in enumerate(coverage.altitudes_m) if m in MATRIX_ALTITUDES_M]
        if not any(probability_classes(fields[a]).any() for a, _ in shown):
            return Strip(title, ())
        return Strip(title, tuple(
            panel(metres(m), fields[a], f"{what} at {metres(m)}") for a, m in shown
        ))  # fmt: skip

    return ThreatPlates(
        id=threat,
        name=name,
        strip=tuple(
            panel(metres(altitude), coverage.depth_probability[t, a, 0],
                  f"Odds of cover at {metres(altitude)}")
            for a, altitude in enumerate(coverage.altitudes_m)
        ),
        steps=tuple(steps(c, figures, names) for c in rows if c.altitude_m == low),
        step_altitude_m=low,
        adds=tuple(_adds([c for c in rows if c.area == area], figures, names) for area in areas),
        charts=tuple(
            Panel(names.area(area),
                  altitude_chart(names.area(area), name, [c for c in rows if c.area == area]))
            for area in areas
        ),
        matrix=tuple(
            strip(layer_name(layer), coverage.layer_probability[t, :, n],
                  f"Odds of cover by the {layer_name(layer)} layer")
            for n, layer in enumerate(coverage.layers)
        ),
        depth=tuple(
            strip(f"at least {words} layers", coverage.depth_probability[t, :, d],
                  f"Odds of at least {words} layers")
            for d, words in ((1, "two"), (2, "three"))
        ),
    )  # fmt: skip


def steps(cover: AreaCover, figures: Figures, names: Names) -> Block:
    """The waterfall of one area: rings, horizon, terrain, presence, service."""
    base = cover_id(cover)
    left = shares(cover)
    labels = ("Range rings", "after horizon", "after terrain", "if there", "if working")
    rows = []
    for n, ((step, _), label) in enumerate(zip(STEPS, labels, strict=True)):
        last = n == len(STEPS) - 1
        spread = cover.depth[0] if last else None
        rows.append(
            Row(
                label, (figures(f"{base}.{step}"),),
                step_bar(left[n], left[n - 1] if n else None,
                         spread.low if spread else None, spread.high if spread else None),
            )
        )  # fmt: skip
    return Block(names.area(cover.area), tuple(rows))


def _adds(covers: list[AreaCover], figures: Figures, names: Names) -> Block:
    """By altitude: what each layer alone covers, what several cover, what none does."""
    rows = []
    for cover in sorted(covers, key=lambda c: -c.altitude_m):
        base = cover_id(cover)
        alone = [(layer, spread.mean) for layer, spread in cover.adds.items()]
        shared = max(0.0, cover.depth[0].mean - sum(share for _, share in alone))
        rows.append(
            Row(metres(cover.altitude_m), (figures(f"{base}.depth_1"),),
                stacked_bar([*alone, ("shared", shared)]))
        )  # fmt: skip
    return Block(names.area(covers[0].area), tuple(rows))


def floors(assessment: Assessment, names: Names) -> list[Panel]:
    """The median coverage floor around each unit that has radars and stands on the map."""
    units = {u.id: u for u in assessment.ensemble.units if u.kind == "site"}
    panels = []
    for floor in assessment.coverage.floors:
        unit = units.get(floor.unit)
        seen = np.isfinite(floor.median_m)
        if unit is None or not seen.any():
            continue
        place = assessment.case.place(unit.place)
        if not on_map(assessment, place):
            continue
        number_of = names.number(unit.id)
        label = f"{number_of} {names.system(unit.system)}, {short(names.place(unit.place))}"
        low = percent(float((floor.median_m[seen] <= 300).mean()))
        told = f"Median floor; at or below 300 m in {low} of the cells in its reach on the map."
        drawing = floor_panel(assessment, floor.median_m, place, f"floor-{number_of}", label, told)
        panels.append(Panel(label, drawing))
    return panels


def sections(assessment: Assessment, names: Names) -> list[Panel]:
    """Cross-sections through the mountains, where the terrain allows them."""
    units = {u.id: u for u in assessment.ensemble.units}
    found = []
    for section in assessment.coverage.sections:
        drawn = [units[layer.unit] for layer in section.layers]
        labels = [f"{names.number(u.id)} {names.system(u.system)}" for u in drawn]
        classes = [u.layer for u in drawn]
        found.append(Panel(section.title, section_chart(section, labels, classes)))
    return found


def reaches(assessment: Assessment, names: Names) -> list[ReachPlate]:
    """One map for each place that reach was asked about, with its published distances."""
    found = []
    for n, place_id in enumerate(dict.fromkeys(r.place for r in assessment.coverage.reach), 1):
        results = tuple(r for r in assessment.coverage.reach if r.place == place_id)
        place = assessment.case.place(place_id)
        title = f"Reach to {names.place(place_id)}"
        drawing = reach_map(assessment, place, results, title, f"reach-{n}")
        ranges: dict[float, dict[str, None]] = {}
        for result in results:
            if result.threat and result.range_km:
                by = ranges.setdefault(result.range_km[1], {})
                by.setdefault(names.threat(result.threat))
        told = [f"{number(km, 0)}\u00a0km: {listed(by)}" for km, by in sorted(ranges.items())]
        if drawing:
            found.append(ReachPlate(title, drawing, "; ".join(told)))
    return found


def ramp_legend(entries: list[colours.Entry]) -> Markup:
    """Swatches with their meaning, as a list."""
    return el(
        "ul",
        join(
            el("li", el("span", class_=f"swatch p{entry.swatch}"), entry.text) for entry in entries
        ),
        class_="legend ramp",
    )


def ringed_layers(assessment: Assessment) -> list[tuple[str, str]]:
    """The layers that have a ring on the network map, with their names."""
    drawn = {u.layer for u in assessment.ensemble.units if u.kind == "site"} - {"surveillance"}
    return [(layer, layer_name(layer)) for layer in LAYERS if layer in drawn]


def adding_layers(assessment: Assessment) -> list[tuple[str, str]]:
    """The layers of which cover alone was computed, with their names."""
    known = {layer for cover in assessment.coverage.areas for layer in cover.adds}
    return [(layer, layer_name(layer)) for layer in LAYERS if layer in known]


def source_line(assessment: Assessment) -> str:
    """Under every map: base map, its note, frame, cells, terrain."""
    frame, cell = assessment.coverage.grid.frame, assessment.coverage.grid.cell_m
    return (
        f"Base map {basemap.SOURCE}. {basemap.NOTE} Azimuthal equidistant about "
        f"{_degrees(frame.lat, 'N', 'S')}, {_degrees(frame.lon, 'E', 'W')}; cells of "
        f"{number(cell / 1_000)} km, as computed; terrain {assessment.terrain.name}."
    )


def _degrees(value: float, positive: str, negative: str) -> str:
    return f"{abs(value):.1f}°\u00a0{positive if value >= 0 else negative}"
