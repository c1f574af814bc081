"""Charts: bars that sit in table cells, share by altitude, and the cross-section."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from markupsafe import Markup
from numpy.typing import NDArray

from shieldwall.coverage.records import AreaCover, CrossSection
from shieldwall.report.maps.svg import el, join, num, path, picture
from shieldwall.report.words import number, percent

Floats = NDArray[np.float64]

_BAR = 200.0
_BAR_HEIGHT = 14.0


def step_bar(
    share: float | None, before: float | None, low: float | None, high: float | None
) -> Markup:
    """One step of the waterfall: what is left, hatched what this step took, a whisker 5 to 95 %.

    Hidden from screen readers: the figure stands in the cell beside it.
    """
    kept = _BAR * (share or 0.0)
    parts = [el("rect", class_="track", width=_BAR, height=_BAR_HEIGHT)]
    if before is not None and before > (share or 0.0):
        parts.append(
            el("rect", class_="lost", x=kept, width=_BAR * before - kept, height=_BAR_HEIGHT)
        )
    parts.append(el("rect", class_="kept", width=kept, height=_BAR_HEIGHT))
    if low is not None and high is not None:
        a, b, y = _BAR * low, _BAR * high, _BAR_HEIGHT / 2
        whisker = f"M{num(a)} {y - 4}v8M{num(a)} {y}H{num(b)}M{num(b)} {y - 4}v8"
        parts += [el("path", class_=c, d=whisker) for c in ("whisker-halo", "whisker")]
    return _bar(parts)


def stacked_bar(shares: Sequence[tuple[str, float]]) -> Markup:
    """Shares of the whole side by side, each with its class."""
    parts, x = [el("rect", class_="track", width=_BAR, height=_BAR_HEIGHT)], 0.0
    for name, share in shares:
        width = _BAR * max(0.0, min(share, 1.0 - x / _BAR))
        if width > 0:
            parts.append(el("rect", class_=f"part {name}", x=x, width=width, height=_BAR_HEIGHT))
        x += width
    return _bar(parts)


def _bar(parts: list[Markup]) -> Markup:
    return el(
        "svg", *parts, viewBox=f"0 0 {num(_BAR)} {num(_BAR_HEIGHT)}", class_="cell-bar",
        preserveAspectRatio="none", aria_hidden="true",
    )  # fmt: skip


_WIDTH, _HEIGHT = 340.0, 236.0
_LEFT, _RIGHT, _TOP, _BOTTOM = 40.0, 46.0, 12.0, 34.0
_NAME_STEP = 13.0


def altitude_chart(area: str, threat: str, covers: Sequence[AreaCover]) -> Markup:
    """Share of one area covered against altitude: rings, and at least one and two layers.

    ``covers`` are one area's and one threat's, by altitude. Bands are the 5th to 95th percentile.
    """
    altitudes = np.array([c.altitude_m for c in covers], float)
    x = _along(altitudes)
    parts = [_axes(altitudes)]
    for depth, name in ((0, "one"), (1, "two")):
        spread = [c.depth[depth] for c in covers]
        low, mean, high = (
            np.column_stack((x, _up(np.array([getattr(s, key) for s in spread]))))
            for key in ("low", "mean", "high")
        )
        parts.append(
            el("path", class_=f"band-{name}", d=path(np.vstack((high, low[::-1])), closed=True))
        )
        parts.append(el("path", class_=f"line-{name}", d=path(mean)))
        parts += [el("circle", class_=f"mark-{name}", cx=float(px), cy=float(py), r=2.6)
                  for px, py in mean]  # fmt: skip
    rings = np.column_stack((x, _up(np.array([c.rings for c in covers]))))
    parts.append(el("path", class_="line-rings", d=path(rings)))
    parts.append(_line_names(covers[-1]))
    told = "; ".join(
        f"{number(c.altitude_m)} m: {percent(c.depth[0].mean)}, rings {percent(c.rings)}"
        for c in covers
    )
    return picture(
        _WIDTH, _HEIGHT, f"Share of {area} covered against altitude, {threat}",
        f"By at least one layer. {told}.", *parts, class_="chart",
    )  # fmt: skip


def _along(altitude_m: Floats) -> Floats:
    logs = np.log10(altitude_m)
    reach = max(float(logs[-1] - logs[0]), 1e-9)
    x: Floats = _LEFT + (_WIDTH - _LEFT - _RIGHT) * (logs - logs[0]) / reach
    return x


def _up(share: Floats) -> Floats:
    return _TOP + (_HEIGHT - _TOP - _BOTTOM) * (1 - share)


def _axes(altitude_m: Floats) -> Markup:
    parts = []
    for share in (0.0, 0.25, 0.5, 0.75, 1.0):
        y = float(_up(np.array([share]))[0])
        parts.append(el("path", class_="grid", d=f"M{num(_LEFT)} {num(y)}H{num(_WIDTH - _RIGHT)}"))
        if share in (0.0, 0.5, 1.0):
            parts.append(
                el("text", percent(share), x=_LEFT - 6, y=y + 4, text_anchor="end", class_="tick")
            )
    for place, altitude in zip(_along(altitude_m), altitude_m, strict=True):
        label = f"{altitude / 1000:g}k" if altitude >= 1_000 else f"{altitude:g}"
        parts.append(
            el("text", label, x=float(place), y=_HEIGHT - _BOTTOM + 15, text_anchor="middle",
               class_="tick")
        )  # fmt: skip
    parts.append(
        el("text", "metres above ground", x=(_LEFT + _WIDTH - _RIGHT) / 2, y=_HEIGHT - 4,
           text_anchor="middle", class_="axis")
    )  # fmt: skip
    return el("g", *parts)


def _line_names(last: AreaCover) -> Markup:
    ends = [
        (float(_up(np.array([share]))[0]), text, f"name-{name}")
        for share, name, text in (
            (last.rings, "rings", "rings"),
            (last.depth[0].mean, "one", "≥ 1"),
            (last.depth[1].mean, "two", "≥ 2"),
        )
    ]
    return _end_names(ends, _WIDTH - _RIGHT + 6, _HEIGHT - _BOTTOM)


def _end_names(ends: list[tuple[float, str, str]], x: float, lowest: float) -> Markup:
    """Names at the right ends of lines, (y, text, class), pushed up where lines meet."""
    parts: list[Markup] = []
    least = lowest + _NAME_STEP
    for y, text, class_ in sorted(ends, reverse=True):
        least = min(y, least - _NAME_STEP)
        parts.append(el("text", text, x=x, y=least + 4, class_=class_))
    return join(parts)


_SECTION = (760.0, 300.0)
_SECTION_PAD = (52.0, 104.0, 16.0, 40.0)  # left, right, top, bottom


def section_chart(section: CrossSection, names: Sequence[str], classes: Sequence[str]) -> Markup:
    """Ground in profile and each unit's floor above it; what lies below a line is out of sight."""
    width, height = _SECTION
    left, right, top, bottom = _SECTION_PAD
    distance = section.distance_m.astype(float)
    ground = section.ground_msl_m.astype(float)
    ceiling = _section_ceiling(section)

    def points(altitude_m: Floats, at: Floats = distance) -> Floats:
        x = left + (width - left - right) * at / float(distance[-1])
        up = np.clip(altitude_m / ceiling, 0, 1)
        return np.column_stack((x, top + (height - top - bottom) * (1 - up)))

    parts = [_section_axes(ceiling, float(distance[-1]) / 1_000)]
    ends: list[tuple[float, str, str]] = []
    for layer, name, class_ in zip(section.layers, names, classes, strict=True):
        floor = layer.floor_msl_m.astype(float)
        seen = np.isfinite(floor) & (floor <= ceiling)
        for run in _runs(seen):
            line = points(floor[run], distance[run])
            shadow = np.vstack((line, points(ground[run], distance[run])[::-1]))
            parts.append(el("path", class_=f"shadow {class_}", d=path(shadow, closed=True)))
            parts.append(el("path", class_=f"floor {class_}", d=path(line)))
        if seen.any():
            last = points(floor[seen], distance[seen])[-1]
            ends.append((float(last[1]), name, f"floor-name {class_}"))
    land = np.vstack((points(ground), points(np.zeros(2), distance[[-1, 0]])))
    parts.append(el("path", class_="profile", d=path(land, closed=True)))
    parts.append(_end_names(ends, width - right + 6, height - bottom))
    told = f"Highest ground {number(float(ground.max()), 0)} m over {distance[-1] / 1000:.0f} km."
    return picture(width, height, section.title, told, *parts, class_="chart section")


