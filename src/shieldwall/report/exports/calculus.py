"""The crisis game as plain data: for ``assessment.json`` and ``shieldwall calculus --json``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from shieldwall.calculus.records import Calculus, Odds
from shieldwall.report.exports.plain_data import computed


def calculus_data(crisis: Calculus | None) -> dict[str, Any] | None:
    """All that the room found, by the layout in docs/outputs.md; ``None`` without a game."""
    if crisis is None:
        return None
    game = crisis.game
    return {
        "scale": computed(game.scale),
        "actors": [{"id": a.id, "name": computed(a.name), "role": a.role} for a in game.actors],
        "consequences": [
            {"id": c.id, "name": computed(c.name), "measure": c.measure} for c in game.consequences
        ],
        "draws": crisis.draws,
        "paths": len(crisis.tree.ends),
        "worlds": {
            w.key: {
                "name": w.name,
                "chances": _each(w.measures),
                "worth": _each(w.worth),
                "moves": {f"{node}.{move}": computed(o) for (node, move), o in w.moves.items()},
                "reached": computed(dict(w.reached)),
            }
            for w in crisis.worlds
        },
        "differences": {
            d.key: {"name": d.name, "chances": _each(d.measures), "gains": _each(d.worth)}
            for d in crisis.differences
        },
        "rationality": [
            {"rationality": r.rationality, "chances": _each(r.measures)} for r in crisis.rationality
        ],
        "turnings": [computed(t) for t in crisis.turnings],
        "shares": [computed(s) for s in crisis.shares],
        "assumed_total": computed(crisis.assumed_total),
        "evidence_total": computed(crisis.evidence_total),
        "payoffs_outweigh": crisis.payoffs_outweigh,
        "hangs": {
            consequence: {
                "turnings": [computed(t) for t in found.turnings],
                "shares": [computed(s) for s in found.shares],
                "assumed_total": computed(found.assumed_total),
                "evidence_total": computed(found.evidence_total),
            }
            for consequence, found in crisis.hangs.items()
        },
        "answered": computed(crisis.answered),
        "facts": _each(crisis.facts),
        "by_state": {fact: _each(states) for fact, states in crisis.by_state.items()},
    }


def _each(odds: Mapping[str, Odds]) -> dict[str, Any]:
    return {key: computed(value) for key, value in odds.items()}
