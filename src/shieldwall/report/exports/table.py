"""``coverage.csv``: the share of every defended area, one figure a row."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from shieldwall.coverage.records import AreaCover
from shieldwall.files import write_text
from shieldwall.report.exports.plain_data import computed
from shieldwall.report.records import Assessment
from shieldwall.report.words import plain
from shieldwall.written import cell


class CoverRow(NamedTuple):
    """One printed figure of coverage; ``low`` and ``high`` are ``None`` where there is no band."""

    area: str
    threat: str
    altitude_m: int
    measure: str
    value: float | None
    low: float | None
    high: float | None
    unit: str
    figure: str


def cover_rows(assessment: Assessment) -> Iterator[CoverRow]:
    """Every figure of coverage in the ledger, by area, threat, altitude and measure."""
    quantities = assessment.ledger.quantities
    for cover in sorted(assessment.coverage.areas, key=_order):
        start = f"coverage.{cover.area}.{cover.threat}.{cover.altitude_m}m."
        for measure in _measures(cover):
            quantity = quantities.get(start + measure)
            if quantity is not None:
                value, low, high = computed((quantity.value, quantity.low, quantity.high))
                yield CoverRow(
                    cover.area, cover.threat, cover.altitude_m, measure, value, low, high,
                    quantity.unit, quantity.id,
                )  # fmt: skip


def _order(cover: AreaCover) -> tuple[str, str, int]:
    return cover.area, cover.threat, cover.altitude_m


def _measures(cover: AreaCover) -> tuple[str, ...]:
    """The last part of the ids of ``report.records``, in the order a reader asks for them."""
    return (
        "depth_1", "depth_2", "depth_3", "rings", "horizon", "terrain", "present",
        "lost_to_terrain", *(f"layer_{name}" for name in cover.layer),
        *(f"adds_{name}" for name in cover.adds),
    )  # fmt: skip


def write_csv(assessment: Assessment, path: Path) -> None:
    """Write the shares as comma-separated UTF-8 with plain newlines. Raises ``OutputError``."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(CoverRow._fields)
    for row in cover_rows(assessment):
        writer.writerow([inert(each) if isinstance(each, str) else each for each in row])
    write_text(path, out.getvalue())


def inert(text: str) -> str:
    """``text`` with nothing hidden in it, that no spreadsheet takes for a formula."""
    return cell(plain(text))
