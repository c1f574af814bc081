"""The effective Earth radius factor k at a place, as a band."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from shieldwall.errors import TerrainError
from shieldwall.terrain import coarse
from shieldwall.terrain.assumptions import K_LIMITS, K_PERCENT, K_STANDARD, K_STANDARD_BAND

EARTH_GRADIENT_N_PER_KM = 157.0
"""N-units per kilometre that bend a ray along the Earth's own curvature: 10^6 / 6,371 km."""


@dataclass(frozen=True)
class Refraction:
    """k at a place (low, likely, high) and where it comes from, in words for the report."""

    low: float
    likely: float
    high: float
    source: Literal["itu-r-p453", "standard"]
    words: str


def refraction(lat: float, lon: float) -> Refraction:
    """k from the refractivity gradient of the lowest kilometre, ITU-R P.453-13; else 4/3.

    ``k = 157 / (157 + dN1)`` with dN1 in N-units per kilometre, exceeded for 90, 50 and 10 % of
    the average year. Values beyond ``K_LIMITS`` (ducting) are clipped, and the words say so.
    """
    if not (-90.0 <= lat <= 90.0 and -360.0 <= lon <= 360.0):
        raise TerrainError(f"latitude {lat}, longitude {lon}: not a place on Earth")
    if not coarse.installed():
        low, high = K_STANDARD_BAND
        words = (
            f"Refraction: the standard k = 4/3, taken between {low} and {high}, because ITU-R "
            f"P.453 is not installed ({coarse.INSTALL})."
        )
        return Refraction(low, K_STANDARD, high, "standard", words)
    gradients = coarse.model("itu453").DN1
    exact = [_k(float(gradients(lat, lon, percent))) for percent in K_PERCENT]
    low, likely, high = (min(max(k, K_LIMITS[0]), K_LIMITS[1]) for k in exact)
    words = (
        f"Refraction from ITU-R P.453 at {lat:.1f}, {lon:.1f}: k {likely:.2f} in the median, "
        f"{low:.2f} to {high:.2f} for 90 to 10 % of the year."
    )
    if [low, likely, high] != exact:
        words += f" Ducting or its opposite is clipped to k {K_LIMITS[0]} to {K_LIMITS[1]}."
    return Refraction(low, likely, high, "itu-r-p453", words)


def _k(gradient_n_per_km: float) -> float:
    """Effective Earth radius factor; ducting gradients give infinity instead of a negative k."""
    bending = EARTH_GRADIENT_N_PER_KM + gradient_n_per_km
    return EARTH_GRADIENT_N_PER_KM / bending if bending > 0.0 else float("inf")
