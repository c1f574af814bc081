"""The ensemble: N draws of the network that may or may not be there.

Everything that is not known is drawn once, here, from one seed, jointly over sites; every room
downstream evaluates these draws and adds no unknowns of its own.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Unit:
    """What is drawn: one system or radar at one place, or teams spread over an area."""

    id: str
    system: str
    place: str
    layer: Literal["long", "medium", "short", "point", "surveillance"]
    kind: Literal["site", "density"]


@dataclass(frozen=True)
class Ensemble:
    """N draws, U units; axis 0 is always the draw.

    ``lat``, ``lon`` hold the emplacement of each unit in each draw, inside the published precision
    of its place (for a density: one team, anywhere in its area). ``figures`` holds a catalogue
    figure in SI per draw, shared by all units of the system: ``figures["s300vm.range_max"][n]``.
    """

    seed: int
    units: tuple[Unit, ...]
    present: Bools  # (N, U)
    serviceable: Bools  # (N, U) the unit works, if it is there
    launchers: Ints  # (N, U) launch vehicles, sets, or teams that are there; 0 where absent
    lat: Floats  # (N, U) degrees
    lon: Floats  # (N, U) degrees
    base_m: Floats  # (N, U) height of what it stands on, above ground
    antenna_m: Floats  # (N, U) height of antenna or eye above what it stands on
    guidance: Ints  # (N, U) which of the system's guidance radars it has; -1: none
    figures: Mapping[str, Floats]  # each (N,), SI units
    k_factor: Floats  # (N,) effective Earth radius factor
    holdings: Mapping[str, Ints]  # each (N,), the drawn total held, launchers or sets
    operators: Mapping[
        str, Ints
    ]  # each (N,), who operates the system, if held: STATES["operators"]
    connected: Mapping[str, Bools]  # each (N,), whether it is joined to radars, links and command

    @property
    def draws(self) -> int:
        """N."""
        return int(self.present.shape[0])

    @property
    def in_service(self) -> Bools:
        """(N, U): there, and working."""
        return self.present & self.serviceable