def _section_ceiling(section: CrossSection) -> float:
    """Enough sky to see the floors, not so much that the mountains vanish."""
    floors = [layer.floor_msl_m[np.isfinite(layer.floor_msl_m)] for layer in section.layers]
    highest = max([float(np.quantile(f, 0.95)) for f in floors if f.size], default=0.0)
    ground = float(section.ground_msl_m.max())
    return max(1_000.0, min(max(1.3 * ground, 1.15 * highest), 4 * ground + 1_000))


def _section_axes(ceiling: float, length_km: float) -> Markup:
    width, height = _SECTION
    left, right, top, bottom = _SECTION_PAD
    parts = []
    step = next(s for s in (250, 500, 1_000, 2_000, 5_000, 10_000, 50_000) if ceiling / s <= 6)
    for altitude in range(0, int(ceiling) + 1, step):
        y = top + (height - top - bottom) * (1 - altitude / ceiling)
        parts.append(el("path", class_="grid", d=f"M{num(left)} {num(y)}H{num(width - right)}"))
        parts.append(
            el("text", number(altitude), x=left - 6, y=y + 4, text_anchor="end", class_="tick")
        )
    stride = next(s for s in (5, 10, 20, 50, 100, 200, 1_000) if length_km / s <= 8)
    for km in range(0, int(length_km) + 1, stride):
        x = left + (width - left - right) * km / length_km
        parts.append(
            el("text", str(km), x=x, y=height - bottom + 16, text_anchor="middle", class_="tick")
        )
    parts.append(el("text", "km from the site", x=width / 2, y=height - 6, text_anchor="middle",
                    class_="axis"))  # fmt: skip
    parts.append(el("text", "m above sea level", x=4.0, y=11.0, class_="axis"))
    return el("g", *parts)


def _runs(mask: NDArray[np.bool_]) -> list[slice]:
    """Stretches of true, of two points or more."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], mask.astype(np.int8), [0]))))
    return [slice(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True) if b - a > 1]
