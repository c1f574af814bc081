"""An assessment in a notebook: data frames, xarray, plots; the extra ``shieldwall[notebook]``.

Views read results and compute none. Libraries are imported where a view needs them.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from shieldwall.notebook.assessed import Assessed
from shieldwall.progress import Progress

__all__ = ["Assessed", "assess"]


def assess(
    folder: str | Path,
    draws: int | None = None,
    workers: int | None = None,
    cache: Path | None = None,
    progress: Progress | None = None,
    as_of: date | str | None = None,
) -> Assessed:
    """Assess a case folder and look at what was found; errors as of ``shieldwall.assess``."""
    from shieldwall.assess import assess as assess_case
    from shieldwall.case.moments import asked_day

    on = asked_day(as_of, "as_of")
    return Assessed(assess_case(Path(folder), cache, draws, workers, progress, on))
