"""The tables of the page: rows of printed figures, nothing computed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from markupsafe import Markup

from shieldwall.orbat.records import HeldOdds
from shieldwall.report import symbols
from shieldwall.report.maps.svg import join
from shieldwall.report.page.figures import Figures
from shieldwall.report.page.names import Names
from shieldwall.report.records import Assessment
from shieldwall.report.words import UNKNOWN, band, layer_name, likelihood, listed, number, span
from shieldwall.trail.coverage import cover_id


@dataclass(frozen=True)
class UnitRow:
    """One unit of the order of battle."""

    number: int | None
    symbol: str
    system: str
    layer: str
    place: str
    precision: str
    word: str
    presence: Markup
    in_service: Markup
    launchers: Markup
    serviceable: Markup
    origins: Markup | str
    claims: Markup | str
    overridden: bool


@dataclass(frozen=True)
class HeldRow:
    """One system as held by the country."""

    system: str
    word: str
    held: Markup
    total: Markup
    located: str
    published: tuple[Markup, ...]
    origins: Markup | str


@dataclass(frozen=True)
class ShareRow:
    """One threat and altitude of a defended area."""

    threat: str
    altitude: str
    cells: tuple[Markup, ...]
    first: bool
    span: int


@dataclass(frozen=True)
class ShareTable:
    """One defended area."""

    id: str
    area: str
    reason: str
    rows: tuple[ShareRow, ...]


@dataclass(frozen=True)
class ReachRow:
    """One origin, or one threat from it."""

    place: str
    origin: str
    distance: Markup
    farthest: str
    threat: str
    range: Markup | str
    word: str
    odds: Markup | str


@dataclass(frozen=True)
class DistanceRow:
    """One published distance against what was measured."""

    statement: str
    stated: Markup
    claimed: str
    fits: str
    verdict: str
    flagged: bool


@dataclass(frozen=True)
class DistanceTable:
    """The published distances to one place."""

    place: str
    measured: str
    rows: tuple[DistanceRow, ...]


def units(assessment: Assessment, figures: Figures, names: Names) -> list[UnitRow]:
    """The order of battle, in the numbering of the map."""
    layers = {u.id: u.layer for u in assessment.ensemble.units}
    found = []
    for odds in assessment.order_of_battle.units:
        base, place = f"orbat.{odds.id}", assessment.case.place(odds.place)
        layer = layers.get(odds.id, "surveillance")
        precision = "area" if place.polygon is not None else UNKNOWN
        if place.precision_m is not None:
            precision = f"± {number(place.precision_m / 1_000)}\u00a0km"
        found.append(
            UnitRow(
                number=names.number(odds.id),
                symbol=symbols.code_of(assessment.catalogue, odds.system, layer),
                system=names.system(odds.system),
                layer=layer_name(layer),
                place=names.place(odds.place),
                precision=precision,
                word=likelihood(figures.value(f"{base}.presence")),
                presence=figures(f"{base}.presence"),
                in_service=figures(f"{base}.in_service"),
                launchers=with_band(figures, f"{base}.launchers", bare=True),
                serviceable=with_band(figures, f"{base}.serviceable"),
                origins=claim_links(figures, odds.origins, f"{base}.presence"),
                claims=number(len(odds.claims)),
                overridden=bool(odds.overrides),
            )
        )
    return sorted(found, key=lambda row: row.number or 10**9)


def with_band(figures: Figures, id: str, bare: bool = False) -> Markup:
    """The value, and its band behind it."""
    return figures(id, bare=bare) + Markup(" ") + figures.band(id, bare=bare)


def claim_links(figures: Figures, claims: tuple[str, ...], trail: str) -> Markup | str:
    """How many, then the first few; ``trail`` is the figure whose inputs list them all."""
    if not claims:
        return "none"
    links = [figures.link(f"claim:{c}", c, "fig claim-id") for c in claims]
    shown, rest = links[:_NAMED_ORIGINS], len(links) - _NAMED_ORIGINS
    tail = Markup(" and {}").format(figures.link(trail, f"{rest} more")) if rest > 0 else ""
    return Markup("{}: {}{}").format(len(claims), Markup(", ").join(shown), tail)


def held(assessment: Assessment, figures: Figures, names: Names) -> list[HeldRow]:
    """Systems in the country, wherever they stand, beside what was published about holdings."""
    found = []
    for odds in assessment.order_of_battle.held:
        base = f"orbat.{odds.system}"
        published = tuple(
            figures.link(
                _holding_id(assessment, n, h.system),
                f"{band(h.band, '')} {h.unit} ({h.evidence})",
            )
            for n, h in enumerate(assessment.case.holdings)
            if h.system == odds.system
        )  # fmt: skip
        found.append(
            HeldRow(
                names.system(odds.system), likelihood(figures.value(f"{base}.held")),
                figures(f"{base}.held"), _total(figures, base, odds.unit),
                _where(assessment, odds), published,
                claim_links(figures, odds.origins, f"{base}.held"),
            )
        )  # fmt: skip
    return found


def _where(assessment: Assessment, odds: HeldOdds) -> str:
    if any(u.system == odds.system for u in assessment.order_of_battle.units):
        return "at a place above"
    if any(d.system == odds.system for d in assessment.case.deployments):
        return "spread over an area"
    return "no place published" if odds.unlocated else "at no place, on the whole"


def _total(figures: Figures, base: str, unit: str) -> Markup:
    if figures.value(f"{base}.total") is None:
        return figures(f"{base}.total")
    return Markup("{} {}").format(with_band(figures, f"{base}.total", bare=True), unit)


def _holding_id(assessment: Assessment, position: int, system: str) -> str:
    """The ledger's leaf of a published holding, entered by position or by system."""
    numbered = f"holding:{position}"
    return numbered if numbered in assessment.ledger.leaves else f"holding:{system}"


