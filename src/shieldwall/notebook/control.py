"""Who operates each system, week by week: data frames, xarray, stacked bands as a plot."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from shieldwall.case.control_records import STATES
from shieldwall.case.records import Band
from shieldwall.control.records import OperationalControl, SystemControl
from shieldwall.control.words import MISSION, heading
from shieldwall.notebook import looks
from shieldwall.notebook.libraries import choose, library
from shieldwall.report.page.names import Names
from shieldwall.report.records import Assessment
from shieldwall.report.words import count

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr
    from matplotlib.axes import Axes

OPERATORS = STATES["operators"]


@dataclass(frozen=True, repr=False)
class ControlView:
    """Operational control of one assessment; ``data`` holds the records.

    Probabilities of a system are as if the country holds it.
    """

    assessment: Assessment

    @property
    def data(self) -> OperationalControl:
        """The room's own record."""
        return self.assessment.control

    @property
    def systems(self) -> tuple[str, ...]:
        """Systems from abroad: what can be asked for by ``control[...]``."""
        return tuple(each.system for each in self.data.systems)

    def __getitem__(self, system: str) -> pd.DataFrame:
        """Weeks by states, given all that was read, with ``connected`` and ``serviceable``."""
        each = self._system(system)
        frame = self._weekly(each.operators.mean, OPERATORS)
        frame["connected"] = each.connected.mean[:, 0]
        frame["serviceable"] = each.serviceable
        return frame.iloc[each.start :]

    @property
    def mission(self) -> pd.DataFrame:
        """Weeks by what the supplier's mission does; empty where nothing came from abroad."""
        found = self.data.mission
        if found is None:
            return library("pandas").DataFrame(columns=list(MISSION))
        return self._weekly(found.mean, STATES["mission"])

    @property
    def now(self) -> pd.DataFrame:
        """Systems by states on the as-of date, with the 5th and 95th percentile of each."""
        pd = library("pandas")
        rows = {
            each.system: {
                **{
                    (state, part): float(getattr(each.operators, part)[-1, n])
                    for n, state in enumerate(OPERATORS)
                    for part in ("mean", "low", "high")
                },
                **{
                    ("connected", part): float(getattr(each.connected, part)[-1, 0])
                    for part in ("mean", "low", "high")
                },
            }
            for each in self.data.systems
        }
        frame = pd.DataFrame.from_dict(rows, orient="index")
        frame.index.name = "system"
        return frame

    @property
    def forecast(self) -> pd.DataFrame:
        """One row for each system and date ahead, with bands."""
        rows = [
            {
                "system": each.system, "date": ahead.on,
                **_spread("independent", ahead.independent),
                **_spread("connected", ahead.connected),
                **_spread("serviceable", ahead.serviceable),
                **_spread("all_three", ahead.all_three),
            }
            for each in self.data.systems
            for ahead in each.forecast.dates
        ]  # fmt: skip
        return library("pandas").DataFrame(rows)

    def to_xarray(self) -> xr.Dataset:
        """``mean``, ``low``, ``high`` (system, week, state): mean, 5th and 95th percentile."""
        shape = (0, len(self.data.weeks), len(OPERATORS))

        def stacked(part: str) -> tuple[tuple[str, str, str], Any]:
            each = [getattr(s.operators, part) for s in self.data.systems]
            return ("system", "week", "state"), np.stack(each) if each else np.empty(shape)

        odds: xr.Dataset = library("xarray").Dataset(
            {part: stacked(part) for part in ("mean", "low", "high")},
            coords={
                "system": list(self.systems), "week": self._weeks(), "state": list(OPERATORS)
            },
        )  # fmt: skip
        return odds

    def plot(self, system: str | None = None, ax: Axes | None = None) -> Axes:
        """Stacked odds of who operates a system, week by week; the first unless named.

        Raises ``UsageError``.
        """
        each = self._system(system)
        if ax is None:
            _, ax = library("matplotlib.pyplot").subplots(figsize=(9, 4), layout="constrained")
        frame = self[each.system]
        ax.stackplot(
            frame.index.to_numpy(), *(frame[state].to_numpy() for state in looks.STATES),
            colors=list(looks.STATES.values()), edgecolor="white", linewidth=0.4,
            labels=[looks.literal(heading(state, each.transfer)) for state in looks.STATES],
        )  # fmt: skip
        ax.set(ylim=(0, 1), ylabel="probability", xlim=(frame.index[0], frame.index[-1]))
        name = looks.literal(Names(self.assessment).system(each.system))
        ax.set_title(f"{name}: who operates it", loc="left")
        ax.legend(loc="center left", bbox_to_anchor=(1.01, 0.5), reverse=True, frameon=False)
        return ax

    def __repr__(self) -> str:
        weeks = count(len(self.data.weeks), "week")
        return f"<control: {', '.join(self.systems) or 'no system from abroad'}; {weeks}>"

    def _system(self, asked: str | None) -> SystemControl:
        chosen = choose(asked, self.systems, "system from abroad")
        return next(each for each in self.data.systems if each.system == chosen)

    def _weeks(self) -> Any:
        return library("pandas").DatetimeIndex(list(self.data.weeks), name="week")

    def _weekly(self, odds: Any, states: tuple[str, ...]) -> pd.DataFrame:
        return library("pandas").DataFrame(odds, index=self._weeks(), columns=list(states))


def _spread(name: str, band: Band) -> Mapping[str, float]:
    return {name: band.middle, f"{name}_low": band.low, f"{name}_high": band.high}
