"""The maps and charts of the page, each with its title, caption, legend and source line."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from markupsafe import Markup

from shieldwall.coverage.records import AreaCover
from shieldwall.report import basemap, symbols
from shieldwall.report.maps import colours
from shieldwall.report.maps.canvas import Canvas, coast_over, ground
from shieldwall.report.maps.charts import altitude_chart, section_chart, stacked_bar, step_bar
from shieldwall.report.maps.cover import floor_panel, panel_canvas, probability_panel
from shieldwall.report.maps.network import WIDTH, network_map, published_range, symbol_definitions
from shieldwall.report.maps.reach import reach_map
from shieldwall.report.maps.svg import el, join
from shieldwall.report.page.answers import STEPS, lead_cover
from shieldwall.report.page.figures import Figures
from shieldwall.report.page.names import LAYER_NAMES, Names
from shieldwall.report.records import Assessment
from shieldwall.report.words import number, percent

GROUND = "ground"
WIDE_GROUND = "ground-wide"
MATRIX_ALTITUDES_M = (100, 1_000, 10_000)


@dataclass(frozen=True)
class Panel:
    """One small map or chart with its label."""

    label: str
    drawing: Markup


@dataclass(frozen=True)
class Row:
    """One row of a table that is also a chart."""

    label: str
    cells: tuple[Markup | str, ...]
    bar: Markup


@dataclass(frozen=True)
class Block:
    """One defended area's rows."""

    title: str
    rows: tuple[Row, ...]


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
    matrix: tuple[tuple[str, tuple[Panel, ...]], ...]
    matrix_altitudes: tuple[str, ...]
    depth: tuple[tuple[str, tuple[Panel, ...]], ...]


@dataclass(frozen=True)
class Key:
    """One unit in the key of the network map."""

    number: int
    symbol: str
    name: str
    place: str
    layer: str
    odds: Markup
    range: Markup | str
    on_map: bool


def definitions(assessment: Assessment) -> Markup:
    """Ground and symbols, defined once for all maps of the page."""
    small = panel_canvas(assessment)
    return el(
        "svg",
        ground(small, GROUND),
        ground(Canvas.of_grid(assessment.coverage.grid, WIDTH), WIDE_GROUND),
        coast_over(small, f"{GROUND}-coast"),
        symbol_definitions(assessment),
        el("pattern", el("path", class_="hatch-line", d="M0 6L6 0"), id="hatch", width=6, height=6,
           patternUnits="userSpaceOnUse"),
        class_="definitions", width=0, height=0, aria_hidden="true", focusable="false",
        xmlns="http://www.w3.org/2000/svg",
    )  # fmt: skip


def network(assessment: Assessment) -> Markup:
    """The layered network."""
    title = f"Layered network, as of {assessment.case.as_of.isoformat()}"
    return network_map(assessment, WIDE_GROUND, title)


