"""Numbers of the evidence: what each origin weighs, and how many independent origins there are."""

from __future__ import annotations

from shieldwall.evidence.records import Evidence
from shieldwall.provenance import Ledger, Quantity

MAPPING = ("assumption:grades", "assumption:modality")


def enter_evidence(ledger: Ledger, evidence: Evidence) -> None:
    """Enter the likelihood ratio of each origin and the number of origins."""
    lineage = evidence.lineage
    for origin, group in lineage.groups.items():
        weight = evidence.weight(origin)
        ledger.quantity(
            Quantity(
                f"weight.{origin}", f"What {origin} weighs by itself",
                weight.hit / weight.false_alarm if weight.false_alarm else None,
                weight.ratio.low, weight.ratio.high, "ratio",
                f"likelihood ratio; {'; '.join(weight.reasons)}",
                (f"claim:{origin}", *MAPPING),
            )
        )  # fmt: skip
        if len(group) > 1:
            ledger.quantity(
                Quantity(
                    f"origins.{origin}", f"Independent origins behind {len(group)} claims",
                    lineage.effective(group), None, None, "origins",
                    "sum over its claims of the probability of repeating none",
                    tuple(f"claim:{c}" for c in group),
                )
            )  # fmt: skip
    ledger.quantity(
        Quantity(
            "evidence.origins", "Independent origins in the case",
            lineage.effective(lineage.claims), None, None, "origins",
            "sum over all usable claims of the probability of repeating none",
            tuple(f"claim:{c}" for c in lineage.groups),
        )
    )  # fmt: skip
