"""A comparison of two networks in words for a terminal, and as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from shieldwall.case.records import Case
from shieldwall.raid.compare import Comparison, RaidChange, ShareChange, Side
from shieldwall.raid.statistics import QUANTILES, Distribution, Interval
from shieldwall.report.exports.plain_data import computed, rounded
from shieldwall.report.raid_words import NO_PREDICTION
from shieldwall.report.words import layer_name, number, plain, signed

_WIDE = 24
PLAIN = "the network as drawn"


def compare_text(case: Case, found: Comparison) -> str:
    """Both sides and their difference, raid by raid, each with its band and interval."""
    return plain("\n".join(_lines(case, found)))


def _lines(case: Case, found: Comparison) -> Iterator[str]:
    yield f"{case.title}: {_side(found.one)}, less {_side(found.other)}"
    for raid in found.raids:
        yield ""
        yield from _raid(raid)
    if found.idle:
        yield ""
        yield from found.idle
    yield ""
    yield "Both sides meet the same draws and the same chance. Bands in brackets are the 5th to"
    yield "95th percentile over draws: what evidence could narrow. Monte Carlo: 95 % interval of"
    yield "the mean by chance alone."
    yield NO_PREDICTION


def _side(settings: tuple[str, ...]) -> str:
    return ", ".join(settings) or PLAIN


def _raid(raid: RaidChange) -> Iterator[str]:
    yield f"{raid.name} ({raid.raid})"
    yield f"  {raid.draws} draws of the network, {raid.replications} replications of each"
    heads = ("set", "against", "difference", "band", "Monte Carlo")
    yield "  " + _row("", *heads)
    one, other = raid.one, raid.other
    if one.threats != other.threats:
        more = one.threats - other.threats
        yield "  " + _row("threats", number(one.threats), number(other.threats), _signed(more))
    yield "  " + _counts("come through", one.leakers.mean, other.leakers.mean, raid.leakers)
    yield "  " + _chance(one, other, raid.none_through)
    yield "  " + _counts("rounds fired", one.shots.mean, other.shots.mean, raid.shots)
    for layer in raid.layers:
        name = layer_name(layer.layer)
        yield "  " + _counts(f"kills, {name}", None, None, layer.kills)
        yield "  " + _counts(f"rounds, {name}", None, None, layer.shots)


def _row(name: str, *cells: str) -> str:
    one, other, more, *rest = (*cells, "", "", "")[:5]
    tail = f"{rest[0]:>20}{rest[1]:>22}" if rest else ""
    return f"{name:<{_WIDE}}{one:>9}{other:>9}{more:>12}{tail}".rstrip()


def _counts(name: str, one: float | None, other: float | None, more: Distribution) -> str:
    sides = ("" if v is None else f"{v:.2f}" for v in (one, other))
    band = f"({_signed(more.low)} to {_signed(more.high)})"
    return _row(name, *sides, _signed(more.mean), band, _between(more.interval))


def _chance(one: Side, other: Side, more: ShareChange) -> str:
    sides = (f"{100 * s.none_through.value:.1f} %" for s in (one, other))
    band = f"({_signed(100 * more.low)} to {_signed(100 * more.high)})"
    value, within = 100 * more.value, more.interval
    interval = Interval(value, 100 * within.low, 100 * within.high)
    return _row("none comes through", *sides, _signed(value), band, _between(interval))


def _between(found: Interval) -> str:
    return f"{_signed(found.low)} to {_signed(found.high)}"


def _signed(value: float) -> str:
    return signed(value, 2)


def compare_data(found: Comparison) -> dict[str, Any]:
    """The same as plain data: ``one`` less ``other`` under ``difference``."""
    return {
        "one": list(found.one),
        "other": list(found.other),
        "idle": list(found.idle),
        "raids": {raid.raid: _data(raid) for raid in found.raids},
    }


def _data(raid: RaidChange) -> dict[str, Any]:
    return {
        "name": computed(raid.name),
        "draws": raid.draws,
        "replications": raid.replications,
        "one": _side_data(raid.one),
        "other": _side_data(raid.other),
        "difference": {
            "leakers": _distribution(raid.leakers),
            "p_none_through": {
                "value": rounded(raid.none_through.value),
                "low": rounded(raid.none_through.low),
                "high": rounded(raid.none_through.high),
                "monte_carlo": computed(raid.none_through.interval),
            },
            "shots": _distribution(raid.shots),
            "layers": [
                {
                    "layer": each.layer,
                    "kills": _distribution(each.kills),
                    "shots": _distribution(each.shots),
                }
                for each in raid.layers
            ],
        },
    }


def _side_data(side: Side) -> dict[str, Any]:
    return {
        "threats": side.threats,
        "leakers": _distribution(side.leakers),
        "p_none_through": computed(side.none_through),
        "shots": _distribution(side.shots),
    }


def _distribution(found: Distribution) -> dict[str, Any]:
    names = (f"q{round(100 * q):02d}" for q in QUANTILES)
    return {
        "mean": rounded(found.mean),
        "low": rounded(found.low),
        "high": rounded(found.high),
        "quantiles": dict(zip(names, computed(found.quantiles), strict=True)),
        "monte_carlo": computed(found.interval),
    }
