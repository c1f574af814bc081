"""Case folders for raids, written to disk: invented sites with the systems of the product's own
catalogue, over a smooth Earth, for tests of verbs and sweeps and for benchmarks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import cos, pi, sin
from pathlib import Path
from typing import Any

from raid_cases import one, toml

LAT, LON = 10.0, -66.0
RING_DEG = 0.12
"""Sites stand on a ring of about 13 km about the middle of the defended area."""
LAUNCHERS = {"bukm2e": 4, "pantsir": 2, "s300vm": 4, "torm2": 2}
"""System -> launchers at a site; sites take the systems in turn."""
DRONES = {"threat": "drone", "spacing_s": 10, "arrivals": "random"}
MISSILES = {"threat": "missile", "spacing_s": 5}

Table = Mapping[str, Any]


def write_case(
    folder: Path,
    raids: Mapping[str, Sequence[Table]],
    sites: int = 4,
    draws: int = 16,
    seed: int = 7,
) -> Path:
    """A case with so many sites and a network; ``raids``: id -> its groups, as in raids.toml."""
    systems = list(LAUNCHERS)
    standing = [(f"site-{n}", systems[n % len(systems)]) for n in range(sites)]
    corners = ((-1, -1), (1, -1), (1, 1), (-1, 1))
    case = {
        "format": 1, "title": "Invented", "summary": "Nothing of this stands anywhere.",
        "as_of": "DAY", "seed": seed, "draws": draws,
        "layers": ["long", "medium", "short", "point"],
        "area": {"west": LON - 1, "south": LAT - 1, "east": LON + 1, "north": LAT + 1},
        "terrain": {"choice": "smooth", "cell_m": 10_000},
        "threat": [{"id": id, "name": id.title(), "catalogue": sheet}
                   for id, sheet in (("drone", "shahed136"), ("missile", "kalibr"))],
        "place": [{"id": place, "name": place.title(), "precision_m": 100, "source": "test",
                   "lat": LAT + RING_DEG * sin(2 * pi * n / sites),
                   "lon": LON + RING_DEG * cos(2 * pi * n / sites)}
                  for n, (place, _) in enumerate(standing)],
        "defended_area": [{"id": "spot", "name": "Spot", "reason": "test",
                           "polygon": [[LON + x * 0.05, LAT + y * 0.05] for x, y in corners]}],
        "override": [{"target": target, "system": system, "place": place, **one(value),
                      "reason": "test", "by": "me"}
                     for place, system in standing
                     for target, value in (("presence", 1.0), ("serviceability", 0.9),
                                           ("launchers", float(LAUNCHERS[system])))],
    }  # fmt: skip
    claims = [
        {"id": f"{system}-{place}", "source": "press", "about": "presence",
         "statement": f"{system} at {place}.", "modality": "asserted", "credibility": 2,
         "system": system, "place": place, "publication": "2024-06-01"}
        for place, system in standing
    ]  # fmt: skip
    press = {"id": "press", "name": "Press", "family": "press", "reliability": "B"}
    used = sorted({system for _, system in standing})
    functions = [
        {"id": "post", "name": "Command post", "kind": "command", "reason": "test"},
        {"id": "link", "name": "Data link", "kind": "link", "needs": ["post"], "serves": used,
         "reason": "test"},
    ]  # fmt: skip
    told = [
        {"id": id, "name": id.title(), "area": "spot", "reason": "test", "group": list(groups)}
        for id, groups in raids.items()
    ]
    folder.mkdir(parents=True, exist_ok=True)
    for name, table in {
        "case": case, "sources": {"source": [press]}, "claims": {"claim": claims},
        "network": {"function": functions}, "raids": {"raid": told},
    }.items():  # fmt: skip
        text = toml(table).replace('"DAY"', "2024-06-30")
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder
