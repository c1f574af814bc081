"""Shared samples: a small assessment built straight from the records, for report and export tests.

Nothing here is evidence. Places and figures are those of the shipped catalogue where they have
one; the fields are smooth discs with seeded noise, so that maps and files have something to show.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import shapely

from sample_control import sample_control, sample_foretold, sample_transfers
from sample_raids import (
    sample_case_raids,
    sample_crews,
    sample_doctrines,
    sample_functions,
    sample_raids,
)
from shieldwall.case.records import (
    Area,
    Assumption,
    Band,
    Case,
    Claim,
    Count,
    DefendedArea,
    Deployment,
    Holding,
    Moment,
    Origin,
    Override,
    Place,
    PressureEvent,
    Reach,
    Source,
    TerrainChoice,
    ThreatChoice,
)
from shieldwall.catalogue.records import (
    Catalogue,
    Figure,
    Interceptor,
    Radar,
    SourceEntry,
    System,
    Threat,
)
from shieldwall.control.assumptions import DEFAULTS as CONTROL_ASSUMPTIONS
from shieldwall.control.records import OperationalControl
from shieldwall.coverage.records import (
    ALTITUDES_M,
    AreaCover,
    Coverage,
    CrossSection,
    ReachResult,
    SectionLayer,
    SiteFloor,
    Spread,
)
from shieldwall.evidence.ach import Cell, Matrix, Row, Standing
from shieldwall.evidence.contradictions.distance import DistanceCheck
from shieldwall.evidence.records import (
    Channel,
    Contradiction,
    Credibility,
    Edge,
    Evidence,
    Lineage,
    Weight,
)
from shieldwall.evidence.topics import Topic
from shieldwall.geodesy import Frame, Grid
from shieldwall.network.ensemble import Ensemble, Unit
from shieldwall.orbat.contributions import Change, Contribution
from shieldwall.orbat.records import HeldOdds, OrderOfBattle, UnitOdds
from shieldwall.orbat.tally import of_band
from shieldwall.provenance import Leaf, Ledger, Quantity
from shieldwall.raid.assumptions import DEFAULTS as RAID_ASSUMPTIONS
from shieldwall.raid.records import RaidOutcomes
from shieldwall.report.records import Assessment
from shieldwall.terrain.records import TerrainNote
from shieldwall.trail.control import enter_control
from shieldwall.trail.evidence import (
    enter_bits,
    enter_contributions,
    enter_evidence,
    enter_matrices,
    enter_topics,
)
from shieldwall.trail.named import Named
from shieldwall.trail.raids import enter_raids

HOSTILE_TEXT = '<script>alert(1)</script> ]]> "double" \'single\' & =HYPERLINK("x") ../../up'
"""What ``sample_assessment(..., hostile=True)`` puts into titles, names and statements."""

LAYERS = ("long", "medium", "short", "point")
DRAWS = 64
ROWS, COLS, CELL_M = 50, 60, 5_000.0
CENTRE = Frame(lat=10.2, lon=-66.9)

UNITS = (
    # id, layer, lat, lon, share of draws present, serviceable, ceiling_m, floor_m at the site
    ("s300vm@capitan-manuel-rios", "long", 9.3727, -66.9228, 0.93, 0.45, 30_000, 250),
    ("bukm2e@la-carlota", "medium", 10.485, -66.8436, 0.80, 0.60, 25_000, 80),
    ("pantsir@la-guaira", "short", 10.6031, -66.9906, 0.25, 0.80, 15_000, 40),
    ("igla-teams", "point", 10.48, -66.90, 0.97, 0.95, 3_500, 5),
    ("jyl1@la-guaira", "surveillance", 10.6031, -66.9906, 0.70, 0.40, 25_000, 100),
)
DENSITY = {"igla-teams": ("iglas", "caracas-valley")}
"""Units that are teams spread over an area: named after their deployment, without odds."""

RANGE_KM = {
    "s300vm": (200.0, 200.0, 250.0),
    "bukm2e": (42.0, 45.0, 50.0),
    "pantsir": (18.0, 20.0, 20.0),
    "iglas": (6.0, 6.0, 6.0),
}


def sample_assessment(folder: Path, hostile: bool = False) -> Assessment:
    """A plausible, deterministic assessment; ``hostile`` puts ``HOSTILE_TEXT`` into its texts."""
    rng = np.random.default_rng(20251231)
    case, catalogue = _case(folder), _catalogue()
    if hostile:
        case = _poisoned(case)
    order = _order_of_battle()
    ensemble = _ensemble(rng)
    coverage = _coverage(case, rng)
    control = sample_control(case)
    fought = sample_raids()
    k_factor = (1.45, 1.54, 1.63)
    return Assessment(
        case=case,
        catalogue=catalogue,
        evidence=_evidence(case),
        order_of_battle=order,
        contributions=_contributions(case, order),
        matrices=(_matrix(case),),
        topics=_topics(case),
        control=control,
        ensemble=ensemble,
        terrain=TerrainNote(
            kind="files",
            name="sample relief",
            spacing_m=1_000.0,
            words="A relief made for tests: one ridge along the coast.",
            floor_error_m=(12.0, 48.0),
            share_error=0.02,
            sections_allowed=True,
        ),
        k_factor=k_factor,
        coverage=coverage,
        raids=fought,
        calculus=None,
        assumptions=(
            Assumption("mast_vehicle_m", "Antenna height of a vehicle radar above ground",
                       Band(4, 6, 10), "m", "No published mast; vehicle size.", "coverage"),
            *case.assumptions,
            *RAID_ASSUMPTIONS,
        ),
        ledger=_ledger(case=case, catalogue=catalogue, order=order, ensemble=ensemble,
                       coverage=coverage, k_factor=k_factor, control=control,
                       fought=fought),
        version="0.0-sample",
        written=case,
    )  # fmt: skip


def _evidence(case: Case) -> Evidence:
    """The case's claims with their coded relays; grades as by hand, all alike in weight."""
    claims = case.claims
    edges = tuple(
        Edge(c.id, c.relays, 1.0, ("coded in the case",), coded=True) for c in claims if c.relays
    )
    weights = tuple(
        Weight(c.id, 0.7, 0.35, Band(1.2, 2.0, 3.0), case.source(case.origin_of(c).source).family,
               ("sample mapping",))
        for c in claims
    )  # fmt: skip
    channels = tuple(
        Channel(s.id, s.reliability, s.reliability, (), "no checkable error") for s in case.sources
    )
    first = claims[0]
    found = Contradiction(
        "chronology-sample", "chronology", (first.id,), "A sample says so.", "It was not so.",
        f"Sample rule: {first.statement}", checkable=True,
    )  # fmt: skip
    credible = tuple(Credibility(c.id, c.credibility, 6, "nobody else speaks") for c in claims)
    lineage = Lineage(tuple(c.id for c in claims), edges)
    return Evidence(claims, (), lineage, (found,), channels, credible, weights, ())


