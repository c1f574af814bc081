"""Raids as plain data: for ``assessment.json`` and ``shieldwall raid --json``; ``raids.csv``."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from shieldwall.files import write_text
from shieldwall.raid.records import (
    Change,
    LayerShare,
    RaidOutcome,
    RaidOutcomes,
    Replay,
    Size,
    Sobol,
    WeaponShare,
)
from shieldwall.raid.statistics import QUANTILES, Distribution, Interval
from shieldwall.report.exports.plain_data import computed, rounded
from shieldwall.report.exports.table import inert
from shieldwall.report.records import Assessment

QUANTILE_KEYS = tuple(f"q{round(100 * q):02d}" for q in QUANTILES)


def raid_data(outcomes: RaidOutcomes) -> dict[str, Any]:
    """All that the room found, by the layout in docs/outputs.md."""
    return {
        "outcomes": {r.raid: _raid(r) for r in outcomes.raids},
        "unsited": list(outcomes.unsited),
    }


def _raid(found: RaidOutcome) -> dict[str, Any]:
    return {
        "name": computed(found.name),
        "area": found.area,
        "axis": computed(found.axis),
        "threats": found.threats,
        "decoys": found.decoys,
        "draws": found.draws,
        "replications": found.replications,
        "leakers": {
            **_distribution(found.leakers),
            "histogram": computed(found.leaker_histogram),
            "draw_means": computed(found.draw_means),
        },
        "p_none_through": {
            **computed(found.none_through),
            "band": dict(zip(("low", "high"), computed(found.none_through_band), strict=True)),
            "stratified": computed(found.none_through_rare),
        },
        "shots": _distribution(found.shots),
        "shots_per_kill": computed(found.shots_per_kill),
        "layers": [_layer(each) for each in found.layers],
        "weapons": [_weapon(each) for each in found.weapons],
        "values": {
            "integration": _change(found.integration),
            "advisers": None if found.advisers is None else _change(found.advisers),
            "systems": [_change(each) for each in found.systems],
        },
        "functions": [_change(each) for each in found.functions],
        "modes": {mode: _distribution(leakers) for mode, leakers in found.modes},
        "saturation": [_size(each) for each in found.saturation],
        "sobol": [_sobol(each) for each in found.sobol],
        "luck": None if found.luck is None else rounded(found.luck),
        "cost": {
            "unit": "million US dollars",
            "threat_lost": _maybe(found.cost.threat_lost),
            "rounds_fired": _maybe(found.cost.rounds_fired),
            "unpriced": computed(found.cost.unpriced),
        },
        "replay": None if found.replay is None else replay_data(found.replay),
    }


def replay_data(replay: Replay) -> dict[str, Any]:
    """One replication as plain data, event by event."""
    return {
        "draw": replay.draw,
        "replication": replay.replication,
        "mode": replay.mode,
        "working": computed(replay.working),
        "threats": [
            {"name": computed(name), "start_s": rounded(start), "end_s": rounded(end), "real": real}
            for name, start, end, real in replay.threats
        ],
        "events": computed(replay.events),
        "through": replay.leakers,
    }


def _distribution(found: Distribution) -> dict[str, Any]:
    return {
        "mean": rounded(found.mean),
        "low": rounded(found.low),
        "high": rounded(found.high),
        "quantiles": dict(zip(QUANTILE_KEYS, computed(found.quantiles), strict=True)),
        "monte_carlo": computed(found.interval),
    }


def _maybe(found: Distribution | None) -> dict[str, Any] | None:
    return None if found is None else _distribution(found)


def _layer(found: LayerShare) -> dict[str, Any]:
    return {
        "layer": found.layer,
        "shapley": _distribution(found.shapley),
        "kills": _distribution(found.kills),
        "shots": _distribution(found.shots),
        "exhausted": computed(found.exhausted),
        "exhausted_s": computed(found.exhausted_s),
    }


def _weapon(found: WeaponShare) -> dict[str, Any]:
    return {
        "system": found.system,
        "kind": found.kind,
        "layer": found.layer,
        "shots": _distribution(found.shots),
        "kills": _distribution(found.kills),
        "shots_per_kill": computed(found.shots_per_kill),
        "cost_per_kill": computed(found.cost_per_kill),
    }


def _change(found: Change) -> dict[str, Any]:
    return {
        "key": found.key,
        "name": computed(found.name),
        "more": _distribution(found.more),
        "none_through": rounded(found.none_through),
    }


def _size(found: Size) -> dict[str, Any]:
    return {
        "threats": found.threats,
        "leakers": _distribution(found.leakers),
        "none_through": computed(found.none_through),
    }


def _sobol(found: Sobol) -> dict[str, Any]:
    return {"group": found.group, "first": computed(found.first), "total": computed(found.total)}


class RaidRow(NamedTuple):
    """One figure of one raid; ``low`` and ``high`` are the band that docs/outputs.md names."""

    raid: str
    measure: str
    key: str
    mean: float | None
    low: float | None
    high: float | None


def write_raids_csv(assessment: Assessment, path: Path) -> None:
    """Write every figure as comma-separated UTF-8, plain newlines. Raises ``OutputError``."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(RaidRow._fields)
    for row in raid_rows(assessment.raids):
        writer.writerow([inert(each) if isinstance(each, str) else each for each in row])
    write_text(path, out.getvalue())


