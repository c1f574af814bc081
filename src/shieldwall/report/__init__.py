"""Judgements in words, maps, pages and files. Reads results, computes none."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from shieldwall.report.records import Assessment


def write_all(assessment: Assessment, folder: Path, pdf: bool = False) -> dict[str, Path]:
    """Write the report and every export into ``folder``; file name -> path.

    All files are written aside first and then renamed into place, one after another: a run cut
    short while it writes leaves the folder as it was (``files.staging`` says what holds among the
    renames). ``pdf`` adds ``report.pdf``, by the extra. Raises ``OutputError`` where something
    cannot be written, ``UsageError`` where the extra is missing or ``folder`` lies in the case.
    """
    from shieldwall.files import apart, staging
    from shieldwall.report.exports import EXPORTS
    from shieldwall.report.page import write_report

    apart(folder, assessment.case.folder)
    writers = {"report.html": write_report, **EXPORTS}
    if pdf:
        from shieldwall.report.pdf import write_pdf

        writers["report.pdf"] = write_pdf
    with staging(folder) as aside:
        for name, write in writers.items():
            write(assessment, aside / name)
    return {name: folder / name for name in writers}