def _contributions(case: Case, order: OrderOfBattle) -> tuple[Contribution, ...]:
    """Each source moves each probability by a tenth."""
    return tuple(
        Contribution(
            source.id,
            tuple(c.id for c in case.claims if c.source == source.id),
            tuple(Change(h.system, h.held, max(0.0, h.held - 0.1)) for h in order.held),
            tuple(Change(u.id, u.presence, max(0.0, u.presence - 0.1)) for u in order.units),
        )
        for source in case.sources
    )


def _topics(case: Case) -> tuple[Topic, ...]:
    first = case.claims[0]
    return (Topic("movement", "il76", None, "2025-10", (first.id,), (first.id,), 1.0, ("flight",),
                  0.9),)  # fmt: skip


def _matrix(case: Case) -> Matrix:
    """Two answers and one observation, which speaks for the first."""
    claim = case.claims[0]
    cells = (Cell("show", Band(0.5, 0.6, 0.8), Band(0.2, 1.1, 1.9)),
             Cell("fear", Band(0.2, 0.3, 0.4), Band(-1.9, -1.1, -0.2)))  # fmt: skip
    row = Row("seen", claim.statement, claim.statement, (claim.id,), 1.0, Band(2, 4, 8), cells, 1.0,
              (0.5, 0.5))  # fmt: skip
    standings = (Standing("show", "A show", 0.5, Band(0.5, 0.68, 0.8), 0.95),
                 Standing("fear", "Fear", 0.5, Band(0.2, 0.32, 0.5), 0.05))  # fmt: skip
    return Matrix("why", "Why is it there?", (row,), standings, "show", True, ("seen",))


