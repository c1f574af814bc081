"""Who could strike from where: geodesic distances against published ranges."""

from __future__ import annotations

import numpy as np

from shieldwall.case.records import Case
from shieldwall.catalogue.records import Catalogue
from shieldwall.coverage.records import ReachResult
from shieldwall.evidence.contradictions.distance import distances_km
from shieldwall.network.ensemble import Ensemble


def reach(case: Case, catalogue: Catalogue, ensemble: Ensemble) -> tuple[ReachResult, ...]:
    """Every place the case asks about, from every origin, for every threat it names."""
    found = []
    for wanted in case.reaches:
        place = case.place(wanted.place)
        for origin in case.origins:
            nearest, farthest = distances_km(place, origin)
            slack = origin.precision_m / 1000
            found.append(
                ReachResult(place.id, origin.id, None, nearest, farthest, slack, None, None)
            )
            for id in wanted.threats:
                choice = next(t for t in case.threats if t.id == id)
                figure = catalogue.threats[choice.catalogue].range
                if figure is None or not figure.known:
                    found.append(
                        ReachResult(place.id, origin.id, id, nearest, farthest, slack, None, None)
                    )
                    continue
                low, likely, high = (each / 1000 for each in figure.si)
                enough = float(np.mean(ensemble.figures[figure.id] >= nearest * 1000))
                found.append(
                    ReachResult(
                        place.id,
                        origin.id,
                        id,
                        nearest,
                        farthest,
                        slack,
                        (low, likely, high),
                        enough,
                    )
                )
    return tuple(found)
