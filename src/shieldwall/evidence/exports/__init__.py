"""Claims and how they came to be, out to other programs: W3C PROV-JSON, GeoJSON, CSV."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from shieldwall.case.records import Case
from shieldwall.evidence.exports.geo import geojson_text
from shieldwall.evidence.exports.prov import prov_text
from shieldwall.evidence.exports.records import Exported
from shieldwall.evidence.exports.table import csv_text, read_csv
from shieldwall.evidence.store import Store
from shieldwall.files import write_text

__all__ = ["EXPORTS", "Exported", "export", "exported", "read_csv"]

EXPORTS: dict[str, Callable[[Exported], str]] = {
    "prov": prov_text,
    "geojson": geojson_text,
    "csv": csv_text,
}


def exported(case: Case, store: Store | None) -> Exported:
    """What there is to export: every claim of the case, dated late or not, and its imagery."""
    from shieldwall.evidence.desk.drafts import standing_decisions
    from shieldwall.evidence.imagery import imagery_claims
    from shieldwall.evidence.lineage import infer

    claims = (*case.claims, *imagery_claims(case))
    lineage = infer(case, claims)
    if store is None:
        return Exported(case, claims, lineage)
    decisions = tuple(d for d in standing_decisions(store).values() if d.claim is not None)
    return Exported(case, claims, lineage, store.documents(), decisions)


def export(case: Case, store: Store | None, to: str, out: Path) -> int:
    """Write the case's claims to ``out`` and return how many. Raises ``OutputError``."""
    found = exported(case, store)
    write_text(out, EXPORTS[to](found))
    return len(found.claims)
