"""Judgements in words, maps, pages and files. Reads results, computes none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shieldwall.report.records import Assessment


def write_all(assessment: Assessment, folder: Path) -> dict[str, Path]:
    """Write the report and every export into ``folder``; file name -> path.

    Each file is whole or not there. Raises ``OutputError`` where the folder cannot be written.
    """
    from shieldwall.report.exports import EXPORTS
    from shieldwall.report.page import write_report

    written = {}
    for name, write in {"report.html": write_report, **EXPORTS}.items():
        write(assessment, folder / name)
        written[name] = folder / name
    return written
