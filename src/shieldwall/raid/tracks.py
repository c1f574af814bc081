"""Generic straight tracks to a defended area: drawn, never planned or searched for."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from shieldwall.case.raid_records import Raid
from shieldwall.case.records import Case, Origin
from shieldwall.draws import strata, stream, triangle
from shieldwall.geodesy import WGS84, Floats, Frame
from shieldwall.network.bands import scattered

TRACKS = 24
"""Tracks of a raid: as many directions all round."""

STEPS = 96
"""Points of a track, the closer the nearer its end: their distance to go is a square law."""

LONGEST_M = 300_000.0


@dataclass(frozen=True)
class Tracks:
    """J tracks of K steps, the last at the target, in a frame about the middle of the area."""

    frame: Frame
    x_m: Floats  # (J, K)
    y_m: Floats  # (J, K)
    to_go_m: Floats  # (K,)

    def latlon(self) -> tuple[Floats, Floats]:
        """Degrees of every point, each (J, K)."""
        return self.frame.to_latlon(self.x_m, self.y_m)


def draw_tracks(
    case: Case, raid: Raid, length_m: float, spread_deg: tuple[float, float, float]
) -> Tracks:
    """The tracks of a raid, from the case's seed: targets evenly over the area, directions evenly
    all round, or about the direction of the origin that the case cites, spread by a triangle."""
    area = next(a for a in case.defended_areas if a.id == raid.area)
    lon, lat = np.array(area.polygon).T
    frame = Frame(float(lat.mean()), float(lon.mean()))
    plane = shapely.Polygon(np.column_stack(frame.to_xy(lat, lon)))
    rng = stream(case.seed, f"tracks {raid.id}")
    end_x, end_y = scattered(rng, plane, TRACKS)
    if raid.axis is None:
        azimuth = 360.0 * strata(rng, TRACKS)
    else:
        origin = next(o for o in case.origins if o.id == raid.axis)
        azimuth = _direction(frame, origin) + triangle(strata(rng, TRACKS), *spread_deg)
    to_go = length_m * (1.0 - np.arange(STEPS) / (STEPS - 1)) ** 2
    east, north = np.sin(np.radians(azimuth)), np.cos(np.radians(azimuth))
    return Tracks(
        frame,
        end_x[:, None] + east[:, None] * to_go,
        end_y[:, None] + north[:, None] * to_go,
        to_go,
    )


def _direction(frame: Frame, origin: Origin) -> float:
    """Azimuth in degrees from the area to the nearest point of an origin."""
    lon, lat = np.array(origin.line).T
    x, y = frame.to_xy(lat, lon)
    points = np.column_stack([x, y])
    line = shapely.LineString(points) if len(points) > 1 else shapely.Point(points[0])
    near = shapely.shortest_line(shapely.Point(0.0, 0.0), line).coords[1]
    there_lat, there_lon = frame.to_latlon(near[0], near[1])
    azimuth, _, _ = WGS84.inv(frame.lon, frame.lat, float(there_lon), float(there_lat))
    return float(azimuth)
