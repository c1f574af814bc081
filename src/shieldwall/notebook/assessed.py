"""What ``sw.assess`` hands to a notebook: one view for each room over the same assessment."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from shieldwall.notebook.calculus import CalculusView
from shieldwall.notebook.control import ControlView
from shieldwall.notebook.coverage import CoverageView
from shieldwall.notebook.evidence import EvidenceView, against
from shieldwall.notebook.raids import RaidsView
from shieldwall.notebook.tables import figures, held, key_judgements, leaves, order_of_battle
from shieldwall.report.explain import Node, lines, trail_of
from shieldwall.report.page.names import Names
from shieldwall.report.records import Assessment
from shieldwall.report.words import count, likelihood, percent, plain

if TYPE_CHECKING:
    import pandas as pd

ROWS = 12
"""Units told in the short table of a notebook's cell; the rest are in ``order_of_battle``."""


@dataclass(frozen=True, repr=False)
class Assessed:
    """Results of one run. ``assessment`` holds the records themselves."""

    assessment: Assessment

    @property
    def evidence(self) -> EvidenceView:
        """Who says what: ``.origins``, ``.weights``, ``.contradictions``, ``.contributions``."""
        return EvidenceView(self.assessment)

    @property
    def coverage(self) -> CoverageView:
        """What is covered: ``.to_xarray()``, ``.shares``, ``.reach``, ``.plot()``."""
        return CoverageView(self.assessment)

    @property
    def control(self) -> ControlView:
        """Who operates each system: ``control["s300vm"]``, ``.now``, ``.forecast``, ``.plot()``."""
        return ControlView(self.assessment)

    @property
    def raids(self) -> RaidsView:
        """How it would fare: ``raids["..."]``, ``.measures``, ``.leakers``, ``.plot()``."""
        return RaidsView(self.assessment)

    @property
    def calculus(self) -> CalculusView | None:
        """What it changes: ``.worlds``, ``.changes``, ``.plot()``; ``None`` without a game."""
        found = self.assessment.calculus
        return None if found is None else CalculusView(self.assessment, found)

    @property
    def order_of_battle(self) -> pd.DataFrame:
        """One row a unit: the odds that it is there, how many, and that it works."""
        return order_of_battle(self.assessment)

    @property
    def held(self) -> pd.DataFrame:
        """One row a system: the odds that the country holds any, and how many."""
        return held(self.assessment)

    @property
    def judgements(self) -> pd.DataFrame:
        """The key judgements: each claim with its likelihood, and how sure it is."""
        return key_judgements(self.assessment)

    @property
    def against(self) -> pd.DataFrame:
        """Where documents and assessment part: the one of largest consequence first."""
        return against(self.assessment)

    @property
    def figures(self) -> pd.DataFrame:
        """The ledger: every printed figure by id, with band, unit, method and inputs."""
        return figures(self.assessment)

    @property
    def leaves(self) -> pd.DataFrame:
        """Where trails end: claims, published figures, holdings, assumptions."""
        return leaves(self.assessment)

    def explain(self, figure: str = "") -> Explained:
        """Where a figure comes from, or which figures begin so. Raises ``UsageError``."""
        return Explained(trail_of(self.assessment.ledger, figure))

    def report(self, folder: str | Path, pdf: bool = False) -> dict[str, Path]:
        """Write the report and every file; file name -> path. Raises ``OutputError``."""
        from shieldwall.report import write_all

        return write_all(self.assessment, Path(folder), pdf=pdf)

    def __repr__(self) -> str:
        draws = self.assessment.ensemble.draws
        return f"<{self._title()}, as of {self.assessment.case.as_of}, {draws} draws>"

    def _repr_html_(self) -> str:
        """The case and its likeliest units, in a few lines."""
        a, names = self.assessment, Names(self.assessment)
        units = sorted(a.order_of_battle.units, key=lambda u: (-u.presence, u.id))
        rows = "".join(
            f"<tr><th style='text-align:left'>{_safe(names.system(u.system))}</th>"
            f"<td style='text-align:left'>{_safe(names.place(u.place))}</td>"
            f"<td>{likelihood(u.presence)}, {percent(u.presence)}</td></tr>"
            for u in units[:ROWS]
        )
        rest = len(units) - ROWS
        more = (
            f"<p>{count(rest, 'more unit')} in <code>.order_of_battle</code></p>"
            if rest > 0
            else ""
        )
        return (
            f"<p><b>{_safe(self._title())}</b><br>as of {a.case.as_of}; {a.ensemble.draws} draws; "
            f"{count(len(a.evidence.claims), 'claim')}; {count(len(a.raids.raids), 'raid')}; "
            f"{len(a.ledger.quantities):,} figures</p><table><thead><tr><th>System</th>"
            f"<th>Place</th><th>There</th></tr></thead><tbody>{rows}</tbody></table>{more}"
        )

    def _title(self) -> str:
        """Without the day, which the title of a case at an earlier day ends with."""
        case = self.assessment.case
        return plain(case.title).removesuffix(f", as of {case.as_of}")


@dataclass(frozen=True, repr=False)
class Explained:
    """A trail: printed it is the tree of ``shieldwall explain``, and ``data`` is its JSON."""

    data: Node

    def __repr__(self) -> str:
        return lines(self.data)


def _safe(text: str) -> str:
    return escape(plain(text))
