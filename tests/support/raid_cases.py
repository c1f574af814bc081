"""Raids whose outcome is known: case folders and catalogues of exact figures, written to disk.

Everything goes the public way: TOML files, ``load_catalogue``, ``load_case``, evidence, order of
battle, ensemble, scene. Bands are single values; what a raid takes for granted is replaced by its
id in the case. One defended area of a square kilometre stands at the middle; units stand in it
unless a test puts them elsewhere, and tracks come from all round over a smooth Earth.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from shieldwall.case import load_case
from shieldwall.case.records import Case
from shieldwall.catalogue import load_catalogue
from shieldwall.catalogue.records import Catalogue
from shieldwall.evidence.gather import gather
from shieldwall.network.draw import draw_ensemble
from shieldwall.network.ensemble import Ensemble
from shieldwall.orbat.fuse import order_of_battle
from shieldwall.raid.fielded import Fielded, Ints, plain_picks
from shieldwall.raid.fielded import field as put
from shieldwall.raid.prepare import prepare
from shieldwall.raid.run import Outcomes, run
from shieldwall.raid.scene import Scene
from shieldwall.raid.variants import Variant
from shieldwall.terrain.choose import open_terrain

LAT, LON = 10.0, -66.0
HALF_DEG = 0.00501
"""Half a side of the defended area: it is about as small as a case allows."""
MAST_M = 100.0
"""Higher than what the length of tracks reckons with: all of a track is above the horizon."""
DRAWS = 16
K_BAND = (4 / 3, 4 / 3, 4 / 3)

EXACT = {
    "kill_in_the_field": 1.0, "kill_unpublished": 0.0, "common_effect": 0.0, "assess_s": 0.0,
    "scan_s": 0.0, "reloads": 0.0, "crew_reaction_drilled": 1.0, "crew_success_drilled": 1.0,
    "function_works": 1.0, "decision_s": 0.0, "link_s": 0.0, "sensor_s": 0.0,
    "command_capacity": 10_000.0, "alone_unplugged": 1.0, "mast_vehicle_m": MAST_M,
    "speed_aircraft": 250.0,
}  # fmt: skip
"""Assumptions as single values: nothing is lost, late or alike."""

KINDS = {
    "range": "km", "minimum_range": "km", "altitude": "km", "instrumented": "km", "speed": "m/s",
    "sskp": "share", "reaction_time": "s", "time": "s", "count": "targets", "rcs": "m2",
    "cost": "M USD", "rate": "rpm",
}  # fmt: skip


@dataclass(frozen=True)
class Sam:
    """A system and the units of it: one for each of ``places``."""

    id: str = "sam"
    kill: float | None = 0.7
    """Chance that one round kills an aircraft; ``None``: unpublished."""
    layer: str = "medium"
    range_km: float = 250.0
    """Beyond the horizon of 1,000 m: tracks begin inside it."""
    range_min_km: float | None = None
    altitude_min_km: float | None = None
    ballistic_km: float | None = None
    speed_mps: float = 5_000.0
    channels: int = 1_000
    channels_per: str = "launcher"
    ready: int = 1_000
    reaction_s: float = 60.0
    """Longer than the flight to the start of a track, so that a threat can be fired at at once."""
    reload_s: float = 600.0
    launchers: int = 1
    sees_km: float | None = None
    """Instrumented range of an acquisition radar of its own; ``None``: it finds whatever is seen"""
    optical: bool = False
    places: tuple[str, ...] = ("base",)
    against: tuple[str, ...] = ("aircraft",)
    round_cost: float | None = None


@dataclass(frozen=True)
class Setup:
    """What a case says, in the words of its files."""

    sams: tuple[Sam, ...] = (Sam(),)
    groups: Sequence[Mapping[str, Any]] = ({"number": 10},)
    """Of the one raid; ``threat`` is ``jet`` and the altitude 1 km unless given."""
    functions: Sequence[Mapping[str, Any]] = ()
    doctrines: Sequence[Mapping[str, Any]] = ()
    unavailable: Sequence[Mapping[str, Any]] = ()
    assumed: Mapping[str, float | tuple[float, float, float]] = field(default_factory=dict)
    radars: Mapping[str, float] = field(default_factory=dict)
    """Surveillance radars at the base: id -> instrumented range in km."""
    places: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    """Beside ``base``: id -> metres east and north of it."""
    teams: Mapping[str, float] = field(default_factory=dict)
    """Optical systems spread over 20 km about the base: id -> teams."""
    training: str | None = "drilled"
    """Of every crew; ``None``: nobody tells."""
    serviceable: float = 1.0
    present: float = 1.0
    threats: Mapping[str, str] = field(default_factory=lambda: {"jet": "aircraft"})
    """Id -> category."""
    threat_mps: float = 250.0
    seed: int = 7
    draws: int = DRAWS
    half_deg: tuple[float, float] = (HALF_DEG, HALF_DEG)
    """Half the sides of the defended area, east and north."""
    from_north: bool = False
    """The raid comes from an origin due north; else from all round."""


@dataclass(frozen=True)
class World:
    """A case, read, drawn and put before its raid."""

    case: Case
    catalogue: Catalogue
    ensemble: Ensemble
    scene: Scene

    @property
    def rows(self) -> Ints:
        """The draws in which everything is there and works."""
        return np.flatnonzero(self.ensemble.in_service.all(axis=1))

    @property
    def all_rows(self) -> Ints:
        return np.arange(self.ensemble.draws)

    def fielded(self, variant: Variant = Variant()) -> Fielded:  # noqa: B008  frozen
        rows = self.rows
        assert rows.size > DRAWS / 2, "what is set to be there is there"
        return put(self.scene, variant, plain_picks(rows))

    def play(self, replications: int, variant: Variant = Variant()) -> Outcomes:  # noqa: B008
        """At least so many replications in all, as many of each draw."""
        fielded = self.fielded(variant)
        return run(fielded, -(-replications // fielded.rows), 1)


def world(folder: Path, setup: Setup) -> World:
    """Write the catalogue and the case into ``folder`` and go the way an assessment goes."""
    catalogue_folder, case_folder = folder / "catalogue", folder / "case"
    _write_catalogue(catalogue_folder, setup)
    _write_case(case_folder, setup)
    catalogue = load_catalogue(catalogue_folder)
    case = load_case(case_folder, catalogue)
    terrain = open_terrain(case)
    order = order_of_battle(case, catalogue, gather(case))
    ensemble = draw_ensemble(case, catalogue, order, K_BAND)
    (scene,) = prepare(case, catalogue, ensemble, terrain, case.raids, 1)
    return World(case, catalogue, ensemble, scene)


def command(*serves: str, **fields: Any) -> dict[str, Any]:
    """A command post that is well, decides at once on any number and joins the systems."""
    usual = {"id": "post", "name": "Command post", "kind": "command", "serves": list(serves)}
    return {**usual, "reason": "test", **fields}


def function(id: str, kind: str, **fields: Any) -> dict[str, Any]:
    return {"id": id, "name": f"The {id}", "kind": kind, "reason": "test", **fields}


def one(value: float | tuple[float, float, float]) -> dict[str, float]:
    """A band: of one value, or of three."""
    low, likely, high = value if isinstance(value, tuple) else (value, value, value)
    return {"low": low, "likely": likely, "high": high}


def toml(table: Mapping[str, Any], path: tuple[str, ...] = ()) -> str:
    """A table as TOML: what is simple first, tables after it."""
    simple, deep = [], []
    for key, value in table.items():
        name = ".".join((*path, key))
        if isinstance(value, Mapping):
            deep.append(f"\n[{name}]\n{toml(value, (*path, key))}")
        elif isinstance(value, list | tuple) and value and isinstance(value[0], Mapping):
            deep += [f"\n[[{name}]]\n{toml(each, (*path, key))}" for each in value]
        else:
            simple.append(f"{key} = {json.dumps(value)}\n")
    return "".join([*simple, *deep])


def _write(path: Path, table: Mapping[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(toml(table), encoding="utf-8")


def _figures(**values: tuple[str, float | None]) -> dict[str, dict[str, Any]]:
    """Figures by short id, from (kind, value); those without a value are left out."""
    return {
        short: {"name": short, "kind": kind, "unit": KINDS[kind], **one(value), "evidence": "V",
                "sources": ["TEST"]}
        for short, (kind, value) in values.items() if value is not None
    }  # fmt: skip


def _write_catalogue(folder: Path, setup: Setup) -> None:
    _write(folder / "sources.toml", {"source": {"TEST": {"title": "A test", "status": "made"}}})
    kinds = {k: {"heading": k, "units": [unit]} for k, unit in KINDS.items()}
    _write(folder / "conventions.toml", {"kind": kinds})
    for part in ("systems", "radars", "threats"):
        (folder / part).mkdir(parents=True, exist_ok=True)
    for sam in (*setup.sams, *(Sam(t, optical=True) for t in setup.teams)):
        _write(folder / "systems" / f"{sam.id}.toml", _system(sam, sam.id in setup.teams))
    for id, reach in setup.radars.items():
        table = {"id": id, "name": id, "role": "surveillance", "sidc": "S", "instrumented": "far"}
        _write(folder / "radars" / f"{id}.toml", table | {"figure": _figures(
            far=("instrumented", reach))})  # fmt: skip
    for id, category in setup.threats.items():
        figures = _figures(speed=("speed", setup.threat_mps), cost=("cost", 2.0))
        _write(folder / "threats" / f"{id}_sheet.toml", {
            "id": f"{id}_sheet", "name": id, "category": category, "speed": "speed",
            "cost": "cost", "figure": figures,
        })  # fmt: skip


def _system(sam: Sam, team: bool) -> dict[str, Any]:
    figures = _figures(
        range_max=("range", 5.0 if team else sam.range_km),
        range_min=("minimum_range", sam.range_min_km),
        altitude_min=("altitude", sam.altitude_min_km), speed=("speed", sam.speed_mps),
        channels=("count", sam.channels), ready=("count", sam.ready),
        reaction=("reaction_time", 5.0 if team else sam.reaction_s), reload=("time", sam.reload_s),
        range_ballistic=("range", sam.ballistic_km), kill=("sskp", sam.kill),
        interceptor_cost=("cost", sam.round_cost), sees=("instrumented", sam.sees_km),
    )  # fmt: skip
    own = {k: k for k in ("range_max", "range_min", "altitude_min", "speed", "range_ballistic")
           if k in figures}  # fmt: skip
    fire: dict[str, Any] = {
        k: k for k in ("channels", "ready", "reaction", "reload", "interceptor_cost")
        if k in figures
    }  # fmt: skip
    fire["channels_per"] = sam.channels_per
    if sam.kill is not None:
        fire["kill"] = [{"against": list(sam.against), "figure": "kill"}]
    table: dict[str, Any] = {
        "id": sam.id, "name": sam.id, "role": "test", "layer": sam.layer, "kind": "missile",
        "optical": sam.optical, "sidc": "S", "interceptor": [
            {"id": f"{sam.id}_round", "name": f"{sam.id} round", "kind": "missile", **own}],
        "fire": fire, "figure": figures,
    }  # fmt: skip
    if "sees" in figures:
        table["radar"] = [{"id": f"{sam.id}_eye", "name": f"{sam.id} eye",
                           "role": "acquisition", "instrumented": "sees"}]  # fmt: skip
    return table


def _box(east_deg: float, north_deg: float) -> list[list[float]]:
    corners = ((-1, -1), (1, -1), (1, 1), (-1, 1))
    return [[LON + x * east_deg, LAT + y * north_deg] for x, y in corners]


def _write_case(folder: Path, setup: Setup) -> None:
    units = [(s.id, p, s.launchers) for s in setup.sams for p in s.places]
    units += [(r, "base", 1) for r in setup.radars]
    assumed = EXACT | dict(setup.assumed)
    _write(folder / "case.toml", {
        "format": 1, "title": "Test", "summary": "A test.", "as_of": "DAY", "seed": setup.seed,
        "draws": setup.draws, "layers": ["long", "medium", "short", "point"],
        "area": {"west": LON - 1, "south": LAT - 1, "east": LON + 1, "north": LAT + 1},
        "terrain": {"choice": "smooth", "cell_m": 10_000},
        "threat": [{"id": t, "name": t, "catalogue": f"{t}_sheet"} for t in setup.threats],
        "place": [*(_place(p, *at) for p, at in {"base": (0.0, 0.0), **setup.places}.items()),
                  {"id": "town", "name": "Town", "polygon": _box(0.09, 0.09), "source": "test"}],
        "defended_area": [
            {"id": "spot", "name": "Spot", "polygon": _box(*setup.half_deg), "reason": "test"}],
        "origin": [{"id": "north", "name": "North", "line": [[LON, LAT + 0.9]],
                    "precision_m": 100, "source": "test"}],
        "holding": [{"system": t, "unit": "launchers", **one(n), "evidence": "V", "source": "test"}
                    for t, n in setup.teams.items()],
        "deployment": [{"id": f"{t}-teams", "system": t, "place": "town", "fielded": one(1.0),
                        "reason": "test"} for t in setup.teams],
        "assumption": [{"id": id, "statement": "test", **one(value), "reason": "test"}
                       for id, value in assumed.items()],
        "override": [
            {"target": target, "system": s, "place": p, **one(value), "reason": "test", "by": "me"}
            for s, p, n in units for target, value in (
                ("presence", setup.present), ("launchers", float(n)),
                ("serviceability", setup.serviceable))],
    })  # fmt: skip
    day = (folder / "case.toml").read_text(encoding="utf-8").replace('"DAY"', "2024-06-30")
    (folder / "case.toml").write_text(day, encoding="utf-8")
    _write(folder / "sources.toml", {"source": [
        {"id": "agency", "name": "Agency", "family": "press", "reliability": "B"}]})  # fmt: skip
    said = [*((s, p) for s, p, _ in units), *((t, "town") for t in setup.teams)]
    _write(folder / "claims.toml", {"claim": [
        {"id": f"{s}-{p}", "source": "agency", "about": "presence", "statement": f"{s} at {p}.",
         "modality": "asserted", "credibility": 2, "system": s, "place": p,
         "publication": "2024-06-01"} for s, p in said]})  # fmt: skip
    crews = [s.id for s in setup.sams] + list(setup.teams) if setup.training else []
    _write(folder / "network.toml", {
        "function": list(setup.functions),
        "doctrine": [{"firing": "shoot-look-shoot", "reason": "test", **d}
                     for d in setup.doctrines],
        "crew": [{"system": s, "training": setup.training, "reason": "test"} for s in crews],
    })  # fmt: skip
    raid: dict[str, Any] = {
        "id": "raid", "name": "Raid", "area": "spot", "reason": "test",
        "group": [{"threat": next(iter(setup.threats)), "altitude_m": one(1_000.0), **g}
                  for g in setup.groups],
    }  # fmt: skip
    if setup.from_north:
        raid["axis"] = "north"
    if setup.unavailable:
        raid["unavailable"] = list(setup.unavailable)
    _write(folder / "raids.toml", {"raid": [raid]})


def _place(id: str, east_m: float, north_m: float) -> dict[str, Any]:
    metres_per_degree = 111_195.0
    return {
        "id": id, "name": id.title(), "lat": LAT + north_m / metres_per_degree,
        "lon": LON + east_m / metres_per_degree / float(np.cos(np.radians(LAT))),
        "precision_m": 0.01, "source": "test",
    }  # fmt: skip