def _poisoned(case: Case) -> Case:
    """The case with hostile text wherever an author may write a name or a sentence."""
    bad = HOSTILE_TEXT
    swap = dataclasses.replace
    return swap(
        case,
        title=bad,
        summary=bad,
        places=tuple(swap(p, name=bad, note=bad) for p in case.places),
        defended_areas=tuple(swap(a, name=bad, reason=bad) for a in case.defended_areas),
        claims=tuple(
            swap(c, statement=bad, address="javascript:alert(1)//]]>") for c in case.claims
        ),
        sources=tuple(swap(s, name=bad, note=bad) for s in case.sources),
        threats=tuple(swap(t, name=bad) for t in case.threats),
        assumptions=tuple(swap(a, statement=bad, reason=bad) for a in case.assumptions),
        transfers=tuple(swap(t, host=bad, supplier=bad, note=bad) for t in case.transfers),
        foretold=tuple(swap(f, text=bad, reason=bad) for f in case.foretold),
        functions=tuple(swap(f, name=bad, reason=bad) for f in case.functions),
        raids=tuple(swap(r, name=bad, reason=bad) for r in case.raids),
    )


def _parts(id: str) -> tuple[str, str]:
    """The system and the place of a unit."""
    system, _, place = id.partition("@")
    return DENSITY.get(id, (system, place))


def _day(text: str) -> Moment:
    return Moment(text, datetime.combine(date.fromisoformat(text), datetime.min.time(), UTC), "day")


def _place(id: str, name: str, *position: float | None, line: int,
           polygon: tuple[tuple[float, float], ...] | None = None) -> Place:  # fmt: skip
    lat, lon, precision_m = position or (None, None, None)
    return Place(id, name, lat, lon, precision_m, polygon, None, "sample gazetteer", "",
                 f"case.toml:{line}")  # fmt: skip


def _box(west: float, south: float, east: float, north: float) -> tuple[tuple[float, float], ...]:
    return ((west, south), (east, south), (east, north), (west, north))


def _claim(id: str, source: str, about: str, statement: str, line: int, **more: object) -> Claim:
    given: dict[str, object] = {
        "modality": "reported", "credibility": 3, "relays": None, "system": None,
        "component": None, "place": None, "origin": None, "count": None, "event": None,
        "acquisition": None, "publication": None, "ingestion": None,
        "address": f"https://example.org/{id}", "language": "en",
    }  # fmt: skip
    return Claim(id=id, source=source, about=about, statement=statement,
                 where=f"claims.toml:{line}", **{**given, **more})  # type: ignore[arg-type]  # fmt: skip


