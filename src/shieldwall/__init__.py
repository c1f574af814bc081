"""Shieldwall: assess layered air-defence networks from open sources.

    import shieldwall as sw

    a = sw.assess("cases/venezuela-2025")
    a.coverage.plot()

Importing the package loads nothing heavy; each room is imported where it is used.
"""

from __future__ import annotations

import sys

TYPE_CHECKING = False  # as in typing, which would take longer to import than all the rest
if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from shieldwall.notebook import Assessed
    from shieldwall.progress import Progress

__version__ = "0.1.0"
__all__ = ["__version__", "assess"]


def assess(
    folder: str | Path,
    *,
    as_of: date | str | None = None,
    draws: int | None = None,
    workers: int | None = None,
    cache: Path | None = None,
    progress: Progress | None = None,
) -> Assessed:
    """Assess a case folder, for a notebook or a script; flags as of ``shieldwall assess``.

    ``as_of`` asks for the assessment as it could have been made on an earlier day, such as
    ``date(2025, 6, 30)`` or ``"2025-06-30"``: of the claims, only those surely published by then
    are read.
    Tables and plots need the extra ``shieldwall[notebook]``. Raises ``UsageError``,
    ``InputError`` or ``TerrainError``.
    """
    from shieldwall.notebook import assess as assess_case

    return assess_case(
        folder, as_of=as_of, draws=draws, workers=workers, cache=cache, progress=progress
    )


class _Package(type(sys)):  # type: ignore[misc]  # the class of modules, without its import
    """Keeps ``shieldwall.assess`` the function above, whoever imports the module of that name.

    Importing ``shieldwall.assess`` would put the module in the function's place here; ``from
    shieldwall.assess import assess`` finds the module without that.
    """

    def __setattr__(self, name: str, value: object) -> None:
        if name != "assess" or not isinstance(value, type(sys)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