_NAMED_ORIGINS = 4

SHARE_COLUMNS = ("depth_1", "depth_2", "depth_3", "rings", "horizon", "terrain", "present",
                 "lost_to_terrain")  # fmt: skip


def shares(assessment: Assessment, figures: Figures, names: Names) -> list[ShareTable]:
    """One table for each defended area: threats by altitude."""
    return _by_area(assessment, names, lambda base: tuple(
        with_band(figures, f"{base}.{name}") if name == "depth_1" else figures(f"{base}.{name}")
        for name in SHARE_COLUMNS
    ), "shares")  # fmt: skip


def layers(assessment: Assessment, figures: Figures, names: Names,
           adding: list[tuple[str, str]]) -> list[ShareTable]:  # fmt: skip
    """One table for each defended area: each layer's share, and what it alone covers."""
    return _by_area(assessment, names, lambda base: tuple(
        figures(f"{base}.{kind}_{layer}") for layer, _ in adding for kind in ("layer", "adds")
    ), "layers")  # fmt: skip


def _by_area(
    assessment: Assessment, names: Names, cells: Callable[[str], tuple[Markup, ...]], prefix: str
) -> list[ShareTable]:
    found = []
    for area in assessment.case.defended_areas:
        rows = []
        for threat in assessment.coverage.threats:
            covers = [
                c for c in assessment.coverage.areas if (c.area, c.threat) == (area.id, threat)
            ]
            for n, cover in enumerate(covers):
                rows.append(
                    ShareRow(names.threat(threat), f"{number(cover.altitude_m)}\u00a0m",
                             cells(cover_id(cover)), n == 0, len(covers))
                )  # fmt: skip
        if rows:
            found.append(ShareTable(f"{prefix}-{area.id}", area.name, area.reason, tuple(rows)))
    return found


def reach(assessment: Assessment, figures: Figures, names: Names) -> list[ReachRow]:
    """Distances and, for each threat, the odds that its published range suffices."""
    catalogue = {t.id: t.catalogue for t in assessment.case.threats}
    found = []
    for result in assessment.coverage.reach:
        base = f"reach.{result.place}.{result.origin}"
        odds: Markup | str = ""
        told: Markup | str = ""
        word = ""
        if result.threat is not None:
            odds, word = figures(f"{base}.{result.threat}"), likelihood(result.probability)
            told = UNKNOWN
            if result.range_km is not None:
                low, likely, high = result.range_km
                text = f"{number(likely, 0)} ({span(low, high, 'km')})"
                told = figures.link(f"catalogue:{catalogue[result.threat]}.range", text)
        found.append(
            ReachRow(
                names.place(result.place), names.origin(result.origin),
                join((figures(base), Markup(" ± {}").format(number(result.plus_minus_km)))),
                f"{number(result.farthest_km, 0)}\u00a0km",
                names.threat(result.threat) if result.threat else "", told, word, odds,
            )
        )  # fmt: skip
    return found


def distances(assessment: Assessment, figures: Figures, names: Names) -> list[DistanceTable]:
    """Published distances by place; flagged where one does not fit the line it names."""
    tables: dict[str, list[DistanceRow]] = {}
    measured: dict[str, str] = {}
    for check in assessment.evidence.distances:
        measured[check.place] = listed(
            f"{names.origin(origin)} {number(near, 0)}"
            + (f" to {number(far, 0)}" if round(far) != round(near) else "") + "\u00a0km"
            for origin, (near, far) in check.computed_km.items()
        )  # fmt: skip
        tables.setdefault(check.place, []).append(
            DistanceRow(
                assessment.evidence.claim(check.claim).statement,
                figures(f"distance.{check.claim}"),
                names.origin(check.claimed_origin) if check.claimed_origin else UNKNOWN,
                names.origin(check.fits) if check.fits else "no line of the case",
                check.verdict,
                check.claimed_origin is not None and check.fits != check.claimed_origin,
            )
        )
    return [
        DistanceTable(names.place(place), measured[place], tuple(rows))
        for place, rows in tables.items()
    ]
