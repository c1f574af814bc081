"""The sample's case: five units round Caracas, a handful of claims."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

from sample_control import sample_foretold, sample_transfers
from sample_network import DRAWS, LAYERS
from sample_raids import sample_case_raids, sample_crews, sample_doctrines, sample_functions
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


def sample_case(folder: Path) -> Case:
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
