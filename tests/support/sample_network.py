"""The sample's units, its order of battle and its draws."""

from __future__ import annotations

from types import MappingProxyType

import numpy as np

from shieldwall.case.records import Band
from shieldwall.network.ensemble import Ensemble, Unit
from shieldwall.orbat.records import HeldOdds, OrderOfBattle, UnitOdds
from shieldwall.orbat.tally import of_band

LAYERS = ("long", "medium", "short", "point")


DRAWS = 64


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


def parts(id: str) -> tuple[str, str]:
    """The system and the place of a unit."""
    system, _, place = id.partition("@")
    return DENSITY.get(id, (system, place))


def sample_order_of_battle() -> OrderOfBattle:
    units = []
    for id, layer, _, _, presence, works, *_ in UNITS:
        if id in DENSITY:
            continue
        system, place = parts(id)
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


def sample_ensemble(rng: np.random.Generator) -> Ensemble:
    shape = (DRAWS, len(UNITS))
    present = rng.random(shape) < [u[4] for u in UNITS]
    serviceable = rng.random(shape) < [u[5] for u in UNITS]
    drawn = {f"{s}.range_max": rng.triangular(b[0], min(b[1], b[2]), b[2] + 1e-9, DRAWS) * 1_000
             for s, b in RANGE_KM.items()}  # fmt: skip
    return Ensemble(
        seed=20251231,
        units=tuple(
            Unit(u[0], *parts(u[0]), u[1], "density" if u[0] in DENSITY else "site")  # type: ignore[arg-type]
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
