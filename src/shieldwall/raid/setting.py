"""What raids are fought in: the draws of a case, and the raids that were asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from shieldwall.case.raid_records import Raid
from shieldwall.case.records import Case
from shieldwall.catalogue.records import Catalogue
from shieldwall.drawn import draw, read
from shieldwall.errors import InputError
from shieldwall.evidence.records import Evidence
from shieldwall.network.ensemble import Ensemble
from shieldwall.progress import Progress, Silent
from shieldwall.raid.fight import chosen, variant_names
from shieldwall.raid.prepare import prepare
from shieldwall.raid.scene import Scene
from shieldwall.raid.variants import Names
from shieldwall.terrain.source import Terrain


@dataclass(frozen=True)
class Setting:
    """A case, drawn, with the raids that were asked for."""

    case: Case
    catalogue: Catalogue
    evidence: Evidence
    ensemble: Ensemble
    terrain: Terrain
    raids: tuple[Raid, ...]

    @property
    def names(self) -> Names:
        """What a variant may name here."""
        return variant_names(self.case, self.catalogue, self.evidence, self.ensemble)

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
    as_of: date | None = None,
) -> Setting:
    """Read and draw one case folder (``shieldwall.drawn``) for raids.

    ``raids`` are the ids of those asked for, all of the case's by default. Raises ``UsageError``
    for an unknown raid, ``InputError`` for a case without raids; else as ``read`` and ``draw``.
    """
    found = read(folder, progress, as_of, seed)
    asked = chosen(found.case, tuple(dict.fromkeys(raids)))
    if not asked:
        raise InputError(f"{found.case.name} describes no raid; write raids.toml (docs/raids.md)")
    made = draw(found, cache, draws, workers, progress)
    return Setting(
        made.case, made.catalogue, made.evidence, made.ensemble, made.terrain, asked
    )  # fmt: skip
