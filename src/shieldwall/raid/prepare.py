"""From a case and its ensemble to scenes: tracks first, then one look at terrain for all raids."""

from __future__ import annotations

import numpy as np
import shapely

from shieldwall.case.assumed import in_force
from shieldwall.case.raid_records import Raid
from shieldwall.case.records import Case
from shieldwall.catalogue.records import Catalogue
from shieldwall.coverage.along import sight_along
from shieldwall.coverage.envelope import envelope
from shieldwall.coverage.floor import radar_horizon_m
from shieldwall.geodesy import WGS84
from shieldwall.network.ensemble import Ensemble
from shieldwall.progress import Progress
from shieldwall.raid.assumptions import DEFAULTS
from shieldwall.raid.scene import Scene, make_scene
from shieldwall.raid.tracks import LONGEST_M, STEPS, TRACKS, Tracks, draw_tracks
from shieldwall.terrain.source import Terrain

SHORTEST_M = 40_000.0
MAST_M = 60.0
"""An antenna on a roof or mast: decides only how long tracks are made."""


def prepare(
    case: Case,
    catalogue: Catalogue,
    ensemble: Ensemble,
    terrain: Terrain,
    raids: tuple[Raid, ...],
    workers: int | None = None,
    progress: Progress | None = None,
) -> tuple[Scene, ...]:
    """The scene of each raid; nothing for a case without raids."""
    if not raids:
        return ()
    band = in_force(case, DEFAULTS)["axis_spread_deg"].band
    spread = (band.low, band.middle, band.high) if band else (0.0, 0.0, 0.0)
    tracks = [draw_tracks(case, raid, _length(case, catalogue, ensemble, raid), spread)
              for raid in raids]  # fmt: skip
    lat, lon = (np.concatenate(each) for each in zip(*map(_points, tracks), strict=True))
    sight = sight_along(case, catalogue, ensemble, terrain, lat, lon, workers, progress)
    each = TRACKS * STEPS
    return tuple(
        make_scene(case, catalogue, ensemble, raid, track, sight, slice(n * each, (n + 1) * each))
        for n, (raid, track) in enumerate(zip(raids, tracks, strict=True))
    )


def _points(tracks: Tracks) -> tuple[np.ndarray, np.ndarray]:
    lat, lon = tracks.latlon()
    return lat.ravel(), lon.ravel()


def _length(case: Case, catalogue: Catalogue, ensemble: Ensemble, raid: Raid) -> float:
    """Long enough that every unit that can see a threat of the raid sees it come."""
    area = next(a for a in case.defended_areas if a.id == raid.area)
    middle = shapely.Polygon(area.polygon).centroid
    choice = {t.id: catalogue.threats[t.catalogue] for t in case.threats}
    top = 0.0
    for group in raid.groups:
        threat = choice[group.threat]
        figure = threat.altitude
        high = group.altitude_m.high if group.altitude_m is not None else (
            figure.si[2] if figure is not None and figure.known else 10_000.0
        )  # fmt: skip
        top = max(top, LONGEST_M if threat.category == "ballistic missile" else high)
    horizon = float(radar_horizon_m(MAST_M, top))
    reaches = [SHORTEST_M]
    for column, unit in enumerate(ensemble.units):
        if unit.kind == "site":
            _, _, away = WGS84.inv(
                middle.x, middle.y,
                float(ensemble.lon[0, column]), float(ensemble.lat[0, column]),
            )  # fmt: skip
            ring = envelope(unit, case, catalogue, ensemble).ring_m
            reaches.append(float(away) + min(ring, horizon))
    return min(LONGEST_M, max(reaches))
