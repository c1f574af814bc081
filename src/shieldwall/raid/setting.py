"""What raids are fought in, from a case folder: the chain of ``raid``, ``compare``, ``sweep``.

Evidence, order of battle, control and ensemble, as ``assess`` makes them; no coverage, no report.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

from shieldwall.case import load_case
from shieldwall.case.raid_records import Raid
from shieldwall.case.records import Case
from shieldwall.case.schema import MAX_DRAWS
from shieldwall.catalogue import load_catalogue
from shieldwall.catalogue.records import Catalogue
from shieldwall.control.operate import operational_control
from shieldwall.errors import UsageError
from shieldwall.evidence.gather import gather
from shieldwall.network.draw import draw_ensemble
from shieldwall.network.ensemble import Ensemble
from shieldwall.orbat.fuse import order_of_battle
from shieldwall.progress import Progress, Silent
from shieldwall.raid.fight import chosen, variant_names
from shieldwall.raid.prepare import prepare
from shieldwall.raid.scene import Scene
from shieldwall.raid.variants import Names
from shieldwall.terrain.choose import open_terrain
from shieldwall.terrain.refraction import refraction
from shieldwall.terrain.source import Terrain

MAX_SEED = 2**63 - 1


@dataclass(frozen=True)
class Setting:
    """A case, drawn, with the raids that were asked for."""

    case: Case
    catalogue: Catalogue
    ensemble: Ensemble
    terrain: Terrain
    raids: tuple[Raid, ...]

    @property
    def names(self) -> Names:
        """What a variant may name here."""
        return variant_names(self.case, self.catalogue, self.ensemble)

    def scenes(
        self, workers: int | None = None, progress: Progress | None = None
    ) -> tuple[Scene, ...]:
        """The scene of each raid asked for."""
        progress = progress or Silent()
        progress.step("lines of sight along the tracks of raids")
        return prepare(
            self.case, self.catalogue, self.ensemble, self.terrain, self.raids, workers, progress
        )


def setting(
    folder: Path,
    cache: Path | None = None,
    draws: int | None = None,
    seed: int | None = None,
    workers: int | None = None,
    progress: Progress | None = None,
    raids: tuple[str, ...] = (),
) -> Setting:
    """Read and draw one case folder.

    ``cache`` holds fetched terrain; ``draws`` and ``seed`` override the case's; ``raids`` are the
    ids of those asked for, all of the case's by default. Raises ``UsageError`` for an unknown raid,
    a case without raids and numbers out of range; ``InputError``; ``TerrainError``.
    """
    if draws is not None and not 1 <= draws <= MAX_DRAWS:
        raise UsageError(f"{draws} draws cannot be made; from 1 to {MAX_DRAWS:,} can")
    if seed is not None and not 0 <= seed <= MAX_SEED:
        raise UsageError(f"a seed is a whole number from 0 to {MAX_SEED}, and {seed} is not")
    progress = progress or Silent()
    progress.step("reading the case")
    catalogue = load_catalogue()
    case = load_case(folder, catalogue)
    if seed is not None:
        case = replace(case, seed=seed)
    asked = chosen(case, tuple(dict.fromkeys(raids)))
    if not asked:
        raise UsageError(f"{case.name} describes no raid; write raids.toml (docs/raids.md)")
    terrain = open_terrain(case, cache, progress)
    bending = refraction(*_middle(case))
    progress.step("weighing the evidence")
    evidence = gather(case)
    orbat = order_of_battle(case, catalogue, evidence)
    progress.step("asking who operates it")
    control = operational_control(case, catalogue, evidence, draws, workers)
    progress.step("drawing the network")
    ensemble = draw_ensemble(
        case, catalogue, orbat, (bending.low, bending.likely, bending.high), draws, control.drawn
    )
    return Setting(case, catalogue, ensemble, terrain, asked)


def _middle(case: Case) -> tuple[float, float]:
    return (case.area.south + case.area.north) / 2, (case.area.west + case.area.east) / 2