def raid_rows(outcomes: RaidOutcomes) -> Iterator[RaidRow]:
    """Every figure of every raid, one a row, in the order in which the report tells them."""
    for found in outcomes.raids:
        for measure, key, value in _measures(found):
            ends = (
                (value.mean, value.low, value.high)
                if isinstance(value, Distribution)
                else (value.value, value.low, value.high)
            )
            yield RaidRow(found.raid, measure, key, *computed(ends))


def _measures(found: RaidOutcome) -> Iterator[tuple[str, str, Distribution | Interval]]:
    yield "leakers", "", found.leakers
    yield "none_through", "", found.none_through
    if found.none_through_rare is not None:
        yield "none_through_stratified", "", found.none_through_rare.interval
    yield "shots", "", found.shots
    if found.shots_per_kill is not None:
        yield "shots_per_kill", "", found.shots_per_kill
    for layer in found.layers:
        yield "layer_shapley", layer.layer, layer.shapley
        yield "layer_kills", layer.layer, layer.kills
        yield "layer_shots", layer.layer, layer.shots
        yield "layer_exhausted", layer.layer, layer.exhausted
    for weapon in found.weapons:
        key = f"{weapon.system} {weapon.kind}"
        yield "weapon_shots", key, weapon.shots
        yield "weapon_kills", key, weapon.kills
        if weapon.shots_per_kill is not None:
            yield "weapon_shots_per_kill", key, weapon.shots_per_kill
        if weapon.cost_per_kill is not None:
            yield "weapon_cost_per_kill", key, weapon.cost_per_kill
    yield "value_integration", "", found.integration.more
    if found.advisers is not None:
        yield "value_advisers", "", found.advisers.more
    for change in found.systems:
        yield "without_system", change.key, change.more
    for change in found.functions:
        yield "without_function", change.key, change.more
    for mode, leakers in found.modes:
        yield "mode", mode, leakers
    for size in found.saturation:
        yield "size_leakers", str(size.threats), size.leakers
        yield "size_none_through", str(size.threats), size.none_through
    for index in found.sobol:
        yield "sobol_first", index.group, index.first
        yield "sobol_total", index.group, index.total
    if found.luck is not None:
        yield "luck", "", Interval(found.luck, float("nan"), float("nan"))
    for name in ("threat_lost", "rounds_fired"):
        cost = getattr(found.cost, name)
        if cost is not None:
            yield f"cost_{name}", "", cost
