"""Lines of sight along tracks: the coverage floor of every draw, read at the points of tracks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from shieldwall.case.records import Case
from shieldwall.catalogue.records import Catalogue
from shieldwall.coverage.points import Points
from shieldwall.coverage.records import Floats32
from shieldwall.coverage.stations import Scratch, Site, Teams, stations
from shieldwall.geodesy import Floats
from shieldwall.network.ensemble import Ensemble
from shieldwall.progress import Progress, Silent
from shieldwall.terrain.source import Terrain
from shieldwall.workers import processors, spread

UNSEEN = np.uint16(65_535)
"""A floor so high, or a point out of reach of the unit: never in sight."""


@dataclass(frozen=True)
class Sight:
    """What each unit sees along tracks of P points, over N draws."""

    ground_m: Floats32  # (P,) above sea level
    floor_m: dict[str, NDArray[np.uint16]]
    """Unit at a site -> (N, P) lowest height above ground in line of sight, rounded up."""
    site_m: dict[str, Floats]
    """Unit at a site -> (N,) height above sea level of what its launchers stand on."""
    visible: dict[str, Floats]
    """Teams spread over an area -> (N, A) share of their reach that terrain leaves open, at each
    of ``ALTITUDES_M``."""

    @property
    def size(self) -> int:
        """P."""
        return int(self.ground_m.size)


def sight_along(
    case: Case,
    catalogue: Catalogue,
    ensemble: Ensemble,
    terrain: Terrain,
    lat: Floats,
    lon: Floats,
    beyond_m: float,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Sight:
    """The floors of every unit at the points ``lat``, ``lon`` (P,), in every draw.

    Points up to ``beyond_m`` beyond the farthest ring of a unit are looked at.
    ``workers`` threads (default: one per processor) give the same bytes as one.
    """
    progress = progress or Silent()
    none = np.full(lat.size, -1, dtype=np.int32)
    points = Points(lat, lon, none, none, np.empty(0, dtype=np.int32))
    layers = tuple(dict.fromkeys(u.layer for u in ensemble.units))
    standing = stations(case, catalogue, ensemble, terrain, points, layers, Silent(), beyond_m)
    sites = [s for s in standing if isinstance(s, Site)]
    floors = {s.unit.id: np.full((ensemble.draws, lat.size), UNSEEN) for s in sites}
    threads = min(workers or processors(), ensemble.draws)

    def some(first: int) -> None:
        scratch: Scratch = {}
        for draw in range(first, ensemble.draws, threads):
            for site in sites:
                seen = np.ceil(site.floor(draw, scratch))
                floors[site.unit.id][draw, site.near] = np.minimum(seen, UNSEEN).astype(np.uint16)
            progress.advance(draw + 1, ensemble.draws)

    spread(some, range(threads), threads)
    return Sight(
        ground_m=terrain.elevation_at(lat, lon),
        floor_m=floors,
        site_m={s.unit.id: s.launcher_m for s in sites},
        visible={s.unit.id: s.visible for s in standing if isinstance(s, Teams)},
    )
