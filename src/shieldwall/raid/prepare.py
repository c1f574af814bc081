"""From a case and its ensemble to scenes: tracks first, then one look at terrain for all raids."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import shapely

from shieldwall.case.assumed import in_force, likely
from shieldwall.case.raid_records import Raid
from shieldwall.case.records import Assumption, Case
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

Assumed = Mapping[str, Assumption]


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
    assumed = in_force(case, DEFAULTS)
    band = assumed["axis_spread_deg"].band
    spread = (band.low, band.middle, band.high) if band else (0.0, 0.0, 0.0)
    beyond_m = _beyond(case, catalogue, assumed)
    rings = _rings(case, catalogue, ensemble)
    lengths = [_length(case, catalogue, raid, rings, beyond_m, assumed) for raid in raids]
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


def _beyond(case: Case, catalogue: Catalogue, assumed: Assumed) -> float:
    """How far beyond its farthest ring a unit may have to see."""
    speeds = [catalogue.threats[t.catalogue].speed for t in case.threats]
    known = [s.si[2] for s in speeds if s is not None and s.known]
    fastest = likely(assumed["tracks_fastest_mps"])
    return likely(assumed["tracks_ahead_s"]) * min(max(known, default=fastest), fastest)


def _rings(
    case: Case, catalogue: Catalogue, ensemble: Ensemble
) -> tuple[tuple[float, float, float], ...]:
    """Longitude and latitude of each unit at a site, degrees, and its farthest ring, metres."""
    return tuple(
        (float(ensemble.lon[0, column]), float(ensemble.lat[0, column]),
         envelope(unit, case, catalogue, ensemble).ring_m)
        for column, unit in enumerate(ensemble.units)
        if unit.kind == "site"
    )  # fmt: skip


def _length(
    case: Case,
    catalogue: Catalogue,
    raid: Raid,
    rings: tuple[tuple[float, float, float], ...],
    beyond_m: float,
    assumed: Assumed,
) -> float:
    """Long enough that every unit that can see a threat of the raid sees it come."""
    area = next(a for a in case.defended_areas if a.id == raid.area)
    middle = shapely.Polygon(area.polygon).centroid
    horizon = float(radar_horizon_m(
        likely(assumed["tracks_mast_m"]), _top(case, catalogue, raid, assumed)
    ))  # fmt: skip
    reaches = [likely(assumed["tracks_shortest_m"])]
    for lon, lat, ring_m in rings:
        _, _, away = WGS84.inv(middle.x, middle.y, lon, lat)
        reaches.append(float(away) + min(ring_m + beyond_m, horizon))
    return min(LONGEST_M, max(reaches))


def _top(case: Case, catalogue: Catalogue, raid: Raid, assumed: Assumed) -> float:
    """The greatest height that any threat of the raid may come from, metres."""
    choice = {t.id: catalogue.threats[t.catalogue] for t in case.threats}
    top = 0.0
    for group in raid.groups:
        threat = choice[group.threat]
        figure = threat.altitude
        high = group.altitude_m.high if group.altitude_m is not None else (
            figure.si[2] if figure is not None and figure.known
            else likely(assumed["tracks_height_unpublished_m"])
        )  # fmt: skip
        top = max(top, LONGEST_M if threat.category == "ballistic missile" else high)
    return top
