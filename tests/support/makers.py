"""Small cases and catalogues for tests, each field of interest set by the test itself."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from types import MappingProxyType

from shieldwall.case.records import (
    Area,
    Band,
    Case,
    Claim,
    Count,
    DefendedArea,
    Moment,
    Place,
    Source,
    TerrainChoice,
    ThreatChoice,
)
from shieldwall.catalogue.records import Catalogue, Figure, Interceptor, Radar, System, Threat


def moment(text: str) -> Moment:
    """A moment of day precision."""
    return Moment(text, datetime.fromisoformat(text).replace(tzinfo=UTC), "day")


def source(id: str = "agency", reliability: str = "B", family: str = "press") -> Source:
    return Source(id, id.title(), family, reliability, None, "", "sources.toml:1")


def claim(id: str, **fields: object) -> Claim:
    """A presence claim about ``sam`` at ``base``, asserted, credibility 2, in June 2024."""
    empty = dict.fromkeys(
        ("relays", "system", "component", "place", "origin", "count", "event", "acquisition",
         "publication", "ingestion", "address", "language")
    )  # fmt: skip
    usual = {
        "source": "agency", "about": "presence", "statement": f"Claim {id}", "modality": "asserted",
        "credibility": 2, "system": "sam", "place": "base", "publication": moment("2024-06-01"),
        "where": "claims.toml:1",
    }  # fmt: skip
    return Claim(id=id, **(empty | usual | fields))


def place(id: str = "base", **fields: object) -> Place:
    usual = {
        "name": id.title(), "lat": 10.0, "lon": -66.0, "precision_m": 1_000.0, "polygon": None,
        "height_m": None, "source": "test", "note": "", "where": "case.toml:1",
    }  # fmt: skip
    return Place(id=id, **(usual | fields))


def count(likely: float, unit: str = "launchers", bound: str = "exact") -> Count:
    return Count(None, likely, None, unit, bound)


BOX = ((-66.3, 9.8), (-65.7, 9.8), (-65.7, 10.2), (-66.3, 10.2))


def case(**fields: object) -> Case:
    """A case with one base, one defended area, one threat, and whatever the test gives."""
    usual = Case(
        folder=Path("case"), name="test", title="Test", summary="", as_of=date(2024, 6, 30), seed=7,
        draws=64, area=Area(-67.0, 9.3, -65.0, 10.7),
        terrain=TerrainChoice("smooth", (), 1_000.0), layers=("long", "medium", "short", "point"),
        threats=(ThreatChoice("drone", "Drone", "drone", "case.toml:1"),), places=(place(),),
        defended_areas=(DefendedArea("box", "Box", BOX, "test", "case.toml:1"),), holdings=(),
        deployments=(), origins=(), reaches=(), assumptions=(), overrides=(),
        sources=(source(), source("other", "C")), claims=(claim("one"),), pressure=(),
    )  # fmt: skip
    return replace(usual, **fields)


def figure(id: str, low: float, likely: float, high: float, unit: str = "km") -> Figure:
    return Figure(
        id, id, unit, low, likely, high, ("V", "V", "V"), ("TEST",), "", False, "", (), "t"
    )


def system(id: str = "sam", **fields: object) -> System:
    """A medium-range system: 40 km, one radar scaled from 100 km at 1 m2, no spread in figures."""
    interceptor = Interceptor(
        "missile", "Missile", "missile", figure(f"{id}.range_max", 40, 40, 40),
        figure(f"{id}.range_min", 2, 2, 2), figure(f"{id}.altitude_max", 20, 20, 20),
        figure(f"{id}.altitude_min", 0.02, 0.02, 0.02), None,
    )  # fmt: skip
    radar = Radar(
        "radar", "Radar", "guidance", figure(f"{id}.instrumented", 120, 120, 120),
        figure(f"{id}.reference", 100, 100, 100), 1.0, figure(f"{id}.antenna", 10, 10, 10, "m"),
        None, "",
    )  # fmt: skip
    usual = {
        "name": id.upper(), "designations": (), "role": "", "layer": "medium", "kind": "missile",
        "optical": False, "interceptors": (interceptor,), "radars": (radar,),
        "launchers_per_battery": figure(f"{id}.battery", 4, 4, 4, "vehicles"),
        "figures": MappingProxyType({"battery": figure(f"{id}.battery", 4, 4, 4, "vehicles")}),
        "notes": "", "sidc": "",
    }  # fmt: skip
    return System(id=id, **(usual | fields))


def threat(id: str = "drone", rcs: float = 0.01) -> Threat:
    cross_section = figure(f"{id}.rcs", rcs, rcs, rcs, "m2")
    return Threat(
        id, id.title(), "one-way drone", None, None, cross_section,
        figure(f"{id}.range", 800, 1000, 1500), MappingProxyType({}), "",
    )  # fmt: skip


def catalogue(*systems: System, threats: tuple[Threat, ...] = ()) -> Catalogue:
    return Catalogue(
        {s.id: s for s in systems or (system(),)}, {}, {t.id: t for t in threats or (threat(),)}, {}
    )


def band(low: float, likely: float | None, high: float) -> Band:
    return Band(low, likely, high)


def origin_of(case: Case, claim: Claim) -> Claim:
    """Where coded ``relays`` end, as the analyst wrote them: what tests hold lineage against."""
    while claim.relays is not None:
        claim = case.claim(claim.relays)
    return claim