def _case(folder: Path) -> Case:
    valley = _box(-67.05, 10.42, -66.75, 10.55)
    return Case(
        folder=folder,
        name="sample",
        title="Layered network around Caracas (sample)",
        summary="Five units in four layers and one surveillance radar, made for tests.",
        as_of=date(2025, 12, 31),
        seed=20251231,
        draws=DRAWS,
        area=Area(-68.2, 9.1, -65.6, 11.3),
        terrain=TerrainChoice("auto", (), 500.0),
        layers=LAYERS,
        threats=(
            ThreatChoice("owa_drone", "One-way attack drone", "owa_generic", "case.toml:20"),
            ThreatChoice("cruise_missile", "Cruise missile", "cm_subsonic", "case.toml:25"),
            ThreatChoice("fighter", "Fighter aircraft", "fighter_generic", "case.toml:30"),
        ),
        places=(
            _place("capitan-manuel-rios", "Capitán Manuel Ríos airbase", 9.3727, -66.9228,
                   2_000, line=40),
            _place("la-carlota", "La Carlota airbase", 10.485, -66.8436, 1_000, line=46),
            _place("la-guaira", "La Guaira", 10.6031, -66.9906, 5_000, line=52),
            _place("caracas-valley", "Caracas valley", line=58, polygon=valley),
            _place("venezuela", "Venezuela (no place published)", line=64),
        ),
        defended_areas=(
            DefendedArea("caracas", "Caracas valley", valley, "Seat of government",
                         "case.toml:70"),
            DefendedArea("la-guaira-port", "La Guaira port and airport",
                         _box(-67.08, 10.56, -66.88, 10.64), "Main port and airport",
                         "case.toml:76"),
            DefendedArea("palo-negro", "El Libertador airbase, Palo Negro",
                         _box(-67.62, 10.13, -67.48, 10.24), "Fighter base", "case.toml:82"),
        ),
        holdings=(
            Holding("s300vm", "launchers", Band(5, 12, 12), "V", "sample register", "",
                    "case.toml:90"),
            Holding("iglas", "missiles", Band(4_000, 5_000, 5_000), "V", "sample register", "",
                    "case.toml:96"),
        ),
        deployments=(
            Deployment("igla-teams", "iglas", "caracas-valley", Band(0.02, 0.1, 0.3),
                       "Share of the teams in the capital", "case.toml:102"),
        ),
        origins=(
            Origin("offshore", "Ship 300 km north", ((-66.9, 13.2),), 20_000, None, "sample",
                   "case.toml:110"),
            Origin("border", "Western border", ((-72.5, 8.0), (-72.3, 9.5), (-71.9, 11.6)),
                   20_000, _day("2025-12-01"), "sample", "case.toml:116"),
        ),
        reaches=(Reach("la-carlota", ("owa_drone", "cruise_missile"), "case.toml:122"),),
        assumptions=(
            Assumption("availability", "Share of launchers that work", Band(0.2, 0.5, 0.9),
                       "share", "Two weak origins and no count.", "case.toml:130"),
        ),
        overrides=(
            Override("presence", "pantsir", "la-guaira", Band(0.1, 0.25, 0.4),
                     "One origin, not confirmed by a second party", "analyst",
                     date(2025, 12, 1), "case.toml:138"),
        ),
        sources=(
            Source("imagery-firm", "An imagery firm", "imagery", "B", None, "", "sources.toml:1"),
            Source("president", "The president on television", "statement", "D",
                   "deterrence", "", "sources.toml:8"),
            Source("outlet", "A news outlet", "press", "C", None, "", "sources.toml:15"),
        ),
        claims=(
            _claim("image-2019", "imagery-firm", "count", "Five launchers seen at the airbase", 1,
                   modality="asserted", credibility=2, system="s300vm",
                   place="capitan-manuel-rios",
                   count=Count(5, 5, 5, "launchers", "exact"),
                   acquisition=_day("2019-03-20"), publication=_day("2019-03-24")),
            _claim("image-relay", "outlet", "presence", "An outlet repeats the image", 20,
                   relays="image-2019", system="s300vm", place="capitan-manuel-rios",
                   publication=_day("2019-03-25")),
            _claim("igla-5000", "president", "holding", "No fewer than five thousand", 40,
                   system="iglas", place="venezuela",
                   count=Count(5_000, None, None, "missiles", "at least"),
                   publication=_day("2025-10-22")),
            _claim("buk-carlota", "outlet", "presence", "Buk vehicles seen at La Carlota", 60,
                   system="bukm2e", place="la-carlota", publication=_day("2025-11-12")),
            _claim("border-distance", "outlet", "distance", "The base lies 700 km from the border",
                   80, place="la-carlota", origin="border",
                   count=Count(700, 700, 700, "km", "about"), address=None),
        ),
        pressure=(
            PressureEvent("naval-2025", _day("2025-08-19"), "United States", "Venezuela",
                          "naval deployment", "Ships sent to the southern Caribbean",
                          "https://example.org/naval", "pressure.toml:1"),
        ),
        transfers=sample_transfers(),
        foretold=sample_foretold(),
        functions=sample_functions(),
        crews=sample_crews(),
        doctrines=sample_doctrines(),
        raids=sample_case_raids(),
    )  # fmt: skip


def _figure(id: str, name: str, unit: str, *band: float) -> Figure:
    return Figure(id, name, unit, *band, ("V", "V2", "R1"), ("SAMPLE1",), "", False,
                  "", (), "sample.toml:1")  # fmt: skip


def _system(id: str, name: str, layer: str, kind: str, *, ceiling_km: float) -> System:
    reach = _figure(f"{id}.range_max", "Max range", "km", *RANGE_KM[id])
    ceiling = _figure(f"{id}.altitude_max", "Max altitude", "km", *(ceiling_km,) * 3)
    seen = _figure(f"{id}.instrumented", "Guidance radar, instrumented", "km", 150, 200, 400)
    radar = kind != "manpads"
    radars = (Radar(f"{id}_radar", f"{name} radar", "guidance", seen, None, None, None, None, ""),)
    figures = {"range_max": reach, "altitude_max": ceiling}
    return System(
        id=id, name=name, designations=(), role="air defence", layer=layer,  # type: ignore[arg-type]
        kind=kind, optical=not radar,  # type: ignore[arg-type]
        interceptors=(
            Interceptor(f"{id}_missile", "missile", "missile", reach, None, ceiling, None, None),
        ),
        radars=radars if radar else (), launchers_per_battery=None,
        figures={**figures, "instrumented": seen} if radar else figures, notes="",
        sidc="30043000001301000000",
    )  # fmt: skip


