"""How many independent origins stand behind an answer: what a judgement's confidence cites.

Which claims stand behind what is decided here alone; judgements ask the same functions.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator

from shieldwall.calculus.records import Calculus
from shieldwall.case.records import Case
from shieldwall.catalogue.records import Catalogue
from shieldwall.control.records import OperationalControl, SystemControl, Window
from shieldwall.coverage.records import AreaCover, Coverage
from shieldwall.evidence.records import Evidence
from shieldwall.network.ensemble import Ensemble
from shieldwall.orbat.records import OrderOfBattle
from shieldwall.provenance import Ledger, Quantity
from shieldwall.trail.coverage import cover_id
from shieldwall.trail.evidence import RELAYS
from shieldwall.trail.named import Named
from shieldwall.written import number

MISSION = "control.mission"


def origins_id(of: str) -> str:
    """The count behind ``of``: a system or unit (``orbat.s300vm``), what of it works
    (``orbat.s300vm.share``), who operates it (``control.s300vm``), the supplier's mission as a
    whole (``control.mission``), whether it is joined
    (``control.s300vm.connected``), cover (``coverage.AREA.THREAT.100m``), the whole (``network``),
    what a crisis reads (``calculus``).
    """
    return f"{of}.origins"


def enter_origins(
    ledger: Ledger,
    named: Named,
    case: Case,
    catalogue: Catalogue,
    evidence: Evidence,
    orbat: OrderOfBattle,
    control: OperationalControl,
    ensemble: Ensemble,
    coverage: Coverage,
    crisis: Calculus | None,
) -> None:
    """Enter them all; what no origin speaks of has none."""
    behind = _Behind(ledger, evidence)
    for held in orbat.held:
        behind.enter(
            f"orbat.{held.system}", f"whether {named.system(held.system)} is held", held.claims
        )
    for unit in orbat.units:
        behind.enter(f"orbat.{unit.id}", f"whether {named.unit(unit.id)} is there", unit.claims)
    told = {c.system for c in evidence.claims if c.about == "serviceability"}
    for id in [h.system for h in orbat.held]:
        radar = id in catalogue.radars
        if id in told or (radar and None in told):
            behind.enter(f"orbat.{id}.share", f"the share of {named.system(id)} that works",
                         share_claims(evidence, id, radar))  # fmt: skip
    for system in control.systems:
        name = named.system(system.system)
        behind.enter(f"control.{system.system}", f"who operates the {name}",
                     control_claims(control, system, "operators"))  # fmt: skip
        behind.enter(f"control.{system.system}.connected", f"whether the {name} is joined",
                     control_claims(control, system, "connection"))  # fmt: skip
    behind.enter(MISSION, "the supplier's mission as a whole", mission_claims(control))
    for row in coverage.areas:
        area = next((a.name for a in case.defended_areas if a.id == row.area), row.area)
        behind.enter(
            cover_id(row),
            f"the units that cover {area} against {named.threat(row.threat).lower()} at "
            f"{number(row.altitude_m)} m",
            network_claims(orbat, covering(ensemble, row)),
        )  # fmt: skip
    behind.enter("network", "what is there and who operates it",
                 fought_claims(orbat, control, ensemble))  # fmt: skip
    if crisis is not None:
        behind.enter("calculus", "what the crisis reads of the other rooms",
                     crisis_claims(crisis, orbat, control, ensemble))  # fmt: skip


def independent(evidence: Evidence, claims: Iterable[str]) -> float:
    """Expected number of independent origins behind some claims that may be read."""
    known = _usable(evidence, claims)
    return evidence.lineage.effective(known) if known else 0.0


def _usable(evidence: Evidence, claims: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(c for c in claims if evidence.has(c)))


def network_claims(orbat: OrderOfBattle, systems: frozenset[str]) -> tuple[str, ...]:
    """Claims behind some systems and where they stand, each once."""
    held = [c for h in orbat.held if h.system in systems for c in h.claims]
    units = [c for u in orbat.units if u.system in systems for c in u.claims]
    return tuple(dict.fromkeys([*held, *units]))


def share_claims(evidence: Evidence, system: str, radar: bool) -> tuple[str, ...]:
    """Claims on how much of a system works; of a radar, also those on radars at large."""
    return tuple(
        c.id for c in evidence.claims
        if c.about == "serviceability" and (c.system == system or (c.system is None and radar))
    )  # fmt: skip


def windows_of(control: OperationalControl, found: SystemControl, about: str) -> tuple[Window, ...]:
    """What is read of who operates it, or of its connection; not of the mission as a whole."""
    signs = control.indicators
    return tuple(
        w for w in found.windows
        if (sign := signs.get(w.indicator)) is not None
        and (sign.of == "connection") == (about == "connection")
    )  # fmt: skip


def control_claims(
    control: OperationalControl, found: SystemControl, about: str
) -> tuple[str, ...]:
    """The claims of ``windows_of``."""
    return tuple(dict.fromkeys(_read(windows_of(control, found, about))))


def mission_claims(control: OperationalControl) -> tuple[str, ...]:
    """The claims that are read of the supplier's mission as a whole."""
    return tuple(dict.fromkeys(_read(control.mission_windows)))


def read_claims(control: OperationalControl, systems: Container[str]) -> tuple[str, ...]:
    """Claims read of who operates some systems and whether they are joined, the mission's too."""
    own = (w for s in control.systems if s.system in systems for w in s.windows)
    return tuple(dict.fromkeys(_read([*own, *control.mission_windows])))


def fought_claims(
    orbat: OrderOfBattle, control: OperationalControl, ensemble: Ensemble
) -> tuple[str, ...]:
    """Claims behind the network that raids meet: what is there, and who operates it."""
    whole = frozenset(u.system for u in ensemble.units)
    return tuple(dict.fromkeys((*network_claims(orbat, whole), *read_claims(control, whole))))


def covering(ensemble: Ensemble, row: AreaCover) -> frozenset[str]:
    """Systems of the layers that cover any of an area; of all layers where none does."""
    layers = {layer for layer, share in row.layer.items() if share.mean > 0} or set(row.layer)
    return frozenset(u.system for u in ensemble.units if u.layer in layers)


def crisis_claims(
    crisis: Calculus, orbat: OrderOfBattle, control: OperationalControl, ensemble: Ensemble
) -> tuple[str, ...]:
    """Evidence enters a game through facts alone: raids rest on all behind the network."""
    claims: list[str] = []
    for fact in crisis.game.facts:
        kind, what = fact.of.split(".")[:2] if fact.of else ("", "")
        if kind == "raid":
            claims += fought_claims(orbat, control, ensemble)
        elif kind == "control":
            claims += read_claims(control, {what})
    return tuple(dict.fromkeys(claims))


def _read(windows: Iterable[Window]) -> Iterator[str]:
    return (c for w in windows for r in w.readings for c in (r.speaker, *r.claims))


class _Behind:
    """Enters counts of origins."""

    def __init__(self, ledger: Ledger, evidence: Evidence) -> None:
        self._ledger, self._evidence = ledger, evidence

    def enter(self, of: str, what: str, claims: Iterable[str]) -> None:
        known = _usable(self._evidence, claims)
        if not known:
            return
        self._ledger.quantity(
            Quantity(
                origins_id(of), f"Independent origins on {what}",
                independent(self._evidence, known), None, None, "origins",
                "sum over these claims of the probability of repeating none of them",
                (*(f"claim:{c}" for c in known), RELAYS),
            )
        )  # fmt: skip
