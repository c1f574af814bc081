"""Why an edge: the features that spoke most for it, in words."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from shieldwall.evidence.lineage.assumptions import PAIR
from shieldwall.evidence.lineage.facts import PLAIN, Facts
from shieldwall.written import percent, unbracketed

MOST = 4
"""Reasons given for one edge."""

_FLAT = {
    "described": "what it credits fits the other's words",
    "upstream": "its source copies that source by its own name",
    "agree": "same figure",
    "error": "shares a figure that others contradict",
    "material": "rests on the same image, video or track",
    "address": "read at the same address",
    "system": "same system",
    "place": "same place",
    "subject": "same subject",
    "parent_primary": "the other saw or decided for itself",
    "link": "its article repeats that source elsewhere",
    "copying": "agrees with that source beyond chance, errors included",
}


def reasons(
    facts: Facts, features: dict[str, NDArray[np.float64]], row: int, child: int, parent: int
) -> tuple[str, ...]:
    """Strongest first; at least one."""
    pushes = {name: float(PAIR[name] * values[row]) for name, values in features.items()}
    strongest = sorted(pushes, key=lambda name: (-pushes[name], name))
    chosen = [name for name in strongest if pushes[name] > 0.2][:MOST]
    texts = [_text(facts, features, name, row, child, parent) for name in chosen]
    return tuple(dict.fromkeys(t for t in texts if t)) or ("published later, on the same thing",)


def telling(reason: str) -> bool:
    """Whether a reason says more of a relay that is written in the case than that it is one."""
    return reason != _FLAT["parent_primary"] and not reason.startswith(("shares ", "published "))


def _text(
    facts: Facts, features: dict[str, NDArray[np.float64]], name: str, row: int, i: int, j: int
) -> str:
    if name in ("named", "noted"):
        claim, source = facts.claims[i], facts.sources[facts.source[j]]
        return f"credits {claim.said_by or unbracketed(source.name)}"
    if name == "copy":
        return f"same wording ({percent(features['copy'][row])} of its phrases)"
    if name in ("names", "words", "names_share"):
        plain = name == "words"
        shared = {
            w for w in facts.rare[i].keys() & facts.rare[j].keys() if (w[0] == PLAIN) == plain
        }
        best = sorted(shared, key=lambda w: (-min(facts.rare[i][w], facts.rare[j][w]), w))[:3]
        return "shares " + ", ".join(w.lstrip(PLAIN) for w in best) if best else ""
    return _FLAT.get(name, "")