def _catalogue() -> Catalogue:
    systems = (
        _system("s300vm", "S-300VM / Antey-2500 (SA-23)", "long", "missile", ceiling_km=30),
        _system("bukm2e", "Buk-M2E (SA-17)", "medium", "missile", ceiling_km=25),
        _system("pantsir", "Pantsir-S1 (SA-22)", "short", "gun-missile", ceiling_km=15),
        _system("iglas", "Igla-S 9K338 (SA-24)", "point", "manpads", ceiling_km=3.5),
    )
    jyl1 = Radar("jyl1", "JYL-1", "surveillance",
                 _figure("jyl1.instrumented", "Instrumented range", "km", 320, 320, 320),
                 None, None, None, None, "")  # fmt: skip
    threats = {}
    for id, name, category, range_km in (
        ("owa_generic", "One-way attack drone", "one-way drone", (700, 1_000, 1_500)),
        ("cm_subsonic", "Subsonic cruise missile", "cruise missile", (1_000, 1_600, 2_500)),
        ("fighter_generic", "Fighter", "aircraft", (900, 1_200, 1_500)),
    ):
        reach = _figure(f"{id}.range", "Range", "km", *range_km)
        rcs = _figure(f"{id}.rcs", "RCS", "m2", 0.01, 0.1, 1)
        threats[id] = Threat(id, name, category, None, None, rcs, reach,  # type: ignore[arg-type]
                             {"range": reach, "rcs": rcs}, "")  # fmt: skip
    source = SourceEntry("SAMPLE1", "A sample sheet", "https://example.org/sheet", "opened")
    return Catalogue({s.id: s for s in systems}, {"jyl1": jyl1}, threats, {"SAMPLE1": source})


def _order_of_battle() -> OrderOfBattle:
    units = []
    for id, layer, _, _, presence, works, *_ in UNITS:
        if id in DENSITY:
            continue
        system, place = _parts(id)
        claims = {"s300vm": ("image-2019", "image-relay"), "bukm2e": ("buk-carlota",)}.get(
            system, ()
        )
        units.append(
            UnitOdds(
                id=id, system=system, place=place,
                kind="radar" if layer == "surveillance" else "system", presence=presence,
                launchers=of_band(Band(1, 4, 6)),
                serviceable=of_band(Band(works / 2, works, min(1, works * 1.3)), 0.01),
                origins=claims[:1], claims=claims,
                overrides=(0,) if system == "pantsir" else (),
                trail=(*(f"claim:{c}" for c in claims[:1]), "assumption:availability"),
            )
        )  # fmt: skip
    held = (
        HeldOdds("iglas", 0.97, of_band(Band(4_000, 5_000, 5_000), 10), "missiles", False,
                 ("igla-5000",), ("igla-5000",), ("claim:igla-5000", "holding:iglas")),
        HeldOdds("s300vm", 0.98, of_band(Band(5, 12, 12)), "launchers", False, ("image-2019",),
                 ("image-2019", "image-relay"), ("claim:image-2019", "holding:s300vm")),
    )  # fmt: skip
    return OrderOfBattle(tuple(units), held, "sample rule")


def _ensemble(rng: np.random.Generator) -> Ensemble:
    shape = (DRAWS, len(UNITS))
    present = rng.random(shape) < [u[4] for u in UNITS]
    serviceable = rng.random(shape) < [u[5] for u in UNITS]
    drawn = {f"{s}.range_max": rng.triangular(b[0], min(b[1], b[2]), b[2] + 1e-9, DRAWS) * 1_000
             for s, b in RANGE_KM.items()}  # fmt: skip
    return Ensemble(
        seed=20251231,
        units=tuple(
            Unit(u[0], *_parts(u[0]), u[1], "density" if u[0] in DENSITY else "site")  # type: ignore[arg-type]
            for u in UNITS
        ),
        present=present,
        serviceable=serviceable,
        launchers=np.where(present, rng.integers(1, 7, shape), 0),
        lat=np.array([u[2] for u in UNITS]) + rng.normal(0, 0.005, shape),
        lon=np.array([u[3] for u in UNITS]) + rng.normal(0, 0.005, shape),
        base_m=np.zeros(shape),
        antenna_m=np.full(shape, 5.0),
        guidance=np.zeros(shape, dtype=np.int64),
        figures=MappingProxyType(drawn),
        k_factor=rng.uniform(1.45, 1.63, DRAWS),
        holdings=MappingProxyType({"s300vm": rng.integers(5, 13, DRAWS)}),
        operators=MappingProxyType({"s300vm": np.arange(DRAWS) % 6}),
        connected=MappingProxyType({"s300vm": np.arange(DRAWS) % 10 < 7}),
    )


