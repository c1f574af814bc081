"""Who says what, who repeats whom, what it weighs: data frames of the evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from shieldwall.evidence.records import Evidence
from shieldwall.notebook.libraries import library
from shieldwall.notebook.tables import in_order
from shieldwall.report.exports.against import against_data
from shieldwall.report.records import Assessment
from shieldwall.report.words import count, plain
from shieldwall.trail.evidence import without_id

if TYPE_CHECKING:
    import pandas as pd

AGAINST_COLUMNS = (
    "document", "kind", "name", "group", "claims", "says", "concludes", "why", "held", "figures",
    "systems",
)  # fmt: skip


@dataclass(frozen=True, repr=False)
class EvidenceView:
    """The evidence of one assessment; ``data`` holds the records."""

    assessment: Assessment

    @property
    def data(self) -> Evidence:
        """The room's own record."""
        return self.assessment.evidence

    @property
    def origins(self) -> pd.DataFrame:
        """Indexed by origin: what it says, its weight, and the claims that go back to it.

        ``independent``: expected number of origins among these claims. ``figure``: the ratio's id
        in the ledger.
        """
        lineage = self.data.lineage
        rows = [
            (
                origin, claim.source, weight.family, plain(claim.statement), weight.ratio.likely,
                weight.ratio.low, weight.ratio.high, lineage.effective(group), list(group),
                f"weight.{origin}",
            )
            for origin, group in lineage.groups.items()
            for claim, weight in [(self.data.claim(origin), self.data.weight(origin))]
        ]  # fmt: skip
        columns = ["origin", "source", "family", "statement", "ratio", "ratio_low", "ratio_high",
                   "independent", "claims", "figure"]  # fmt: skip
        return library("pandas").DataFrame(rows, columns=columns).set_index("origin")

    @property
    def weights(self) -> pd.DataFrame:
        """Indexed by claim: what it would weigh were it an origin, and how likely it is one.

        ``hit`` and ``false_alarm``: the probability of its being made where it is so, and where
        it is not; ``ratio``: one over the other, with the band of the declared mapping; ``own``:
        the probability that it repeats no other.
        """
        lineage, rows = self.data.lineage, []
        for w in self.data.weights:
            claim = self.data.claim(w.claim)
            rows.append(
                (w.claim, claim.source, w.family, claim.modality, w.hit, w.false_alarm,
                 w.ratio.likely, w.ratio.low, w.ratio.high, lineage.own(w.claim),
                 lineage.origin(w.claim), list(w.reasons))
            )  # fmt: skip
        columns = ["claim", "source", "family", "modality", "hit", "false_alarm", "ratio",
                   "ratio_low", "ratio_high", "own", "origin", "reasons"]  # fmt: skip
        return library("pandas").DataFrame(rows, columns=columns).set_index("claim")

    @property
    def contradictions(self) -> pd.DataFrame:
        """What cannot be right. ``claims``: the one found wrong first, then those against it."""
        rows = [
            (c.id, c.kind, list(c.claims), plain(c.says), plain(c.finds), plain(c.why),
             c.checkable)
            for c in self.data.contradictions
        ]  # fmt: skip
        columns = ["contradiction", "kind", "claims", "says", "finds", "why", "checkable"]
        return library("pandas").DataFrame(rows, columns=columns).set_index("contradiction")

    @property
    def contributions(self) -> pd.DataFrame:
        """Each odds that a source moves, ``with_it`` and ``without``; what moves most is first.

        ``of``: ``held`` (a system), ``fused`` (a unit: it is there) or ``share`` (that works).
        ``figure`` is the ledger's id of ``without``, where the report prints it.
        """
        ledger = self.assessment.ledger.quantities
        rows = []
        for piece in self.assessment.contributions:
            for of, changes in (
                ("held", piece.held), ("fused", piece.units), ("share", piece.shares)
            ):  # fmt: skip
                for change in changes:
                    what = f"{change.id}.share" if of == "share" else change.id
                    figure = without_id(piece.key, what)
                    rows.append(
                        (piece.key, of, change.id, change.with_it, change.without,
                         figure if figure in ledger else None)
                    )  # fmt: skip
        rows.sort(key=lambda r: (-abs(r[3] - r[4]), r[:3]))
        columns = ["source", "of", "id", "with_it", "without", "figure"]
        return in_order(rows, columns, 3)

    def __repr__(self) -> str:
        found = self.data
        return (
            f"<evidence: {count(len(found.claims), 'claim')}; "
            f"{count(len(found.lineage.groups), 'origin')}; "
            f"{count(len(found.contradictions), 'contradiction')}>"
        )


def against(assessment: Assessment) -> pd.DataFrame:
    """Where documents and assessment part, in the order of the page, as in ``assessment.json``."""
    return library("pandas").DataFrame(against_data(assessment), columns=list(AGAINST_COLUMNS))
