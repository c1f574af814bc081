"""What a unit could engage or see if nothing stood in the way: its envelope in every draw."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from shieldwall.case.records import Assumption, Case
from shieldwall.catalogue.records import Catalogue, Figure, Radar, System, Threat
from shieldwall.coverage.detection import rcs_scaled
from shieldwall.network.draw import guidance_radars
from shieldwall.network.ensemble import Ensemble, Floats, Unit

UNLIMITED_M = 1e9


@dataclass(frozen=True)
class Envelope:
    """One unit over N draws, T threats and I interceptors; metres."""

    finds_m: Floats  # (N, T) slant range at which its acquisition radars find the threat
    follows_m: Floats  # (N, T) slant range at which its guidance radar follows it
    range_min_m: Floats  # (N, I) slant
    range_max_m: Floats  # (N, I) slant
    altitude_min_m: Floats  # (N, I) above the ground under the target
    altitude_max_m: Floats  # (N, I) above the launcher

    @property
    def sensor_m(self) -> Floats:
        """(N, T) slant range at which it is both found and followed."""
        return np.minimum(self.finds_m, self.follows_m)

    @property
    def ring_m(self) -> float:
        """The farthest bare range ring of any draw."""
        return float(self.range_max_m.max())


def envelope(unit: Unit, case: Case, catalogue: Catalogue, ensemble: Ensemble) -> Envelope:
    """The envelope of a unit, or of a surveillance radar, in every draw."""
    n = ensemble.draws
    threats = [catalogue.threats[t.catalogue] for t in case.threats]
    column = ensemble.units.index(unit)
    system = catalogue.systems.get(unit.system)
    if system is None:
        radar = catalogue.radars[unit.system]
        sensor = np.column_stack([_radar_range(radar, t, ensemble) for t in threats])
        top = drawn(radar.altitude_max, ensemble, UNLIMITED_M)
        zero = np.zeros((n, 1))
        instrumented = drawn(radar.instrumented, ensemble, 0.0)
        return Envelope(sensor, sensor, zero, instrumented[:, None], zero, top[:, None])
    known = [i for i in system.interceptors if i.range_max.known]
    return Envelope(
        finds_m=np.column_stack([_finds(system, t, ensemble) for t in threats]),
        follows_m=np.column_stack(
            [_follows(system, t, ensemble, ensemble.guidance[:, column]) for t in threats]
        ),
        range_min_m=np.column_stack([drawn(i.range_min, ensemble, 0.0) for i in known]),
        range_max_m=np.column_stack([drawn(i.range_max, ensemble, 0.0) for i in known]),
        altitude_min_m=np.column_stack([drawn(i.altitude_min, ensemble, 0.0) for i in known]),
        altitude_max_m=np.column_stack(
            [drawn(i.altitude_max, ensemble, UNLIMITED_M) for i in known]
        ),
    )


def drawn(figure: Figure | None, ensemble: Ensemble, otherwise: float) -> Floats:
    """A figure in every draw (N,), SI; ``otherwise`` where it is not published."""
    if figure is None or not figure.known:
        return np.full(ensemble.draws, otherwise, dtype=np.float64)
    return ensemble.figures[figure.id]


def _finds(system: System, threat: Threat, ensemble: Ensemble) -> Floats:
    """Where its acquisition radars find a threat; without any of its own, wherever it follows."""
    unlimited = np.full(ensemble.draws, UNLIMITED_M)
    if system.optical:
        return unlimited
    finding = [r for r in system.radars if r.role in ("acquisition", "surveillance")]
    # A radar with no reference target would seem to out-see one that has it: it does not speak.
    finding = [r for r in finding if _scales(r)] or finding
    if not finding:
        return unlimited
    farthest: Floats = np.column_stack([_radar_range(r, threat, ensemble) for r in finding]).max(
        axis=1
    )
    return farthest


def _follows(system: System, threat: Threat, ensemble: Ensemble, guidance: np.ndarray) -> Floats:
    """Where the guidance radar that it has in each draw follows a threat."""
    guiding = guidance_radars(system)
    if system.optical or not guiding:
        return np.full(ensemble.draws, UNLIMITED_M)
    ranges = np.column_stack([_radar_range(r, threat, ensemble) for r in guiding])
    chosen: Floats = ranges[np.arange(ensemble.draws), guidance]
    return chosen


def _radar_range(radar: Radar, threat: Threat, ensemble: Ensemble) -> Floats:
    """The lesser of instrumented range and range scaled to the threat's cross-section.

    Without a published reference target, or without a published cross-section of the threat, only
    the instrumented range limits it: an upper bound, listed among the assumptions.
    """
    limit = drawn(radar.instrumented, ensemble, UNLIMITED_M)
    if _scales(radar) and threat.rcs is not None and threat.rcs.known:
        reference = drawn(radar.reference_range, ensemble, UNLIMITED_M)
        scaled = rcs_scaled(
            reference, radar.reference_rcs_m2 or 1.0, ensemble.figures[threat.rcs.id]
        )
        limit = np.minimum(limit, scaled)
    return limit


def _scales(radar: Radar) -> bool:
    reference = radar.reference_range
    return reference is not None and reference.known and radar.reference_rcs_m2 is not None


def upper_bounds(
    case: Case, catalogue: Catalogue, units: tuple[Unit, ...]
) -> tuple[Assumption, ...]:
    """What missing references make optimistic, as assumptions the reader is shown."""
    found = []
    for name in dict.fromkeys(u.system for u in units):
        system = catalogue.systems.get(name)
        if system is not None and system.optical:
            continue
        radars = system.radars if system is not None else (catalogue.radars[name],)
        found += [_radar_bound(name, r, system is None) for r in radars if _unscaled(r, radars)]
    for choice in case.threats:
        threat = catalogue.threats[choice.catalogue]
        if threat.rcs is None or not threat.rcs.known:
            found.append(
                Assumption(
                    f"rcs-{choice.id}", f"{threat.name} is seen as far as radars are instrumented.",
                    None, "", "No radar cross-section is published for it, so cover against it is "
                    "an upper bound.", "coverage/envelope.py",
                )
            )  # fmt: skip
    return tuple({a.id: a for a in found}.values())


def _unscaled(radar: Radar, beside: tuple[Radar, ...]) -> bool:
    """Whether the radar has no reference and none of its role that has one speaks for it."""
    if radar.role == "illuminator" or _scales(radar):
        return False
    return radar.role == "guidance" or not any(_scales(r) for r in beside if r.role == radar.role)


def _radar_bound(system: str, radar: Radar, alone: bool) -> Assumption:
    if radar.instrumented is not None and radar.instrumented.known:
        statement = f"{radar.name} sees every threat out to its instrumented range."
        reason = "No reference target is published: cover of small targets is an upper bound."
    elif alone:
        statement = f"{radar.name} covers nothing on any map."
        reason = "No range is published for it; it stays in the order of battle."
    else:
        statement = f"{radar.name} limits nothing."
        reason = (
            "No range is published for it: the other radars and the interceptors set the limit."
        )
    return Assumption(
        f"upper_bound-{system}-{radar.id}", statement, None, "", reason, "coverage/envelope.py"
    )
