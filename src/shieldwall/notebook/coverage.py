"""What is covered: fields as xarray, shares as data frames, one map as a plot."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from shieldwall.coverage.records import Coverage
from shieldwall.errors import UsageError
from shieldwall.notebook import looks
from shieldwall.notebook.libraries import choose, library
from shieldwall.report.exports.table import CoverRow, cover_rows
from shieldwall.report.page.names import Names
from shieldwall.report.records import Assessment
from shieldwall.report.words import layer_name

if TYPE_CHECKING:
    import pandas as pd
    import xarray as xr
    from matplotlib.axes import Axes

M_PER_KM = 1_000.0


@dataclass(frozen=True, repr=False)
class CoverageView:
    """Coverage of one assessment; ``data`` holds the records and their arrays."""

    assessment: Assessment

    @property
    def data(self) -> Coverage:
        """The room's own record."""
        return self.assessment.coverage

    @property
    def shares(self) -> pd.DataFrame:
        """Shares of every defended area, one figure a row, as in ``coverage.csv``."""
        return library("pandas").DataFrame(
            list(cover_rows(self.assessment)), columns=list(CoverRow._fields)
        )

    @property
    def reach(self) -> pd.DataFrame:
        """From each origin to each place, against the published range of each threat."""
        columns = ["place", "origin", "threat", "nearest_km", "farthest_km", "plus_minus_km",
                   "range_low_km", "range_km", "range_high_km", "probability"]  # fmt: skip
        rows = [
            (r.place, r.origin, r.threat, r.nearest_km, r.farthest_km, r.plus_minus_km,
             *(r.range_km or (None, None, None)), r.probability)
            for r in self.data.reach
        ]  # fmt: skip
        return library("pandas").DataFrame(rows, columns=columns)

    def to_xarray(self) -> xr.Dataset:
        """Fields on the published grid, which is never finer than the published positions.

        ``layer_probability`` (threat, altitude_m, layer, y, x): that a unit of the layer is there,
        works and covers; ``depth_probability`` (..., at_least, y, x): that so many layers do;
        ``rings``: inside bare range rings; ``floor_m`` (unit, y, x): the coverage floor above
        ground, NaN out of reach. ``x``, ``y`` are metres in the grid's frame, whose WKT is in
        ``attrs``.
        """
        found, grid = self.data, self.data.grid
        x, y = grid.centres()
        lat, lon = grid.latlon()
        cells, layered = ("y", "x"), ("threat", "altitude_m", "layer", "y", "x")
        floors = np.array([f.median_m for f in found.floors], np.float32)
        case = self.assessment.case
        fields: xr.Dataset = library("xarray").Dataset(
            {
                "layer_probability": (layered, found.layer_probability, {"units": "1"}),
                "depth_probability": (
                    ("threat", "altitude_m", "at_least", "y", "x"), found.depth_probability,
                    {"units": "1"},
                ),
                "rings": (layered, found.rings, {"units": "1"}),
                "floor_m": (
                    ("unit", "y", "x"), floors.reshape(-1, grid.rows, grid.cols), {"units": "m"}
                ),
            },
            coords={
                "threat": list(found.threats), "altitude_m": list(found.altitudes_m),
                "layer": list(found.layers), "at_least": [1, 2, 3],
                "unit": [f.unit for f in found.floors],
                "x": ("x", x, {"units": "m"}), "y": ("y", y, {"units": "m"}),
                "lat": (cells, lat, {"units": "degrees_north"}),
                "lon": (cells, lon, {"units": "degrees_east"}),
            },
            attrs={
                "title": case.title, "as_of": case.as_of.isoformat(),
                "crs_wkt": grid.frame.crs.to_wkt(), "draws": self.assessment.ensemble.draws,
            },
        )  # fmt: skip
        return fields

    def plot(
        self,
        threat: str | None = None,
        altitude_m: int = 100,
        layer: str | None = None,
        ax: Axes | None = None,
    ) -> Axes:
        """The odds of cover on a map, in the classes of the report; the axes it is drawn on.

        ``layer``: by that layer alone, else by any. The first threat of the case unless named.
        Raises ``UsageError``.
        """
        found = self.data
        threat = choose(threat, found.threats, "threat")
        if altitude_m not in found.altitudes_m:
            there = ", ".join(map(str, found.altitudes_m))
            raise UsageError(f"no cover was computed at {altitude_m} m; there are: {there}")
        at = found.threats.index(threat), found.altitudes_m.index(altitude_m)
        if layer is None:
            field = found.depth_probability[(*at, 0)]
        else:
            field = found.layer_probability[
                (*at, found.layers.index(choose(layer, found.layers, "layer")))
            ]
        if ax is None:
            _, ax = library("matplotlib.pyplot").subplots(figsize=(8, 4.8), layout="constrained")
        _map(ax, self.assessment, field)
        name = looks.literal(Names(self.assessment).threat(threat))
        by = layer_name(layer) if layer else "at least one layer"
        ax.set_title(f"{name} at {altitude_m} m: {by}", loc="left")
        return ax

    def __repr__(self) -> str:
        c = self.data
        return (
            f"<coverage: threats {', '.join(c.threats)}; layers {', '.join(c.layers)}; "
            f"{c.grid.rows} x {c.grid.cols} cells of {c.grid.cell_m:g} m>"
        )


def _map(ax: Axes, assessment: Assessment, field: NDArray[np.float32]) -> None:
    """Cells, the defended areas dashed, units at their published places."""
    grid, case = assessment.coverage.grid, assessment.case
    colours, norm, ticks, terms = looks.of_probability()
    drawn = ax.pcolormesh(*_edges_km(assessment), field, cmap=colours, norm=norm)
    for area in case.defended_areas:
        ring = np.array([*area.polygon, area.polygon[0]])
        x, y = grid.frame.to_xy(ring[:, 1], ring[:, 0])
        ax.plot(x / M_PER_KM, y / M_PER_KM, color="black", linewidth=1.2, linestyle="--")
    for id in dict.fromkeys(u.place for u in assessment.ensemble.units):
        place = case.place(id)
        if place.lat is not None and place.lon is not None:
            px, py = grid.frame.to_xy(place.lat, place.lon)
            ax.plot(px / M_PER_KM, py / M_PER_KM, "o", color="black", markersize=3)
    east_km, north_km = _edges_km(assessment)
    ax.set(
        aspect="equal", xlabel="km east of the middle", ylabel="km north of the middle",
        xlim=(east_km[0], east_km[-1]), ylim=(north_km[-1], north_km[0]),
    )  # fmt: skip
    figure: Any = ax.figure
    bar = figure.colorbar(drawn, ax=ax, ticks=ticks, shrink=0.8)
    bar.ax.set_yticklabels(terms)
    bar.ax.tick_params(length=0)


def _edges_km(assessment: Assessment) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    grid = assessment.coverage.grid
    x: NDArray[np.float64] = grid.x0_m + grid.cell_m * np.arange(grid.cols + 1, dtype=np.float64)
    y: NDArray[np.float64] = grid.y0_m - grid.cell_m * np.arange(grid.rows + 1, dtype=np.float64)
    return x / M_PER_KM, y / M_PER_KM
