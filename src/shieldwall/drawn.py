"""The half of the way that every question goes: from a case folder to the draws.

``read`` takes the case at the day it stands at, and weighs its claims; ``draw`` goes on to the
ensemble. ``assess``, the raids and the calculus start here, so that they speak of one network.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from shieldwall.case import load_case
from shieldwall.case.records import Case
from shieldwall.case.schema import MAX_DRAWS
from shieldwall.catalogue import load_catalogue
from shieldwall.catalogue.records import Catalogue
from shieldwall.control.operate import operational_control
from shieldwall.control.records import OperationalControl
from shieldwall.errors import UsageError
from shieldwall.evidence.as_of import as_it_stood
from shieldwall.evidence.gather import gather
from shieldwall.evidence.later import marked
from shieldwall.evidence.records import Evidence
from shieldwall.network.draw import draw_ensemble
from shieldwall.network.ensemble import Ensemble
from shieldwall.orbat.fuse import order_of_battle
from shieldwall.orbat.records import OrderOfBattle
from shieldwall.progress import Progress, Silent
from shieldwall.terrain.choose import open_terrain
from shieldwall.terrain.refraction import Refraction, refraction
from shieldwall.terrain.source import Terrain

MAX_SEED = 2**63 - 1


@dataclass(frozen=True)
class Read:
    """A case at the day it stands at, and what its claims weigh."""

    written: Case
    """As its files have it."""
    case: Case
    """As it stands: the same, unless an earlier day was asked for."""
    catalogue: Catalogue
    evidence: Evidence


@dataclass(frozen=True)
class Drawn:
    """A case, its network drawn: what coverage, raids and the calculus are worked out on."""

    case: Case
    catalogue: Catalogue
    evidence: Evidence
    terrain: Terrain
    refraction: Refraction
    order_of_battle: OrderOfBattle
    control: OperationalControl
    ensemble: Ensemble


def read(
    folder: Path,
    progress: Progress | None = None,
    as_of: date | None = None,
    seed: int | None = None,
) -> Read:
    """Read one case folder and weigh its claims.

    ``as_of``: as it could have been known on an earlier day; ``seed``: in place of the case's.
    Raises ``UsageError`` for a day or a seed that cannot be asked for; ``InputError``.
    """
    if seed is not None and not 0 <= seed <= MAX_SEED:
        raise UsageError(f"a seed is a whole number from 0 to {MAX_SEED}, and {seed} is not")
    progress = progress or Silent()
    progress.step("reading the case")
    catalogue = load_catalogue()
    written = load_case(folder, catalogue)
    if seed is not None:
        written = replace(written, seed=seed)
    case = written if as_of is None else _taken_back(written, as_of)
    progress.step("weighing the evidence")
    return Read(written, case, catalogue, gather(case, catalogue))


def draw(
    found: Read,
    cache: Path | None = None,
    draws: int | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
) -> Drawn:
    """Draw what is not known of a case that was read; the same on any ``workers``.

    ``cache`` holds fetched terrain; ``draws`` overrides the case's. Raises ``UsageError`` for a
    number of draws out of range; ``InputError``; ``TerrainError``.
    """
    if draws is not None and not 1 <= draws <= MAX_DRAWS:
        raise UsageError(f"{draws} draws cannot be made; from 1 to {MAX_DRAWS:,} can")
    progress = progress or Silent()
    case, catalogue, evidence = found.case, found.catalogue, found.evidence
    terrain = open_terrain(case, cache, progress)
    area = case.area
    bending = refraction((area.south + area.north) / 2, (area.west + area.east) / 2)
    orbat = order_of_battle(case, catalogue, evidence)
    progress.step("asking who operates it")
    control = operational_control(case, catalogue, evidence, draws, workers)
    progress.step("drawing the network")
    k_factor = bending.low, bending.likely, bending.high
    ensemble = draw_ensemble(case, catalogue, orbat, k_factor, draws, control.drawn)
    return Drawn(case, catalogue, evidence, terrain, bending, orbat, control, ensemble)


def _taken_back(case: Case, on: date) -> Case:
    """The case as it stood on a day; its title and its summary say so, in every file of results.

    They stand in place of the case's own, which tell of what came later.
    """
    stood = as_it_stood(case, on)
    first = (
        f"Stands at {on}, a day that was asked for, and not at the case's own date {case.as_of}."
        if on < case.as_of
        else f"Asked for as of {on}, which is the case's own date."
    )
    told = [
        f"{first} Read are {len(stood.claims)} of {len(case.claims)} claims: those surely "
        "published by then. Holdings, grades, signs, raids, the game and the words of acts are as "
        f"the analyst wrote them for {case.as_of}."
    ]
    if on < case.as_of:
        told.append(
            "The catalogue, the table of historical transfers and what raids are fitted to are of "
            "today."
        )
    stood, late = marked(case, stood)
    if late:
        told.append(f"These name claims or acts that are not read: {', '.join(late)}.")
    if len(stood.foretold) < len(case.foretold):
        count = len(case.foretold) - len(stood.foretold)
        events = "1 event is" if count == 1 else f"{count} events are"
        told.append(f"{events} not asked, since nobody registered them by then.")
    if len(stood.questions) < len(case.questions):
        count = len(case.questions) - len(stood.questions)
        questions = "1 question is" if count == 1 else f"{count} questions are"
        told.append(
            f"{questions} not asked, since what would answer was not all published by then."
        )
    return replace(stood, title=f"{case.name}, as of {on}", summary=" ".join(told))