def sample_grid() -> Grid:
    """60 by 50 cells of 5 km about the centre of the sample area."""
    return Grid(CENTRE, -COLS * CELL_M / 2, ROWS * CELL_M / 2, CELL_M, ROWS, COLS)


def _elevation(x_m: np.ndarray, y_m: np.ndarray) -> np.ndarray:
    """A ridge 15 km inland of an east-west coast at y = 40 km; sea to the north."""
    ridge = 2_100 * np.exp(-(((y_m - 28_000) / 9_000) ** 2)) * (1 + 0.2 * np.sin(x_m / 18_000))
    inland = 300 + 250 * np.sin(x_m / 40_000) * np.cos(y_m / 35_000)
    return np.where(y_m > 42_000, 0.0, ridge + inland).astype(np.float32)


def _coverage(case: Case, rng: np.random.Generator) -> Coverage:
    grid = sample_grid()
    x, y = np.meshgrid(*grid.centres())
    elevation = _elevation(x, y)
    noise = rng.normal(0, 1, (ROWS, COLS))
    shape = (len(case.threats), len(ALTITUDES_M), len(LAYERS), ROWS, COLS)
    layer_probability = np.zeros(shape, np.float32)
    rings = np.zeros(shape, np.float32)
    floors = []
    for id, layer, lat, lon, presence, works, ceiling, floor in UNITS:
        ux, uy = CENTRE.to_xy(lat, lon)
        distance = np.hypot(x - ux, y - uy)
        masked_m = np.clip(elevation - 400, 0, None) * distance / 60_000
        floor_m = floor + (distance / 4_120) ** 2 + masked_m
        reach_m = 1_000 * RANGE_KM.get(_parts(id)[0], (320.0,) * 3)[1]
        floor_m = np.where(distance <= reach_m, floor_m, np.nan).astype(np.float32)
        floors.append(SiteFloor(id, floor_m))
        if layer == "surveillance":
            continue
        here = LAYERS.index(layer)
        for t, a in itertools.product(range(shape[0]), range(shape[1])):
            seen = reach_m * (0.6, 0.75, 1.0)[t]
            inside = (distance <= reach_m) & (ceiling >= ALTITUDES_M[a])
            rings[t, a, here] = inside
            sees = 1 / (
                1 + np.exp((np.nan_to_num(floor_m, nan=30_000) - ALTITUDES_M[a]) / 60 + noise)
            )
            edge = 1 / (1 + np.exp((distance - seen) / 4_000))
            layer_probability[t, a, here] = presence * works * inside * sees * edge
    depth = _depth(layer_probability)
    return Coverage(
        grid=grid,
        threats=tuple(t.id for t in case.threats),
        altitudes_m=ALTITUDES_M,
        layers=LAYERS,
        layer_probability=layer_probability,
        depth_probability=depth,
        rings=rings,
        void_share=0.0,
        floors=tuple(floors),
        areas=_areas(case, grid, depth, layer_probability, rings),
        sections=(_section(),),
        reach=(
            ReachResult("la-carlota", "offshore", None, 300.3, 300.3, 20.0, None, None),
            ReachResult("la-carlota", "offshore", "owa_drone", 300.3, 300.3, 20.0,
                        (700.0, 1_000.0, 1_500.0), 1.0),
            ReachResult("la-carlota", "border", None, 568.0, 676.0, 20.0, None, None),
            ReachResult("la-carlota", "border", "cruise_missile", 568.0, 676.0, 20.0,
                        (1_000.0, 1_600.0, 2_500.0), 1.0),
        ),
        distances=(
            DistanceCheck("border-distance", "la-carlota", "border", 700.0,
                          MappingProxyType({"border": (568.0, 676.0), "offshore": (300.3, 300.3)}),
                          "border", "The stated 700 km fits the border's far end, 676 km."),
        ),
    )  # fmt: skip


def _depth(layer_probability: np.ndarray) -> np.ndarray:
    """At least 1, 2, 3 of the layers, taken as independent: (T, A, 3, rows, cols)."""
    t, a, layers, rows, cols = layer_probability.shape
    exactly = np.zeros((layers + 1, t, a, rows, cols))
    exactly[0] = 1
    for each in range(layers):
        p = layer_probability[:, :, each]
        shifted = np.concatenate([np.zeros_like(exactly[:1]), exactly[:-1]])
        exactly = exactly * (1 - p) + shifted * p
    return np.stack([exactly[n:].sum(axis=0) for n in (1, 2, 3)], axis=2).astype(np.float32)