def key(assessment: Assessment, figures: Figures, names: Names) -> list[Key]:
    """The units by number: symbol, name, odds, published range."""
    entries = []
    for position, unit in enumerate(assessment.ensemble.units, 1):
        figure = published_range(assessment.catalogue, unit.system)
        told: Markup | str = "unknown"
        if figure is not None:
            low, likely, high = (v / 1_000 for v in figure.si)
            text = number(likely) if low == high else f"{number(low)} to {number(high)}"
            told = figures.link(f"catalogue:{figure.id}", f"{text}\u00a0km")
        entries.append(
            Key(
                position, symbols.code_of(assessment.catalogue, unit.system, unit.layer),
                names.system(unit.system), names.place(unit.place), unit.layer,
                figures(f"orbat.{unit.id}.presence", words=True), told,
                assessment.case.place(unit.place).kind != "unlocated",
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
    shown = [a for a in MATRIX_ALTITUDES_M if a in coverage.altitudes_m]
    areas = list(dict.fromkeys(c.area for c in rows))

    def panel(label: str, field: np.ndarray, what: str) -> Panel:
        cells = percent(float((np.nan_to_num(field) >= 0.55).mean()))
        told = f"{what}, {name}. At least likely over {cells} of the map."
        return Panel(
            label, probability_panel(assessment, field, GROUND, f"{what}, {name}", told)
        )  # fmt: skip

    return ThreatPlates(
        id=threat,
        name=name,
        strip=tuple(
            panel(_metres(altitude), coverage.depth_probability[t, a, 0],
                  f"Odds of cover at {_metres(altitude)}")
            for a, altitude in enumerate(coverage.altitudes_m)
        ),
        steps=tuple(_steps(c, figures, names) for c in rows if c.altitude_m == low),
        step_altitude_m=low,
        adds=tuple(_adds([c for c in rows if c.area == area], figures, names) for area in areas),
        charts=tuple(
            Panel(names.area(area),
                  altitude_chart(names.area(area), name, [c for c in rows if c.area == area]))
            for area in areas
        ),
        matrix=tuple(
            (LAYER_NAMES[layer], tuple(
                panel(_metres(altitude),
                      coverage.layer_probability[t, coverage.altitudes_m.index(altitude), n],
                      f"Odds of cover by the {LAYER_NAMES[layer]} layer at {_metres(altitude)}")
                for altitude in shown
            ))
            for n, layer in enumerate(coverage.layers)
        ),
        matrix_altitudes=tuple(_metres(a) for a in shown),
        depth=tuple(
            (_metres(altitude), tuple(
                panel(f"at least {d + 1}",
                      coverage.depth_probability[t, coverage.altitudes_m.index(altitude), d],
                      f"Odds of at least {d + 1} layers at {_metres(altitude)}")
                for d in range(3)
            ))
            for altitude in shown
        ),
    )  # fmt: skip


def _metres(altitude_m: int) -> str:
    return f"{number(altitude_m)}\u00a0m"


def _steps(cover: AreaCover, figures: Figures, names: Names) -> Block:
    """The waterfall of one area: rings, horizon, terrain, presence, service."""
    base = f"coverage.{cover.area}.{cover.threat}.{cover.altitude_m}m"
    shares = (cover.rings, cover.horizon, cover.terrain, cover.present, cover.depth[0].mean)
    labels = ("Range rings", "after horizon", "after terrain", "if there", "if working")
    rows = []
    for n, ((step, _), label) in enumerate(zip(STEPS, labels, strict=True)):
        last = n == len(STEPS) - 1
        spread = cover.depth[0] if last else None
        rows.append(
            Row(
                label, (figures(f"{base}.{step}"),),
                step_bar(shares[n], shares[n - 1] if n else None,
                         spread.low if spread else None, spread.high if spread else None),
            )
        )  # fmt: skip
    return Block(names.area(cover.area), tuple(rows))


def _adds(covers: list[AreaCover], figures: Figures, names: Names) -> Block:
    """By altitude: what each layer alone covers, what several cover, what none does."""
    rows = []
    for cover in sorted(covers, key=lambda c: -c.altitude_m):
        base = f"coverage.{cover.area}.{cover.threat}.{cover.altitude_m}m"
        alone = [(layer, spread.mean) for layer, spread in cover.adds.items()]
        shared = max(0.0, cover.depth[0].mean - sum(share for _, share in alone))
        rows.append(
            Row(_metres(cover.altitude_m), (figures(f"{base}.depth_1"),),
                stacked_bar([*alone, ("shared", shared)]))
        )  # fmt: skip
    return Block(names.area(covers[0].area), tuple(rows))


def floors(assessment: Assessment, names: Names) -> list[Panel]:
    """The median coverage floor around each unit that has radars."""
    panels = []
    for floor in assessment.coverage.floors:
        seen = np.isfinite(floor.median_m)
        if not seen.any():
            continue
        unit = next((u for u in assessment.ensemble.units if u.id == floor.unit), None)
        if unit is None or unit.kind == "density":
            continue
        label = f"{names.number(unit.id)} {names.system(unit.system)}, {names.place(unit.place)}"
        low = percent(float((floor.median_m[seen] <= 300).mean()))
        told = f"Median floor; at or below 300 m in {low} of the cells in its reach."
        panels.append(Panel(label, floor_panel(assessment, floor.median_m, GROUND, label, told)))
    return panels


def sections(assessment: Assessment, names: Names) -> list[Panel]:
    """Cross-sections through the mountains, where the terrain allows them."""
    layer_of = {u.id: u.layer for u in assessment.ensemble.units}
    found = []
    for section in assessment.coverage.sections:
        labels = [f"{names.number(s.unit) or ''} {names.system(s.unit.split('@')[0])}".strip()
                  for s in section.layers]  # fmt: skip
        classes = [layer_of.get(s.unit, "surveillance") for s in section.layers]
        found.append(Panel(section.title, section_chart(section, labels, classes)))
    return found


def reaches(assessment: Assessment, names: Names) -> list[Panel]:
    """One map for each place that reach was asked about."""
    found = []
    for n, place_id in enumerate(dict.fromkeys(r.place for r in assessment.coverage.reach), 1):
        results = tuple(r for r in assessment.coverage.reach if r.place == place_id)
        place = assessment.case.place(place_id)
        title = f"Reach to {names.place(place_id)}"
        drawing = reach_map(assessment, place, results, title, f"reach-{n}")
        if drawing:
            found.append(Panel(title, drawing))
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
