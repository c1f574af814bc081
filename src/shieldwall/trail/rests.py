"""What the figures of a room rest on besides what they are made of: the rooms' assumptions."""

from __future__ import annotations

from collections.abc import Iterable

from shieldwall.case.records import Assumption
from shieldwall.evidence.channels import DEFAULTS as CHANNELS
from shieldwall.evidence.imagery import DEFAULTS as IMAGES
from shieldwall.evidence.lineage.assumptions import DEFAULTS as LINEAGE
from shieldwall.terrain.assumptions import assumptions as terrain_assumptions


def leaves_of(table: Iterable[Assumption]) -> tuple[str, ...]:
    """The leaves of a table of assumptions, in its order."""
    return tuple(f"assumption:{a.id}" for a in table)


def _named(*ids: str) -> tuple[str, ...]:
    return tuple(f"assumption:{id}" for id in ids)


MAPPING = _named(
    "grades", "credibility", "modality", "interest", "place_chance", "reach", "untied_spread"
)
"""From grades and words to a likelihood ratio."""
ERRORS = (
    *leaves_of(CHANNELS),
    *_named("near_km", "stock_years", "count_about", "sure_relay", "distance_rounding"),
)
"""How errors are found, and what they cost the grade of who made them."""
REPEATS = leaves_of(LINEAGE)
"""How it is told who repeats whom."""
READ = _named("image_recycled")
"""Which images are readings at all."""
LOOKED = leaves_of(IMAGES)
"""How well a look that saw nothing would have seen."""

FIGURES = _named("band_shape")
"""How figures are drawn inside their bands."""
RINGS = (*FIGURES, *_named("position_shape", "one_range"))
"""Which ranges are drawn, and about what."""
ENVELOPE = (*RINGS, *_named("mast_vehicle_m", "eye_height_m", "which_radar", "unpublished_limits"))
"""The same of envelopes: how high an antenna stands, of which radar, between which limits."""
TOGETHER = _named("serviceable_together")
"""How units of a system work or not in one draw."""

_TERRAIN = leaves_of(terrain_assumptions())
REFRACTION = (
    *(id for id in _TERRAIN if "refraction" in id), *_named("refraction_band"),
)  # fmt: skip
"""How the band of k is had, and how it is drawn."""
ELEVATION = tuple(id for id in _TERRAIN if id not in REFRACTION)
"""Which elevation is used, and what stands where none is known."""