def _areas(case: Case, grid: Grid, depth: np.ndarray, layer: np.ndarray,
           rings: np.ndarray) -> tuple[AreaCover, ...]:  # fmt: skip
    lat, lon = grid.latlon()
    results = []
    for area in case.defended_areas:
        reached = shapely.dwithin(shapely.Polygon(area.polygon), shapely.points(lon, lat), 0.02)
        for (t, threat), (a, altitude) in itertools.product(
            enumerate(case.threats), enumerate(ALTITUDES_M)
        ):

            def share(field: np.ndarray, inside: np.ndarray = reached) -> Spread:
                mean = float(field[inside].mean())
                return Spread(mean, max(0.0, mean - 0.2), min(1.0, mean + 0.2))

            ring = float(rings[t, a].max(axis=0)[reached].mean())
            one = share(depth[t, a, 0])
            results.append(
                AreaCover(
                    area=area.id, threat=threat.id, altitude_m=altitude,
                    depth=(one, share(depth[t, a, 1]), share(depth[t, a, 2])),
                    rings=ring, horizon=0.9 * ring, terrain=0.7 * ring,
                    present=min(0.7 * ring, 1.2 * one.mean),
                    layer={n: share(layer[t, a, i]) for i, n in enumerate(LAYERS)},
                    adds={n: share(layer[t, a, i] * 0.4) for i, n in enumerate(LAYERS)},
                )
            )  # fmt: skip
    return tuple(results)


def _section() -> CrossSection:
    distance = np.linspace(0, 130_000, 200, dtype=np.float32)
    ground = _elevation(np.zeros_like(distance), distance - 92_000)
    floor = ground + 50 + (distance / 4_120) ** 2 + np.clip(distance - 118_000, 0, None) / 8
    buk = np.where(distance > 85_000, ground + 30, np.nan)
    return CrossSection(
        "Capitán Manuel Ríos to Caracas valley",
        distance,
        ground.astype(np.float32),
        (
            SectionLayer("s300vm@capitan-manuel-rios", floor.astype(np.float32), 30_000.0),
            SectionLayer("bukm2e@la-carlota", buk.astype(np.float32), 25_000.0),
        ),
    )


def _ledger(*, case: Case, catalogue: Catalogue, order: OrderOfBattle, ensemble: Ensemble,
            coverage: Coverage, k_factor: tuple[float, float, float],
            control: OperationalControl, fought: RaidOutcomes) -> Ledger:  # fmt: skip
    ledger = Ledger()

    def enter(*fields: Any) -> None:
        ledger.quantity(Quantity(*fields))

    _leaves(ledger, case, catalogue)
    _enter_evidence(ledger, Named(case, catalogue), case, order)
    enter("terrain.k_factor", "Effective Earth radius factor", k_factor[1], k_factor[0],
          k_factor[2], "ratio", "refraction band", ("data:refraction",))  # fmt: skip
    columns = {unit.id: column for column, unit in enumerate(ensemble.units)}
    for unit in order.units:
        base, band = f"orbat.{unit.id}", unit.serviceable.band
        service = float(ensemble.in_service[:, columns[unit.id]].mean())
        works = (f"{base}.presence", f"{base}.serviceable")
        enter(
            f"{base}.presence",
            f"{unit.id} is there",
            unit.presence,
            None,
            None,
            "probability",
            "sample rule",
            unit.trail,
        )
        enter(f"{base}.fused", f"{unit.id} by the evidence", unit.presence, None, None,
              "probability", "sample rule", unit.trail)  # fmt: skip
        enter(
            f"{base}.launchers",
            f"{unit.id} launchers",
            4.0,
            1.0,
            6.0,
            "launchers",
            "sample rule",
            unit.trail,
        )
        enter(
            f"{base}.serviceable",
            f"{unit.id} share that works",
            band.likely,
            band.low,
            band.high,
            "share",
            "sample rule",
            ("assumption:availability",),
        )
        enter(f"{base}.in_service", f"{unit.id} there and working", service, None, None,
              "probability", "share of draws", works)  # fmt: skip
    for held in order.held:
        enter(
            f"orbat.{held.system}.held",
            f"{held.system} held",
            held.held,
            None,
            None,
            "probability",
            "sample rule",
            held.trail,
        )
        if held.total is not None:
            total = held.total.band
            enter(f"orbat.{held.system}.total", f"{held.system} total", total.likely,
                  total.low, total.high, held.unit, "sample rule", held.trail)  # fmt: skip
    enter_control(ledger, Named(case, catalogue), control)
    for cover in coverage.areas:
        _enter_cover(enter, cover)
    for reach in coverage.reach:
        base = f"reach.{reach.place}.{reach.origin}"
        if reach.threat is None:
            enter(base, f"{reach.origin} to {reach.place}", reach.nearest_km,
                  reach.nearest_km - reach.plus_minus_km, reach.farthest_km + reach.plus_minus_km,
                  "km", "WGS-84 geodesic", (f"data:origin.{reach.origin}",))  # fmt: skip
        else:
            threat = next(t for t in case.threats if t.id == reach.threat)
            enter(f"{base}.{reach.threat}", f"{reach.threat} reaches {reach.place}",
                  reach.probability, None, None, "probability", "share of draws",
                  (base, f"catalogue:{threat.catalogue}.range"))  # fmt: skip
    for check in coverage.distances:
        enter(f"distance.{check.claim}", check.verdict, check.stated_km, None, None, "km",
              "compared with each origin", (f"claim:{check.claim}",))  # fmt: skip
    for assumption in RAID_ASSUMPTIONS:
        ledger.leaf(Leaf(f"assumption:{assumption.id}", "assumption", assumption.statement,
                         assumption.reason, "", assumption.where))  # fmt: skip
    enter_raids(ledger, case, catalogue, ensemble, fought)
    return ledger


