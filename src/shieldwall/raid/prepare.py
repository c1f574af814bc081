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

AHEAD_S = 120.0
"""How long before it is in range a threat may matter: a crew reacts and an interceptor flies."""

FASTEST_MPS = 500.0
"""Of what flies level; faster threats come down from above, inside every ring."""


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
    beyond_m = _beyond(case, catalogue)
    lengths = [_length(case, catalogue, ensemble, raid, beyond_m) for raid in raids]
    tracks = [draw_tracks(case, r, m, spread) for r, m in zip(raids, lengths, strict=True)]
    lat, lon = (np.concatenate(each) for each in zip(*map(_points, tracks), strict=True))
    sight = sight_along(case, catalogue, ensemble, terrain, lat, lon, beyond_m, workers, progress)
    each = TRACKS * STEPS
    return tuple(
        make_scene(case, catalogue, ensemble, raid, track, sight, slice(n * each, (n + 1) * each))
        for n, (raid, track) in enumerate(zip(raids, tracks, strict=True))
    )


def _points(tracks: Tracks) -> tuple[np.ndarray, np.ndarray]:
    lat, lon = tracks.latlon()
    return lat.ravel(), lon.ravel()


def _beyond(case: Case, catalogue: Catalogue) -> float:
    """How far beyond its farthest ring a unit may have to see."""
    speeds = [catalogue.threats[t.catalogue].speed for t in case.threats]
    known = [s.si[2] for s in speeds if s is not None and s.known]
    return AHEAD_S * min(max(known, default=FASTEST_MPS), FASTEST_MPS)


def _length(
    case: Case, catalogue: Catalogue, ensemble: Ensemble, raid: Raid, beyond_m: float
) -> float:
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
            reaches.append(float(away) + min(ring + beyond_m, horizon))
    return min(LONGEST_M, max(reaches))
