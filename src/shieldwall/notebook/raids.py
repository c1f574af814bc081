"""How the network would fare: every measure as a data frame, outcomes as a plot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

import numpy as np

from shieldwall.notebook import looks
from shieldwall.notebook.libraries import choose, library
from shieldwall.raid.records import RaidOutcome, RaidOutcomes
from shieldwall.report.exports.raids import RaidRow, raid_rows
from shieldwall.report.records import Assessment

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes


@dataclass(frozen=True, repr=False)
class RaidsView:
    """The raids of one assessment; ``data`` holds the records."""

    assessment: Assessment

    @property
    def data(self) -> RaidOutcomes:
        """The room's own record."""
        return self.assessment.raids

    @property
    def names(self) -> tuple[str, ...]:
        """Ids of the raids: what can be asked for by ``raids[...]``."""
        return tuple(each.raid for each in self.data.raids)

    @property
    def measures(self) -> pd.DataFrame:
        """Every figure of every raid, as in ``raids.csv``: mean, low and high."""
        return library("pandas").DataFrame(
            list(raid_rows(self.data)), columns=list(RaidRow._fields)
        )

    def __getitem__(self, raid: str) -> pd.DataFrame:
        """The figures of one raid, indexed by measure and key."""
        chosen, frame = choose(raid, self.names, "raid"), self.measures
        own = frame[frame["raid"] == chosen].drop(columns="raid")
        return own.set_index(["measure", "key"])

    @property
    def leakers(self) -> pd.DataFrame:
        """Number through by raids: the probability of 0, 1, 2 ... real threats coming through.

        NaN beyond the number sent.
        """
        columns = [each.leaker_histogram for each in self.data.raids]
        rows = list(zip_longest(*columns, fillvalue=float("nan")))
        frame = library("pandas").DataFrame(rows, columns=list(self.names), dtype=float)
        return frame.rename_axis("through")

    @property
    def draw_means(self) -> pd.DataFrame:
        """Draws by raids: the mean number through in each draw, each column in rising order."""
        return library("pandas").DataFrame({r.raid: r.draw_means for r in self.data.raids})

    def plot(self, raid: str | None = None, ax: Axes | None = None) -> Axes:
        """Bars: how many come through in any one raid. Shaded: the mean, by what is not known.

        All raids beside each other, unless one is named; then, or where ``ax`` is given, one. The
        first axes are returned. Raises ``UsageError``.
        """
        chosen = choose(raid, self.names, "raid")
        drawn = [r for r in self.data.raids if r.raid == chosen or (raid is None and ax is None)]
        if ax is not None:
            _outcome(ax, drawn[0])
            return ax
        _, axes = library("matplotlib.pyplot").subplots(
            len(drawn), 1, figsize=(7, 2.6 * len(drawn)), squeeze=False, layout="constrained"
        )
        for each, outcome in zip(axes[:, 0], drawn, strict=True):
            _outcome(each, outcome)
        first: Axes = axes[0, 0]
        return first

    def __repr__(self) -> str:
        return f"<raids: {', '.join(self.names) or 'the case describes none'}>"


def _outcome(ax: Axes, found: RaidOutcome) -> None:
    odds: Sequence[float] = found.leaker_histogram
    ax.bar(np.arange(len(odds)), odds, width=0.85, color=looks.ACCENT)
    ax.axvspan(found.leakers.low, found.leakers.high, color=looks.SHADE, zorder=0)
    ax.axvline(found.leakers.mean, color=looks.LINE, linestyle="--", linewidth=1.2)
    ax.xaxis.set_major_locator(library("matplotlib.ticker").MaxNLocator(integer=True))
    ax.set_title(looks.literal(found.name), loc="left", fontsize="medium")
    ax.set(
        xlim=(-0.6, found.threats + 0.6), ylabel="probability",
        xlabel=f"through, of {found.threats}; dashed: the mean, shaded: its 5th to 95th percentile",
    )  # fmt: skip
