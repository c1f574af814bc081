"""``assessment.json``: the whole assessment for other programs. The layout is in docs/outputs.md.

The layout is versioned by its ``format`` key: keys may be added within a version; renaming or
removing one, or changing what one means, makes a new version.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np

from shieldwall.case.control_records import STATES
from shieldwall.case.records import Case
from shieldwall.draws import band_over, median_over
from shieldwall.files import write_text
from shieldwall.report.explain import FORMAT
from shieldwall.report.exports.against import against_data
from shieldwall.report.exports.calculus import calculus_data
from shieldwall.report.exports.control import control_data
from shieldwall.report.exports.facts import drawn_share
from shieldwall.report.exports.plain_data import as_read, computed
from shieldwall.report.exports.raids import raid_data
from shieldwall.report.exports.table import cover_rows
from shieldwall.report.judgements import judgements
from shieldwall.report.records import Assessment

DEGREE_DECIMALS = 6
METRE_DECIMALS = 3


def write_json(assessment: Assessment, path: Path) -> None:
    """Write the assessment as JSON: UTF-8, sorted keys, no NaN. Raises ``OutputError``."""
    text = json.dumps(
        assessment_data(assessment), ensure_ascii=False, allow_nan=False, indent=1, sort_keys=True
    )
    write_text(path, _unbroken(text) + "\n")


def _unbroken(text: str) -> str:
    """``text`` safe to paste into a page: no tag can begin, no line separator breaks a string."""
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def assessment_data(assessment: Assessment) -> dict[str, Any]:
    """The document as plain data, by the layout of ``FORMAT``."""
    return {
        "format": FORMAT,
        "version": assessment.version,
        "case": {**_case(assessment.case), "standing": _standing(assessment)},
        "evidence": _evidence(assessment),
        "order_of_battle": _order_of_battle(assessment),
        "contributions": sorted(computed(assessment.contributions), key=lambda c: c["key"]),
        "topics": computed(assessment.topics),
        "questions": sorted(computed(assessment.matrices), key=lambda m: m["question"]),
        "control": control_data(assessment.control),
        "network": _network(assessment),
        "terrain": {
            **computed(assessment.terrain),
            "k_factor": dict(
                zip(("low", "likely", "high"), computed(assessment.k_factor), strict=True)
            ),
        },
        "coverage": _coverage(assessment),
        "reach": {
            "distances": sorted(
                computed(assessment.coverage.reach),
                key=lambda r: (r["place"], r["origin"], r["threat"] or ""),
            ),
            "checks": sorted(computed(assessment.evidence.distances), key=lambda d: d["claim"]),
        },
        "raids": raid_data(assessment.raids),
        "calculus": calculus_data(assessment.calculus),
        "judgements": computed(judgements(assessment)),
        "against": against_data(assessment),
        "assumptions": sorted(as_read(assessment.assumptions), key=lambda a: a["id"]),
        "provenance": computed(assessment.ledger.as_json()),
    }


def _case(case: Case) -> dict[str, Any]:
    data: dict[str, Any] = as_read(case)
    del data["folder"], data["assumptions"]  # the folder's name is in ``name``
    return data


def _standing(assessment: Assessment) -> dict[str, Any]:
    """At which day the case stands, and which of its claims are read."""
    case, written = assessment.case, assessment.written
    used = {c.id for c in assessment.evidence.claims}
    left_out = [c.id for c in written.claims if c.id not in used]
    return {
        "asked": str(case.as_of) if case.earlier else None,
        "own": str(written.as_of),
        "claims": len(written.claims),
        "read": len(written.claims) - len(left_out),
        "left_out": left_out,
    }


def _evidence(assessment: Assessment) -> dict[str, Any]:
    """Lineage, contradictions, channels and weights; the claims themselves are in the case."""
    evidence = assessment.evidence
    inside = {c.id for c in assessment.case.claims}
    return {
        "read": [c.id for c in evidence.claims],
        "late": list(evidence.late),
        "readings": as_read([c for c in evidence.claims if c.id not in inside]),
        "edges": computed(evidence.lineage.edges),
        "origins": [
            {"origin": origin, "claims": list(group)}
            for origin, group in evidence.lineage.groups.items()
        ],
        "effective_origins": computed(evidence.lineage.effective(evidence.lineage.claims)),
        "contradictions": computed(evidence.contradictions),
        "channels": computed(evidence.channels),
        "credibility": computed(evidence.credibility),
        "weights": computed(evidence.weights),
        "warnings": computed(evidence.warnings),
    }


def _order_of_battle(assessment: Assessment) -> dict[str, Any]:
    order = assessment.order_of_battle
    return {
        "rule": order.rule,
        "units": sorted(computed(order.units), key=lambda u: u["id"]),
        "held": sorted(computed(order.held), key=lambda h: h["system"]),
    }


def _network(assessment: Assessment) -> dict[str, Any]:
    """Means over the draws, by unit; the draws themselves follow from case and seed."""
    ensemble = assessment.ensemble
    units = [
        {
            "id": unit.id,
            "system": unit.system,
            "place": unit.place,
            "layer": unit.layer,
            "kind": unit.kind,
            "present": computed(drawn_share(assessment, i, "presence")),
            "in_service": computed(drawn_share(assessment, i, "in_service")),
            "launchers": _percentiles(ensemble.launchers[:, i]),
        }
        for i, unit in enumerate(ensemble.units)
    ]
    return {
        "seed": ensemble.seed,
        "draws": ensemble.draws,
        "units": sorted(units, key=lambda u: str(u["id"])),
        "holdings": {name: _held(assessment, name) for name in ensemble.holdings},
        "operators": {name: _states(drawn) for name, drawn in ensemble.operators.items()},
        "connected": {
            name: computed(float(drawn.mean())) for name, drawn in ensemble.connected.items()
        },
    }


def _states(drawn: np.ndarray[Any, Any]) -> dict[str, Any]:
    """Share of the draws in which each operates the system, if it is held."""
    return {
        state: computed(float((drawn == n).mean())) for n, state in enumerate(STATES["operators"])
    }


def _held(assessment: Assessment, system: str) -> dict[str, Any]:
    """Percentiles of the drawn total, as the ledger has them."""
    total = assessment.ledger.quantities[f"orbat.{system}.total"]
    bounds = {"low": total.low, "likely": total.value, "high": total.high}
    return {name: None if v is None else int(v) for name, v in bounds.items()}


def _percentiles(drawn: np.ndarray[Any, Any]) -> dict[str, int]:
    low, high = band_over(drawn)
    return {"low": int(low), "likely": int(median_over(drawn)), "high": int(high)}


def _coverage(assessment: Assessment) -> dict[str, Any]:
    """Shares of areas and cross-sections; the fields themselves are in coverage.tif."""
    coverage, grid = assessment.coverage, assessment.coverage.grid
    return {
        "grid": {
            "projection": "azimuthal equidistant, WGS-84",
            "centre_lat": round(grid.frame.lat, DEGREE_DECIMALS),
            "centre_lon": round(grid.frame.lon, DEGREE_DECIMALS),
            "west_m": round(grid.x0_m, METRE_DECIMALS),
            "north_m": round(grid.y0_m, METRE_DECIMALS),
            "cell_m": grid.cell_m,
            "rows": grid.rows,
            "cols": grid.cols,
        },
        "threats": list(coverage.threats),
        "altitudes_m": list(coverage.altitudes_m),
        "layers": list(coverage.layers),
        "shares": [row._asdict() for row in cover_rows(assessment)],
        "sections": [
            {
                "title": computed(section.title),
                "distance_m": _metres(section.distance_m),
                "ground_msl_m": _metres(section.ground_msl_m),
                "layers": [
                    {
                        "unit": layer.unit,
                        "floor_msl_m": _metres(layer.floor_msl_m),
                        "ceiling_msl_m": computed(layer.ceiling_msl_m),
                    }
                    for layer in section.layers
                ],
            }
            for section in coverage.sections
        ],
    }


def _metres(values: np.ndarray[Any, Any]) -> list[int | None]:
    return [round(v) if np.isfinite(v) else None for v in values.tolist()]
