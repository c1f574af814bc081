"""Which files of a folder are the case: all that is read of it, and nothing else."""

from __future__ import annotations

from pathlib import Path

from shieldwall.case.formats import FILES

IMAGERY = "imagery"
"""The folder of readings of images, inside the case folder."""
IMAGERY_SUFFIXES = (".geojson", ".json")


def imagery_files(folder: Path) -> list[Path]:
    """The readings of images of a case, by name; none where it has no such folder."""
    here = folder / IMAGERY
    if not here.is_dir():
        return []
    return sorted(p for p in here.iterdir() if p.suffix.lower() in IMAGERY_SUFFIXES)


def case_files(folder: Path) -> list[Path]:
    """Every file that is there and is read as the case in ``folder``: its tables, its readings.

    Elevation that a case names is not among them: it is read as terrain.
    """
    tables = [folder / name for name in FILES]
    return [*(path for path in tables if path.is_file()), *imagery_files(folder)]
