"""Where documents and assessment part as plain data, for ``assessment.json``."""

from __future__ import annotations

from typing import Any

from shieldwall.report.against import KINDS, against
from shieldwall.report.against.records import GROUPS
from shieldwall.report.against.text import concluded
from shieldwall.report.exports.plain_data import as_read
from shieldwall.report.records import Assessment
from shieldwall.report.words import sentence


def against_data(assessment: Assessment) -> list[dict[str, Any]]:
    """The rows of the section in the order of the page, by the layout in docs/outputs.md."""
    claim = assessment.evidence.claim
    return [
        {
            "document": entry.document,
            "kind": entry.kind,
            "name": KINDS[entry.kind].name,
            "group": GROUPS[KINDS[entry.kind].group],
            "claims": list(entry.claims),
            "says": as_read(
                [entry.says] if entry.says else [sentence(claim(c).statement) for c in entry.claims]
            ),
            "concludes": as_read(concluded(entry, assessment.ledger)),
            "why": as_read(sentence(entry.why)),
            "held": list(entry.held),
            "figures": list(entry.figures),
            "systems": list(entry.systems),
        }
        for entry in against(assessment)
    ]
