"""Raids in words for a terminal: the answer first, then what makes it; and one raid as a log."""

from __future__ import annotations

from collections.abc import Iterator

from shieldwall.case.records import Case
from shieldwall.raid.records import Change, RaidOutcome, RaidOutcomes, Replay
from shieldwall.raid.statistics import Distribution, Interval
from shieldwall.report.raid_words import (
    MODES,
    NO_PREDICTION,
    NOTHING_DRAWN,
    band,
    clock,
    event_words,
    minutes,
    of_what,
    signed_band,
    unknown,
    whole_or_tenth,
)
from shieldwall.report.words import layer_name, likelihood, number, percent, plain, signed, span

_WIDE = 46


def raid_text(case: Case, outcomes: RaidOutcomes, drawn: bool = True) -> str:
    """All raids as lines, each with its answer first; ``drawn``: whether any unit is."""
    return plain("\n".join(_lines(case, outcomes, drawn)))


def trace_text(replay: Replay) -> str:
    """One replication, event by event: time in minutes and seconds, what, by whom."""
    return plain("\n".join(_trace(replay)))


def _lines(case: Case, outcomes: RaidOutcomes, drawn: bool) -> Iterator[str]:
    yield f"{case.title}: how it would fare, on {case.as_of}"
    if not outcomes.raids:
        yield "The case describes no raid (raids.toml), so nothing is said."
    elif not drawn:
        yield NOTHING_DRAWN
    for found in outcomes.raids:
        yield ""
        yield from _raid(found)
    if outcomes.unsited:
        yield ""
        yield f"Told of without a place, so no unit is drawn: {', '.join(outcomes.unsited)}."
    if outcomes.raids:
        yield ""
        yield "Bands are the 5th to 95th percentile over draws: what evidence could narrow."
        yield NO_PREDICTION


def _raid(found: RaidOutcome) -> Iterator[str]:
    yield f"{found.name} ({found.raid})"
    yield (
        f"  {of_what(found)}, from {found.axis}; {found.draws} draws of the network, "
        f"{found.replications} replications of each"
    )
    leakers = found.leakers
    yield _row(
        "come through, of " + number(found.threats),
        f"{_mean(leakers)}; one raid {number(leakers.quantiles[0])} to "
        f"{number(leakers.quantiles[-1])}",
    )
    none, ends = found.none_through, found.none_through_band
    words = f"{likelihood(none.value)}, {percent(none.value)} ({span(*ends, 'share')})"
    yield _row("none comes through", f"{words}; counted {_small(none)}")
    if found.none_through_rare is not None:
        rare = found.none_through_rare.interval
        yield _row("  by strata", _small(rare))
    yield _row("rounds fired", _mean(found.shots))
    per = found.shots_per_kill
    if per is not None:
        yield _row("rounds for one kill", f"{number(per.value, 1)} ({band(per.low, per.high)})")
    yield from _layers(found)
    yield "  more come through (fewer: below zero), on the same draws and chance:"
    for change in _changes(found):
        yield f"  {_change(change)}"
    yield "  come through, by mode of the network:"
    for mode, leaking in found.modes:
        yield "  " + _row(MODES.get(mode, mode), _mean(leaking))
    yield _row("come through, by size of the raid", _sizes(found))
    yield _row("variance over draws, total share", _unknowns(found))
    luck = "too few runs to tell" if found.luck is None else percent(found.luck)
    yield _row("luck, of the whole variance", luck)
    yield from _cost(found)


def _layers(found: RaidOutcome) -> Iterator[str]:
    if not found.layers:
        yield "  no layer has a unit at a place"
        return
    heads = ("stops", "kills", "rounds", "runs out")
    yield f"  {'layer':<16}" + "".join(f"{h:>10}" for h in heads)
    for each in found.layers:
        cells = (
            whole_or_tenth(each.shapley.mean), whole_or_tenth(each.kills.mean),
            whole_or_tenth(each.shots.mean), percent(each.exhausted.value),
        )  # fmt: skip
        after = "" if each.exhausted_s is None else f"  after {minutes(each.exhausted_s)}"
        yield f"  {layer_name(each.layer):<16}" + "".join(f"{c:>10}" for c in cells) + after


def _changes(found: RaidOutcome) -> Iterator[tuple[str, Change]]:
    yield found.integration.name, found.integration
    if found.advisers is not None:
        yield found.advisers.name, found.advisers
    for change in (*found.systems, *found.functions):
        yield f"without {change.name}", change


def _change(named: tuple[str, Change]) -> str:
    name, change = named
    more = change.more
    return _row(name, f"{signed(more.mean)} ({signed_band(more.low, more.high)})")


def _sizes(found: RaidOutcome) -> str:
    return ", ".join(f"{s.threats}: {number(s.leakers.mean, 1)}" for s in found.saturation)


def _unknowns(found: RaidOutcome) -> str:
    if found.luck is None:
        return "too few runs to tell"
    most = sorted(found.sobol, key=lambda s: -round(s.total.value, 9))
    return ", ".join(
        f"{unknown(s.group).name} {percent(max(s.total.value, 0.0))}"
        for s in most if round(100 * s.total.value) > 0
    ) or "nothing varies"  # fmt: skip


def _cost(found: RaidOutcome) -> Iterator[str]:
    for weapon in found.weapons:
        dear = weapon.cost_per_kill
        if dear is not None:
            ends = f"{number(dear.low, 2)} to {number(dear.high, 2)}"
            name = f"{weapon.system} {weapon.kind}s for one kill, million US dollars"
            yield _row(name, f"{number(dear.value, 2)} ({ends})")
    cost = found.cost
    for name, each in (("lost by the raid", cost.threat_lost), ("fired", cost.rounds_fired)):
        if each is not None:
            yield _row(f"{name}, million US dollars", _mean(each))
    if cost.unpriced:
        yield f"  no price is published for {', '.join(cost.unpriced)}"


def _row(name: str, text: str) -> str:
    return f"  {name:<{_WIDE}} {text}"


def _mean(found: Distribution) -> str:
    return f"{number(found.mean, 1)} ({band(found.low, found.high)})"


def _small(found: Interval) -> str:
    return (
        f"{number(100 * found.value, 2)} % ({number(100 * found.low, 2)} to "
        f"{number(100 * found.high, 2)} %)"
    )


def _trace(replay: Replay) -> Iterator[str]:
    yield (
        f"One raid as it went: draw {replay.draw}, replication {replay.replication}, "
        f"network {MODES.get(replay.mode, replay.mode)}"
    )
    if replay.working:
        yield f"Functions that worked: {', '.join(replay.working)}."
    for n, (name, start, _, is_real) in enumerate(replay.threats, 1):
        yield f"{clock(start)}  {n:>3}  {name}{'' if is_real else ' (decoy)'} sets out"
    for event in replay.events:
        mark = "" if event.real else " (decoy)"
        yield f"{clock(event.at_s)}  {event.threat + 1:>3}{mark}  {event_words(event, event.by)}"
    real = [threat for threat in replay.threats if threat[3]]
    yield f"{replay.leakers} of {len(real)} came through."