def _enter_cover(enter: Callable[..., None], cover: AreaCover) -> None:
    service = (f"orbat.{u[0]}.in_service" for u in UNITS[:3])
    inputs = (*service, "orbat.iglas.total", "terrain.k_factor", "data:terrain")
    base = f"coverage.{cover.area}.{cover.threat}.{cover.altitude_m}m"
    at = f"{cover.area}, {cover.threat}, {cover.altitude_m} m"
    spreads = {f"depth_{n}": s for n, s in enumerate(cover.depth, 1)}
    spreads |= {f"layer_{k}": s for k, s in cover.layer.items()}
    spreads |= {f"adds_{k}": s for k, s in cover.adds.items()}
    for name, spread in spreads.items():
        enter(f"{base}.{name}", f"Share {name} ({at})", spread.mean, spread.low, spread.high,  
              "share", "mean over draws", inputs)  # fmt: skip
    bare = {"rings": cover.rings, "horizon": cover.horizon, "terrain": cover.terrain,
            "present": cover.present, "lost_to_terrain": cover.rings - cover.terrain}  # fmt: skip
    for name, value in bare.items():
        enter(f"{base}.{name}", f"Share {name} ({at})", value, None, None, "share",  
              "single evaluation", inputs)  # fmt: skip


def _enter_evidence(ledger: Ledger, named: Named, case: Case, order: OrderOfBattle) -> None:
    enter_evidence(ledger, named, _evidence(case))
    enter_bits(ledger, named, order.held)
    enter_contributions(ledger, named, _contributions(case, order))
    enter_matrices(ledger, (_matrix(case),))
    enter_topics(ledger, named, _topics(case))


def _leaves(ledger: Ledger, case: Case, catalogue: Catalogue) -> None:
    for claim in case.claims:
        ledger.leaf(Leaf(f"claim:{claim.id}", "claim", claim.statement, claim.source,
                         claim.address or "", claim.where))  # fmt: skip
    owners = (*catalogue.systems.values(), *catalogue.threats.values())
    radars = (r.instrumented for r in catalogue.radars.values())
    for figure in (*(f for o in owners for f in o.figures.values()), *radars):
        if figure is not None:
            ledger.leaf(Leaf(f"catalogue:{figure.id}", "catalogue", figure.name, "A sample sheet",
                             "https://example.org/sheet", figure.where))  # fmt: skip
    for holding in case.holdings:
        ledger.leaf(Leaf(f"holding:{holding.system}", "holding", "Published holding",
                         holding.source, "", holding.where))  # fmt: skip
    for each in (*case.assumptions, *CONTROL_ASSUMPTIONS):
        ledger.leaf(Leaf(f"assumption:{each.id}", "assumption", each.statement, each.reason, "",
                         each.where))  # fmt: skip
    for index, override in enumerate(case.overrides):
        ledger.leaf(Leaf(f"override:{index}", "override", override.reason, override.by, "",
                         override.where))  # fmt: skip
    for origin in case.origins:
        ledger.leaf(Leaf(f"data:origin.{origin.id}", "data", origin.name, origin.source, "",
                         origin.where))  # fmt: skip
    ledger.leaf(Leaf("data:terrain", "data", "sample relief", "made for tests"))
    ledger.leaf(Leaf("data:refraction", "data", "sample refraction band", "made for tests"))
